import Expressions

/// A single request that only a team of its department sees.
extension Decision {
    /// Restricts the request, or moves the restriction. Open work that a queue elsewhere was asked to do is asked of the team.
    mutating func restrict(to team: TeamID, _ reason: String) throws(Rejection) {
        let teams = context.configuration.teams
        guard teams[team]?.department == type.department else {
            let known = teams.values.filter { $0.department == type.department }.map(\.id.text).sorted()
            throw Rejection(
                .invalid, code: "request.restrict.unknown_team",
                message: "The department has no team \(team).", hint: NearestName.hint(for: team.text, among: known))
        }
        try demandNamed(team)
        guard context.directory.hasMembers(.team(team), in: context.configuration) else {
            throw Rejection(
                .invalid, code: "request.restrict.nobody", message: "Nobody is in the team \(team) now.")
        }
        guard state.restriction != team else {
            throw Rejection(
                .conflict, code: "request.restrict.already", message: "The request is restricted to this team already.")
        }
        emit(.restricted(team, reason: try restrictionReason(reason)))
        emit(.told([.team(team)], .restricted, about: nil))
    }

    /// Ends the restriction. Work that waits in a queue is asked of those again whom the process names.
    mutating func unrestrict(_ reason: String) throws(Rejection) {
        guard state.restriction != nil else {
            throw Rejection(.conflict, code: "request.restrict.not", message: "The request is not restricted.")
        }
        emit(.unrestricted(reason: try restrictionReason(reason)))
        let waiting = openInstances { _, step in
            switch step.status {
            case .task(let task): task.assignee == nil
            case .asking: true
            default: false
            }
        }
        for instance in waiting {
            switch (status(of: instance), instance.step.kind) {
            case (.task(let task)?, .task(let definition)): reoffer(task, definition, at: instance)
            // Whoever was asked goes on, and sees the request by that.
            case (.asking(_, let parties)?, _) where !state.involved.isSuperset(of: parties):
                emit(.askedOthers(instance.name, parties))
            default: continue
            }
        }
    }

    private mutating func reoffer(_ task: OpenTask, _ definition: TaskStep, at instance: StepInstance) {
        let same = StartedStep.task(offeredTo: task.offeredTo, assignee: nil)
        var offered = same
        do throws(EvaluationError) {
            offered = try offer(of: definition, at: instance) ?? same
        } catch {
            // Whoever it is cannot be worked out now; whom the restriction asked goes on.
        }
        guard offered != same || !state.involved.isSuperset(of: task.offeredTo) else { return }
        emit(.reoffered(instance.name, offered))
    }

    /// Throws for a team that would widen a confidential type: of those whom it names a restriction takes one.
    private func demandNamed(_ team: TeamID) throws(Rejection) {
        guard type.confidential != nil else { return }
        guard Access(context).confidants(of: state).contains(.team(team)) else {
            throw Rejection(
                .forbidden, code: "request.restrict.wider",
                message: "The request's type is confidential and does not name the team \(team).",
                hint: "A restriction takes one of the teams that the type names; it never adds anybody.")
        }
    }

    private func restrictionReason(_ reason: String) throws(Rejection) -> String {
        guard let reason = try TextRules.checked(reason) else {
            throw Rejection(.invalid, code: "request.restrict.reason", message: "Say why.")
        }
        return reason
    }

    /// Keeps open work inside the restriction: a queue becomes those of it who are in the team, else the team. What was given to somebody
    /// by name, and votes, stay theirs: they see the request until it is done.
    mutating func confine() {
        guard let team = state.restriction, !state.phase.isClosed else { return }
        let outside = openInstances { _, step in
            switch step.status {
            case .task(let task):
                task.assignee.map { task.offeredTo != [.person($0)] } ?? true
                    && confined(task.offeredTo, to: team) != nil
            case .asking(_, let parties): confined(parties, to: team) != nil
            default: false
            }
        }
        for instance in outside {
            let parties: [Party]
            switch status(of: instance) {
            case .task(let task)?: parties = task.offeredTo
            case .asking(_, let asked)?: parties = asked
            default: continue
            }
            guard let inside = confined(parties, to: team) else { continue }
            emit(.confined(instance.name, to: inside))
        }
    }

    /// These as far as the restriction lets them in, else its team; all of them without one.
    func inside(_ parties: [Party]) -> [Party] {
        guard let team = state.restriction, !parties.isEmpty else { return parties }
        return confined(parties, to: team) ?? parties
    }

    /// Whether a restriction, if there is one, lets somebody in.
    func isInside(_ person: PersonID) -> Bool {
        state.restriction.map { context.directory.contains(person, in: .team($0), of: context.configuration) } ?? true
    }

    /// Whom to ask in place of these; nil when they may stay.
    private func confined(_ parties: [Party], to team: TeamID) -> [Party]? {
        let directory = context.directory
        let configuration = context.configuration
        let concerned = [state.requester.person, state.beneficiary]
        let members = Set(directory.members(of: .team(team), in: configuration))
        var inside: Set<Party> = []
        for party in parties {
            switch party {
            case .anonymous, .team(team): inside.insert(party)
            case .person(let person):
                if concerned.contains(person) || members.contains(person) { inside.insert(party) }
            case .team, .role, .group:
                let common = members.filter { directory.contains($0, in: party, of: configuration) }
                if !common.isEmpty, common.count == members.count {
                    inside.insert(.team(team))
                } else {
                    inside.formUnion(common.map(Party.person))
                }
            }
        }
        if inside.contains(.team(team)) { inside = inside.filter { $0.person.map { !members.contains($0) } ?? true } }
        if inside.isEmpty { inside = [.team(team)] }
        return inside == Set(parties) ? nil : inside.sorted()
    }
}

extension Phase {
    fileprivate var isClosed: Bool { if case .closed = self { true } else { false } }
}
