package import WorkflowCore

/// What somebody gets who raised a request without saying who they are.
package struct AnonymousReceipt: Sendable, Hashable {
    /// With it, and with nothing else, they follow the request. Nobody can show it again.
    package let receipt: String
    /// What people call the request.
    package let number: String

    package init(receipt: String, number: String) {
        self.receipt = receipt
        self.number = number
    }
}

/// What people may do who do not say who they are. Of them nothing is kept or logged: no address, no session, no token.
///
/// Languages are those that the client asks for; nil is the organisation's first.
extension ServiceDesk {
    /// What may be raised without a name, by department and title.
    package func anonymousCatalogue(language: String?) async throws(DeskError) -> [CatalogueEntry] {
        try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            let compiled = try await configurations.current()
            return catalogue(for: newcomer(language, compiled), under: compiled, directory)
        }
    }

    /// One entry of it.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type`, also when the type is not to be raised without a name.
    package func anonymousCatalogueEntry(
        _ type: RequestTypeID, language: String?
    ) async throws(DeskError) -> CatalogueEntry {
        let found = try await asking { () throws(StorageError) -> CatalogueEntry? in
            let directory = try await directories.current()
            let compiled = try await configurations.current()
            return compiled.configuration.requestTypes[type].flatMap {
                entry($0, for: newcomer(language, compiled), under: compiled, directory)
            }
        }
        guard let found else { throw .rejected(.unknownType(type)) }
        return found
    }

    /// Raises a request without a name.
    ///
    /// - Parameter key: A secret of the client, random and as long as a receipt: it makes the request happen once, and the receipt is made
    ///   from it. Nil for a receipt of the desk's own choice.
    package func raiseAnonymously(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], key: String?
    ) async throws(DeskError) -> Written<AnonymousReceipt> {
        if let key, key.utf8.count < Receipts.shortestKey {
            throw .rejected(
                Rejection(
                    .invalid, code: "idempotency.key_too_short",
                    message:
                        "Without a name, an Idempotency-Key is a secret: it has at least \(Receipts.shortestKey) characters.",
                    hint: "Draw 20 random bytes for every report, and write them in base64url."))
        }
        guard anonymousThrottle.mayRaise(at: clock()) else { throw .unavailable(retryAfterSeconds: 60) }
        let receipt = key.map { Receipts.make(from: $0) } ?? Receipts.make(random)
        var new = NewRequest(
            id: nil, type: type, requester: .anonymous, beneficiary: nil, parent: nil, parentType: nil,
            entries: entries.mapValues { .raw($0) })
        new.receipt = Receipts.digest(of: receipt)
        let order = CommandOrder(
            .new(new), by: .anonymous(receiptFor: nil), key: anonymousKey(key),
            isClientKey: key != nil, fingerprint: Fingerprint.raise(type, for: nil, entries: entries))
        try await refuseForgotten(order, receipt: new.receipt)
        switch try await commands.perform(order) {
        case .done(let request):
            return Written(
                value: AnonymousReceipt(receipt: receipt, number: request.state.number), isReplay: false)
        case .before(let request, let isReplay):
            let number = try await asking { () throws(StorageError) -> String? in
                try await storage.request(request).map { stored throws(StorageError) in
                    try StateCodec.decode(stored).number
                }
            }
            guard let number else { throw .rejected(.unknownRequest) }
            return Written(value: AnonymousReceipt(receipt: receipt, number: number), isReplay: isReplay)
        }
    }

    /// A key that was used so long ago that nobody remembers for what is good for nothing more: its receipt belongs to that request.
    private func refuseForgotten(_ order: CommandOrder, receipt: [UInt8]?) async throws(DeskError) {
        guard order.isClientKey, let receipt, let key = order.key else { return }
        let isForgotten = try await asking { () throws(StorageError) in
            guard try await storage.requestID(receipt: receipt) != nil else { return false }
            return try await storage.answer(to: key) == nil
        }
        if isForgotten { throw .keyReused }
    }

    /// The request of a receipt, as its requester sees it: those who work on it appear as their teams.
    ///
    /// - Throws: `.rejected` with `request.not_found` for every receipt that is none.
    package func request(receipt: String, language: String?) async throws(DeskError) -> RequestView {
        let (request, reader) = try await reporter(receipt, language)
        return try await view(request, for: reader)
    }

    /// What happened to it, the oldest first; with the texts that its requester was told.
    package func timeline(
        receipt: String, language: String?, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> {
        try Cursor.check(limit: limit)
        let start = try cursor.map { cursor throws(DeskError) in try Cursor.timeline(cursor) } ?? .start
        let (request, reader) = try await reporter(receipt, language)
        let page = try await asking { () throws(StorageError) in
            try await queries.timeline(of: request, for: reader, after: start, limit: limit)
        }
        guard let page else { throw .rejected(.unknownRequest) }
        return page
    }

    /// Does something to it.
    package func perform(
        _ action: Action, receipt: String, language: String?, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView> {
        let (request, reader) = try await reporter(receipt, language)
        let command: Command
        do throws(Rejection) {
            command = try action.command(naming: nil, at: clock().truncatedToMicroseconds)
        } catch {
            throw .rejected(error)
        }
        var order = CommandOrder(
            .existing(request, command), by: reader.principal, key: anonymousKey(key, of: request),
            isClientKey: key != nil, fingerprint: Fingerprint.perform(action, on: request),
            expectedVersion: expectedVersion)
        order.files = try await files(named: action.entries, in: request, by: .reporter(request))
        switch try await commands.perform(order) {
        case .done(let current):
            let view = try await asking { () throws(StorageError) in try await queries.view(of: current, for: reader) }
            guard let view else { throw .rejected(.unknownRequest) }
            return Written(value: view, isReplay: false)
        case .before(_, let isReplay):
            return Written(value: try await view(request, for: reader), isReplay: isReplay)
        }
    }

    /// Takes a file of theirs; the request may use it afterwards. Nothing but the request is kept of who sent it.
    package func upload<Content: AsyncSequence>(
        name: String, mediaType: String?, content: Content, receipt: String
    ) async throws -> UploadView where Content.Element == [UInt8] {
        let (request, _) = try await reporter(receipt, nil)
        return try await take(name: name, mediaType: mediaType, content: content, by: .reporter(request))
    }

    /// A file of it that they may read.
    package func download(_ id: UniqueID, receipt: String) async throws(DeskError) -> Download {
        let (request, reader) = try await reporter(receipt, nil)
        return try await open(id, of: try await view(request, for: reader), for: reader)
    }

    /// Somebody who looks before there is a request.
    private func newcomer(_ language: String?, _ compiled: CompiledConfiguration) -> Reader {
        Reader(
            principal: .anonymous(receiptFor: nil),
            language: language ?? compiled.configuration.organisation.languages.first ?? "en")
    }

    /// Whose receipt it is, for what request.
    private func reporter(
        _ receipt: String, _ language: String?
    ) async throws(DeskError) -> (request: RequestID, reader: Reader) {
        let digest = Receipts.digest(of: receipt)
        guard anonymousThrottle.mayLook(with: digest, at: clock()) else { throw .unavailable(retryAfterSeconds: 60) }
        let found = try await asking { () throws(StorageError) -> (RequestID, Reader)? in
            guard let request = try await storage.requestID(receipt: digest) else { return nil }
            let compiled = try await configurations.current()
            let language = newcomer(language, compiled).language
            return (request, Reader(principal: .anonymous(receiptFor: request), language: language))
        }
        guard let found else { throw .rejected(.unknownRequest) }
        return found
    }

    private func view(_ request: RequestID, for reader: Reader) async throws(DeskError) -> RequestView {
        let view = try await asking { () throws(StorageError) -> RequestView? in
            guard let stored = try await storage.request(request, for: reader.asker) else { return nil }
            let current = CurrentRequest(
                state: try StateCodec.decode(stored), raisedAt: stored.raisedAt, changedAt: stored.changedAt)
            return try await queries.view(of: current, for: reader)
        }
        guard let view else { throw .rejected(.unknownRequest) }
        return view
    }

    /// Keys of people without a name: of new requests beside each other, of others by the request. Only a digest is stored, because the
    /// receipt can be made from the key.
    private func anonymousKey(_ key: String?, of request: RequestID? = nil) -> IdempotencyKey {
        IdempotencyKey(
            principal: request.map { "anonymous:\($0)" } ?? "anonymous",
            key: key.map { Receipts.storedKey(of: $0) } ?? " \(TextForms.base64URL(random(18)))")
    }
}
