import Expressions
import WorkflowCore

/// Sensitive values do not leave their field by way of another field of a form.
struct SensitiveForms {
    /// What is sensitive outside of the form, and in a request's own form its fields.
    let outer: SensitivePaths
    private let inner: SensitivePaths
    let findings: Findings

    init(outer: SensitivePaths, form: [DraftField], findings: Findings) {
        self.outer = outer
        inner = outer.inside(form)
        self.findings = findings
    }

    func check(
        _ field: DraftField, askWhen: CheckedExpression?, check: CheckedExpression?, message: LocalizedTemplate?,
        defaultValue: CheckedExpression?
    ) {
        if field.sensitive == nil, let location = field.defaultValue?.location, isRead(defaultValue, inner) {
            findings.error(
                .sensitiveFlows,
                "The default copies a sensitive value into `\(field.id.value)`, which everybody may read.",
                hint: "Make that field sensitive too, or leave the default out.", at: location)
        }
        for part in field.message?.parts ?? [] {
            guard let language = part.languages.first, let text = message?.byLanguage[language],
                outer.isRead(by: text.selections)
            else { continue }
            findings.error(
                .sensitiveFlows, "Whoever fills in the form reads the message, and it holds a sensitive value.",
                hint: "A request that passes the value on shows the message to its readers too.",
                at: part.scalar.location)
        }
        if field.sensitive == nil, let draft = field.askWhen, isRead(askWhen, inner) {
            warn("Whether `\(field.id.value)` is asked depends on a sensitive value.", at: draft.scalar.location)
        }
        if let draft = field.check, let check {
            // A field's own value is no news to whoever enters it.
            let others = check.selections.filter { $0.first != field.id.value }
            if field.sensitive == nil, outer.isRead(by: others) {
                warn("What `\(field.id.value)` may be depends on a sensitive value.", at: draft.scalar.location)
            }
        }
    }

    private func isRead(_ expression: CheckedExpression?, _ paths: SensitivePaths) -> Bool {
        expression.map { paths.isRead(by: $0.selections) } ?? false
    }

    private func warn(_ message: String, at location: SourceLocation) {
        findings.warning(.sensitiveCondition, message, hint: "Whoever sees it can tell something.", at: location)
    }
}
