import WorkflowCore

/// What daemons tell each other: which requests changed, and what ended. It never says how.
struct Announcements: Sendable {
    /// What an announcement says.
    enum Content: Sendable, Hashable {
        /// It comes back to whoever sent it.
        case own
        case changed([RequestID])
        /// Sessions, tokens or people whose streams are over.
        case ended([UniqueID])
        /// Too much to be said, or of a later release.
        case unreadable
    }

    /// PostgreSQL takes less than 8,000 octets.
    private static let most = 200
    /// Nobody listens: what is gathered is forgotten, and whoever listens then looks at everything.
    private static let limit = 2_000

    private var changed: Set<RequestID> = []
    private var ended: Set<UniqueID> = []
    private var isTooMuch = false

    mutating func add(_ requests: [RequestID]) {
        changed.formUnion(requests)
        if changed.count > Self.limit { (changed, isTooMuch) = ([], true) }
    }

    mutating func end(_ ids: [UniqueID]) {
        ended.formUnion(ids)
        if ended.count > Self.limit { (ended, isTooMuch) = ([], true) }
    }

    /// Anything may have changed.
    mutating func addEverything() { isTooMuch = true }

    /// Everything gathered, as texts.
    mutating func take(from epoch: UInt64) -> [String] {
        let sender = String(epoch, radix: 16)
        var texts: [String] = []
        if isTooMuch { texts.append("\(sender) all") }
        texts += Self.texts("\(sender) changed ", changed.map(\.description).sorted())
        texts += Self.texts("\(sender) ended ", ended.map(\.description).sorted())
        self = Announcements()
        return texts
    }

    static func read(_ text: String, unlessFrom epoch: UInt64) -> Content {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.first != String(epoch, radix: 16)[...] else { return .own }
        guard parts.count == 3 else { return .unreadable }
        let ids = parts[2].split(separator: ",").compactMap { UniqueID(String($0)) }
        switch parts[1] {
        case "changed": return .changed(ids.map(RequestID.init))
        case "ended": return .ended(ids)
        default: return .unreadable
        }
    }

    private static func texts(_ beginning: String, _ ids: [String]) -> [String] {
        stride(from: 0, to: ids.count, by: most).map { start in
            beginning + ids[start..<min(start + most, ids.count)].joined(separator: ",")
        }
    }
}
