package import Expressions
package import HTTPAPI
package import ServiceDesk
package import WorkflowCore

/// What pages ask of the application: all that the API does, and forms while they are filled.
package protocol PortalDesk: Desk {
    /// Up to where everything is known that is read from now on.
    var livePosition: String { get }
    /// Time zones to choose from, in the order of the letters; empty where there is no list.
    var zoneNames: [String] { get }
    func glance(for viewer: Viewer, upTo limit: Int) async throws(DeskError) -> (mine: Int, waiting: Int)
    func organisation() async throws(DeskError) -> OrganisationView
    func draft(
        _ subject: FormSubject, for viewer: Viewer, files ids: [UniqueID],
        entering: @Sendable (_ questions: [FormFieldView]) -> [FieldID: JSONValue]
    ) async throws(DeskError) -> FormDraft
    func keptDraft(of subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> KeptDraft?
    func questions(_ subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> [FormFieldView]
    func uploads(_ ids: [UniqueID], of viewer: Viewer) async throws(DeskError) -> [AttachedFile]
    func subjects(of ids: [RequestID], for viewer: Viewer) async throws(DeskError) -> [RequestID: String]
    func handle(for text: String) async throws(DeskError) -> String
    func people(matching text: String, limit: Int) async throws(DeskError) -> [PersonReference]
    func peopleForDemonstration(
        in language: String
    ) async throws(DeskError) -> [(person: PersonReference, roles: [String])]

    func requestTypes(for viewer: Viewer) async throws(DeskError) -> [RequestTypeRow]
    func requestType(_ id: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> RequestTypeView
    func picture(of id: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> String
    func diagnostics(for viewer: Viewer) async throws(DeskError) -> [Diagnostic]
    func preview(
        _ id: RequestTypeID, as handle: String, for viewer: Viewer,
        entering: @Sendable (_ questions: [FormFieldView]) -> [FieldID: JSONValue]
    ) async throws(DeskError) -> FormPreview
    func directory(
        matching text: String?, group: GroupID?, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<DirectoryPersonView>
    func directoryPerson(_ handle: String, for viewer: Viewer) async throws(DeskError) -> DirectoryPersonView
    func groups(for viewer: Viewer) async throws(DeskError) -> [GroupView]
    func verifyAudit(
        of log: AuditLog, from: CivilDate?, to: CivilDate?, for viewer: Viewer
    ) async throws(DeskError) -> ExportVerifier.Report
}

extension ServiceDesk: PortalDesk {}

extension PortalDesk {
    /// How much somebody was told and has not read.
    func unread(for viewer: Viewer) async throws(DeskError) -> Int {
        try await notifications(for: viewer, onlyUnread: true, cursor: nil, limit: 1).unread
    }
}
