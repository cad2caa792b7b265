package import Expressions
package import WorkflowCore

/// What became of an event that was addressed to whoever waits for it.
package struct EventReceipt: Sendable, Hashable {
    package let id: UniqueID
    /// Until when it waits for somebody who waits; nil when somebody did, and gets it.
    package let keptUntil: Instant?

    package init(id: UniqueID, keptUntil: Instant?) {
        self.id = id
        self.keptUntil = keptUntil
    }
}

extension ServiceDesk {
    /// Takes an event for all requests that wait for it by its key: those of the departments whose agent the viewer is and, of what is
    /// confidential, restricted or kept from them, those that they see; programs reach what is restricted, too. When nobody waits yet, it is
    /// kept as long as their waits say, for the first that do.
    ///
    /// It reaches the requests like every delivery, a moment later. Whether its data fit is found out there; what no wait could take is
    /// refused at once.
    package func receive(
        _ awaited: AwaitedEvent, entries: [FieldID: JSONValue], by viewer: Viewer, key: String?
    ) async throws(DeskError) -> Written<EventReceipt> {
        let now = clock().truncatedToMicroseconds
        let compiled = try await asking { () throws(StorageError) in try await configurations.current() }
        let waits: [EventWait]
        do throws(Rejection) {
            waits = try Self.waits(for: awaited, in: compiled.configuration, of: viewer.agentOf)
            try Self.check(entries, against: waits)
        } catch {
            throw .rejected(error)
        }
        let ends = waits.map { compiled.time.working.instant(now, adding: $0.keep) }
        let fingerprint = Fingerprint.event(awaited, entries: entries)
        let payload = MessageCodec.text(
            of: OutsideEvent(
                event: awaited.event, key: awaited.key, entries: entries.mapValues { .raw($0) }, receivedAt: now))
        let event = AddressedEvent(
            id: newID(at: now), key: idempotencyKey(key, of: viewer), fingerprint: fingerprint, awaited: awaited,
            departments: viewer.agentOf, teller: Self.teller(viewer, in: compiled.configuration), payload: payload,
            receivedAt: now,
            expiresAt: (ends.max() ?? now).truncatedToMicroseconds)
        let kept = try await asking { () throws(StorageError) in try await storage.keep(event) }
        guard Digest.areEqual(kept.fingerprint, fingerprint) else { throw .keyReused }
        let after = try await asking { () throws(StorageError) in
            let requests = try await storage.dispatchEvents(awaited, at: now)
            if !requests.isEmpty { worker.wakeUp.wake() }
            // Whoever began to wait at the same moment may have been the first to look, so the row is asked.
            return try await storage.keep(event)
        }
        return Written(
            value: EventReceipt(id: kept.id, keptUntil: after.isDispatched ? nil : kept.expiresAt),
            isReplay: kept.id != event.id)
    }

    private static func teller(_ viewer: Viewer, in configuration: Configuration) -> Teller {
        let isProgram = viewer.person.kind == .service
        return Teller(
            person: viewer.person.id, parties: viewer.authority.parties,
            types: isProgram
                ? configuration.requestTypes.values.filter { $0.confidential == nil }.map(\.id).sorted() : [])
    }

    /// The waits with a key that the current configuration declares for an event, in the departments of an agent.
    private static func waits(
        for awaited: AwaitedEvent, in configuration: Configuration, of departments: [DepartmentID]
    ) throws(Rejection) -> [EventWait] {
        guard !departments.isEmpty else {
            throw Rejection(
                .forbidden, code: "request.event.not_allowed",
                message: "Only agents of a department tell what has happened outside.")
        }
        guard (1...1000).contains(awaited.key.utf8.count), !awaited.key.utf8.contains(where: { $0 < 0x20 }) else {
            throw Rejection(
                .invalid, code: "request.event.key", message: "The key is one line of at most 1000 octets.")
        }
        var known: Set<String> = []
        var waits: [EventWait] = []
        for type in configuration.requestTypes.values where departments.contains(type.department) {
            for step in type.index.all {
                guard case .wait(.event(let wait)) = step.kind, wait.key != nil else { continue }
                known.insert(wait.event)
                if wait.event == awaited.event { waits.append(wait) }
            }
        }
        guard !waits.isEmpty else {
            throw Rejection(
                .invalid, code: "request.event.unknown", message: "Nothing waits for an event `\(awaited.event)`.",
                hint: NearestName.of(awaited.event, among: known.sorted()).map { "Did you mean `\($0)`?" })
        }
        return waits
    }

    /// Refuses data that none of the waits asks for, and data without what all of them need.
    private static func check(_ entries: [FieldID: JSONValue], against waits: [EventWait]) throws(Rejection) {
        var problems: [Rejection.FieldProblem] = []
        for field in entries.keys.sorted() where !waits.contains(where: { $0.form[field] != nil }) {
            problems.append(
                Rejection.FieldProblem(
                    field: field, code: "form.unknown_field", message: "There is no field `\(field)`."))
        }
        let needed = waits.map { wait in
            Set(
                wait.form.fields.filter {
                    !$0.isOptional && $0.askWhen == nil && $0.defaultValue == nil && $0.computed == nil
                }.map(\.id))
        }
        let always = needed.dropFirst().reduce(needed.first ?? []) { $0.intersection($1) }
        for field in always.sorted() where entries[field] == nil {
            problems.append(
                Rejection.FieldProblem(field: field, code: "form.required", message: "This must be filled in."))
        }
        guard problems.isEmpty else {
            throw Rejection(
                .invalid, code: "form.invalid", message: "The data of the event are not as they are declared.",
                fields: problems)
        }
    }
}
