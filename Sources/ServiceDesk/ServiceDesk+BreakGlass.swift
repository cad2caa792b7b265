package import Expressions
package import WorkflowCore

/// A request that was opened for reading.
package struct GlassView: Sendable, Hashable {
    package let request: RequestID
    package let number: String
    package let until: Instant
}

/// Reading a request by exception. It gives nothing but reading: commands, lists, searches and counts know nothing of it.
extension ServiceDesk {
    /// Opens a request to the viewer for a while; its department is told who it was and why. Sent again, it says until when it is open.
    ///
    /// - Parameter reference: Somebody has told it to the viewer: in no list of theirs is it.
    /// - Throws: `.rejected` with `access.not_allowed` for everybody who may not, whether there is such a request or not; with
    ///   `request.not_found`, `break_glass.reason`, `break_glass.not_needed`, `break_glass.nobody_told`, or why the reason cannot be stored.
    package func breakGlass(
        _ reference: String, reason: String, by viewer: Viewer
    ) async throws(DeskError) -> GlassView {
        try require(.breakGlass, of: viewer)
        let reason = try Self.checked(reason)
        let id = try await findUnseen(reference)
        let now = clock().truncatedToMicroseconds
        // No exception shows it to whom it is about.
        guard let (state, context) = try await unseen(id, for: viewer),
            !Rules.isHidden(state, from: viewer.person.id, in: context)
        else { throw .rejected(.unknownRequest) }
        guard Rules.reason(for: viewer.person.id, toSee: state, in: context) == nil else {
            throw .rejected(
                Rejection(
                    .conflict, code: "break_glass.not_needed", message: "You see this request without an exception."))
        }
        let open = try await asking { () throws(StorageError) in
            try await storage.openGlasses(of: viewer.person.id, at: now).first { $0.request == id }
        }
        if let open { return GlassView(request: id, number: state.number, until: open.until) }
        let guardians = try await guardians(of: state, context)
        let glass = StoredGlass(
            id: newID(at: now), request: id, person: viewer.person.id, reason: reason, openedAt: now,
            until: (now + settings.glassLifetime).truncatedToMicroseconds)
        let entry = auditEntry(
            .breakGlassOpened, by: viewer.principal.description, subject: "request:\(id)",
            details: ["number": state.number, "until": glass.until.description],
            // Whoever keeps the audit may be one of those from whom the request is kept: of such types it holds no reason at all, so that
            // its absence tells nothing either. The department is told it.
            words: context.type.hiddenFrom.isEmpty
                ? ["reason": AuditWord(reason, of: state.beneficiary ?? state.requester.person)] : [:])
        let told = notifications(about: glass, state.number, to: guardians, context)
        try await asking { () throws(StorageError) in
            try await storage.open(glass, audit: [entry], telling: told)
        }
        return GlassView(request: id, number: state.number, until: glass.until)
    }

    /// Ends such a reading before its time: the viewer's own, or everybody's when the viewer administers the request's department.
    ///
    /// - Throws: `.rejected` with `request.not_found`, also when there is nothing to end, the viewer may not or is whom it is about.
    package func endBreakGlass(_ reference: String, by viewer: Viewer) async throws(DeskError) {
        guard viewer.authority.isPlatformAdministrator || !viewer.authority.administratorOf.isEmpty else {
            throw .rejected(.unknownRequest)
        }
        let id = try await findUnseen(reference)
        // That there is something to end would tell whom it is about that there is the request.
        guard let (state, context) = try await unseen(id, for: viewer),
            Access.may(viewer.authority, .endBreakGlass(in: context.type.department)),
            !Rules.isHidden(state, from: viewer.person.id, in: context)
        else { throw .rejected(.unknownRequest) }
        let isTheirs = viewer.authority.administratorOf.contains(context.type.department)
        let entry = auditEntry(
            .breakGlassEnded, by: viewer.principal.description, subject: "request:\(id)",
            details: ["number": state.number])
        let now = clock().truncatedToMicroseconds
        let isEnded = try await asking { () throws(StorageError) in
            try await storage.endGlasses(on: id, of: isTheirs ? nil : viewer.person.id, at: now, audit: [entry])
        }
        guard isEnded else { throw .rejected(.unknownRequest) }
    }

