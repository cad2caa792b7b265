import Expressions
import HTTPAPI
import ServiceDesk
import WorkflowCore

/// A desk that fails in one way at everything: for defects of ours and for too many requests at once, which nobody can bring
/// about from outside. Everything else is tested on the real daemon, in Tests/EndToEnd.
struct FailingDesk: Desk {
    var error = DeskError.unavailable(retryAfterSeconds: 4)
    /// What the token is good for.
    var scopes: Set<Scope> = [.all]
    /// The secret of the one session, and what it is replaced by.
    var session: String?
    var newSecret: String?

    func viewer(bearer token: String) async throws(DeskError) -> Viewer? {
        let id = PersonID(UniqueID(high: 1, low: 2))
        let kim = Directory.Person(
            id: id, handle: "kim", name: "Kim", email: "kim@example.org", language: "en", manager: nil, site: nil,
            isActive: true, groups: [])
        let configuration = Configuration(
            version: "1",
            organisation: Organisation(
                title: LocalizedText(["en": "Test"]), languages: ["en"], timeZone: "UTC",
                workingHours: WorkingHours(weekdays: [1], from: TimeOfDay("09:00")!, to: TimeOfDay("17:00")!),
                currency: "EUR"),
            groups: [:], roles: [:], lists: [:], departments: [:], teams: [:], requestTypes: [:])
        return Viewer(
            person: kim, authority: Authority(of: id, in: Directory(revision: 1, people: [kim]), configuration),
            language: "en",
            credential: .token(UniqueID(high: 3, low: 4), scopes: scopes))
    }

    func profile(of viewer: Viewer) async throws(DeskError) -> ProfileView { throw error }
    func catalogue(for viewer: Viewer) async throws(DeskError) -> [CatalogueEntry] { throw error }
    func catalogueEntry(_ type: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> CatalogueEntry {
        throw error
    }
    func request(_ reference: String, for viewer: Viewer) async throws(DeskError) -> RequestView { throw error }
    func requests(
        for viewer: Viewer, filter: RequestFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> { throw error }
    func timeline(
        of reference: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> { throw error }
    func access(
        to reference: String, of handle: String?, for viewer: Viewer
    ) async throws(DeskError) -> AccessView { throw error }
    func search(
        _ text: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> { throw error }
    func counts(for viewer: Viewer) async throws(DeskError) -> RequestCounts { throw error }
    func inbox(
        for viewer: Viewer, filter: InboxFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<InboxItem> { throw error }
    func raise(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], beneficiary handle: String?, by viewer: Viewer,
        key: String?
    ) async throws(DeskError) -> Written<RequestView> { throw error }
    func perform(
        _ action: Action, on reference: String, by viewer: Viewer, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView> { throw error }
    func breakGlass(_ reference: String, reason: String, by viewer: Viewer) async throws(DeskError) -> GlassView {
        throw error
    }
    func endBreakGlass(_ reference: String, by viewer: Viewer) async throws(DeskError) { throw error }
    func restrict(
        _ reference: String, to team: TeamID?, reason: String, by viewer: Viewer, key: String?
    ) async throws(DeskError) { throw error }
    func receive(
        _ awaited: AwaitedEvent, entries: [FieldID: JSONValue], by viewer: Viewer, key: String?
    ) async throws(DeskError) -> Written<EventReceipt> { throw error }
    func dashboard(of department: DepartmentID?, for viewer: Viewer) async throws(DeskError) -> DashboardView {
        throw error
    }

    func deputies(of viewer: Viewer) async throws(DeskError) -> DeputiesView { throw error }
    func appointDeputy(_ appointment: Appointment, by viewer: Viewer) async throws(DeskError) -> DeputyView {
        throw error
    }
    func withdrawDeputy(_ id: UniqueID, by viewer: Viewer) async throws(DeskError) { throw error }
    func deputies(in department: DepartmentID, for viewer: Viewer) async throws(DeskError) -> [DeputyView] {
        throw error
    }
    func appointDeputy(
        _ appointment: Appointment, for handle: String, in department: DepartmentID, by viewer: Viewer
    ) async throws(DeskError) -> DeputyView { throw error }
    func withdrawDeputy(_ id: UniqueID, in department: DepartmentID, by viewer: Viewer) async throws(DeskError) {
        throw error
    }
    func notifications(
        for viewer: Viewer, onlyUnread: Bool, cursor: String?, limit: Int
    ) async throws(DeskError) -> NotificationPage { throw error }
    func preferences(of viewer: Viewer) async throws(DeskError) -> PreferencesView { throw error }
    func keepPreferences(
        timeZone: String?, off: [String], by viewer: Viewer
    ) async throws(DeskError) -> PreferencesView { throw error }
    func savedViews(of viewer: Viewer) async throws(DeskError) -> [StoredView] { throw error }
    func saveView(
        _ name: String, of list: SavedList, filters: [String: String], by viewer: Viewer
    ) async throws(DeskError) -> StoredView { throw error }
    func renameView(_ id: UniqueID, to name: String, by viewer: Viewer) async throws(DeskError) -> StoredView {
        throw error
    }
    func forgetView(_ id: UniqueID, by viewer: Viewer) async throws(DeskError) { throw error }
    func drafts(of viewer: Viewer) async throws(DeskError) -> [KeptDraft] { throw error }
    func draft(of subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> KeptDraft { throw error }
    func keepDraft(
        of subject: FormSubject, entries: [FieldID: JSONValue], key: String?, version: Int?,
        replacing condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) -> KeptDraft? { throw error }
    func forgetDraft(
        of subject: FormSubject, _ condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) { throw error }
    func readNotifications(_ ids: [UniqueID]?, by viewer: Viewer) async throws(DeskError) -> Int { throw error }
    func changes(
        for viewer: Viewer, after position: String?
    ) async throws(DeskError) -> (missed: [LiveEvent], stream: AsyncStream<LiveEvent>)? { throw error }
    func journalExport(of reference: String, by viewer: Viewer) async throws(DeskError) -> JournalExport { throw error }
    func upload<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, by viewer: Viewer
    ) async throws -> UploadView where Content.Element == [UInt8] { throw error }
    func download(_ id: UniqueID, of reference: String, for viewer: Viewer) async throws(DeskError) -> Download {
        throw error
    }
    func isReady() async -> Readiness { Readiness(reasons: ["The database is away.", "No configuration."]) }
}
