package import ServiceDesk
package import WorkflowCore

/// What the API asks of the application for people who do not say who they are. Languages are those that the client asks for.
package protocol AnonymousDesk: Sendable {
    func languages() async throws(DeskError) -> [String]
    func anonymousCatalogue(language: String?) async throws(DeskError) -> [CatalogueEntry]
    func anonymousCatalogueEntry(_ type: RequestTypeID, language: String?) async throws(DeskError) -> CatalogueEntry
    func raiseAnonymously(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], key: String?
    ) async throws(DeskError) -> Written<AnonymousReceipt>
    func request(receipt: String, language: String?) async throws(DeskError) -> RequestView
    func timeline(
        receipt: String, language: String?, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry>
    func perform(
        _ action: Action, receipt: String, language: String?, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView>
    func upload<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, receipt: String
    ) async throws -> UploadView where Content.Element == [UInt8]
    func download(_ id: UniqueID, receipt: String) async throws(DeskError) -> Download
}
