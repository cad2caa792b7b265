import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Lists with filters in their address: what I asked for, and what waits for me.
struct ListPages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    private static let pageSize = 25
    /// The inbox for somebody whose part in a request is over, and who sees it no more.
    static let inboxAfterwards = "/inbox?over=true"

    func requests(_ visit: Visit) async throws -> Response {
        try await requests(visit, visit.request, nil)
    }

    private func requests(_ visit: Visit, _ request: Request, _ attempt: ViewAttempt?) async throws -> Response {
        var query = try QueryReader(request)
        let phase = try query.choice("phase", of: RequestPhase.self)
        let trail = try PageTrail(&query)
        try query.finish()
        async let found = desk.requests(
            for: visit.viewer, filter: RequestFilter(phase: phase, onlyMine: true), cursor: trail.cursor,
            limit: Self.pageSize)
        async let counted = desk.glance(for: visit.viewer, upTo: Shell.mostCounted)
        async let saved = desk.savedViews(of: visit.viewer)
        async let told = desk.unread(for: visit.viewer)
        let (page, counts, unread) = (try await found, try await counted, try await told)
        let subjects = try await desk.subjects(of: page.items.map(\.id), for: visit.viewer)
        let texts = visit.texts
        let chosen = ["phase": phase?.rawValue].compactMapValues { $0 }
        let views = SavedViews(
            list: .requests, saved: try await saved, filters: chosen, texts: texts, attempt: attempt)
        let filters: [(RequestPhase?, Text)] = [(nil, .anyKind), (.open, .openFilter), (.closed, .closedFilter)]
        let content = RequestsContent(
            filters: filters.map { choice, text in
                FilterModel(
                    address: Self.address("/requests", ["phase": choice?.rawValue]), text: texts[text],
                    isCurrent: choice == phase)
            },
            requests: page.items.map { RequestRowModel($0, visit, subjects) },
            errors: views.errors, views: views.model,
            pager: PagerModel(trail, next: page.next, "/requests", chosen))
        return .page(
            templates.page(
                content,
                in: visit.shell(texts[.myRequests], .requests, following: "all", at: request.address).counting(
                    counts, unread: unread)),
            status: attempt == nil ? .ok : .unprocessableContent)
    }

    func inbox(_ visit: Visit) async throws -> Response {
        try await inbox(visit, visit.request, nil)
    }

    /// The inbox again, when something was to be done with several and nothing was chosen.
    func inboxWithoutChoice(_ visit: Visit, at address: String) async throws -> Response {
        let errors = ErrorSummary([LineModel(text: visit.texts[.nothingChosen])], texts: visit.texts)
        let isInbox = address == "/inbox" || address.hasPrefix("/inbox?")
        return try await inbox(visit, visit.request.get(isInbox ? address : "/inbox"), nil, refusal: errors)
    }

    /// What a page of the inbox shows as chosen before anybody has chosen anything.
    private enum Choosing: String, CaseIterable { case all }

    /// The same page with everything chosen, or nothing.
    private static func choosing(all: Bool, at address: String) -> String {
        all ? "\(address)\(address.contains("?") ? "&" : "?")choose=all" : address
    }

    private func inbox(
        _ visit: Visit, _ request: Request, _ attempt: ViewAttempt?, refusal: ErrorSummary? = nil
    ) async throws -> Response {
        var query = try QueryReader(request.withoutEmptyParameters())
        let kind = try query.choice("kind", of: WorkItem.Kind.self)
        let department = try query.text("department").map { DepartmentID($0) }
        let onlyMine = try query.flag("mine")
        let isOver = try query.flag("over")
        let address = request.withoutParameter("choose").withoutParameter("over").address
        let choosesAll = try query.choice("choose", of: Choosing.self) == .all
        let trail = try PageTrail(&query)
        try query.finish()
        async let found = desk.inbox(
            for: visit.viewer, filter: InboxFilter(kind: kind, department: department, onlyMine: onlyMine),
            cursor: trail.cursor, limit: Self.pageSize)
        async let counted = desk.glance(for: visit.viewer, upTo: Shell.mostCounted)
        async let saved = desk.savedViews(of: visit.viewer)
        async let told = desk.unread(for: visit.viewer)
        let (page, counts, unread) = (try await found, try await counted, try await told)
        let subjects = try await desk.subjects(of: page.items.map(\.request.id), for: visit.viewer)
        let texts = visit.texts
        let chosen = [
            "kind": kind?.rawValue, "department": department?.text, "mine": onlyMine ? "true" : nil,
        ].compactMapValues { $0 }
        let views = SavedViews(
            list: .inbox, saved: try await saved, filters: chosen, texts: texts, attempt: attempt)
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
            isOnlyMine: onlyMine,
            items: page.items.map { InboxRowModel($0, visit, subjects, isChosen: choosesAll) },
            back: address,
            chooseAll: Self.choosing(all: !choosesAll, at: address),
            chooseAllText: texts[choosesAll ? .chooseNone : .chooseAll], errors: views.errors ?? refusal,
            views: views.model,
            pager: PagerModel(trail, next: page.next, "/inbox", chosen))
        var shell = visit.shell(texts[.inbox], .inbox, following: "all", at: address).counting(counts, unread: unread)
        if isOver { shell.notice = texts[.partOver] }
        return .page(
            templates.page(content, in: shell), status: attempt == nil && refusal == nil ? .ok : .unprocessableContent)
    }

    // MARK: Views

    /// A name for a view that was refused, and why.
    private typealias ViewAttempt = (name: String, refusal: Rejection)

    func saveView(_ visit: Visit) async throws -> Response {
        let list = try list(visit)
        let prefix = "filter."
        let filters = visit.fields.pairs.filter { $0.name.hasPrefix(prefix) }.map {
            (String($0.name.dropFirst(prefix.count)), $0.value)
        }
        let name = visit.fields["name"] ?? ""
        let address = SavedViews.address(list, Dictionary(filters) { first, _ in first })
        let saved = try await answer {
            try await desk.saveView(
                name, of: list, filters: Dictionary(filters) { first, _ in first }, by: visit.viewer)
        }
        guard case .failure(let refusal) = saved else { return .seeOther(address) }
        return try await show(list, at: address, visit, (name, refusal))
    }

    func renameView(_ visit: Visit) async throws -> Response {
        let list = try list(visit)
        let id = visit.fields.identifier
        let name = visit.fields["name"] ?? ""
        let renamed = try await answer { try await desk.renameView(id, to: name, by: visit.viewer) }
        switch renamed {
        case .success(let view): return .seeOther(SavedViews.address(view.list, view.filters))
        case .failure(let refusal):
            // Of one that is gone there is no list to show it at.
            guard
                let view = try await desk.savedViews(of: visit.viewer).first(where: { $0.id == id && $0.list == list })
            else { throw DeskError.rejected(refusal) }
            return try await show(list, at: SavedViews.address(list, view.filters), visit, (name, refusal))
        }
    }

    /// The list again, with what was typed for a view of it.
    private func show(
        _ list: SavedList, at address: String, _ visit: Visit, _ attempt: ViewAttempt
    ) async throws -> Response {
        let request = visit.request.get(address)
        return switch list {
        case .inbox: try await inbox(visit, request, attempt)
        case .requests: try await requests(visit, request, attempt)
        }
    }

    func forgetView(_ visit: Visit) async throws -> Response {
        let list = try list(visit)
        try await desk.forgetView(visit.fields.identifier, by: visit.viewer)
        return .seeOther("/\(list.rawValue)")
    }

    private func list(_ visit: Visit) throws -> SavedList {
        guard let list = SavedList(rawValue: try visit.variable("list")) else { throw HTTPError(.notFound) }
        return list
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
    func withoutEmptyParameters() -> Request {
        guard let query = uri.query else { return self }
        let pairs = query.split(separator: "&").filter { !$0.hasSuffix("=") }
        return get(pairs.isEmpty ? uri.path : "\(uri.path)?\(pairs.joined(separator: "&"))")
    }

    /// The same without what stands only for once in an address.
    func withoutParameter(_ name: String) -> Request {
        guard let query = uri.query else { return self }
        let pairs = query.split(separator: "&").filter { !$0.hasPrefix("\(name)=") }
        return get(pairs.isEmpty ? uri.path : "\(uri.path)?\(pairs.joined(separator: "&"))")
    }

    /// The same for another page.
    func get(_ address: String) -> Request {
        var head = head
        head.path = address
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
    let errors: ErrorSummary?
    let views: ViewsModel
    let pager: PagerModel?

    static let readable: [String: Readable<Self>] = [
        "errors": .model { $0.errors },
        "views": .model { $0.views },
        "filters": .list { $0.filters },
        "requests": .list { $0.requests },
        "has_requests": .flag { !$0.requests.isEmpty },
        "pager": .model { $0.pager },
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
    /// The same page with everything chosen, or with nothing.
    let chooseAll: String
    let chooseAllText: String
    let errors: ErrorSummary?
    let views: ViewsModel
    let pager: PagerModel?

    static let readable: [String: Readable<Self>] = [
        "errors": .model { $0.errors },
        "views": .model { $0.views },
        "kinds": .list { $0.kinds },
        "departments": .list { $0.departments },
        "only_mine": .flag { $0.isOnlyMine },
        "back": .text { $0.back },
        "choose_all": .text { $0.chooseAll },
        "choose_all_text": .text { $0.chooseAllText },
        "may_choose_all": .flag { $0.items.contains { $0.deed != nil } },
        "may_claim": .flag { $0.items.contains { $0.deed == .claim } },
        "may_approve": .flag { $0.items.contains { $0.deed == .approve } },
        "may_choose": .flag { _ in true },
        "items": .list { $0.items },
        "has_items": .flag { !$0.items.isEmpty },
        "pager": .model { $0.pager },
    ]
}
