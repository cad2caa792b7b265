import HTTPAPI
import ServiceDesk
import WorkflowCore

extension FailingDesk {
    func languages() async throws(DeskError) -> [String] { throw error }
    func anonymousCatalogue(language: String?) async throws(DeskError) -> [CatalogueEntry] { throw error }
    func anonymousCatalogueEntry(
        _ type: RequestTypeID, language: String?
    ) async throws(DeskError) -> CatalogueEntry { throw error }
    func raiseAnonymously(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], key: String?
    ) async throws(DeskError) -> Written<AnonymousReceipt> { throw error }
    func request(receipt: String, language: String?) async throws(DeskError) -> RequestView { throw error }
    func timeline(
        receipt: String, language: String?, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> { throw error }
    func perform(
        _ action: Action, receipt: String, language: String?, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView> { throw error }
    func upload<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, receipt: String
    ) async throws -> UploadView where Content.Element == [UInt8] { throw error }
    func download(_ id: UniqueID, receipt: String) async throws(DeskError) -> Download { throw error }
}
