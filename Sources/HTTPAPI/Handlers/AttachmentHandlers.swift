import HTTPTypes
package import Hummingbird
import JSONText
import NIOCore
package import ServiceDesk
import WorkflowCore

/// Files that people attach: sent and given out as they are, in pieces, never held whole.
struct AttachmentHandlers: Sendable {
    let desk: any Desk
    /// In octets.
    let maximumSize: Int

    /// The body is the file; its name stands in `Content-Disposition` (RFC 6266).
    func upload(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await receive(request) { name, mediaType, content in
            try await desk.upload(name: name, mediaType: mediaType, content: content, by: context.viewer)
        }
    }

    func download(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let id = try Self.identifier(context.variable("attachment"))
        return .file(try await desk.download(id, of: context.variable("id"), for: context.viewer))
    }

    /// Reads an upload.
    func receive(
        _ request: Request, by take: (_ name: String, _ mediaType: String?, UploadContent) async throws -> UploadView
    ) async throws -> Response {
        let content = UploadContent(body: request.body, maximumSize: maximumSize)
        do {
            return try await receive(content, request, by: take)
        } catch {
            // Who is still sending reads no answer before they have done so.
            await content.discardRest()
            throw error
        }
    }

    private func receive(
        _ content: UploadContent, _ request: Request,
        by take: (_ name: String, _ mediaType: String?, UploadContent) async throws -> UploadView
    ) async throws -> Response {
        try QueryReader(request).finish()
        guard request.headers[.contentEncoding] == nil else {
            throw Problem(.mediaType, detail: "A file is sent without a content coding.")
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumSize {
            throw content.tooLarge
        }
        guard let name = ContentDisposition.fileName(in: request.headers[.contentDisposition]) else {
            throw Problem(.malformedDisposition)
        }
        let view = try await take(name, Self.mediaType(request.headers[.contentType]), content)
        return .json(status: .created) { writer in
            writer.object { writer in
                writer.key("id")
                writer.string(view.file.id.description)
                writer.key("name")
                writer.string(view.file.name)
                writer.key("size")
                writer.integer(Int(view.file.size))
                writer.key("media_type")
                writer.string(view.file.mediaType)
                writer.key("sha256")
                writer.string(TextForms.hexadecimal(view.sha256))
            }
        }
    }

    static func identifier(_ text: String) throws(Problem) -> UniqueID {
        guard let id = UniqueID(text) else {
            throw Problem(
                status: .notFound, code: "attachment.unknown", detail: "The request has no such file that you may read."
            )
        }
        return id
    }

    private static func mediaType(_ header: String?) -> String? {
        header?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
    }
}

extension Response {
    /// A file, always to be saved, never to be shown: what somebody uploaded must not run as a page of ours.
    package static func file(_ download: Download) -> Response {
        let headers: HTTPFields = [
            .contentType: download.file.mediaType,
            .contentDisposition: ContentDisposition.attachment(download.file.name),
            .eTag: "\"\(TextForms.hexadecimal(download.sha256))\"", .cacheControl: "private, no-store",
            .contentSecurityPolicy: "sandbox; default-src 'none'",
        ]
        let pieces = download.pieces
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: Int(download.file.size)) { writer in
                for try await piece in pieces { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            })
    }
}

/// The pieces of a body as they arrive, refused when they are too many. Read once.
package final class UploadContent: AsyncSequence {
    package typealias Element = [UInt8]

    private let maximumSize: Int
    private var body: RequestBody.AsyncIterator
    private var size = 0
    private var isOver = false

    /// - Parameter maximumSize: In octets.
    package init(body: RequestBody, maximumSize: Int) {
        self.body = body.makeAsyncIterator()
        self.maximumSize = maximumSize
    }

    var tooLarge: Problem {
        Problem(.bodyTooLarge, detail: "A file may have at most \(maximumSize / 1_000_000) MB.")
    }

    /// Reads on without keeping anything, as far as twice the bound: who sends even more may find the connection closed without an answer.
    package func discardRest() async {
        do {
            while size <= 2 * maximumSize, try await part() != nil {}
        } catch {
            // Nobody is there any more.
        }
    }

    private func part() async throws -> ByteBuffer? {
        guard !isOver else { return nil }
        do {
            let part = try await body.next()
            isOver = part == nil
            size += part?.readableBytes ?? 0
            return part
        } catch is TransferTooSlow {
            isOver = true
            throw Problem(.bodyTooSlow)
        } catch {
            // The sender went away or broke the framing.
            isOver = true
            throw Problem(.bodyUnreadable)
        }
    }

    package struct Iterator: AsyncIteratorProtocol {
        let content: UploadContent

        package mutating func next() async throws -> [UInt8]? {
            guard let part = try await content.part() else { return nil }
            guard content.size <= content.maximumSize else { throw content.tooLarge }
            return Array(part.readableBytesView)
        }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(content: self) }
}
