extension Access {
    /// Why somebody may see a request and what they may do with it, or what would let them.
    ///
    /// - Parameter steps: Which steps may be spoken of: those that whoever asks may read.
    public func explain(
        _ person: PersonID, _ state: RequestState, speakingOf steps: (InstanceName) -> Bool = { _ in true }
    ) -> AccessExplanation {
        let instances = state.steps.keys.sorted().filter(steps)
        return AccessExplanation(
            person: person, seeing: seeing(state, person),
            fields: context.type.form.fields.filter { $0.sensitive != nil }.map { field in
                AccessExplanation.Subject(id: field.id, verdict: reading(field, of: state, person))
            },
            steps: instances.filter { !limits(on: $0).isEmpty }.map { name in
                AccessExplanation.Subject(id: name, verdict: reading(name, of: state, person))
            },
            commands: acts(on: state, instances, person))
    }

    // MARK: Seeing

    private func seeing(_ state: RequestState, _ person: PersonID) -> AccessExplanation.Verdict {
        if let reason = reason(for: person, toSee: state) { return .allowed(by: reason.rule) }
        guard context.directory.isActive(person) else { return .refused(unless: []) }
        // Nothing lets somebody see what is kept from them but that it is theirs.
        if isHidden(state, from: person) {
            return .refused(unless: [AccessRule(.requester), AccessRule(.beneficiary)])
        }
        // Whoever works on it is not named: that somebody was asked may be what is kept from others.
        var rules = [AccessRule(.requester), AccessRule(.beneficiary)]
        if let team = state.restriction {
            return .refused(unless: rules + [AccessRule(.restriction, .team(team)), AccessRule(.holdsWork)])
        }
        if context.type.confidential != nil {
            rules += [AccessRule(.holdsWork), AccessRule(.confidant)]
        } else {
            rules.append(AccessRule(.involved))
            let department = context.configuration.departments[context.type.department]
            rules += (department?.agents ?? []).map { AccessRule(.agent, .team($0)) }
            rules += (department?.leads ?? []).map { AccessRule(.lead, $0) }
        }
        return .refused(unless: rules)
    }

    private func reading(
        _ field: Field, of state: RequestState, _ person: PersonID
    ) -> AccessExplanation.Verdict {
        guard canRead(field, of: state, person) else {
            return .refused(unless: [AccessRule(.author), AccessRule(.named)])
        }
        return .allowed(by: AccessRule(reason(for: person, toSee: state) == .requester ? .author : .named))
    }

    private func reading(
        _ name: InstanceName, of state: RequestState, _ person: PersonID
    ) -> AccessExplanation.Verdict {
        guard canSee(name, of: state, person) else {
            return .refused(unless: [AccessRule(.author), AccessRule(.offered), AccessRule(.named)])
        }
        return .allowed(by: AccessRule(works(on: name, of: state, person) ? .author : .named))
    }

    // MARK: Doing

    /// What can be asked of the request as it stands, each with the rule that lets somebody do it. Whether they may is what `authorise`
    /// says, so that an explanation cannot differ from what happens.
    private func acts(
        on state: RequestState, _ instances: [InstanceName], _ person: PersonID
    ) -> [AccessExplanation.Act] {
        var acts: [AccessExplanation.Act] = []
        func add(_ command: Command, of instance: InstanceName? = nil, field: FieldID? = nil) {
            let verdict: AccessExplanation.Verdict =
                allows(person, command, on: state)
                ? .allowed(by: rule(that: person, may: command, at: instance, on: state))
                : .refused(unless: rules(for: command, on: state))
            acts.append(
                AccessExplanation.Act(command: command.kind, instance: instance, field: field, verdict: verdict))
        }
        for name in instances {
            for command in Self.commands(on: name, state, context.type, person) { add(command, of: name) }
        }
        add(.comment("?"))
        add(.note("?", .workers))
        if context.type.cancellation != nil { add(.cancel(reason: nil)) }
        add(.restrict(to: "?", reason: "?"))
        if state.restriction != nil { add(.unrestrict(reason: "?")) }
        for amendment in context.type.amendments {
            add(.amend(entries: [amendment.field: .raw(.null)]), field: amendment.field)
        }
        if case .closed = state.phase {
            if context.type.asksForFeedback { add(.rate(score: 1, comment: nil)) }
            if context.type.reopen != nil { add(.reopen(entries: [:])) }
        }
        let waits = context.type.index.all.contains { step in
            if case .wait(.event) = step.kind { true } else { false }
        }
        if waits {
            add(.receive(OutsideEvent(event: "?", key: nil, entries: [:], receivedAt: context.now)))
        }
        let order = Dictionary(uniqueKeysWithValues: zip(Command.Kind.allCases, 0...))
        return acts.enumerated().sorted { left, right in
            (order[left.element.command] ?? 0, left.offset) < (order[right.element.command] ?? 0, right.offset)
        }.map(\.element)
    }

