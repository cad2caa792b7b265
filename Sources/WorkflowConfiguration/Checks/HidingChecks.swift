import Expressions
import WorkflowCore

/// `hidden_from`: whom a request is kept from is named by fields of people, and nothing of it is asked of them or told to them.
struct HidingChecks {
    let findings: Findings

    /// The fields that name people; what else stands there has been complained about, and what stands there twice is.
    func fields(_ names: [Located<String>], of form: Form) -> [FieldID] {
        var seen: Set<String> = []
        return names.compactMap { name in
            let field = FieldID(name.value)
            guard seen.insert(name.value).inserted else {
                findings.error(
                    .hiddenField, "`\(name.value)` is named already.", hint: "Take it out.", at: name.location)
                return nil
            }
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

    /// Says which keys of the type and of its steps turn to the very people from whom the request is kept.
    func check(_ type: RequestType) {
        let hidden = Set(type.hiddenFrom.map(\.text))
        guard !hidden.isEmpty else { return }
        func check(_ named: [NamedPeople], _ places: Places, _ source: SourceLocation) {
            for key in named where key.purpose == .turnedTo {
                for case .expression(let expression) in key.people where hidden.contains(expression.source) {
                    findings.error(
                        .hiddenAsked,
                        "`\(key.key)` turns to `\(expression.source)`, and the request is kept from them.",
                        hint: "Raise a request of theirs with what they need, or take them out of `hidden_from`.",
                        at: key.place(of: expression.source, in: places) ?? source)
                }
            }
        }
        check(type.whomItNames, type.places, type.source)
        for step in type.index.all { check(step.whomItNames, step.places, step.source) }
    }
}
