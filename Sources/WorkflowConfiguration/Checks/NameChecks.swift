import WorkflowCore

/// One namespace: the fields and steps of a request type, and in each task's form its own fields besides.
struct NameChecks {
    let findings: Findings
    private static let reserved = StandardDeclarations.reservedNames.union(Names.reserved)

    func check(_ type: DraftRequestType) {
        // Every name by the line in which it stands.
        var taken: [String: Int] = [:]
        taken.reserveCapacity(64)
        for field in type.fields { take(field.id, into: &taken) }
        func visit(_ step: DraftStep) {
            take(step.id, into: &taken)
            if case .each(let each) = step.kind, let variable = each.variable { take(variable, into: &taken) }
            step.inner.forEach(visit)
        }
        type.steps.forEach(visit)
        func visitForms(_ step: DraftStep) {
            let fields: [DraftField] =
                switch step.kind {
                case .task(let task): task.fields
                case .call(let call): call.answer
                case .wait(.event(let event)): event.fields
                default: []
                }
            if !fields.isEmpty { visitFields(fields, [taken]) }
            step.inner.forEach(visitForms)
        }
        for field in type.fields where !field.columns.isEmpty { visitFields(field.columns, [taken]) }
        var former: [String: Int] = [:]
        func visitFormer(_ step: DraftStep) {
            for name in step.formerIDs {
                guard let other = taken[name.value] ?? former[name.value] else {
                    former[name.value] = name.location.line
                    continue
                }
                findings.error(
                    .nameDuplicate, "`\(name.value)` is, or was, the name of something else.",
                    hint: "It stands in line \(other).", at: name.location)
            }
            step.inner.forEach(visitFormer)
        }
        type.steps.forEach(visitFormer)
        type.steps.forEach(visitForms)
    }

    /// The fields of a form of its own, and the columns of its rows.
    private func visitFields(_ fields: [DraftField], _ around: [[String: Int]]) {
        var own: [String: Int] = [:]
        for field in fields {
            take(field.id, into: &own, besides: around)
            if !field.columns.isEmpty { visitFields(field.columns, around + [own]) }
        }
    }

    private func take(
        _ name: Located<String>, into taken: inout [String: Int],
        besides around: [[String: Int]] = []
    ) {
        if Self.reserved.contains(name.value) {
            findings.error(
                .nameReserved, "`\(name.value)` has a meaning in every expression.", hint: "Choose another name.",
                at: name.location)
        } else if let first = taken[name.value] ?? around.lazy.compactMap({ $0[name.value] }).first {
            findings.error(
                .nameDuplicate, "`\(name.value)` is the name of something else already.",
                hint: "It stands in line \(first). Fields and steps share their names.", at: name.location)
        } else {
            taken[name.value] = name.location.line
        }
    }
}
