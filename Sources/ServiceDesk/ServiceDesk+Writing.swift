package import WorkflowCore

extension ServiceDesk {
    /// Raises a request.
    ///
    /// - Parameters:
    ///   - handle: Whom it is for; nil for the viewer.
    ///   - key: Makes the request happen once, however often it is sent; unique among the viewer's.
    package func raise(
        _ type: RequestTypeID, entries: [FieldID: JSONValue], beneficiary handle: String?, by viewer: Viewer,
        key: String?
    ) async throws(DeskError) -> Written<RequestView> {
        var beneficiary = viewer.person.id
        if let handle {
            let directory = try await asking { () throws(StorageError) in try await directories.current() }
            guard let person = directory.person(handle: handle), person.isActive else {
                throw .rejected(
                    Rejection(
                        .invalid, code: "request.unknown_beneficiary",
                        message: "There is nobody with the handle \(handle)."))
            }
            beneficiary = person.id
        }
        let new = NewRequest(
            id: nil, type: type, requester: .person(viewer.person.id), beneficiary: beneficiary, parent: nil,
            parentType: nil,
            entries: entries.mapValues { .raw($0) })
        let fingerprint = Fingerprint.raise(type, for: beneficiary, entries: entries)
        var order = CommandOrder(
            .new(new), by: viewer.principal, key: idempotencyKey(key, of: viewer), isClientKey: key != nil,
            fingerprint: fingerprint)
        order.files = try await files(named: entries.values, by: .person(viewer.person.id))
        return try await written(order, for: viewer)
    }

    /// Does something to a request.
    ///
    /// - Parameters:
    ///   - expectedVersion: The version that the viewer has seen; another current one refuses the action. Nil when it does not matter.
    package func perform(
        _ action: Action, on reference: String, by viewer: Viewer, key: String?, expectedVersion: Int?
    ) async throws(DeskError) -> Written<RequestView> {
        let request = try await queries.find(reference, for: viewer)
        var person: PersonID?
        if let handle = action.handle {
            let directory = try await asking { () throws(StorageError) in try await directories.current() }
            person = directory.person(handle: handle).flatMap { $0.isActive ? $0.id : nil }
        }
        let command: Command
        do throws(Rejection) {
            command = try action.command(naming: person, at: clock().truncatedToMicroseconds)
        } catch {
            // Whoever may not see the request does not learn from this whom the desk knows.
            _ = try await queries.request(request.description, for: viewer)
            throw .rejected(error)
        }
        var order = CommandOrder(
            .existing(request, command), by: viewer.principal,
            key: idempotencyKey(key, of: viewer), isClientKey: key != nil,
            fingerprint: Fingerprint.perform(action, on: request), expectedVersion: expectedVersion)
        order.files = try await files(named: action.entries, in: request, by: .person(viewer.person.id))
        do throws(DeskError) {
            return try await written(order, for: viewer)
        } catch {
            throw try await masked(error, on: request, for: viewer)
        }
    }

    /// Restricts a request to a team of its department, or ends that (nil). The viewer need not see the request before or afterwards.
    ///
    /// - Parameter key: As for `perform`.
    package func restrict(
        _ reference: String, to team: TeamID?, reason: String, by viewer: Viewer, key: String?
    ) async throws(DeskError) {
        // Who administers no department ends none that they do not see: for them an unseen number takes the work of an unknown one.
        let mayBeUnseen = team == nil && !viewer.authority.administratorOf.isEmpty
        let request = mayBeUnseen ? try await findUnseen(reference) : try await queries.find(reference, for: viewer)
        let action = team.map { Action.restrict(to: $0, reason: reason) } ?? .unrestrict(reason: reason)
        let command = team.map { Command.restrict(to: $0, reason: reason) } ?? .unrestrict(reason: reason)
        do throws(DeskError) {
            _ = try await commands.perform(
                CommandOrder(
                    .existing(request, command), by: viewer.principal, key: idempotencyKey(key, of: viewer),
                    isClientKey: key != nil, fingerprint: Fingerprint.perform(action, on: request)))
        } catch {
            throw try await masked(error, on: request, for: viewer)
        }
    }

    /// What the viewer is answered in place of an error. The rules have forgotten whom an erased request was about, the database's wall has
    /// not: from them it stays kept.
    private func masked(
        _ error: DeskError, on request: RequestID, for viewer: Viewer
    ) async throws(DeskError) -> DeskError {
        if case .rejected(let rejection) = error, rejection.code == Rejection.erasedRequest.code {
            _ = try await queries.request(request.description, for: viewer)
        }
        return error
    }

    /// The request behind a reference, for a command that somebody may give who does not see it: the command itself answers others as if
    /// there were none.
    func findUnseen(_ reference: String) async throws(DeskError) -> RequestID {
        if let id = RequestID(reference) { return id }
        guard reference.utf8.count <= 40, reference.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let id = try await asking({ () throws(StorageError) in try await storage.requestID(number: reference) })
        else { throw .rejected(.unknownRequest) }
        return id
    }

    /// The client's key, else one of ours: every command has one, so that its fate can be found out.
    func idempotencyKey(_ key: String?, of viewer: Viewer) -> IdempotencyKey {
        // Ours hold a character that keys of clients cannot have, so they never meet.
        IdempotencyKey(
            principal: viewer.principal.description,
            key: key ?? " \(TextForms.base64URL(random(18)))")
    }

    private func written(_ order: CommandOrder, for viewer: Viewer) async throws(DeskError) -> Written<RequestView> {
        switch try await commands.perform(order) {
        case .done(let request):
            let view = try await asking { () throws(StorageError) in
                // Whoever has raised a request sees it.
                try await order.request == nil
                    ? queries.view(of: request, for: viewer) : queries.view(afterChangeOf: request, by: viewer)
            }
            guard let view else { throw .rejected(.unknownRequest) }
            return Written(value: view, isReplay: false)
        case .before(let request, let isReplay):
            return Written(value: try await queries.request(request.description, for: viewer), isReplay: isReplay)
        }
    }
}
