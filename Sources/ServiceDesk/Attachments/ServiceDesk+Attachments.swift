import Expressions
import Logging
package import WorkflowCore

/// An upload that is ready to be used in a form.
package struct UploadView: Sendable, Hashable {
    package let file: AttachedFile
    package let sha256: [UInt8]
}

/// A file on its way to somebody who may read it.
package struct Download: Sendable {
    package let file: AttachedFile
    package let sha256: [UInt8]
    package let pieces: AttachmentPieces
}

extension ServiceDesk {
    /// How large a piece of a file is, in octets.
    static let pieceSize = 256 << 10

    /// Takes a file. What is not used in a request within a day is forgotten.
    ///
    /// - Parameters:
    ///   - name: As the client calls it; it is cleaned.
    ///   - mediaType: As the client says; what is not known is kept as octets without a meaning.
    ///   - content: Read as fast as it can be stored. When it throws, nothing is kept and its error is thrown on.
    package func upload<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, by viewer: Viewer
    ) async throws -> UploadView where Content.Element == [UInt8] {
        do throws(Rejection) {
            try Access.require(.upload, of: viewer.authority)
        } catch {
            throw DeskError.rejected(error)
        }
        return try await take(name: name, mediaType: mediaType, content: content, by: .person(viewer.person.id))
    }

    func take<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, by owner: Uploader
    ) async throws -> UploadView where Content.Element == [UInt8] {
        let now = clock().truncatedToMicroseconds
        let cleaned = FileName(cleaning: name).description
        let type = MediaTypes.of(name: cleaned, declared: mediaType)
        let id = newID(at: now)
        let name = try await asking { () throws(StorageError) in
            try await storage.begin(NewAttachment(id: id, owner: owner, name: cleaned, mediaType: type, at: now))
        }
        do {
            // Counted after it has begun: of several at the same time, each sees the others.
            let unused = try await asking { () throws(StorageError) in
                try await storage.unusedSize(of: owner, besides: id)
            }
            guard unused < settings.unusedUploads else { throw DeskError.rejected(.tooManyUnused) }
            try await check(owner)
            let (size, digest) = try await store(content, of: type, as: id)
            try await scan(id)
            try await asking { () throws(StorageError) in try await storage.finish(id, size: size, sha256: digest) }
            return UploadView(file: AttachedFile(id: id, name: name, size: size, mediaType: type), sha256: digest)
        } catch {
            // On a task of its own, which goes on when whoever sent it is gone. What a failure leaves behind is purged after a day.
            await Task { try? await storage.discard(id) }.value
            throw error
        }
    }

    /// Nobody knows who a reporter is, so nobody could ask them to stop.
    private func check(_ owner: Uploader) async throws(DeskError) {
        guard case .reporter(let request) = owner else { return }
        let used = try await asking { () throws(StorageError) in try await storage.sizeOfFiles(of: request, by: owner) }
        guard used < settings.reporterUploads else {
            throw .rejected(
                Rejection(
                    .conflict, code: "attachment.too_many", message: "You have attached as much as one report may have."
                ))
        }
    }

    private func store<Content: AsyncSequence>(
        _ content: Content, of mediaType: String, as id: UniqueID
    ) async throws -> (size: Int64, sha256: [UInt8]) where Content.Element == [UInt8] {
        guard var digest = RunningDigest() else { throw DeskError.unavailable(retryAfterSeconds: 1) }
        var size = 0
        var number = 0
        var piece: [UInt8] = []
        var start: [UInt8] = []
        func checkStart() throws(DeskError) {
            guard FileStart.fits(start, mediaType) else { throw .rejected(.otherContent) }
        }
        func keep(_ bytes: [UInt8]) async throws(DeskError) {
            let place = number
            try await asking { () throws(StorageError) in try await storage.append(bytes, number: place, to: id) }
        }
        for try await part in content {
            size += part.count
            guard size <= settings.maximumUpload else {
                throw DeskError.rejected(
                    Rejection(
                        .invalid, code: "attachment.too_large",
                        message: "A file may have at most \(settings.maximumUpload / 1_000_000) MB."))
            }
            if start.count < FileStart.length {
                start += part.prefix(FileStart.length - start.count)
                if start.count == FileStart.length { try checkStart() }
            }
            digest.add(part)
            piece += part
            while piece.count >= Self.pieceSize {
                try await keep(Array(piece.prefix(Self.pieceSize)))
                piece.removeFirst(Self.pieceSize)
                number += 1
            }
        }
        if start.count < FileStart.length { try checkStart() }
        if !piece.isEmpty { try await keep(piece) }
        return (Int64(size), digest.finish())
    }

    private func scan(_ id: UniqueID) async throws(DeskError) {
        guard let scanner else { return }
        let pieces = AttachmentPieces { number async throws(DeskError) in
            try await asking { () throws(StorageError) in try await storage.piece(number, of: id) }
        }
        switch await scanner.verdict(on: pieces) {
        case .harmless: return
        case .harmful(let reason):
            throw .rejected(
                Rejection(.invalid, code: "attachment.harmful", message: "This file is not taken: \(reason)"))
        case .unknown(let reason):
            logger.error("an upload could not be looked at", metadata: ["reason": "\(reason)"])
            throw .unavailable(retryAfterSeconds: 60)
        }
    }

    /// A file of a request: for those who may read the field that it stands in, or the comment that it came with.
    package func download(
        _ id: UniqueID, of reference: String, for viewer: Viewer
    ) async throws(DeskError) -> Download {
        // What the viewer is shown of the request is what they may read of it.
        let view = try await queries.request(reference, for: viewer)
        return try await open(id, of: view, for: Reader(viewer))
    }

    /// The same for any reader who has seen the request.
    func open(_ id: UniqueID, of view: RequestView, for reader: Reader) async throws(DeskError) -> Download {
        let (request, asker) = (view.summary.id, reader.asker)
        let found = try await asking { () throws(StorageError) in
            try await storage.attachment(id, of: request, for: asker)
        }
        guard let found else { throw .rejected(.unknownAttachment) }
        var isReadable = view.files.contains { $0.id == id }
        if !isReadable, let event = found.event {
            let entry = try await asking { () throws(StorageError) in
                try await queries.timeline(
                    of: request, for: reader, after: TimelinePlace(after: event - 1, glasses: .max), limit: 1
                )?.items.first
            }
            isReadable = entry?.sequence == event && entry?.files.contains { $0.id == id } == true
        }
        guard isReadable else { throw .rejected(.unknownAttachment) }
        return Download(
            file: found.file, sha256: found.sha256,
            pieces: AttachmentPieces { number async throws(DeskError) in
                try await asking { () throws(StorageError) in
                    try await storage.piece(number, of: id, in: request, for: asker)
                }
            })
    }

    /// The files that entries of a form may name: what the person has uploaded.
    ///
    /// - Parameter request: Whose files may be named again by whoever uploaded them; nil for a request that is being raised.
    func files(
        named entries: some Sequence<JSONValue>, in request: RequestID? = nil, by owner: Uploader
    ) async throws(DeskError) -> FileSource {
        let ids = Set(entries.flatMap(\.identifiers))
        guard !ids.isEmpty, ids.count <= 1_000 else { return .uploaded([:]) }
        let limit = clock() - settings.uploadAge + .seconds(600)
        let files = try await asking { () throws(StorageError) in
            try await storage.uploads(ids.sorted(), of: owner, since: limit, in: request)
        }
        return .uploaded(Dictionary(files.map { ($0.id, $0) }) { first, _ in first })
    }
}

extension Rejection {
    fileprivate static let unknownAttachment = Rejection(
        .notFound, code: "attachment.unknown", message: "The request has no such file that you may read.")
    fileprivate static let otherContent = Rejection(
        .invalid, code: "attachment.other_content",
        message: "This file does not begin as its name says: it holds something else, or is broken.",
        hint: "Give it the ending of what it holds.")
    fileprivate static let tooManyUnused = Rejection(
        .conflict, code: "attachment.too_many_unused",
        message: "You have uploaded much that no request uses yet; use it, or try again tomorrow.")
}

extension JSONValue {
    /// Every text in it that has the form of an identifier.
    fileprivate var identifiers: [UniqueID] {
        switch self {
        case .string(let text): UniqueID(text).map { [$0] } ?? []
        case .array(let elements): elements.flatMap(\.identifiers)
        case .object(let members): members.values.flatMap(\.identifiers)
        case .null, .bool, .number: []
        }
    }
}

extension RequestView {
    /// The files among everything that the viewer may read here, each once.
    var files: Set<AttachedFile> {
        Set((fields + outputs + steps.flatMap(\.outputs) + heldChanges.flatMap(\.fields)).flatMap(\.files))
    }
}
