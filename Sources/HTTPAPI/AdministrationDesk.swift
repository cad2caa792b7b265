package import Expressions
package import ServiceDesk
package import WorkflowCore

/// What administrators and auditors ask of the application.
package protocol AdministrationDesk: Sendable {
    func auditEntries(
        for viewer: Viewer, filter: AuditFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<AuditEntryView>
    func exportAudit(
        of logs: [AuditLog]?, from: CivilDate?, to: CivilDate?, by viewer: Viewer
    ) async throws(DeskError) -> AuditExport

    func configuration(for viewer: Viewer) async throws(DeskError) -> ConfigurationView
    func apply(
        _ part: ConfigurationPart, files: [String: String], replacing current: ConfigurationVersion?, by viewer: Viewer
    ) async throws(DeskError) -> AppliedPart

    func importPeople(csv: String, by viewer: Viewer) async throws(DeskError) -> PeopleImportReport
    func erasePerson(_ handle: String, by viewer: Viewer) async throws(DeskError) -> PersonErasureReport
}
