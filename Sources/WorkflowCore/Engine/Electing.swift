import Expressions

extension Decision {
    /// Who votes on an approval that starts now. Nil when a seat stays empty.
    ///
    /// An entry whose people have left passes to their deputies, then to their managers, then to `fallback`; one whose people are excluded
    /// goes to `fallback` at once, so that nobody chooses who checks them. Where all together are fewer than `need` asks, `fallback` votes
    /// beside them.
    func electorate(of approval: ApprovalStep, at instance: StepInstance) throws(EvaluationError) -> Electorate? {
        let people = people(at: instance)
        let excluded = try people.excluded(by: approval)
        let fallback = try fallbackVoters(of: approval, at: instance, excluded: excluded)
        var seats: [[PersonID]] = []
        for source in approval.from {
            var seat = try people.members(of: [source]).subtracting(excluded)
            if seat.isEmpty {
                let leavers = try people.parties([source]).compactMap(\.person)
                    .filter { !context.directory.isActive($0) && !excluded.contains($0) }
                seat = heirs(of: leavers, excluded: excluded.union(concerned), fallback: fallback)
            }
            guard !seat.isEmpty else { return nil }
            seats.append(seat.sorted())
        }
        guard !seats.isEmpty else { return nil }
        func electorate(_ seats: [[PersonID]]) -> Electorate {
            Electorate(
                seats: seats, need: approval.need, rejection: approval.rejection,
                standIns: deputies(of: seats.joined(), excluded: excluded))
        }
        let asked = electorate(seats)
        let others = fallback.subtracting(seats.joined())
        return others.isEmpty || asked.canBeMet(after: []) ? asked : electorate(seats + [others.sorted()])
    }

    /// Who takes over from people who have left; of what is confidential, among deputies and managers only those who see it anyway.
    func heirs(of leavers: [PersonID], excluded: Set<PersonID>, fallback: Set<PersonID>) -> Set<PersonID> {
        let (directory, access, state) = (context.directory, Access(context), state)
        // Whoever the request is kept from chooses nobody either.
        let leavers = leavers.filter { !directory.hidden.contains($0) }
        let deputies = Set(leavers.flatMap { directory.deputies(of: $0, in: type.department, on: today) })
            .subtracting(excluded).filter { access.mayTakeOver($0, in: state) }
        if !deputies.isEmpty { return deputies }
        let managers = Set(leavers.compactMap { directory[$0]?.manager }.filter(directory.isActive))
            .subtracting(excluded).filter { access.mayTakeOver($0, in: state) }
        return managers.isEmpty ? fallback : managers
    }

    /// Whom `fallback` gives now. Whoever administers people decides who is still there, and takes over by that nothing confidential that
    /// is not theirs to see anyway.
    func fallback(_ sources: [PeopleSource], at instance: StepInstance) throws(EvaluationError) -> [Party] {
        let parties = try people(at: instance).reachable(sources)
        guard state.isConfidential(type), !parties.isEmpty else { return parties }
        let (directory, configuration, access) = (context.directory, context.configuration, Access(context))
        let administrators = Set(
            configuration.organisation.administrators.flatMap { directory.members(of: $0, in: configuration) }
        ).filter { !access.mayTakeOver($0, in: state) }
        return parties.flatMap { party in
            let members = directory.members(of: party, in: configuration)
            guard !administrators.isDisjoint(with: members) else { return [party] }
            return members.filter { !administrators.contains($0) }.map(Party.person)
        }
    }

    /// The people whom `fallback` gives a vote.
    func fallbackVoters(
        of approval: ApprovalStep, at instance: StepInstance, excluded: Set<PersonID>
    ) throws(EvaluationError) -> Set<PersonID> {
        let parties = try fallback(approval.fallback, at: instance)
        return Set(parties.flatMap { context.directory.members(of: $0, in: context.configuration) })
            .subtracting(excluded)
    }

