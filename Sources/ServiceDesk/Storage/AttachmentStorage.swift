package import Expressions
package import WorkflowCore

/// Files that people upload: a row each, and their content in numbered pieces.
package protocol AttachmentStorage: Sendable {
    /// Begins an upload; nobody but its owner sees it until a request uses it. Gives its name as it is kept: composed (NFC).
    func begin(_ upload: NewAttachment) async throws(StorageError) -> String
    /// The next piece of an upload.
    func append(_ piece: [UInt8], number: Int, to id: UniqueID) async throws(StorageError)
    /// Ends an upload; from now on a request may use it.
    func finish(_ id: UniqueID, size: Int64, sha256: [UInt8]) async throws(StorageError)
    /// Deletes an upload that no request uses; without effect on any other.
    func discard(_ id: UniqueID) async throws(StorageError)
    /// Those of the files that the person has uploaded, whole, and which no request uses and which were begun after `limit`, or which the
    /// given request uses already.
    func uploads(
        _ ids: [UniqueID], of owner: Uploader, since limit: Instant, in request: RequestID?
    ) async throws(StorageError) -> [AttachedFile]
    /// How many octets somebody has uploaded, besides one upload, that no request uses; each counts for at least 16 KiB.
    func unusedSize(of owner: Uploader, besides id: UniqueID) async throws(StorageError) -> Int64
    /// How many octets of files the request uses that the owner has uploaded; each counts for at least 16 KiB.
    func sizeOfFiles(of request: RequestID, by owner: Uploader) async throws(StorageError) -> Int64
    /// A file that the request uses; nil when it does not, or the asker may not see the request.
    func attachment(_ id: UniqueID, of request: RequestID, for asker: Asker) async throws(StorageError)
        -> StoredAttachment?
    /// A piece of a file that the request uses; nil behind the last one.
    func piece(_ number: Int, of id: UniqueID, in request: RequestID, for asker: Asker) async throws(StorageError)
        -> [UInt8]?
    /// A piece of an upload, whoever asks: for the program that looks for harm.
    func piece(_ number: Int, of id: UniqueID) async throws(StorageError) -> [UInt8]?
    /// Deletes uploads from before `limit` that no request uses; how many.
    @discardableResult
    func purgeAttachments(before limit: Instant) async throws(StorageError) -> Int
}

/// Who uploads.
package enum Uploader: Sendable, Hashable {
    case person(PersonID)
    /// Whoever has the receipt of that request; nothing else is known of them.
    case reporter(RequestID)

    package var id: UniqueID {
        switch self {
        case .person(let person): person.id
        case .reporter(let request): request.id
        }
    }
}

/// An upload that begins.
package struct NewAttachment: Sendable, Hashable {
    package let id: UniqueID
    package let owner: Uploader
    package let name: String
    package let mediaType: String
    package let at: Instant

    package init(id: UniqueID, owner: Uploader, name: String, mediaType: String, at: Instant) {
        self.id = id
        self.owner = owner
        self.name = name
        self.mediaType = mediaType
        self.at = at
    }
}

/// A whole file, but for its content.
package struct StoredAttachment: Sendable, Hashable {
    package let file: AttachedFile
    package let sha256: [UInt8]
    /// The sequence of the comment that it came with; nil for what stands in a form.
    package let event: Int?

    package init(file: AttachedFile, sha256: [UInt8], event: Int?) {
        self.file = file
        self.sha256 = sha256
        self.event = event
    }
}

/// A file that a request has from now on.
package struct AttachmentUse: Sendable, Hashable {
    package let id: UniqueID
    /// The sequence of the comment that it comes with; nil for what stands in a form.
    package let event: Int?

    package init(id: UniqueID, event: Int? = nil) {
        self.id = id
        self.event = event
    }
}
