import Expressions

extension Decision {
    /// Ticks a line of the checklist of an open task, or takes the tick back.
    mutating func tick(_ name: InstanceName, _ item: String, _ isDone: Bool) throws(Rejection) {
        let person = try actorOrReporter()
        let (instance, status) = try openStep(name)
        guard case .task(let definition) = instance.step.kind, case .task(let task) = status else { throw .stepNotOpen }
        try demandTurn(of: person, at: name, task)
        guard definition.checklist.contains(where: { $0.id == item }) else {
            throw Rejection(
                .invalid, code: "request.task.unknown_item", message: "The checklist has no line `\(item)`.",
                hint: NearestName.hint(for: item, among: definition.checklist.map(\.id)))
        }
        guard task.ticked.contains(item) != isDone else {
            throw Rejection(
                .conflict, code: "request.task.already_ticked",
                message: isDone ? "This line is ticked already." : "This line is not ticked.")
        }
        emit(.ticked(name, item: item, isDone: isDone, by: person))
    }

    /// Throws unless every line of the checklist is ticked.
    func demandChecklist(_ definition: TaskStep, _ task: OpenTask) throws(Rejection) {
        let missing = definition.checklist.filter { !task.ticked.contains($0.id) }
        guard let first = missing.first else { return }
        let language = context.principal.person.flatMap { context.directory[$0]?.language }
        let line = first.label.text(
            in: language ?? context.configuration.organisation.languages.first ?? "en",
            fallbacks: context.configuration.organisation.languages)
        throw Rejection(
            .invalid, code: "request.task.not_ticked",
            message: missing.count == 1
                ? "The checklist is not finished: \(line)"
                : "\(missing.count) lines of the checklist are not ticked, the first is: \(line)")
    }

    /// Gives a task to somebody else, who need not be among those it was offered to.
    mutating func handOver(_ name: InstanceName, to heir: PersonID) throws(Rejection) {
        let person = try actor()
        let (_, status) = try openStep(name)
        guard case .task(let task) = status else { throw .stepNotOpen }
        try demandPerson(heir)
        guard task.assignee != heir else {
            throw Rejection(
                .conflict, code: "request.task.already_theirs", message: "They have this task already.")
        }
        guard !isOutsider(heir, at: task) else { throw .outsider }
        emit(.handedOver(name, to: heir, by: person))
        if heir != person { emit(.told([.person(heir)], .handedOver, about: name)) }
    }
}

extension Decision {
    /// Throws for nobody and for somebody from whom the request is kept; of the latter it says no more than that.
    func demandPerson(_ person: PersonID) throws(Rejection) {
        guard !context.directory.isActive(person) else { return }
        guard context.directory.hidden.contains(person), context.directory.hiding([]).isActive(person) else {
            throw .unknownPerson
        }
        throw Rejection(.forbidden, code: "request.kept_from_person", message: "This person may not see the request.")
    }
}

extension Rejection {
    static var unknownPerson: Rejection {
        Rejection(.invalid, code: "request.unknown_person", message: "This person is not in the directory.")
    }
}
