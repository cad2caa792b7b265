import Expressions

extension Decision {
    /// Whether it is an adhoc in which nobody has work: it holds nothing open.
    func isIdleAdhoc(_ instance: StepInstance) -> Bool {
        guard case .adhoc = instance.step.kind, isRunning(instance) else { return false }
        return inner(of: instance).allSatisfy { isSettledEnough($0) }
    }

    /// Settles the adhocs of a scope that is about to settle: nothing can be added to them any more.
    mutating func closeAdhocs(among instances: [StepInstance]) {
        for instance in instances where isIdleAdhoc(instance) { finish(instance) }
    }

    /// Somebody adds a step to an adhoc: a new instance of one of its templates.
    mutating func addStep(_ template: StepID, to name: InstanceName) throws(Rejection) {
        _ = try actor()
        let (instance, status) = try openStep(name)
        guard case .adhoc(let adhoc) = instance.step.kind, status == .block else { throw .stepNotOpen }
        guard adhoc.templates.contains(where: { $0.id == template }) else {
            throw Rejection(
                .invalid, code: "request.adhoc.unknown_template", message: "`\(template)` cannot be added here.",
                hint: NearestName.hint(for: template.text, among: adhoc.templates.map(\.id.text)))
        }
        guard state.phase == .open else {
            throw Rejection(.conflict, code: "request.ending", message: "The request is ending already.")
        }
        var number = 1
        if case .added(let added)? = state.steps[name]?.parts { number = added.count + 1 }
        emit(.stepAdded(name, template, key: String(number)))
    }
}
