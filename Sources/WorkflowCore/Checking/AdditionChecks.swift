import Expressions

/// What people may add to an each can be added: it is not over before anybody could.
struct AdditionChecks {
    let type: RequestType
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        for step in flow.steps {
            guard case .each(let each) = step.kind, let add = each.add, mayBeginEmpty(each) else { continue }
            // One that waits for a step which does not wait for it stays open for additions until then.
            if let until = add.until, !type.index.waits(until, for: step.id) { continue }
            findings.warning(
                .eachClosedAtOnce,
                "When there is nothing to begin with, `\(step.id)` is over at once, and nobody can add anything.",
                hint:
                    "Name a step until which things are added, such as `add: {by: …, until: …}`, or give the list a `min`.",
                at: step.place("add"))
        }
    }

    /// Whether whoever fills in its list may leave it empty. One that is asked under a condition counts as it does when it is asked.
    private func mayBeginEmpty(_ each: EachStep) -> Bool {
        if type.hasElements(each) { return false }
        guard let path = each.of.selections.first, each.of.selections.count == 1 else { return true }
        let field: Field? =
            switch path.count {
            case 1: type.form[FieldID(path[0])]
            case 2: type.index[StepID(path[0])]?.kind.outputForm?[FieldID(path[1])]
            default: nil
            }
        guard let field else { return true }
        return field.isOptional || !field.kind.hasElements
    }
}

extension RequestType {
    /// Whether an each surely has an element to begin with.
    func hasElements(_ each: EachStep) -> Bool {
        if case .count = each.need { return true }
        if case .list(let elements)? = each.of.constantValue { return !elements.isEmpty }
        return form[FieldID(each.of.source)]?.kind.hasElements ?? false
    }
}

extension FieldKind {
    /// Whether a value of it surely has elements.
    fileprivate var hasElements: Bool {
        switch self {
        case .list(_, let minimum, _, _), .choices(_, let minimum, _): minimum > 0
        case .rows(let rows): rows.minimum > 0
        default: false
        }
    }
}
