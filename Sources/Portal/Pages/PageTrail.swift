import HTTPAPI

/// The way through the pages of a list. Lists know what comes next; which pages came before stands in the address.
struct PageTrail: Sendable {
    /// Where this page begins; nil for the first one.
    let cursor: String?
    /// Where the pages before this one began, the first one left out.
    private let past: [String]

    /// What no cursor has in it.
    private static let separator: Character = "~"
    /// So that addresses stay short. Behind that, the page before the oldest that is known is the first one.
    private static let mostPast = 20

    init(_ query: inout QueryReader) throws {
        cursor = try query.cursor()
        past = try query.text("past", maximum: 25_000)?.split(separator: Self.separator).map(String.init) ?? []
    }

    /// The address of the page that begins there.
    func next(_ next: String, _ path: String, _ filters: [String: String?]) -> String {
        Self.address(path, filters, next, (past + [cursor].compactMap { $0 }).suffix(Self.mostPast))
    }

    /// The address of the page before; nil on the first one.
    func previous(_ path: String, _ filters: [String: String?]) -> String? {
        cursor == nil ? nil : Self.address(path, filters, past.last, past.dropLast())
    }

    private static func address(
        _ path: String, _ filters: [String: String?], _ cursor: String?, _ past: some Collection<String>
    ) -> String {
        var parameters = filters
        parameters["cursor"] = cursor
        parameters["past"] = past.isEmpty ? nil : past.joined(separator: String(separator))
        return ListPages.address(path, parameters)
    }
}

/// The ways to the pages of a list beside the present one.
struct PagerModel: ViewModel {
    let previous: String?
    let next: String?

    init(previous: String?, next: String?) {
        self.previous = previous
        self.next = next
    }

    init?(_ trail: PageTrail, next: String?, _ path: String, _ filters: [String: String?]) {
        previous = trail.previous(path, filters)
        self.next = next.map { trail.next($0, path, filters) }
        if previous == nil, self.next == nil { return nil }
    }

    static let readable: [String: Readable<Self>] = [
        "previous": .text { $0.previous },
        "next": .text { $0.next },
    ]
}