    /// The commands that an open instance takes from people.
    private static func commands(
        on name: InstanceName, _ state: RequestState, _ type: RequestType, _ person: PersonID
    ) -> [Command] {
        switch state.steps[name]?.status {
        case .task(let task):
            [.claim(name), .complete(name, entries: [:]), .handOver(name, to: person)]
                // What nobody has taken nobody gives back.
                + (task.assignee == nil ? [] : [.release(name)]) + [.tick(name, item: "", isDone: true)]
        case .approval:
            [.approve(name, comment: nil), .reject(name, comment: nil), .addVoter(name, person)]
        case .asking: [.retry(name), .giveUp(name, outcome: ""), .accept(name)]
        case .block:
            switch type.index[name.step]?.kind {
            case .each(let each)?: each.add == nil ? [] : [.addElement(name, .raw(.null))]
            case .adhoc(let adhoc)?: adhoc.templates.first.map { [.addStep(name, $0.id)] } ?? []
            default: []
            }
        case .request, .call, .wait, .settled, nil: []
        }
    }

    private func allows(_ person: PersonID, _ command: Command, on state: RequestState) -> Bool {
        do throws(Rejection) {
            try authorise(person, command, on: state)
            return true
        } catch {
            return false
        }
    }

    /// The rule that lets somebody give a command that they may give.
    private func rule(
        that person: PersonID, may command: Command, at name: InstanceName?, on state: RequestState
    ) -> AccessRule {
        let rules = rules(for: command, on: state)
        guard let name, let step = state.steps[name] else {
            switch command.kind {
            case .receive: return agentTeam(of: person).map { AccessRule(.agent, .team($0)) } ?? rules[0]
            case .restrict where state.restriction == nil && context.type.confidential == nil:
                return agentTeam(of: person).map { AccessRule(.agent, .team($0)) } ?? rules[0]
            case .unrestrict:
                return rules.first { $0.party.map { belongs(person, to: [$0]) } ?? true } ?? rules[0]
            default: return rules[0]
            }
        }
        let own: AccessRule? =
            switch step.status {
            case .task(let task) where task.assignee == person: AccessRule(.assignee)
            case .task(let task): task.offeredTo.first { belongs(person, to: [$0]) }.map { AccessRule(.offered, $0) }
            case .asking(_, let parties): parties.first { belongs(person, to: [$0]) }.map { AccessRule(.asked, $0) }
            case .approval(let approval) where command.kind != .addVoter:
                approval.electorate.voters.contains(person) ? AccessRule(.voter) : nil
            case .approval, .request, .block, .call, .wait, .settled: rules[0]
            }
        return own ?? AccessRule(.standIn)
    }

    private func agentTeam(of person: PersonID) -> TeamID? {
        context.configuration.departments[context.type.department]?.agents.first { belongs(person, to: [.team($0)]) }
    }

    /// The rules any of which lets somebody give a command, the most usual first; empty for what Bureau alone does.
    func rules(for command: Command, on state: RequestState) -> [AccessRule] {
        switch command.kind {
        case .claim, .complete, .handOver, .tick: [AccessRule(.offered), AccessRule(.assignee), AccessRule(.standIn)]
        case .release: [AccessRule(.assignee), AccessRule(.standIn)]
        case .approve, .reject: [AccessRule(.voter), AccessRule(.standIn)]
        case .retry, .giveUp, .accept: [AccessRule(.asked), AccessRule(.standIn)]
        case .addElement, .addStep, .addVoter, .cancel, .amend: [AccessRule(.named)]
        case .comment: [AccessRule(.seesRequest)]
        case .restrict: restricting(state)
        case .unrestrict:
            (state.restriction.map { [AccessRule(.restriction, .team($0))] } ?? []) + [AccessRule(.administrator)]
        case .note: [AccessRule(.worksOnRequest)]
        case .receive:
            (context.configuration.departments[context.type.department]?.agents ?? []).map {
                AccessRule(.agent, .team($0))
            }
        case .rate, .reopen: [AccessRule(.requester)]
        case .raise: [AccessRule(.named)]
        case .deadlinePassed, .childReported, .callAnswered, .amendFromParent, .successorRefused, .peopleChanged: []
        }
    }
}

extension Access {
    private func restricting(_ state: RequestState) -> [AccessRule] {
        if let team = state.restriction { return [AccessRule(.restriction, .team(team))] }
        if context.type.confidential != nil { return [AccessRule(.confidant)] }
        let agents = context.configuration.departments[context.type.department]?.agents ?? []
        return agents.isEmpty ? [AccessRule(.agent)] : agents.map { AccessRule(.agent, .team($0)) }
    }
}

extension AccessExplanation.Verdict {
    static func allowed(by rule: AccessRule) -> Self { Self(isAllowed: true, rules: [rule]) }
    static func refused(unless rules: [AccessRule]) -> Self { Self(isAllowed: false, rules: rules) }
}

extension Access.Reason {
    /// The rule as an explanation names it.
    var rule: AccessRule {
        switch self {
        case .requester: AccessRule(.requester)
        case .beneficiary: AccessRule(.beneficiary)
        case .participant: AccessRule(.participant)
        case .involved(let party): AccessRule(.involved, party)
        case .agent(let team): AccessRule(.agent, .team(team))
        case .lead(let party): AccessRule(.lead, party)
        case .standIn(for: let person): AccessRule(.standIn, .person(person))
        case .confidant: AccessRule(.confidant)
        case .restriction(let team): AccessRule(.restriction, .team(team))
        case .holder: AccessRule(.holdsWork)
        case .opened: AccessRule(.opened)
        }
    }
}
