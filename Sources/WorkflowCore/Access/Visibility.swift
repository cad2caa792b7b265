import Expressions

extension RequestState {
    /// Everybody who may see the request besides its requester, the person it is for and the department's agents: the participants,
    /// and the teams, roles, groups and people who were ever offered work. It only grows.
    public var viewers: Set<Party> {
        involved.union(participants.map(Party.person)).subtracting([.anonymous])
    }

    /// Those who have open work in it now: to whom tasks are offered or given, who was asked what to do, and whose vote is missing.
    var workers: Set<Party> {
        var parties: Set<Party> = []
        for step in steps.values {
            switch step.status {
            case .task(let task):
                parties.formUnion(task.offeredTo)
                if let assignee = task.assignee { parties.insert(.person(assignee)) }
            case .approval(let approval):
                let silent = approval.electorate.silent(after: approval.votes)
                parties.formUnion(silent.map(Party.person))
                for member in silent {
                    parties.formUnion((approval.electorate.standIns[member] ?? []).map(Party.person))
                }
            case .asking(_, let asked): parties.formUnion(asked)
            case .request, .block, .call, .wait, .settled: break
            }
        }
        return parties.subtracting([.anonymous])
    }
}

extension RequestState {
    /// Whether agents and leads of the department see the request only where something names them: by its type, or as it is restricted.
    public func isConfidential(_ type: RequestType) -> Bool { type.confidential != nil || restriction != nil }
}

extension Access {
    /// In whose place somebody may act on an instance now, as a deputy of today; each once, by identifier.
    public func represented(
        by person: PersonID, at instance: InstanceName, of state: RequestState
    ) -> [PersonID] {
        Representation(state: state, context: context).represented(by: person, at: instance)
    }

    /// Whether somebody may see the request at all. Leavers and strangers see nothing.
    public func canSee(_ state: RequestState, _ person: PersonID) -> Bool {
        reason(for: person, toSee: state) != nil
    }

    /// Why somebody may see a request.
    public enum Reason: Hashable, Sendable {
        case requester
        case beneficiary
        /// They did something here, or it was given to them.
        case participant
        /// Work was offered to this party, and they belong to it; in a request of a confidential type it is open now.
        case involved(Party)
        /// They are an agent of the department, through this team.
        case agent(TeamID)
        /// They lead the department, as this party says.
        case lead(Party)
        /// They stand in today for this person, for whom work is open here; they see the request that long.
        case standIn(for: PersonID)
        /// The request is confidential, and they are among those whom its type names.
        case confidant
        /// The request is restricted to this team, and they are in it.
        case restriction(TeamID)
        /// The request is restricted, and work in it is theirs now.
        case holder
        /// It was opened to them for reading, see `DecisionContext.opened`.
        case opened
    }

    /// The first reason why somebody may see a request; nil when they may not.
    public func reason(for person: PersonID, toSee state: RequestState) -> Reason? {
        guard context.directory.isActive(person), !isHidden(state, from: person) else { return nil }
        if let reason = lastingReason(for: person, toSee: state) { return reason }
        return context.opened.contains(state.id) && context.principal.person == person ? .opened : nil
    }

    private func lastingReason(for person: PersonID, toSee state: RequestState) -> Reason? {
        if state.requester.person == person { return .requester }
        if state.beneficiary == person { return .beneficiary }
        if let team = state.restriction { return reason(for: person, toSee: state, restrictedTo: team) }
        // What is confidential is not for those whose part in it is over.
        let namesConfidants = context.type.confidential != nil
        if !namesConfidants, state.participants.contains(person) { return .participant }
        let involved = namesConfidants ? state.workers : state.involved
        if let party = involved.sorted().first(where: { belongs(person, to: [$0]) }) { return .involved(party) }
        if !state.isConfidential(context.type),
            let absentee = Representation(state: state, context: context).absenteeWithOpenWork(person)
        {
            return .standIn(for: absentee)
        }
        if let confidants = context.type.confidential {
            return resolver(state).contains(person, in: confidants) ? .confidant : nil
        }
        let department = context.configuration.departments[context.type.department]
        if let team = (department?.agents ?? []).first(where: { belongs(person, to: [.team($0)]) }) {
            return .agent(team)
        }
        return (department?.leads ?? []).first { belongs(person, to: [$0]) }.map { .lead($0) }
    }

    /// Whether somebody may take over the work of others here. What is confidential is for those who see it in their own right, not by other
    /// work in it: nobody lets others in by being away.
    func mayTakeOver(_ person: PersonID, in state: RequestState) -> Bool {
        if context.type.confidential != nil { return isNamed(person, by: state) }
        guard !isHidden(state, from: person) else { return false }
        return state.restriction == nil
            || (context.directory.isActive(person) && lastingReason(for: person, toSee: state) != nil)
    }

    /// Whether somebody belongs to a request without any work in it: it is theirs, the team that it is restricted to is, or its confidential
    /// type names them.
    func isNamed(_ person: PersonID, by state: RequestState) -> Bool {
        guard context.directory.isActive(person), !isHidden(state, from: person) else { return false }
        if state.requester.person == person || state.beneficiary == person { return true }
        if let team = state.restriction { return belongs(person, to: [.team(team)]) }
        return context.type.confidential.map { resolver(state).contains(person, in: $0) } ?? false
    }

