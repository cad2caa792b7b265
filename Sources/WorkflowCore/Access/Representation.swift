import Expressions

/// Who acts in whose place today: deputies do what is open and personal to those for whom they stand in, also when it began before their
/// appointment. What a team may do is not personal. What is confidential is done by deputies who see it anyway.
struct Representation {
    let state: RequestState
    let context: DecisionContext

    /// For whom somebody stands in today in requests of this department.
    func absentees(of person: PersonID) -> [PersonID] {
        let all = context.directory.absentees(of: person, on: context.today)
        guard !all.isEmpty, Access(context).mayTakeOver(person, in: state) else { return [] }
        return all.filter { ($0.department ?? context.type.department) == context.type.department }.map(\.person)
    }

    /// The first for whom somebody stands in while work of theirs is open here; nil when there is none. They see the request that long.
    func absenteeWithOpenWork(_ person: PersonID) -> PersonID? {
        absentees(of: person).first { absent in state.steps.keys.contains { state.isPersonalWork($0, of: absent) } }
    }

    /// In whose place somebody may act on an instance now, each once, by identifier; empty for none. Whoever may not vote is not
    /// represented either and represents nobody, and neither do those who want something approved.
    func represented(by person: PersonID, at name: InstanceName) -> [PersonID] {
        let absent = absentees(of: person).filter { state.isPersonalWork(name, of: $0) }
        guard !absent.isEmpty else { return [] }
        guard case .approval? = state.steps[name]?.status else { return Set(absent).sorted() }
        guard case .approval(let definition)? = context.type.index[name.step]?.kind else { return [] }
        let activation = RequestActivation(state, context).at(name.confirmed)
        let excluded = PeopleResolver(activation: activation, context: context).excludedForSure(by: definition)
            .union([state.requester.person, state.beneficiary].compactMap { $0 })
        return excluded.contains(person) ? [] : Set(absent).subtracting(excluded).sorted()
    }

    /// In whose place somebody acts on an instance who could not in their own right; an approval's seats besides one's own included.
    func actsFor(_ person: PersonID, at name: InstanceName) -> [PersonID] {
        switch state.steps[name]?.status {
        case .task(let task)?:
            if task.assignee == person || (task.assignee == nil && belongs(person, to: task.offeredTo)) { return [] }
        case .asking(_, let parties)?: if belongs(person, to: parties) { return [] }
        default: break
        }
        return represented(by: person, at: name)
    }

    private func belongs(_ person: PersonID, to parties: [Party]) -> Bool {
        parties.contains { context.directory.contains(person, in: $0, of: context.configuration) }
    }
}

extension RequestState {
    /// Whether an instance waits for somebody by name: given to them, or offered to them and taken by nobody else.
    func isPersonalWork(_ name: InstanceName, of person: PersonID) -> Bool {
        guard let item = workItem(of: name) else { return false }
        return item.assignee.map { $0 == person } ?? item.offeredTo.contains(.person(person))
    }
}

extension Decision {
    /// Who acts in whose place, as the request stands now.
    var representation: Representation { Representation(state: state, context: context) }

    /// Notes in whose place somebody acts, before what they do.
    mutating func noteStandingIn(_ command: Command) {
        guard let name = command.workInstance, let person = context.principal.person else { return }
        var absent = representation.actsFor(person, at: name)
        if case .approval(let approval)? = state.steps[name]?.status {
            guard !approval.votes.contains(where: { $0.voter == person }) else { return }
            absent.removeAll { approval.electorate.standIns[$0]?.contains(person) == true }
        }
        if !absent.isEmpty { emit(.stoodIn(name, by: person, for: absent)) }
    }
}

extension Command {
    /// The open work that the command does or passes on, where a deputy may do so; nil for any other.
    fileprivate var workInstance: InstanceName? {
        switch self {
        case .claim(let name), .release(let name), .complete(let name, entries: _), .approve(let name, comment: _),
            .reject(let name, comment: _), .retry(let name), .giveUp(let name, outcome: _), .accept(let name),
            .handOver(let name, to: _):
            name
        // Ticks name who made them, and there are many.
        case .raise, .addElement, .addStep, .comment, .note, .cancel, .restrict, .unrestrict, .tick, .addVoter, .amend,
            .receive, .rate,
            .reopen,
            .deadlinePassed, .childReported, .callAnswered, .amendFromParent, .successorRefused, .peopleChanged:
            nil
        }
    }
}
