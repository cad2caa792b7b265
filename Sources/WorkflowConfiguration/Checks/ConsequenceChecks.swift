import Expressions
import WorkflowCore

/// A rejection that the process goes on from is asked for later; otherwise the vote would be for show.
struct ConsequenceChecks {
    let findings: Findings

    func check(_ type: RequestType) {
        let ignorable = type.index.all.compactMap { step -> (step: Step, over: Step?)? in
            guard case .approval = step.kind else { return nil }
            switch step.onFailure {
            case .continue: return (step, nil)
            case .retry, nil: return passingOver(step, type).map { (step, $0) }
            case .end, .leave, .ask: return nil
            }
        }
        guard !ignorable.isEmpty else { return }
        for (step, block) in ignorable {
            // Where a loop goes on in any case, its `until` changes nothing behind it.
            let loop = type.index.ancestors(of: step.id).compactMap { type.index[$0] }.first(where: \.goesOnInAnyCase)
            var isRead = false
            type.forEachExpression(butOf: loop) { if $0.reads(step.id.text) { isRead = true } }
            guard !isRead else { continue }
            let because = (loop ?? block).map { ": `\($0.id)` goes on in any case" } ?? ""
            findings.error(
                .approvalIgnored, "Nothing depends on whether `\(step.id)` is approved or rejected\(because).",
                hint: "Ask for `\(step.id).outcome` in a `when`, or write `on_rejected: {end: …}`.", at: step.source)
        }
    }

    /// The block around an approval that goes on although it is rejected, when nothing else in it is cancelled by that.
    private func passingOver(_ approval: Step, _ type: RequestType) -> Step? {
        let blocks = type.index.ancestors(of: approval.id).compactMap { type.index[$0] }
        var inner = approval.id
        for block in blocks {
            guard case .block(let steps) = block.kind else { return nil }
            let others = steps.filter { $0.id != inner }
            guard others.allSatisfy({ type.index.waits(inner, for: $0.id) }) else { return nil }
            switch block.onFailure {
            case .continue: return block
            case .retry, nil: inner = block.id
            case .end, .leave, .ask: return nil
            }
        }
        return nil
    }
}

extension RequestType {
    /// Visits every expression that steps and outputs evaluate, those of texts left out: a text changes nothing.
    ///
    /// - Parameter loop: Whose own expressions are left out.
    fileprivate func forEachExpression(butOf loop: Step?, _ visit: (CheckedExpression) -> Void) {
        for output in outputs { visit(output.value) }
        for step in index.all {
            if step.id == loop?.id { continue }
            step.when.map(visit)
            step.due.map(visit)
            step.onlyWhile.map(visit)
            step.hold.map(visit)
            step.kind.forEachExpression(visit)
        }
    }
}

extension StepKind {
    fileprivate func forEachExpression(_ visit: (CheckedExpression) -> Void) {
        switch self {
        case .task(let task):
            for source in task.assign { source.expression.map(visit) }
            for source in task.fallback { source.expression.map(visit) }
            for field in task.form.fields {
                for expression in [field.askWhen, field.check, field.defaultValue] { expression.map(visit) }
            }
        case .approval(let approval):
            for source in approval.from + approval.excluded + approval.fallback { source.expression.map(visit) }
        case .request(let child): for input in child.inputs { input.value.expressions.forEach(visit) }
        case .call(let call):
            call.path.expressions.forEach(visit)
            for input in call.inputs { input.value.expressions.forEach(visit) }
        case .set(let assignments): for assignment in assignments { assignment.value.expressions.forEach(visit) }
        case .wait(.until(let expression)), .wait(.span(let expression)): visit(expression)
        case .wait(.event(let event)): event.key.map(visit)
        case .choose(let choose):
            for branch in choose.cases {
                branch.when.map(visit)
                for output in branch.gives { visit(output.value) }
            }
        case .repeat(let loop): visit(loop.until)
        case .each(let each):
            visit(each.of)
            each.key.map(visit)
        case .notify, .block, .race, .adhoc, .end: break
        }
    }
}

extension PassedValue {
    fileprivate var expressions: [CheckedExpression] {
        switch self {
        case .expression(let expression): [expression]
        case .text(let template): template.expressions
        }
    }
}

extension PeopleSource {
    fileprivate var expression: CheckedExpression? {
        if case .expression(let expression) = self { expression } else { nil }
    }
}

extension Step {
    /// Whether it is a loop after whose last round everything goes on as if `until` had held.
    fileprivate var goesOnInAnyCase: Bool {
        if case .repeat(let loop) = kind, case .continue? = loop.onExhausted { true } else { false }
    }
}
