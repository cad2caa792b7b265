import Expressions
import WorkflowCore

/// `hidden_from`: whom a request is kept from is named by fields of people, and nothing of it is asked of them or told to them.
struct HidingChecks {
    let findings: Findings

    /// The fields that name people; what else stands there has been complained about.
    func fields(_ names: [Located<String>], of form: Form) -> [FieldID] {
        names.compactMap { name in
            let field = FieldID(name.value)
            guard let kind = form[field]?.kind else { return nil }
            switch kind {
            case .person, .list(of: .person, minimum: _, maximum: _, unique: _): return field
            default:
                findings.error(
                    .hiddenField, "`\(name.value)` names no people, so a request cannot be kept from them.",
                    hint: "Give it the type `person`, or `list` with `of: {type: person}`.", at: name.location)
                return nil
            }
        }
    }

    /// Says which steps turn to the very people from whom the request is kept.
    func check(_ type: RequestType) {
        let hidden = Set(type.hiddenFrom.map(\.text))
        guard !hidden.isEmpty else { return }
        for step in type.index.all {
            for (key, people) in step.turnsTo {
                for case .expression(let expression) in people where hidden.contains(expression.source) {
                    findings.error(
                        .hiddenAsked,
                        "`\(key)` turns to `\(expression.source)`, and the request is kept from them.",
                        hint: "Raise a request of theirs with what they need, or take them out of `hidden_from`.",
                        at: step.places[key] ?? step.source)
                }
            }
        }
    }
}

extension Step {
    /// Whom it asks and tells, by the key that says so.
    fileprivate var turnsTo: [(String, [PeopleSource])] {
        var people: [(String, [PeopleSource])] = []
        if case .tell(let told)? = onOverdue { people.append(("on_overdue", told)) }
        if case .ask(let asked)? = onFailure { people.append(("on_failed", asked)) }
        switch kind {
        case .task(let task): people += [("assign", task.assign), ("fallback", task.fallback)]
        case .approval(let approval): people += [("from", approval.from), ("fallback", approval.fallback)]
        case .notify(let notice): people.append(("to", notice.to))
        case .request, .call, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end: break
        }
        return people
    }
}
