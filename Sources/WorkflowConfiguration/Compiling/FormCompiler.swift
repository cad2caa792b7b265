import Expressions
import WorkflowCore

/// Checks a form's expressions, field by field: each sees what stands before it.
struct FormCompiler {
    let expressions: ExpressionCompiler
    let sensitive: SensitivePaths
    let roles: Set<String>

    /// The form, and the scope with all its fields in it.
    ///
    /// A field is surely there when it is asked and has to be answered; so behind it `ask_when` is the condition of its presence.
    func compile(_ drafts: [DraftField], in outer: Scope) -> (form: Form, scope: Scope) {
        var scope = outer
        for draft in drafts where scope.variables[draft.id.value] == nil {
            scope.later[draft.id.value] = "It is asked later in the form; move it up."
        }
        let flows = SensitiveForms(outer: sensitive, form: drafts, findings: expressions.findings)
        var fields: [Field] = []
        for draft in drafts {
            if let field = field(draft, in: scope, flows) { fields.append(field) }
            scope.declare(draft.id.value, Self.declaration(draft))
        }
        return (Form(fields: fields), scope)
    }

    /// How expressions outside of the form see a field.
    static func declaration(_ draft: DraftField) -> VariableDeclaration {
        guard let kind = draft.kind else { return VariableDeclaration(type: .dyn) }
        return VariableDeclaration(type: kind.expressionType, presence: presence(draft))
    }

    private static func presence(_ draft: DraftField) -> Presence {
        if draft.isOptional, draft.defaultValue == nil { return .sometimes }
        return draft.askWhen.map { .when($0.expression) } ?? .always
    }

    private func field(_ draft: DraftField, in scope: Scope, _ flows: SensitiveForms) -> Field? {
        let asked = scope.assuming(draft.askWhen.map { [$0.expression] } ?? [])
        var entered = asked
        entered.declare(draft.id.value, VariableDeclaration(type: draft.kind?.expressionType ?? .dyn))
        let askWhen = expressions.condition(draft.askWhen, in: scope)
        let check = expressions.condition(draft.check, in: entered)
        let message = expressions.template(draft.message, in: entered)
        let defaultValue = draft.defaultValue.flatMap { value($0, of: draft, in: asked) }
        let sensitive = draft.sensitive.map { expressions.people($0, in: scope, roles: roles) }
        flows.check(draft, askWhen: askWhen, check: check, message: message, defaultValue: defaultValue)
        guard let label = draft.label, let kind = draft.kind else { return nil }
        return Field(
            id: FieldID(draft.id.value), label: label, help: draft.help, kind: kind, isOptional: draft.isOptional,
            askWhen: askWhen, check: check, message: message, defaultValue: defaultValue, sensitive: sensitive,
            source: draft.id.location)
    }

    private func value(_ value: DraftValue, of draft: DraftField, in scope: Scope) -> CheckedExpression? {
        guard let type = draft.kind?.expressionType else { return nil }
        switch value {
        case .expression(let expression): return expressions.value(expression, in: scope, expecting: type)
        case .text(let template, let scalar):
            guard let literal = LiteralText.expression(template, scalar) else {
                expressions.findings.error(
                    .configNotYet, "The text of a default cannot hold expressions.",
                    hint: "Write an expression: name + \"…\".",
                    at: scalar.location)
                return nil
            }
            return expressions.value(literal, in: scope, expecting: type)
        }
    }
}
