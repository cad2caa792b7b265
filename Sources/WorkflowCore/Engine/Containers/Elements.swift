import Expressions

extension Decision {
    /// Freezes the elements. A key that is not a text, a number or a choice, or is there twice, fails the step.
    mutating func start(_ instance: StepInstance, _ each: EachStep) throws(EvaluationError) {
        let activation = activation(at: instance)
        guard case .list(let values)? = try each.of.evaluate(in: activation).present else {
            throw EvaluationError(code: "evaluation.type", message: "`of` is not a list.")
        }
        var elements: [Element] = []
        var keys: Set<String> = []
        for value in values {
            let element = Element(key: try key(of: value, each, in: activation), value: value)
            guard keys.insert(element.key).inserted else {
                throw EvaluationError(code: "evaluation.duplicate_key", message: "Two elements have the same key.")
            }
            elements.append(element)
        }
        emit(.started(instance.name, .elements(elements)))
    }

    private func key(
        of value: Value, _ each: EachStep, in activation: RequestActivation
    ) throws(EvaluationError) -> String {
        let key = try each.key?.evaluate(in: activation.adding([each.variable: value])) ?? value
        switch key.present {
        case .string(let text)?, .person(let text)?: return text
        case .int(let number)?: return String(number)
        case .uint(let number)?: return String(number)
        default:
            throw EvaluationError(
                code: "evaluation.key", message: "The key of an element is not a text, a whole number or a person.")
        }
    }

    /// Settles an each as soon as its `need` is met, or cannot be met any more. True when it did.
    mutating func decide(_ instance: StepInstance, _ each: EachStep) -> Bool {
        let elements = inner(of: instance)
        let standing = Standing(elements.map { status(of: $0) })
        let isClosed = isAddingClosed(each, at: instance, standing)
        switch each.need {
        case .all:
            if standing.failed > 0 { return unmet(instance) }
            guard isClosed, standing.undecided == 0 else { return false }
        case .percent(let percent):
            guard isClosed else { return false }
            let needed = (elements.count * max(0, percent) + 99) / 100
            if standing.done + standing.undecided < needed { return unmet(instance) }
            guard standing.done >= needed else { return false }
        case .count(let count):
            let isReachable = standing.done + standing.undecided >= count
            if !isReachable, isClosed { return unmet(instance) }
            guard standing.done >= count else { return false }
        }
        settle(instance, cancelling: each.rest == .cancel ? elements.filter { !isFinal($0) } : [])
        return true
    }

    /// Settles a container of competing members well and cancels those that are not needed, what they have done included.
    mutating func settle(_ instance: StepInstance, cancelling losers: [StepInstance]) {
        for loser in losers {
            cancel(loser)
            cancelInside(loser)
        }
        for loser in losers { takeBack(inside: loser) }
        emit(.done(instance.name, outcome: nil))
    }

    mutating func unmet(_ instance: StepInstance) -> Bool {
        fail(instance, .unmet)
        return true
    }

    /// Whether no elements can come any more. Where `add` names no step, or one that waits for this each, the last element closes it.
    private func isAddingClosed(_ each: EachStep, at instance: StepInstance, _ standing: Standing) -> Bool {
        guard let add = each.add else { return true }
        guard let until = add.until, !isAddingOver, !type.index.waits(until, for: instance.step.id) else {
            return standing.undecided == 0
        }
        return hasStarted(until, beside: instance) || isOver(until, beside: instance)
    }

    /// Whether a step will not start any more: it, or something around it that is not around the instance, has settled.
    private func isOver(_ id: StepID, beside instance: StepInstance) -> Bool {
        var around = type.index.node(id)
        while let node = around {
            let isShared = instance.node === node || instance.ancestors.contains { $0.node === node }
            if isShared { return false }
            if node.around.count <= instance.path.count,
                node.around.elementsEqual(
                    instance.node.around.prefix(node.around.count), by: ===)
            {
                let path = Array(instance.path.prefix(node.around.count))
                if isFinal(StepInstance(node, path: path)) { return true }
            }
            around = node.parent
        }
        return false
    }

    /// Whether a step has started in the rounds and elements that it shares with an instance.
    private func hasStarted(_ id: StepID, beside instance: StepInstance) -> Bool {
        guard let node = type.index.node(id) else { return false }
        let shared = zip(node.around, instance.node.around).prefix { $0 === $1 }.count
        if node.around.count == shared {
            return state.steps[StepInstance(node, path: Array(instance.path.prefix(shared))).name]?.hasStarted == true
        }
        return state.steps.contains { name, step in
            guard name.step == id, step.hasStarted, let other = type.index.instance(name), !other.isUndo else {
                return false
            }
            return other.path.starts(with: instance.path.prefix(shared))
        }
    }

    /// Somebody adds an element to an each that runs.
    mutating func addElement(_ entry: Entry, to name: InstanceName) throws(Rejection) {
        _ = try actor()
        let (instance, status) = try openStep(name)
        guard case .each(let each) = instance.step.kind, !instance.isElement, status == .block else {
            throw .stepNotOpen
        }
        guard each.add != nil else {
            throw Rejection(
                .conflict, code: "request.each.fixed", message: "Nothing can be added to this step.")
        }
        if let until = each.add?.until, hasStarted(until, beside: instance) {
            throw Rejection(
                .conflict, code: "request.each.too_late", message: "It is too late to add something to this step.")
        }
        let element = try element(from: entry, each, at: instance)
        guard case .elements(let elements)? = state.steps[name]?.parts,
            !elements.contains(where: { $0.key == element.key })
        else {
            throw Rejection(
                .conflict, code: "request.element.exists", message: "There is an element with that key already.")
        }
        emit(.elementAdded(name, element))
    }

    private func element(
        from entry: Entry, _ each: EachStep, at instance: StepInstance
    ) throws(Rejection) -> Element {
        let reader = ElementReader(
            reader: FieldReader(directory: context.directory.hiding([]), files: context.files, held: []))
        let value: Value
        do throws(FieldMistake) {
            value = try reader.value(of: each.of.type.element, from: entry)
        } catch {
            throw Rejection(
                .invalid, code: "request.element.invalid", message: "This cannot be added: \(error.message)")
        }
        do throws(EvaluationError) {
            return Element(key: try key(of: value, each, in: activation(at: instance)), value: value)
        } catch {
            throw Rejection(
                .invalid, code: "request.element.invalid", message: "This cannot be added: it has no usable key.")
        }
    }
}

/// How the elements of an each, or the branches of a race, stand: what counts for `need`.
struct Standing {
    var done = 0
    var failed = 0
    /// They run or wait.
    var undecided = 0

    init(_ statuses: some Sequence<StepStatus?>) {
        for status in statuses {
            switch status {
            case .settled(.done)?: done += 1
            case .settled(.failed(_, .retried, outcome: _))?: undecided += 1
            case .settled?: failed += 1
            default: undecided += 1
            }
        }
    }
}
