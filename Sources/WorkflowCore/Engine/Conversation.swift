import Expressions

extension Decision {
    /// Says something about the request, also after it has ended. The requester and whoever holds a task are told; when nobody holds any
    /// and the requester is anonymous, those who are asked.
    mutating func comment(_ text: String, _ files: [UniqueID]) throws(Rejection) {
        let author = try actorOrReporter()
        guard let text = try TextRules.checked(text) else {
            throw Rejection(.invalid, code: "comment.empty", message: "The comment is empty.")
        }
        emit(.commented(text, files: try attached(files)))
        var told: Set<Party> = [state.requester.party]
        for step in state.steps.values {
            if case .task(let task) = step.status, let assignee = task.assignee { told.insert(.person(assignee)) }
        }
        told.remove(author.map(Party.person) ?? .anonymous)
        if told.isEmpty, author == nil { told = askedNow }
        if !told.isEmpty { emit(.told(told.sorted(), .commented, about: nil)) }
    }

    /// Says something among those who work on the request. Told are the members of the team it is for, else whoever holds a task.
    mutating func note(_ text: String, for audience: NoteAudience) throws(Rejection) {
        let author = try actor()
        guard let text = try TextRules.checked(text) else {
            throw Rejection(.invalid, code: "comment.empty", message: "The comment is empty.")
        }
        let access = Access(context)
        var told: Set<PersonID> = []
        switch audience {
        case .workers:
            for step in state.steps.values {
                if case .task(let task) = step.status, let assignee = task.assignee { told.insert(assignee) }
            }
        case .team(let team):
            guard context.configuration.teams[team] != nil else {
                throw Rejection(
                    .invalid, code: "comment.unknown_team", message: "There is no team \(team).",
                    hint: NearestName.hint(
                        for: team.text, among: context.configuration.teams.keys.map(\.text).sorted()))
            }
            told = Set(context.directory.members(of: .team(team), in: context.configuration))
        }
        told = told.filter { access.canRead(audience, by: author, of: state, $0) }
        if case .team = audience, told.isEmpty {
            throw Rejection(
                .invalid, code: "comment.no_readers", message: "Nobody in that team works on this request.")
        }
        emit(.noted(text, audience))
        told.remove(author)
        if !told.isEmpty { emit(.told(told.sorted().map(Party.person), .noted, about: nil)) }
    }

    /// The files that a comment names, each once.
    private func attached(_ files: [UniqueID]) throws(Rejection) -> [AttachedFile] {
        var attached: [AttachedFile] = []
        for id in files where !attached.contains(where: { $0.id == id }) {
            guard let file = context.files.file(id.description) else {
                throw Rejection(
                    .invalid, code: "comment.unknown_file", message: "There is no such file of yours; upload it first.")
            }
            attached.append(file)
        }
        guard attached.count <= 10 else {
            throw Rejection(.invalid, code: "comment.too_many_files", message: "A comment has at most ten files.")
        }
        return attached
    }

    /// To whom open tasks are offered; when there are none, those whom a confidential type names, else the agents of the department.
    private var askedNow: Set<Party> {
        var asked: Set<Party> = []
        for step in state.steps.values {
            if case .task(let task) = step.status { asked.formUnion(task.offeredTo) }
        }
        asked.remove(.anonymous)
        guard asked.isEmpty else { return asked }
        guard type.confidential != nil else { return Set(departmentAgents) }
        return Access(context).confidants(of: state).subtracting([.anonymous])
    }

    /// Ends the request at somebody's wish, or at its parent's.
    mutating func cancel(_ reason: String?) throws(Rejection) {
        let isSystem = context.principal.isSystem
        switch state.phase {
        case .open: break
        case .ending:
            throw isSystem
                ? .stale("The request is ending already.")
                : Rejection(.conflict, code: "request.ending", message: "The request is ending already.")
        case .closed: throw isSystem ? .stale("The request has ended already.") : .closedRequest
        }
        if !isSystem, type.cancellation == nil { throw .cancelNotAllowed }
        // What takes something back is not taken back itself.
        if state.parent?.instance.isUndo == true { throw .cancelNotAllowed }
        if let until = type.cancellation?.until, hasStarted(until) {
            throw Rejection(
                .conflict, code: "request.cancel.too_late", message: "The request has gone too far to be cancelled.")
        }
        emit(.cancelRequested(reason: try TextRules.checked(reason)))
        end(type.cancellation.flatMap { type.outcome($0.outcome) } ?? type.failedOutcome)
    }

    /// Whether the step has started in any round or element; its undo does not count.
    func hasStarted(_ id: StepID) -> Bool {
        if state.steps[InstanceName(id)]?.hasStarted == true { return true }
        guard type.index.node(id)?.around.isEmpty == false else { return false }
        return state.steps.contains { $0.key.step == id && !$0.key.isUndo && $0.value.hasStarted }
    }
}

extension Rejection {
    static var cancelNotAllowed: Rejection {
        Rejection(.forbidden, code: "request.cancel.not_allowed", message: "You may not cancel this request.")
    }
}
