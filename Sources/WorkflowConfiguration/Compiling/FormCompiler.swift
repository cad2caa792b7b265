import Expressions
import WorkflowCore

/// Checks a form's expressions, field by field: each sees what stands before it.
struct FormCompiler {
    let expressions: ExpressionCompiler
    let roles: Set<String>

    /// The form, and the scope with all its fields in it.
    ///
    /// A field is surely there when it is asked and has to be answered; so behind it `ask_when` is the condition of its presence.
    func compile(_ drafts: [DraftField], in outer: Scope) -> (form: Form, scope: Scope) {
        guard !drafts.isEmpty else { return (Form(fields: []), outer) }
        var scope = outer.filling(drafts)
        var fields: [Field] = []
        fields.reserveCapacity(drafts.count)
        for draft in drafts {
            let field = field(draft, in: scope)
            if let field { fields.append(field) }
            scope.declare(draft.id.value, Self.declaration(draft, field?.kind))
        }
        return (Form(fields: fields), scope)
    }

    /// How expressions outside of the form see a field.
    ///
    /// - Parameter compiled: its kind with what the columns of rows ask, once that is compiled.
    static func declaration(_ draft: DraftField, _ compiled: FieldKind? = nil) -> VariableDeclaration {
        guard let kind = compiled ?? draft.kind else { return VariableDeclaration(type: .dyn) }
        return VariableDeclaration(type: kind.expressionType, presence: presence(draft), size: kind.size)
    }

    private static func presence(_ draft: DraftField) -> Presence {
        if draft.isOptional, draft.defaultValue == nil { return .sometimes }
        return draft.askWhen.map { .when($0.expression) } ?? .always
    }

    private func field(_ draft: DraftField, in scope: Scope) -> Field? {
        let asked = scope.assuming(draft.askWhen.map { [$0.expression] } ?? [])
        let kind = kind(of: draft, in: asked)
        let askWhen = expressions.condition(draft.askWhen, in: scope)
        var check: CheckedExpression?
        var message: LocalizedTemplate?
        if draft.check != nil || draft.message != nil {
            var entered = asked
            entered.declare(draft.id.value, VariableDeclaration(type: kind?.expressionType ?? .dyn, size: kind?.size))
            check = expressions.condition(draft.check, in: entered)
            message = expressions.template(draft.message, in: entered)
        }
        let defaultValue = draft.defaultValue.flatMap { value($0, of: draft, in: asked) }
        let computed = draft.computed.flatMap { value($0, of: draft, in: asked, mayBeAbsent: draft.isOptional) }
        let sensitive = draft.sensitive.map { expressions.people($0, in: scope, roles: roles) }
        guard let label = draft.label, let kind else { return nil }
        var field = Field(
            id: FieldID(draft.id.value), label: label, help: draft.help, kind: kind, isOptional: draft.isOptional,
            askWhen: askWhen, check: check, message: message, defaultValue: defaultValue, sensitive: sensitive,
            source: draft.id.location)
        field.computed = computed
        field.places = draft.places
        return field
    }

    /// Rows with what their columns ask and check; any other kind as it was read.
    private func kind(of draft: DraftField, in scope: Scope) -> FieldKind? {
        guard case .rows(let rows)? = draft.kind else { return draft.kind }
        let form = compile(draft.columns, in: scope).form
        return .rows(RowsKind(columns: form, minimum: rows.minimum, maximum: rows.maximum))
    }

    private func value(
        _ value: DraftValue, of draft: DraftField, in scope: Scope, mayBeAbsent: Bool = false
    ) -> CheckedExpression? {
        guard let type = draft.kind?.expressionType else { return nil }
        return expressions.value(value, in: scope, expecting: type, mayBeAbsent: mayBeAbsent)
    }
}
