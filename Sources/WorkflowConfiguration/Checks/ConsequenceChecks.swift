import Expressions
import WorkflowCore

/// A rejection that the process goes on from is asked for later; otherwise the vote would be for show.
struct ConsequenceChecks {
    let findings: Findings

    func check(_ type: RequestType) {
        let ignorable = type.index.all.filter { step in
            guard case .approval = step.kind, case .continue? = step.onFailure else { return false }
            return true
        }
        guard !ignorable.isEmpty else { return }
        var unread = Set(ignorable.map(\.id.text))
        type.forEachExpression { for name in $0.referenceNames { unread.remove(name) } }
        for step in ignorable where unread.contains(step.id.text) {
            findings.error(
                .approvalIgnored, "Nothing depends on whether `\(step.id)` is approved or rejected.",
                hint: "Ask for `\(step.id).outcome` in a `when`, or write `on_rejected: {end: …}`.", at: step.source)
        }
    }
}

extension RequestType {
    /// Visits every expression that steps and outputs evaluate, those of texts left out: a text changes nothing.
    fileprivate func forEachExpression(_ visit: (CheckedExpression) -> Void) {
        for output in outputs { visit(output.value) }
        for step in index.all {
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
