import Expressions

extension Decision {
    /// Holds a change when approved steps cover one of its fields: their voters are asked to confirm it. True when it is held.
    ///
    /// Of a loop only the last round counts. Whoever enters the change has confirmed it by that.
    mutating func hold(_ change: FieldChange, by author: PersonID?, at instance: StepInstance?) -> Bool {
        let number = state.heldCount + 1
        var electorates: [(InstanceName, Electorate)] = []
        for approval in coveringApprovals(change.fields) {
            guard let electorate = confirmers(of: approval, by: author) else {
                // Nobody is left who could confirm it: what was approved stays.
                let held = heldChange(change, number, author, instance, [approval.name])
                emit(.changeHeld(held))
                drop(held)
                return true
            }
            if !electorate.seats.isEmpty { electorates.append((approval.name, electorate)) }
        }
        guard !electorates.isEmpty else { return false }
        emit(.changeHeld(heldChange(change, number, author, instance, electorates.map(\.0))))
        for (name, electorate) in electorates {
            emit(.started(name.confirming(number), .approval(electorate)))
        }
        remindConfirmers(of: number)
        return true
    }

    /// Those who confirm are reminded, and others asked in their place, as in the approval itself.
    private mutating func remindConfirmers(of number: Int) {
        for instance in openConfirmations where instance.change == number {
            guard let nudges = instance.step.nudges else { continue }
            do throws(EvaluationError) {
                try setNudges(nudges, of: instance)
            } catch {
                fail(instance, .evaluation(error.sentence(about: "remind", of: instance.step)))
            }
        }
    }

    /// The confirmations that wait for votes, in the order of the file and of their names.
    var openConfirmations: [StepInstance] {
        state.held.flatMap { change in change.approvals.map { $0.confirming(change.number) } }
            .filter { state.steps[$0]?.status.isOpen == true }
            .compactMap { type.index.confirmation($0) }
            .sorted { $0.precedes($1) }
    }

    private func heldChange(
        _ change: FieldChange, _ number: Int, _ author: PersonID?, _ instance: StepInstance?,
        _ approvals: [InstanceName]
    ) -> HeldChange {
        HeldChange(
            number: number, author: author, instance: instance?.name, values: change.values, cleared: change.cleared,
            approvals: approvals)
    }

    /// The approved instances that are about one of the fields, in the order of the file.
    private func coveringApprovals(_ fields: [FieldID]) -> [StepInstance] {
        var found: [StepInstance] = []
        for instance in startedInstances {
            guard !instance.isUndo, case .approval(let definition) = instance.step.kind,
                fields.contains(where: { definition.isAbout($0) }),
                case .settled(.done(outcome: ApprovalOutcome.approved, _))? = state.steps[instance.name]?.status
            else { continue }
            // Instances come in the order of the file and of their names: a later round follows an earlier one.
            if let last = found.last, last.isEarlierRound(of: instance) { found.removeLast() }
            found.append(instance)
        }
        return found
    }

    /// Those who approved, each in a seat of their own; without seats when only the author did. Nil when somebody has left for whom nobody
    /// can decide.
    private func confirmers(of instance: StepInstance, by author: PersonID?) -> Electorate? {
        guard case .approval(let definition) = instance.step.kind else { return nil }
        let votes = state.steps[instance.name]?.votes ?? []
        let excluded = excludedPeople(definition, at: instance)
        var seats: [[PersonID]] = []
        for voter in votes.filter({ $0.decision == .approve }).map(\.voter) where voter != author {
            if context.directory.isActive(voter),
                !hasLost(voter, seatFrom: definition.from, at: instance, definition)
            {
                seats.append([voter])
                continue
            }
            let others = successors(
                of: [voter], at: instance, definition, excluded: excluded,
                fallback: fallbackPeople(definition, at: instance))
            guard !others.isEmpty else { return nil }
            seats.append(others.sorted())
        }
        return Electorate(seats: seats, need: .each, rejection: .any)
    }

    private func fallbackPeople(_ approval: ApprovalStep, at instance: StepInstance) -> Set<PersonID> {
        do throws(EvaluationError) {
            return try fallbackVoters(
                of: approval, at: instance, excluded: excludedPeople(approval, at: instance))
        } catch {
            return []
        }
    }

