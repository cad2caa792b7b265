import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Where everybody begins: search, what waits for me, what I asked for.
struct HomePage: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    private static let most = 5

    func show(_ visit: Visit) async throws -> Response {
        async let items = desk.inbox(for: visit.viewer, filter: InboxFilter(), cursor: nil, limit: Self.most)
        async let requests = desk.requests(
            for: visit.viewer, filter: RequestFilter(onlyMine: true), cursor: nil, limit: Self.most)
        async let counted = desk.glance(for: visit.viewer, upTo: Shell.mostCounted)
        async let saved = desk.savedViews(of: visit.viewer)
        async let begun = desk.drafts(of: visit.viewer)
        async let told = desk.unread(for: visit.viewer)
        let (inbox, mine, counts) = (try await items, try await requests, try await counted)
        let unread = try await told
        let subjects = try await desk.subjects(
            of: inbox.items.map(\.request.id) + mine.items.map(\.id), for: visit.viewer)
        let content = HomeContent(
            greeting: visit.texts(.greeting, visit.viewer.person.name),
            views: ViewsModel(try await saved, visit.texts),
            drafts: try await begun.map { DraftRowModel($0, visit.texts) },
            items: inbox.items.map { InboxRowModel($0, visit, subjects) }, hasMoreItems: inbox.next != nil,
            requests: mine.items.map { RequestRowModel($0, visit, subjects) }, hasMoreRequests: mine.next != nil)
        return .page(
            templates.page(
                content,
                in: visit.shell(content.greeting, .home, following: "all", at: "/").counting(counts, unread: unread)))
    }
}

struct HomeContent: PageContent {
    static let template = "home"

    let greeting: String
    /// The ways to lists that they saved.
    let views: ViewsModel
    /// What they began and have not sent.
    let drafts: [DraftRowModel]
    let items: [InboxRowModel]
    let hasMoreItems: Bool
    let requests: [RequestRowModel]
    let hasMoreRequests: Bool

    static let readable: [String: Readable<Self>] = [
        "greeting": .text { $0.greeting },
        "views": .model { $0.views },
        "drafts": .list { $0.drafts },
        "has_drafts": .flag { !$0.drafts.isEmpty },
        "may_choose": .flag { _ in false },
        "items": .list { $0.items },
        "has_items": .flag { !$0.items.isEmpty },
        "more_items": .flag { $0.hasMoreItems },
        "requests": .list { $0.requests },
        "has_requests": .flag { !$0.requests.isEmpty },
        "more_requests": .flag { $0.hasMoreRequests },
    ]
}
