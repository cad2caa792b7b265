import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Lists with filters in their address: what I asked for, and what waits for me.
struct ListPages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    private static let pageSize = 25

    func requests(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        let phase = try query.choice("phase", of: RequestPhase.self)
        let cursor = try query.cursor()
        try query.finish()
        let page = try await desk.requests(
            for: visit.viewer, filter: RequestFilter(phase: phase, onlyMine: true), cursor: cursor,
            limit: Self.pageSize)
        let counts = try await desk.counts(for: visit.viewer)
        let texts = visit.texts
        let filters: [(RequestPhase?, Text)] = [(nil, .anyKind), (.open, .openFilter), (.closed, .closedFilter)]
        let content = RequestsContent(
            filters: filters.map { choice, text in
                FilterModel(
                    address: Self.address("/requests", ["phase": choice?.rawValue]), text: texts[text],
                    isCurrent: choice == phase)
            },
            requests: page.items.map { RequestRowModel($0, visit) },
            next: page.next.map { Self.address("/requests", ["phase": phase?.rawValue, "cursor": $0]) })
        return .page(
            templates.page(
                content,
                in: visit.shell(texts[.myRequests], .requests, following: "all", at: visit.request.address).counting(
                    counts)))
    }

    func inbox(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(try visit.request.withoutEmptyParameters())
        let kind = try query.choice("kind", of: WorkItem.Kind.self)
        let department = try query.text("department").map { DepartmentID($0) }
        let onlyMine = try query.flag("mine")
        let cursor = try query.cursor()
        try query.finish()
        let page = try await desk.inbox(
            for: visit.viewer, filter: InboxFilter(kind: kind, department: department, onlyMine: onlyMine),
            cursor: cursor, limit: Self.pageSize)
        let counts = try await desk.counts(for: visit.viewer)
        let texts = visit.texts
        let kinds: [(WorkItem.Kind?, Text)] = [
            (nil, .anyKind), (.task, .kindTask), (.approval, .kindApproval), (.decision, .kindDecision),
        ]
        let departments = visit.organisation.departments.keys.map { ($0, visit.department($0)) }
            .sorted { $0.1 < $1.1 }
        let content = InboxContent(
            kinds: kinds.map { choice, text in
                OptionModel(id: "", value: choice?.rawValue ?? "", label: texts[text], isChecked: choice == kind)
            },
            departments: [
                OptionModel(id: "", value: "", label: texts[.anyDepartment], isChecked: department == nil)
            ]
                + departments.map { id, title in
                    OptionModel(id: "", value: id.text, label: title, isChecked: id == department)
                },
            isOnlyMine: onlyMine, items: page.items.map { InboxRowModel($0, visit) },
            back: visit.request.address,
            next: page.next.map {
                Self.address(
                    "/inbox",
                    [
                        "kind": kind?.rawValue, "department": department?.text, "mine": onlyMine ? "true" : nil,
                        "cursor": $0,
                    ])
            })
        return .page(
            templates.page(
                content,
                in: visit.shell(texts[.inbox], .inbox, following: "all", at: visit.request.address).counting(counts))
        )
    }

    /// A path with those parameters that there are, by name.
    static func address(_ path: String, _ parameters: [String: String?]) -> String {
        let pairs = parameters.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { "\(name)=\($0.percentEncoded)" }
        }
        return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }
}

extension Request {
    /// Forms send also what was left empty.
    func withoutEmptyParameters() throws -> Request {
        guard let query = uri.query else { return self }
        let pairs = query.split(separator: "&").filter { !$0.hasSuffix("=") }
        var head = head
        head.path = pairs.isEmpty ? uri.path : "\(uri.path)?\(pairs.joined(separator: "&"))"
        return Request(head: head, body: body)
    }
}

struct FilterModel: ViewModel {
    let address: String
    let text: String
    let isCurrent: Bool

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "text": .text { $0.text },
        "is_current": .flag { $0.isCurrent },
    ]
}

struct RequestsContent: PageContent {
    static let template = "requests"

    let filters: [FilterModel]
    let requests: [RequestRowModel]
    let next: String?

    static let readable: [String: Readable<Self>] = [
        "filters": .list { $0.filters },
        "requests": .list { $0.requests },
        "has_requests": .flag { !$0.requests.isEmpty },
        "next": .text { $0.next },
    ]
}

struct InboxContent: PageContent {
    static let template = "inbox"

    let kinds: [OptionModel]
    let departments: [OptionModel]
    let isOnlyMine: Bool
    let items: [InboxRowModel]
    /// Where to go on after something was done with several.
    let back: String
    let next: String?

    static let readable: [String: Readable<Self>] = [
        "kinds": .list { $0.kinds },
        "departments": .list { $0.departments },
        "only_mine": .flag { $0.isOnlyMine },
        "back": .text { $0.back },
        "may_choose": .flag { _ in true },
        "items": .list { $0.items },
        "has_items": .flag { !$0.items.isEmpty },
        "next": .text { $0.next },
    ]
}