    /// A vote on a held change.
    mutating func confirm(
        _ decision: VoteDecision, on name: InstanceName, _ number: Int, _ comment: String?
    ) throws(Rejection) {
        let person = try actor()
        if case .closed = state.phase { throw .closedRequest }
        guard let change = state.held.first(where: { $0.number == number }),
            change.approvals.contains(name.confirmed), let instance = type.index.confirmation(name)
        else { throw state.steps[name] == nil ? .unknownStep : .stepNotOpen }
        guard case .approval(let approval)? = state.steps[name]?.status else { throw .stepNotOpen }
        try cast(decision, by: person, on: name, approval, comment)
        settleConfirmation(instance, of: number)
    }

    /// What the votes on a held change come to: it is released once all who are asked have confirmed it.
    mutating func settleConfirmation(_ instance: StepInstance, of number: Int) {
        guard let change = state.held.first(where: { $0.number == number }),
            case .approval(let open)? = status(of: instance)
        else { return }
        switch open.electorate.verdict(on: open.votes) {
        case nil: break
        case .rejected: fail(instance, .rejected)
        case .approved:
            emit(.done(instance.name, outcome: ApprovalOutcome.approved))
            let isConfirmed = change.approvals.allSatisfy { approval in
                state.steps[approval.confirming(number)]?.status.isFinal == true
            }
            if isConfirmed { release(change) }
        }
    }

    /// One confirmation that fails, for whatever reason, drops the change; the request goes on as it was approved.
    mutating func failConfirmation(_ instance: StepInstance, of number: Int, _ failure: Failure) {
        emit(.failed(instance.name, failure, handling: .continued))
        if let change = state.held.first(where: { $0.number == number }) { drop(change) }
    }

    /// Carries out a change that all have confirmed. The form is asked once more: other fields may have changed meanwhile.
    private mutating func release(_ change: HeldChange) {
        var entries = change.values.reduce(into: [FieldID: Entry]()) { entries, entry in
            let field = FieldID(entry.key)
            if type.form[field]?.computed == nil { entries[field] = .value(entry.value) }
        }
        for field in change.cleared where type.form[field]?.computed == nil { entries[field] = .value(.null) }
        let (checked, result) = checkedChange(entries, in: entries.keys)
        guard result.problems.isEmpty else { return drop(change) }
        emit(.changeConfirmed(change.number))
        tell(change.author, .changeConfirmed, change)
        if !checked.isEmpty { carryOut(checked, at: change.instance) }
    }

    private mutating func drop(_ change: HeldChange) {
        for approval in change.approvals {
            let name = approval.confirming(change.number)
            if state.steps[name]?.status.isOpen == true { emit(.cancelled(name)) }
        }
        emit(.changeDropped(change.number))
        tell(change.author, .changeDropped, change)
    }

    /// What is still held when the request ends is not carried out any more.
    mutating func dropHeldChanges() {
        for change in state.held { drop(change) }
    }

    private mutating func tell(_ author: PersonID?, _ notice: Notice, _ change: HeldChange) {
        if let author { emit(.told([.person(author)], notice, about: change.approvals.first)) }
    }
}

extension StepInstance {
    /// Whether the other is the same step in a later round.
    fileprivate func isEarlierRound(of other: StepInstance) -> Bool {
        guard node === other.node, path.count == other.path.count else { return false }
        return zip(path, other.path).allSatisfy { pair in
            if case (.round, .round) = pair { true } else { pair.0 == pair.1 }
        }
    }
}

extension InstanceName {
    /// The vote of the same people on a held change.
    func confirming(_ number: Int) -> InstanceName { InstanceName(step, scopes: scopes + [.change(number)]) }

    /// The approval whose voters confirm; the name itself for any other.
    public var confirmed: InstanceName {
        confirmedChange == nil ? self : InstanceName(step, scopes: Array(scopes.dropLast()))
    }

    /// The held change that is confirmed under this name; nil for any other.
    public var confirmedChange: Int? {
        if case .change(let number)? = scopes.last { number } else { nil }
    }
}
