import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Files: stored while somebody fills a form, and given out to those who may read them.
struct FilePages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    /// What the form's script sends as soon as a file is chosen. It was stored while it arrived.
    func store(_ visit: Visit) async throws -> Response {
        let ids = visit.fields.identifiers
        let files = try await desk.uploads(ids, of: visit.viewer)
        let byID = Dictionary(files.map { ($0.id, $0) }) { first, _ in first }
        let models = visit.fields.pairs.compactMap { pair in
            UniqueID(pair.value).flatMap { byID[$0] }.map { FileModel($0, of: pair.name, visit.texts) }
        }
        let refusal = visit.refusedFiles.values.first.map(visit.texts.refusal)
        return .page(
            templates.fragment("stored_files", FilesContent(files: models, refusal: refusal), in: visit.shell("", nil)),
            status: refusal == nil ? .ok : .unprocessableContent)
    }

    func open(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        guard let id = UniqueID(try visit.variable("file")) else { throw HTTPError(.notFound) }
        return .file(try await desk.download(id, of: try visit.variable("id"), for: visit.viewer))
    }
}
