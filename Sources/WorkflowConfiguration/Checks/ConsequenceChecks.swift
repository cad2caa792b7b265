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
        let read = Set(type.expressions.flatMap(\.references))
        for step in ignorable where !read.contains(step.id.text) {
            findings.error(
                .approvalIgnored, "Nothing depends on whether `\(step.id)` is approved or rejected.",
                hint: "Ask for `\(step.id).outcome` in a `when`, or write `on_rejected: {end: …}`.", at: step.source)
        }
    }
}

extension RequestType {
    /// Every expression that steps and outputs evaluate, those of texts left out: a text changes nothing.
    fileprivate var expressions: [CheckedExpression] {
        outputs.map(\.value)
            + index.all.flatMap {
                [$0.when, $0.due, $0.onlyWhile, $0.hold].compactMap(\.self) + $0.kind.expressions
            }
    }
}

extension StepKind {
    fileprivate var expressions: [CheckedExpression] {
        switch self {
        case .task(let task):
            (task.assign + task.fallback).compactMap(\.expression)
                + task.form.fields.flatMap { [$0.askWhen, $0.check, $0.defaultValue].compactMap(\.self) }
        case .approval(let approval): (approval.from + approval.excluded + approval.fallback).compactMap(\.expression)
        case .request(let child):
            child.inputs.flatMap(\.value.expressions)
        case .call(let call): call.path.expressions + call.inputs.flatMap(\.value.expressions)
        case .set(let assignments): assignments.flatMap(\.value.expressions)
        case .wait(.until(let expression)), .wait(.span(let expression)): [expression]
        case .wait(.event(let event)): [event.key].compactMap(\.self)
        case .choose(let choose): choose.cases.flatMap { [$0.when].compactMap(\.self) + $0.gives.map(\.value) }
        case .repeat(let loop): [loop.until]
        case .each(let each): [each.of, each.key].compactMap(\.self)
        case .notify, .block, .race, .adhoc, .end: []
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
