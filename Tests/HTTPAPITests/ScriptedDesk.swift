import Expressions
import HTTPAPI
import ServiceDesk
import Synchronization
import WorkflowCore

/// A desk that answers what a test tells it to and remembers what it was asked.
final class ScriptedDesk: Desk {
    struct Script: Sendable {
        var error: DeskError?
        var isReplay = false
        var version = 7
        var next: String?
        var readiness = Readiness(reasons: [])
        var calls: [String] = []
        var languages: [String] = []
    }

    private let state: Mutex<Script>

    init(_ change: (inout Script) -> Void = { _ in }) {
        var script = Script()
        change(&script)
        state = Mutex(script)
    }

    var calls: [String] { state.withLock { $0.calls } }
    var languages: [String] { state.withLock { $0.languages } }

    /// Remembers a call and gives the script, or throws what it says.
    private func script(_ call: String, _ viewer: Viewer? = nil) throws(DeskError) -> Script {
        let script = state.withLock { script in
            script.calls.append(call)
            if let viewer { script.languages.append(viewer.language) }
            return script
        }
        if let error = script.error { throw error }
        return script
    }

    func viewer(bearer token: String) async throws(DeskError) -> Viewer? {
        token == "good" ? Fixture.viewer : nil
    }

    func profile(of viewer: Viewer) async throws(DeskError) -> ProfileView {
        _ = try script("profile", viewer)
        return Fixture.profile
    }

    func catalogue(for viewer: Viewer) async throws(DeskError) -> [CatalogueEntry] {
        _ = try script("catalogue", viewer)
        return [Fixture.entry]
    }

    func catalogueEntry(_ type: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> CatalogueEntry {
        _ = try script("catalogueEntry \(type)", viewer)
        return Fixture.entry
    }

    func request(_ reference: String, for viewer: Viewer) async throws(DeskError) -> RequestView {
        Fixture.request(version: try script("request \(reference)", viewer).version)
    }

    func requests(
        for viewer: Viewer, filter: RequestFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> {
        let phase = filter.phase?.rawValue ?? "-"
        let script = try script(
            """
            requests \(phase) \(filter.type?.text ?? "-") \(filter.department?.text ?? "-") \(filter.onlyMine) \
            \(cursor ?? "-") \(limit)
            """)
        return Page(items: [Fixture.request(version: script.version).summary], next: script.next)
    }

    func timeline(
        of reference: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> {
        let script = try script("timeline \(reference) \(cursor ?? "-") \(limit)")
        return Page(items: [Fixture.timelineEntry], next: script.next)
    }

    func inbox(
        for viewer: Viewer, filter: InboxFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<InboxItem> {
        let kind = filter.kind?.rawValue ?? "-"
        let script = try script("inbox \(kind) \(filter.department?.text ?? "-") \(filter.onlyMine) \(limit)")
        return Page(items: [Fixture.inboxItem], next: script.next)
    }

    func raise(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], beneficiary handle: String?, by viewer: Viewer,
        key: String?
    ) async throws(DeskError) -> Written<RequestView> {
        let names = entries.keys.sorted().map(\.text).joined(separator: ",")
        let script = try script("raise \(type) [\(names)] \(handle ?? "-") \(key ?? "-")")
        return Written(value: Fixture.request(version: script.version), isReplay: script.isReplay)
    }

    func perform(
        _ action: Action, on reference: String, by viewer: Viewer, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView> {
        let version = expectedVersion.map(String.init) ?? "-"
        let script = try script("\(Self.text(action)) on \(reference) \(key ?? "-") \(version)")
        return Written(value: Fixture.request(version: script.version), isReplay: script.isReplay)
    }

    func isReady() async -> Readiness { state.withLock { $0.readiness } }

    private static func text(_ action: Action) -> String {
        switch action {
        case .claim(let instance): "claim \(instance)"
        case .release(let instance): "release \(instance)"
        case .complete(let instance, let form):
            "complete \(instance) [\(form.keys.sorted().map(\.text).joined(separator: ","))]"
        case .approve(let instance, let comment): "approve \(instance) \(comment ?? "-")"
        case .reject(let instance, let comment): "reject \(instance) \(comment ?? "-")"
        case .retry(let instance): "retry \(instance)"
        case .giveUp(let instance, let outcome): "giveUp \(instance) \(outcome)"
        case .comment(let text): "comment \(text)"
        case .cancel(let reason): "cancel \(reason ?? "-")"
        }
    }
}
