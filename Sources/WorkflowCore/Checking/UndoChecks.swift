/// What other departments and systems have done for a request that is then cancelled is taken back, or the file says that it stays.
struct UndoChecks {
    let type: RequestType
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        let ends = badEnds
        for (position, step) in flow.steps.enumerated() {
            guard step.isUndoable else { continue }
            guard step.undo == nil, let reason = reason(position, ends) else { continue }
            findings.error(
                .undoMissing, "`\(step.id)` may have to be taken back: \(reason).",
                hint: "Add `undo: {type: …, with: …}`; if it may stay as it is, `undo: none`.", at: step.source)
        }
    }

    /// How a step that is done may be taken back; nil when it stays done whatever happens.
    private func reason(_ position: Int, _ badEnds: [Int]) -> String? {
        if let cancellation = type.cancellation, isOpen(position, until: cancellation.until) {
            return "the request can be cancelled after it"
        }
        if type.offeredTo != .nobody, type.offeredTo != .departments([]), type.cancellation == nil {
            return "the request that started this one can cancel it"
        }
        if let end = badEnds.first(where: { follows($0, position) }) {
            return "`\(flow.steps[end].id)` may still end the request badly"
        }
        for scope in [position] + flow.ancestors(of: position) {
            guard let parent = flow.parents[scope] else { break }
            let around = flow.steps[parent]
            switch around.kind {
            case .race(let race) where race.rest == .cancel: return "it may lose the race `\(around.id)`"
            case .each(let each) where each.rest == .cancel && each.need != .all:
                return "`\(around.id)` cancels what is not needed any more"
            default: break
            }
        }
        for scope in flow.ancestors(of: position) {
            let around = flow.steps[scope]
            let isCancelled = (scope...flow.lasts[scope]).contains { inner in
                flow.steps[inner].scopesLeft.contains(around.id) && follows(inner, position)
            }
            if isCancelled { return "`\(around.id)` may be left after it" }
            if around.onFailure != nil, let cause = (scope...flow.lasts[scope]).first(where: { fails($0, position) }) {
                return "`\(around.id)` fails when `\(flow.steps[cause].id)` does"
            }
        }
        return nil
    }

    /// Whether cancelling is still possible when a step is done.
    private func isOpen(_ position: Int, until closing: StepID?) -> Bool {
        guard let closing = closing.flatMap(flow.position) else { return true }
        return closing != position && !flow.isBefore(closing, position) && !flow.isInside(position, closing)
    }

    /// Steps that may end the request with a bad outcome.
    private var badEnds: [Int] {
        func isBad(_ outcome: OutcomeID) -> Bool { type.outcome(outcome)?.isGood == false }
        return flow.steps.indices.filter { position in
            let step = flow.steps[position]
            switch step.kind {
            case .end(let outcome) where isBad(outcome): return true
            case .repeat(let loop):
                if case .end(let outcome)? = loop.onExhausted, isBad(outcome) { return true }
            default: break
            }
            if case .end(let outcome)? = step.onOverdue, isBad(outcome) { return true }
            switch step.onFailure {
            case .end(let outcome)?: return isBad(outcome)
            case .ask?: return true
            default: return false
            }
        }
    }

    /// Whether something at one step may happen when another is done: it does not lie before it, nor in another case.
    private func follows(_ later: Int, _ position: Int) -> Bool {
        let isElsewhere = later != position || flow.innermost(around: position, where: \.isRepeat) != nil
        return isElsewhere && !flow.isBefore(later, position) && !flow.areAlternatives(later, position)
    }

    /// Whether a step beside or after another one hands its failure on to the scope around both.
    private func fails(_ cause: Int, _ position: Int) -> Bool {
        let step = flow.steps[cause]
        guard cause != position, follows(cause, position), step.onFailure == nil, !flow.isInside(position, cause) else {
            return false
        }
        switch step.kind {
        case .approval, .request, .call: return true
        default:
            if case .fail? = step.onOverdue { return true }
            return false
        }
    }
}

extension Step {
    /// Whether it does something outside of the request.
    fileprivate var isUndoable: Bool {
        switch kind {
        case .request, .call: true
        default: false
        }
    }
}