    /// Everybody who may see the request besides its requester and the person it is for: its viewers and the department's agents and
    /// leads; of a confidential type those whom the type names and those who have work in it now.
    public func audience(of state: RequestState) -> Set<Party> {
        if let team = state.restriction {
            return Set(state.workItems.values.flatMap { $0.personal }.map(Party.person)).union([.team(team)])
        }
        var parties: Set<Party>
        if context.type.confidential != nil {
            parties = state.workers.union(confidants(of: state))
        } else {
            parties = state.viewers
            let department = context.configuration.departments[context.type.department]
            parties.formUnion((department?.agents ?? []).map(Party.team) + (department?.leads ?? []))
        }
        // Whoever holds the receipt sees the request as its requester.
        parties.remove(.anonymous)
        return parties
    }

    /// Whom to tell when somebody reads the request by exception: who administers and leads the department and, where they do not see it
    /// as a rule, those who do in their place.
    public func guardians(of state: RequestState) -> Set<Party> {
        let department = context.configuration.departments[context.type.department]
        var parties = Set((department?.administrators ?? []) + (department?.leads ?? []))
        if let team = state.restriction { parties.insert(.team(team)) }
        parties.formUnion(confidants(of: state))
        parties.remove(.anonymous)
        return parties
    }

    /// Whom a confidential type names for this request; nobody for any other type. A source that cannot be worked out names nobody.
    func confidants(of state: RequestState) -> Set<Party> {
        let people = resolver(state)
        return (context.type.confidential ?? []).reduce(into: []) { parties, source in
            do throws(EvaluationError) {
                parties.formUnion(try people.parties([source]))
            } catch {
                return
            }
        }
    }

    /// Whether somebody may read what happens in a step: whoever does it, and, if it or a step around it says `visible_to`, those people
    /// only; else whoever may see the request.
    public func canSee(_ instance: InstanceName, of state: RequestState, _ person: PersonID) -> Bool {
        guard canSee(state, person) else { return false }
        let limits = limits(on: instance)
        if limits.isEmpty || works(on: instance, of: state, person) { return true }
        let people = PeopleResolver(activation: RequestActivation(state, context).at(instance), context: context)
        return limits.allSatisfy { people.contains(person, in: $0) }
    }

    /// What `visible_to` says of a step and of the steps around it.
    func limits(on instance: InstanceName) -> [[PeopleSource]] {
        let index = context.type.index
        let steps = [index[instance.step]] + index.ancestors(of: instance.step).map { index[$0] }
        return steps.compactMap { $0?.visibleTo }
    }

    func works(on instance: InstanceName, of state: RequestState, _ person: PersonID) -> Bool {
        guard let step = state.steps[instance] else { return false }
        if step.completedBy == person || step.votes.contains(where: { $0.voter == person }) { return true }
        if Representation(state: state, context: context).absentees(of: person)
            .contains(where: { state.isPersonalWork(instance, of: $0) })
        {
            return true
        }
        switch step.status {
        case .task(let task): return task.assignee == person || belongs(person, to: task.offeredTo)
        case .approval(let approval): return approval.electorate.voters.contains(person)
        case .asking(_, let parties): return belongs(person, to: parties)
        case .request, .block, .call, .wait, .settled: return false
        }
    }

    /// Whether somebody may read a field of the request's form: a sensitive one is for its readers and for the requester, who entered it.
    public func canRead(_ field: Field, of state: RequestState, _ person: PersonID) -> Bool {
        canRead(field, enteredBy: state.requester.person, of: state, person)
    }

    /// Whether somebody may read an output of a task: a sensitive one is for its readers and for whoever completed the task.
    public func canRead(
        _ field: Field, in instance: InstanceName, of state: RequestState, _ person: PersonID
    ) -> Bool {
        canRead(field, enteredBy: state.steps[instance]?.completedBy, of: state, person, in: instance)
    }

    private func canRead(
        _ field: Field, enteredBy author: PersonID?, of state: RequestState, _ person: PersonID,
        in instance: InstanceName? = nil
    ) -> Bool {
        guard canSee(state, person) else { return false }
        guard let readers = field.sensitive else { return true }
        return author == person || resolver(state, at: instance).contains(person, in: readers)
    }
}

extension RequestType {
    /// The paths of all sensitive values of its requests, as `RequestState.removing` takes them, with the fields.
    public var sensitivePaths: [String: Field] {
        var paths: [String: Field] = [:]
        for field in form.fields where field.sensitive != nil { paths[field.id.text] = field }
        for step in index.all {
            guard let form = step.kind.outputForm else { continue }
            for field in form.fields where field.sensitive != nil { paths["\(step.id).\(field.id)"] = field }
        }
        return paths
    }
}

extension StepKind {
    /// The form of its outputs: what people enter, what a service answers, what an event brings, what cases give; nil for steps without.
    var outputForm: Form? {
        switch self {
        case .task(let task): task.form
        case .call(let call): call.answer
        case .wait(.event(let wait)): wait.form
        case .choose(let choose): choose.outputs
        case .approval, .request, .notify, .set, .wait, .block, .repeat, .each, .race, .adhoc, .end: nil
        }
    }
}
