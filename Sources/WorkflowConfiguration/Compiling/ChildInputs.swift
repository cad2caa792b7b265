import Expressions
import WorkflowCore

/// Checks what a `request` step passes against the form of the child.
struct ChildInputs {
    let parent: DraftRequestType
    /// Where it is said that something is missing.
    let location: SourceLocation
    let expressions: ExpressionCompiler
    let drafts: [RequestTypeID: DraftRequestType]
    let declared: Set<String>

    private var findings: Findings { expressions.findings }

    func compile(_ child: DraftChild, in scope: Scope) -> [ChildInput] {
        guard let name = child.type else { return [] }
        guard let type = drafts[RequestTypeID(name.value)] else {
            // A file that cannot be read has been complained about.
            guard !declared.contains(name.value) else { return [] }
            findings.error(
                .unknownType, "There is no request type `\(name.value)`.",
                hint: NearestName.hint(for: name.value, among: drafts.keys.map(\.text).sorted())
                    ?? "It is the department and the file's name, such as it.account.",
                at: name.location)
            return []
        }
        if !type.offeredTo.includes(parent.department) {
            findings.error(
                .requestNotOffered, "`\(type.id)` is not offered to the department \(parent.department).",
                hint: "Its owners add `\(parent.department)` to `offered_to`.", at: name.location)
        }
        if parent.promises.allowsAnonymous, !type.promises.allowsAnonymous {
            findings.error(
                .anonymousChild,
                "`\(parent.id)` may have an anonymous requester, and `\(type.id)` takes none.",
                hint: "Its owners add `anonymous: allowed`; without an `audience` it opens nothing to the outside.",
                at: name.location)
        }
        for field in type.fields
        where isNeeded(field) && !child.inputs.contains(where: { $0.field.value == field.id.value }) {
            findings.error(
                .requestMissingInput, "`\(type.id)` needs `\(field.id.value)`.", hint: "Pass it in `with`.",
                at: location)
        }
        return child.inputs.compactMap { input(from: $0, to: type, in: scope) }
    }

    private func isNeeded(_ field: DraftField) -> Bool {
        !field.isOptional && field.defaultValue == nil && field.askWhen == nil && !field.isComputed
    }

    private func input(from draft: DraftInput, to type: DraftRequestType, in scope: Scope) -> ChildInput? {
        guard let field = type.fields.first(where: { $0.id.value == draft.field.value }) else {
            findings.error(
                .unknownField, "`\(type.id)` has no field `\(draft.field.value)`.",
                hint: NearestName.hint(for: draft.field.value, among: type.fields.map(\.id.value)),
                at: draft.field.location)
            return nil
        }
        guard !field.isComputed else {
            findings.error(
                .unknownField, "`\(field.id.value)` of `\(type.id)` is computed, so nothing is passed to it.",
                hint: "Leave it out.", at: draft.field.location)
            return nil
        }
        guard let value = draft.value, let kind = field.kind,
            let passed = expressions.passed(
                value, to: field, kind.expressionType, in: scope, mayBeAbsent: !isNeeded(field))
        else { return nil }
        return ChildInput(field: FieldID(draft.field.value), value: passed)
    }
}
