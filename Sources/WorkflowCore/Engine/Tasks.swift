import Expressions

extension Decision {
    mutating func claim(_ name: InstanceName) throws(Rejection) {
        let person = try actor()
        let task = try openTask(name).task
        if task.assignee == person {
            throw Rejection(
                .conflict, code: "request.task.already_claimed", message: "You have claimed this task already.")
        }
        // A deputy takes it over by name: they need not be among those it is offered to.
        if !representation.actsFor(person, at: name).isEmpty { return emit(.handedOver(name, to: person, by: person)) }
        if let assignee = task.assignee, context.directory.isActive(assignee) { throw .claimedByOther }
        emit(.claimed(name, by: person))
    }

    mutating func release(_ name: InstanceName) throws(Rejection) {
        let person = try actor()
        let task = try openTask(name).task
        guard let assignee = task.assignee else {
            throw Rejection(.conflict, code: "request.task.not_claimed", message: "Nobody has claimed this task.")
        }
        guard assignee == person || representation.actsFor(person, at: name).contains(assignee) else {
            throw .claimedByOther
        }
        guard task.offeredTo != [.person(assignee)] else {
            throw Rejection(
                .conflict, code: "request.task.not_released",
                message: "This task is assigned to you by name, so there is no queue to give it back to.")
        }
        emit(.released(name))
    }

    mutating func complete(_ name: InstanceName, _ entries: [FieldID: Entry]) throws(Rejection) {
        let person = try actorOrReporter()
        let (instance, definition, task) = try openTask(name)
        try demandTurn(of: person, at: name, task)
        try demandChecklist(definition, task)
        let edits = entries.filter { definition.edit.contains($0.key) && definition.form[$0.key] == nil }
        let own = edits.isEmpty ? entries : entries.filter { edits[$0.key] == nil }
        let result = definition.form.check(own, in: activation(at: instance), context: context)
        guard !edits.isEmpty else {
            if let rejection = result.rejection { throw rejection }
            emit(.completed(name, by: person, outputs: result.values))
            return
        }
        let (change, edited) = checkedChange(edits, in: definition.edit, at: instance)
        let all = FormResult(values: [:], problems: edited.problems + result.problems)
        if let rejection = all.rejection { throw rejection }
        emit(.completed(name, by: person, outputs: result.values))
        enter(change, by: person, at: instance)
    }

    /// Throws while somebody else has the task for whom the person does not stand in.
    func demandTurn(of person: PersonID?, at name: InstanceName, _ task: OpenTask) throws(Rejection) {
        guard let assignee = task.assignee, assignee != person, context.directory.isActive(assignee),
            person.map({ representation.actsFor($0, at: name).contains(assignee) }) != true
        else { return }
        throw .claimedByOther
    }

    private func openTask(_ name: InstanceName) throws(Rejection) -> (
        instance: StepInstance, definition: TaskStep, task: OpenTask
    ) {
        let (instance, status) = try openStep(name)
        guard case .task(let definition) = instance.step.kind, case .task(let task) = status else { throw .stepNotOpen }
        return (instance, definition, task)
    }

    /// Offers a task to the people its `assign` gives now, else to its `fallback`.
    mutating func start(_ instance: StepInstance, _ task: TaskStep) throws(EvaluationError) {
        guard let offer = try offer(of: task, at: instance) else { return fail(instance, .nobody) }
        emit(.started(instance.name, offer))
    }

    /// Whom a task goes to now; nil when there is nobody.
    func offer(of task: TaskStep, at instance: StepInstance) throws(EvaluationError) -> StartedStep? {
        var parties = try people(at: instance).reachable(task.assign)
        // Whether somebody anonymous ever comes back nobody can know: the fallback is asked beside them.
        if parties.allSatisfy({ $0 == .anonymous }) {
            parties += try fallback(task.fallback, at: instance).filter { $0 != .anonymous }
        }
        guard !parties.isEmpty else { return nil }
        var assignee: PersonID?
        if parties.count == 1, case .person(let person) = parties[0] { assignee = person }
        return .task(offeredTo: parties, assignee: assignee)
    }
}

extension Rejection {
    static var claimedByOther: Rejection {
        Rejection(.conflict, code: "request.task.claimed_by_other", message: "Somebody else has claimed this task.")
    }
}