    private static func checked(_ reason: String) throws(DeskError) -> String {
        do throws(Rejection) {
            guard let reason = try TextRules.checked(reason) else {
                throw Rejection(.invalid, code: "break_glass.reason", message: "Say why.")
            }
            return reason
        } catch {
            throw .rejected(error)
        }
    }

    /// A request whoever may see it, with what the rules need to judge the viewer without any exception.
    private func unseen(
        _ id: RequestID, for viewer: Viewer
    ) async throws(DeskError) -> (RequestState, DecisionContext)? {
        try await asking { () throws(StorageError) in
            guard let stored = try await storage.request(id) else { return nil }
            let compiled = try await configurations.version(stored.configuration)
            guard let type = compiled.configuration.requestTypes[stored.type] else { return nil }
            let context = DecisionContext(
                now: clock(), principal: viewer.principal, configuration: compiled.configuration, type: type,
                directory: try await directories.current(), time: compiled.time, seed: (0, 0))
            return (try StateCodec.decode(stored), context)
        }
    }

    /// The people to be told, neither the opener nor whom it is about among them: those who answer for the request, by identifier. An
    /// exception of which nobody hears who has been in charge of the department for a while, and can come in, is none that could be made.
    private func guardians(
        of state: RequestState, _ context: DecisionContext
    ) async throws(DeskError) -> [PersonID] {
        let (configuration, directory) = (context.configuration, context.directory)
        let left = state.hidden(by: context.type).union([context.principal.person].compactMap { $0 })
        func others(_ parties: [Party]) -> Set<PersonID> {
            directory.people(behind: parties, in: configuration).subtracting(left)
        }
        let department = configuration.departments[context.type.department]
        let recent = try await recentOffices(in: directory, configuration)
        let inCharge = others((department?.administrators ?? []) + (department?.leads ?? []))
        let witnesses = inCharge.filter { recent.isWitness($0, for: context.type.department) }
        guard try await canAnyComeIn(witnesses) else {
            throw .rejected(
                Rejection(
                    .conflict, code: "break_glass.nobody_told",
                    message: "The department has no other administrator or lead who would be told.",
                    hint:
                        "Nothing was opened. Somebody counts who is not locked out, and whom the department itself or an operator "
                        + "named, or who has been it for \(RecentOffices.days) days."))
        }
        return others(Array(Rules.guardians(of: state, in: context))).sorted()
    }

    /// Whether one of them is not locked out: else nobody would read what they are told.
    private func canAnyComeIn(_ people: Set<PersonID>) async throws(DeskError) -> Bool {
        try await asking { () throws(StorageError) -> Bool in
            for person in people {
                let account = try await storage.account(of: person)
                if account?.isLocked != true { return true }
            }
            return false
        }
    }

    private func notifications(
        about glass: StoredGlass, _ number: String, to people: [PersonID], _ context: DecisionContext
    ) -> [StoredNotification] {
        let who = context.directory.name(of: glass.person)
        let text = context.configuration.organisation.sentences { language in
            language.isGerman
                ? "\(who) hat \(number) ausnahmsweise zum Lesen geöffnet, für \(glass.minutes) Minuten: \(glass.reason)"
                : "\(who) opened \(number) for reading by exception, for \(glass.minutes) minutes: \(glass.reason)"
        }
        return people.map { person in
            StoredNotification(
                id: newID(at: glass.openedAt), person: person, at: glass.openedAt, kind: StoredGlass.kind,
                request: glass.request, number: number, instance: nil, text: text)
        }
    }
}