    /// Who wants something approved: they neither take over a seat nor vote in somebody's place, and nobody votes in theirs.
    var concerned: Set<PersonID> { Set([state.requester.person, state.beneficiary].compactMap { $0 }) }

    /// The deputies of the day, by whom they stand in for.
    private func deputies(
        of members: some Sequence<PersonID>, excluded: Set<PersonID>
    ) -> [PersonID: Set<PersonID>] {
        var standIns: [PersonID: Set<PersonID>] = [:]
        let (access, state) = (Access(context), state)
        for member in members where !concerned.contains(member) {
            let deputies = Set(context.directory.deputies(of: member, in: type.department, on: today))
                .subtracting(excluded).subtracting(concerned).filter { access.mayTakeOver($0, in: state) }
            if !deputies.isEmpty { standIns[member] = deputies }
        }
        return standIns
    }

    private var today: CivilDate { context.today }

    /// Who may vote in no seat; programs never may. When it cannot be worked out, nobody new is asked.
    func excludedPeople(_ approval: ApprovalStep, at instance: StepInstance) -> Set<PersonID> {
        people(at: instance).excludedForSure(by: approval)
    }

    /// Gives somebody else a seat of their own.
    mutating func addVoter(_ name: InstanceName, _ voter: PersonID) throws(Rejection) {
        let person = try actor()
        let (instance, status) = try openStep(name)
        guard case .approval(let definition) = instance.step.kind, case .approval(let approval) = status else {
            throw .stepNotOpen
        }
        try demandPerson(voter)
        guard !excludedPeople(definition, at: instance).contains(voter) else {
            throw Rejection(
                .invalid, code: "request.vote.excluded", message: "This person may not vote here.")
        }
        guard !isOutsider(voter, at: instance, definition) else { throw .outsider }
        guard !approval.electorate.members.contains(voter), !approval.votes.contains(where: { $0.voter == voter })
        else {
            throw Rejection(.conflict, code: "request.vote.already_voter", message: "This person has a vote already.")
        }
        emit(.voterAdded(name, voter, by: person))
    }
}

extension Party {
    /// The person; nil for teams, roles and groups.
    var person: PersonID? { if case .person(let person) = self { person } else { nil } }
}

extension Electorate {
    /// With a seat more.
    func adding(_ voter: PersonID) -> Electorate {
        Electorate(seats: seats + [[voter]], need: need, rejection: rejection, standIns: standIns)
    }

    /// With more people who may vote in somebody's place.
    func adding(standIns more: [PersonID: Set<PersonID>]) -> Electorate {
        Electorate(
            seats: seats, need: need, rejection: rejection,
            standIns: standIns.merging(more.filter { !$0.value.isEmpty }) { $0.union($1) })
    }

    /// Members who have not voted and for whom nobody has.
    func silent(after votes: [Vote]) -> [PersonID] {
        let cast = Set(votes.map(\.voter))
        return members.filter { !cast.contains($0) && standIns[$0, default: []].isDisjoint(with: cast) }
    }

    /// Whether somebody's seat has an approval: theirs, or that of somebody in their place.
    func isFilled(_ member: PersonID, by approvers: Set<PersonID>) -> Bool {
        approvers.contains(member) || !(standIns[member] ?? []).isDisjoint(with: approvers)
    }

    /// How many members have an approval when each person's vote counts once: a largest matching between members and approvers.
    func approvals(by approvers: Set<PersonID>) -> Int {
        if standIns.isEmpty { return members.count { approvers.contains($0) } }
        var memberOf: [PersonID: PersonID] = [:]
        func find(_ member: PersonID, _ tried: inout Set<PersonID>) -> Bool {
            let possible = [member] + standIns[member, default: []].sorted()
            for approver in possible where approvers.contains(approver) && tried.insert(approver).inserted {
                if let other = memberOf[approver], !find(other, &tried) { continue }
                memberOf[approver] = member
                return true
            }
            return false
        }
        return members.count { member in
            var tried: Set<PersonID> = []
            return find(member, &tried)
        }
    }
}
