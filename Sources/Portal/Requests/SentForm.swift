import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// What a form sent, files among it: those are stored while they arrive, and stand in the fields by their identifiers.
struct SentForm: Sendable {
    var fields = FormFields()
    /// Why files were not taken, by the name of their question.
    var refusedFiles: [String: Rejection] = [:]
    /// Whether there were files that nobody stored, because their sender was not known.
    var lostFiles = false
}

/// Reads a form with files.
struct SentFormReader {
    let desk: any PortalDesk
    /// Who sends it; nil keeps no files.
    let session: SessionVisit?
    let settings: APISettings

    /// More files at once are no mistake of a hand.
    private static let mostFiles = 50

    /// - Parameter boundary: As the request's header names it.
    func read(_ request: Request, boundary: String) async throws -> SentForm {
        guard request.headers[.contentEncoding] == nil else { throw Problem(.mediaType) }
        let (file, text) = (settings.maximumUpload, settings.maximumBodySize)
        let content = UploadContent(body: request.body, maximumSize: 8 * file + text)
        var body = MultipartBody(content: content, parser: MultipartParser(boundary: boundary))
        do {
            return try await read(&body)
        } catch {
            // Who is still sending reads no answer before they have done so.
            await content.discardRest()
            throw error
        }
    }

    private func read(_ body: inout MultipartBody) async throws -> SentForm {
        var form = SentForm()
        var left = settings.maximumBodySize
        var files = 0
        while let part = try await body.nextPart() {
            guard let fileName = part.fileName else {
                var bytes: [UInt8] = []
                while let piece = try await body.nextPiece() {
                    left -= piece.count
                    guard left >= 0 else { throw Problem(.bodyTooLarge) }
                    bytes += piece
                }
                try form.fields.append(part.name, bytes)
                continue
            }
            // A question for a file that was left empty.
            guard !fileName.isEmpty else {
                while try await body.nextPiece() != nil {}
                continue
            }
            files += 1
            // The proof stands before the files, as everywhere in our forms.
            if let session, session.isProven(by: FormProof(form.fields["csrf"] ?? "").token), files <= Self.mostFiles {
                try await take(part, fileName, by: session.viewer, &body, &form)
            } else {
                form.lostFiles = true
            }
            // Of what was refused half-way.
            while try await body.nextPiece() != nil {}
        }
        return form
    }

    private func take(
        _ part: MultipartParser.Part, _ name: String, by viewer: Viewer, _ body: inout MultipartBody,
        _ form: inout SentForm
    ) async throws {
        let pieces = PartContent(body)
        defer { body = pieces.body }
        do {
            let view = try await desk.upload(name: name, mediaType: part.mediaType, content: pieces, by: viewer)
            form.fields.pairs.append(FormFields.Pair(part.name, view.file.id.description))
        } catch DeskError.rejected(let rejection) {
            form.refusedFiles[part.name] = rejection
        }
    }
}

/// The parts of a body and their pieces, in their order.
struct MultipartBody {
    private var pieces: UploadContent.Iterator
    private var parser: MultipartParser

    init(content: UploadContent, parser: MultipartParser) {
        pieces = content.makeAsyncIterator()
        self.parser = parser
    }

    /// The next part; nil behind the last one. Its pieces are to be read first.
    mutating func nextPart() async throws -> MultipartParser.Part? {
        while true {
            switch try await nextEvent() {
            case .begin(let part): return part
            case .finished:
                // What stands behind the form is read and means nothing.
                while try await pieces.next() != nil {}
                return nil
            case .data, .end: continue
            }
        }
    }

    /// The next piece of the part's content; nil behind the last one.
    mutating func nextPiece() async throws -> [UInt8]? {
        guard !isBetween else { return nil }
        switch try await nextEvent() {
        case .data(let bytes): return bytes
        case .begin, .end, .finished: return nil
        }
    }

    private var isBetween = true

    private mutating func nextEvent() async throws -> MultipartParser.Event {
        while true {
            if let event = try parser.next() {
                if case .begin = event { isBetween = false }
                if event == .end { isBetween = true }
                return event
            }
            guard let bytes = try await pieces.next() else { throw Problem(.bodyUnreadable) }
            parser.add(bytes)
        }
    }
}

/// The content of one part. Read once.
final class PartContent: AsyncSequence {
    typealias Element = [UInt8]

    fileprivate(set) var body: MultipartBody

    init(_ body: MultipartBody) {
        self.body = body
    }

    struct Iterator: AsyncIteratorProtocol {
        let content: PartContent

        mutating func next() async throws -> [UInt8]? { try await content.body.nextPiece() }
    }

    func makeAsyncIterator() -> Iterator { Iterator(content: self) }
}

extension FormFields {
    /// - Throws: `body.unreadable` for what is no text and for more fields than any form has.
    fileprivate mutating func append(_ name: String, _ bytes: [UInt8]) throws(Problem) {
        guard pairs.count < Self.maximumPairs, let text = String(validating: bytes, as: UTF8.self),
            !text.utf8.contains(0), !name.utf8.contains(0)
        else { throw Problem(.bodyUnreadable) }
        pairs.append(Pair(name, text.withLineFeeds))
    }
}
