package import ServiceDesk
package import WorkflowCore

/// What the API asks of the application: the part of `ServiceDesk` that people reach over HTTP.
///
/// A protocol, so that it says in one place what HTTP needs, and so that a test can bring about what nobody can from outside.
package protocol Desk: AccountDesk, AdministrationDesk, AnonymousDesk, ProviderSignInDesk, SignInDesk {
    /// Nil when the token is unknown, expired or revoked, or its person has left.
    func viewer(bearer token: String) async throws(DeskError) -> Viewer?

    func profile(of viewer: Viewer) async throws(DeskError) -> ProfileView
    func catalogue(for viewer: Viewer) async throws(DeskError) -> [CatalogueEntry]
    func catalogueEntry(_ type: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> CatalogueEntry
    func request(_ reference: String, for viewer: Viewer) async throws(DeskError) -> RequestView
    func requests(
        for viewer: Viewer, filter: RequestFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary>
    func timeline(
        of reference: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry>
    func access(to reference: String, of handle: String?, for viewer: Viewer) async throws(DeskError) -> AccessView
    func search(
        _ text: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary>
    func counts(for viewer: Viewer) async throws(DeskError) -> RequestCounts
    func inbox(
        for viewer: Viewer, filter: InboxFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<InboxItem>

    func raise(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], beneficiary handle: String?, by viewer: Viewer,
        key: String?
    ) async throws(DeskError) -> Written<RequestView>
    func perform(
        _ action: Action, on reference: String, by viewer: Viewer, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView>

    func breakGlass(_ reference: String, reason: String, by viewer: Viewer) async throws(DeskError) -> GlassView
    func endBreakGlass(_ reference: String, by viewer: Viewer) async throws(DeskError)

    func restrict(
        _ reference: String, to team: TeamID?, reason: String, by viewer: Viewer, key: String?
    ) async throws(DeskError)

    func receive(
        _ awaited: AwaitedEvent, entries: [FieldID: JSONValue], by viewer: Viewer, key: String?
    ) async throws(DeskError) -> Written<EventReceipt>

    func dashboard(of department: DepartmentID?, for viewer: Viewer) async throws(DeskError) -> DashboardView

    func deputies(of viewer: Viewer) async throws(DeskError) -> DeputiesView
    func appointDeputy(_ appointment: Appointment, by viewer: Viewer) async throws(DeskError) -> DeputyView
    func withdrawDeputy(_ id: UniqueID, by viewer: Viewer) async throws(DeskError)
    func deputies(in department: DepartmentID, for viewer: Viewer) async throws(DeskError) -> [DeputyView]
    func appointDeputy(
        _ appointment: Appointment, for handle: String, in department: DepartmentID, by viewer: Viewer
    ) async throws(DeskError) -> DeputyView
    func withdrawDeputy(_ id: UniqueID, in department: DepartmentID, by viewer: Viewer) async throws(DeskError)

    /// Nil when there are too many streams.
    func changes(
        for viewer: Viewer, after position: String?
    ) async throws(DeskError) -> (missed: [LiveEvent], stream: AsyncStream<LiveEvent>)?

    func notifications(
        for viewer: Viewer, onlyUnread: Bool, cursor: String?, limit: Int
    ) async throws(DeskError) -> NotificationPage
    func readNotifications(_ ids: [UniqueID]?, by viewer: Viewer) async throws(DeskError) -> Int
    func preferences(of viewer: Viewer) async throws(DeskError) -> PreferencesView
    func keepPreferences(
        timeZone: String?, off: [String], by viewer: Viewer
    ) async throws(DeskError) -> PreferencesView
    func savedViews(of viewer: Viewer) async throws(DeskError) -> [StoredView]
    func saveView(
        _ name: String, of list: SavedList, filters: [String: String], by viewer: Viewer
    ) async throws(DeskError) -> StoredView
    func renameView(_ id: UniqueID, to name: String, by viewer: Viewer) async throws(DeskError) -> StoredView
    func forgetView(_ id: UniqueID, by viewer: Viewer) async throws(DeskError)
    func drafts(of viewer: Viewer) async throws(DeskError) -> [KeptDraft]
    func draft(of subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> KeptDraft
    func keepDraft(
        of subject: FormSubject, entries: [FieldID: JSONValue], key: String?, version: Int?,
        replacing condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) -> KeptDraft?
    func forgetDraft(
        of subject: FormSubject, _ condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError)
    func journalExport(of reference: String, by viewer: Viewer) async throws(DeskError) -> JournalExport

    func upload<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, by viewer: Viewer
    ) async throws -> UploadView where Content.Element == [UInt8]
    func download(_ id: UniqueID, of reference: String, for viewer: Viewer) async throws(DeskError) -> Download

    func isReady() async -> Readiness
}

extension ServiceDesk: Desk {}
