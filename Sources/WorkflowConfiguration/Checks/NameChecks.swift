import WorkflowCore

/// One namespace: the fields and steps of a request type, and in each task's form its own fields besides.
struct NameChecks {
    let findings: Findings

    func check(_ type: DraftRequestType) {
        var taken: [String: SourceLocation] = [:]
        for field in type.fields { take(field.id, into: &taken) }
        func visit(_ step: DraftStep) {
            take(step.id, into: &taken)
            if case .block(let inner) = step.kind { inner.forEach(visit) }
        }
        type.steps.forEach(visit)
        func visitForms(_ step: DraftStep) {
            switch step.kind {
            case .task(_, _, let fields):
                var known = taken
                for field in fields { take(field.id, into: &known) }
            case .block(let inner): inner.forEach(visitForms)
            case .approval, .request, .end: break
            }
        }
        type.steps.forEach(visitForms)
    }

    private func take(_ name: Located<String>, into taken: inout [String: SourceLocation]) {
        if StandardDeclarations.reservedNames.contains(name.value) || Names.reserved.contains(name.value) {
            findings.error(
                .nameReserved, "`\(name.value)` has a meaning in every expression.", hint: "Choose another name.",
                at: name.location)
        } else if let first = taken[name.value] {
            findings.error(
                .nameDuplicate, "`\(name.value)` is the name of something else already.",
                hint: "It stands in line \(first.line). Fields and steps share their names.", at: name.location)
        } else {
            taken[name.value] = name.location
        }
    }
}
