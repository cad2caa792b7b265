extension Access {
    /// Why somebody may see a restricted request that is neither theirs nor for them.
    func reason(for person: PersonID, toSee state: RequestState, restrictedTo team: TeamID) -> Reason? {
        if belongs(person, to: [.team(team)]) { return .restriction(team) }
        return state.steps.keys.contains { state.isPersonalWork($0, of: person) } ? .holder : nil
    }

    /// Whether somebody may say which team sees the request: agents of the department and, of a confidential type, those whom it names;
    /// of a restricted request its team. Not about what is theirs.
    func mayRestrict(_ state: RequestState, _ person: PersonID) -> Bool {
        guard worksOn(state, person) else { return false }
        if let team = state.restriction { return belongs(person, to: [.team(team)]) }
        if let confidants = context.type.confidential { return resolver(state).contains(person, in: confidants) }
        return authority(of: person).agentOf.contains(context.type.department)
    }

    /// Whether somebody may end a restriction: its team, and the administrators of the department, who do not see the request by that. Not
    /// about what is theirs.
    func mayUnrestrict(_ state: RequestState, _ person: PersonID) -> Bool {
        guard let team = state.restriction, context.directory.isActive(person), !isHidden(state, from: person),
            state.requester.person != person, state.beneficiary != person
        else { return false }
        return belongs(person, to: [.team(team)])
            || authority(of: person).administratorOf.contains(context.type.department)
    }

    private func authority(of person: PersonID) -> Authority {
        Authority(of: person, in: context.directory, context.configuration)
    }
}

extension WorkItem {
    /// To whom it is personal: whoever has it, else those it is offered to by name.
    var personal: [PersonID] { assignee.map { [$0] } ?? offeredTo.compactMap(\.person) }
}

extension Rejection {
    static var restrictNotAllowed: Rejection {
        Rejection(
            .forbidden, code: "request.restrict.not_allowed", message: "You may not say who sees this request.")
    }
}
