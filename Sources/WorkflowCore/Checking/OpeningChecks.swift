import Expressions

/// What is put aside by `only_while` can be taken up again: something may still change what it reads, and does not wait for it.
struct OpeningChecks {
    let type: RequestType
    let flow: ProcessFlow
    let changes: FieldChanges

    /// What may change whether a step is open.
    private enum Change {
        /// Time, the directory, or somebody who may at any moment.
        case always
        /// These steps, each once it runs; and, until it begins itself, somebody who may at any moment.
        case steps([Int], orAnybodyBefore: Bool)
    }

    func check(_ findings: inout CheckFindings) {
        for (position, step) in flow.steps.enumerated() {
            guard let condition = step.onlyWhile,
                case .steps(let writers, orAnybodyBefore: let isAmendedBefore) = change(of: condition, at: position)
            else { continue }
            if !isAmendedBefore, writers.allSatisfy({ waitsForTurn($0, ofWhatHolds: position, hasBegun: false) }) {
                findings.error(
                    .stepNeverOpens,
                    """
                    Where `\(condition.source)` does not hold when `\(step.id)` begins, it never will: nothing that may still \
                    happen changes it.
                    """,
                    hint:
                        "Write `when`, or let something change what it reads: `amend`, or the `edit` of a task beside it.",
                    at: step.place("only_while"))
                continue
            }
            let waiting = writers.filter {
                waitsForTurn($0, ofWhatHolds: position, hasBegun: true) || flow.steps[$0].holdsTheSame(as: step)
            }
            // Whoever put it aside has done so, and only those are left.
            guard let waiter = waiting.first, waiting.count < writers.count else { continue }
            findings.error(
                .stepBlocked,
                """
                `\(step.id)` may be put aside for ever: `\(flow.steps[waiter].id)`, which could let it go on, cannot \
                start meanwhile.
                """,
                hint: """
                    Let `\(flow.steps[waiter].id)` wait for nothing that `\(step.id)` keeps while it is put aside, or name what it \
                    reads under `amend`.
                    """, at: step.source)
        }
    }

    /// Whether a writer has to wait because one thing is done at a time, and the step, or what is around it, is under way. What is put
    /// aside before it began keeps no turn; what is around it does.
    private func waitsForTurn(_ writer: Int, ofWhatHolds position: Int, hasBegun: Bool) -> Bool {
        var inside = position
        for scope in flow.ancestors(of: position) {
            if flow.takesTurns(scope), hasBegun || inside != position, flow.isInside(writer, scope),
                !flow.isInside(writer, inside)
            {
                return true
            }
            inside = scope
        }
        return false
    }

    private func change(of condition: CheckedExpression, at position: Int) -> Change {
        if condition.asksHost { return .always }
        var writers: Set<Int> = []
        var isAmendedBefore = false
        for selection in condition.selections {
            guard let name = selection.first else { continue }
            if type.form[FieldID(name)] != nil {
                for field in changes.origins(of: FieldID(name)) {
                    switch amendable(field, whileWaiting: position) {
                    case .no: break
                    case .untilItBegins: isAmendedBefore = true
                    case .always: return .always
                    }
                    writers.formUnion(writing(field, besides: position))
                }
            } else if let step = flow.position(of: StepID(name)) {
                // What it has to say changes when it runs again, or goes on.
                if flow.mayRunAgain(step) || flow.mayGoOn(step) { return .always }
            } else if name == "now" || name == "today" || selection.count > 1 && name != "previous" {
                return .always
            }
        }
        return .steps(writers.sorted(), orAnybodyBefore: isAmendedBefore)
    }

    private enum Amendable { case no, untilItBegins, always }

    /// What is put aside has not started, so that what may be done until then may be done as long.
    private func amendable(_ field: FieldID, whileWaiting position: Int) -> Amendable {
        guard let amendment = type.amendments.first(where: { $0.field == field }) else { return .no }
        guard let until = amendment.until.flatMap(flow.position) else { return .always }
        if until == position { return .untilItBegins }
        return flow.isBefore(until, position) || flow.isInside(position, until) ? .no : .always
    }

    /// The steps that write a field and may start while another has not settled.
    private func writing(_ field: FieldID, besides position: Int) -> [Int] {
        flow.steps.indices.filter { other in
            switch flow.steps[other].kind {
            case .set(let assignments): guard assignments.contains(where: { $0.field == field }) else { return false }
            case .task(let task): guard task.edit.contains(field) else { return false }
            default: return false
            }
            // Other elements, and what people add, have a time of their own.
            let isShared = flow.ancestors(of: position).contains { scope in
                guard flow.isInside(other, scope) else { return false }
                switch flow.steps[scope].kind {
                case .each, .adhoc: return true
                default: return false
                }
            }
            if isShared || flow.mayRunAgain(other) { return true }
            return !flow.isInside(other, position) && !flow.isBefore(position, other)
                && !flow.isBefore(other, position) && !flow.areAlternatives(position, other)
        }
    }
}
