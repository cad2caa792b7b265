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
        outputs.map(\.value) + index.all.flatMap { [$0.when, $0.due].compactMap(\.self) + $0.kind.expressions }
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
            child.inputs.flatMap { input in
                switch input.value {
                case .expression(let expression): [expression]
                case .text(let template): template.expressions
                }
            }
        case .call, .notify, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end: []
        }
    }
}

extension PeopleSource {
    fileprivate var expression: CheckedExpression? {
        if case .expression(let expression) = self { expression } else { nil }
    }
}
