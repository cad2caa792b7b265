import Expressions
import HTTPAPI
import ServiceDesk
import WorkflowCore

extension FailingDesk {
    func auditEntries(
        for viewer: Viewer, filter: AuditFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<AuditEntryView> { throw error }
    func exportAudit(
        of logs: [AuditLog]?, from: CivilDate?, to: CivilDate?, by viewer: Viewer
    ) async throws(DeskError) -> AuditExport { throw error }
    func configuration(for viewer: Viewer) async throws(DeskError) -> ConfigurationView { throw error }
    func apply(
        _ part: ConfigurationPart, files: [String: String], replacing current: ConfigurationVersion?, by viewer: Viewer
    ) async throws(DeskError) -> AppliedPart { throw error }
    func importPeople(csv: String, by viewer: Viewer) async throws(DeskError) -> PeopleImportReport { throw error }
    func erasePerson(_ handle: String, by viewer: Viewer) async throws(DeskError) -> PersonErasureReport { throw error }
}
