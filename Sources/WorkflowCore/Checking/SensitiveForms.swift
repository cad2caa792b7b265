import Expressions

/// Sensitive values in forms: computed fields, defaults, messages, and what depends on them.
extension SensitiveChecks {
    func check(_ form: Form, of step: Step?, _ findings: inout CheckFindings) {
        let inside = step == nil ? values : values.adding(form)
        for field in form.fields {
            func kept(_ selections: [[String]]) -> SensitiveValues.Origin? {
                inside.first(in: selections, keptFrom: field.sensitive)
            }
            func place(_ key: String) -> SourceLocation { field.places[key] ?? field.source }
            if let value = field.computed, let origin = kept(value.selections) {
                findings.error(
                    .sensitiveFlows,
                    field.sensitive.told(
                        "`\(field.id)` is computed from a sensitive value, and everybody may read it.",
                        "`\(field.id)` is computed from `\(origin.name)`", origin),
                    hint: field.sensitive.mended("Make it sensitive too.", origin), at: place("value"))
            }
            if let value = field.defaultValue, let origin = kept(value.selections) {
                findings.error(
                    .sensitiveFlows,
                    field.sensitive.told(
                        "The default copies a sensitive value into `\(field.id)`, which everybody may read.",
                        "The default copies `\(origin.name)` into `\(field.id)`", origin),
                    hint: field.sensitive.mended(
                        "Make that field sensitive too, or leave the default out.", origin), at: place("default"))
            }
            // Whoever fills in a field has just entered the form's own values; those of elsewhere are news.
            for (language, message) in (field.message?.byLanguage ?? [:]).sorted(by: { $0.key < $1.key })
            where values.isRead(message.selections) {
                findings.error(
                    .sensitiveFlows, "Whoever fills in the form reads the message, and it holds a sensitive value.",
                    hint: "A request that passes the value on shows the message to its readers too.",
                    at: field.places.first(of: "message.\(language)", "message") ?? field.source)
            }
            if let asked = field.askWhen, kept(asked.selections) != nil {
                warn("Whether `\(field.id)` is asked depends on a sensitive value.", place("ask_when"), &findings)
            }
            if let check = field.check {
                let others = check.selections.filter { $0.first != field.id.text }
                if values.first(in: others, keptFrom: field.sensitive) != nil {
                    warn("What `\(field.id)` may be depends on a sensitive value.", place("check"), &findings)
                }
            }
            if case .rows(let rows) = field.kind { checkColumns(rows, of: field, &findings) }
        }
    }

    private func checkColumns(_ rows: RowsKind, of field: Field, _ findings: inout CheckFindings) {
        for column in rows.columns.fields {
            guard let value = column.computed,
                let origin = values.first(in: value.selections, keptFrom: field.sensitive)
            else { continue }
            findings.error(
                .sensitiveFlows,
                field.sensitive.told(
                    "`\(column.id)` is computed from a sensitive value, and everybody may read it.",
                    "`\(column.id)` of `\(field.id)` is computed from `\(origin.name)`", origin),
                hint: field.sensitive.mended("Make the whole field `\(field.id)` sensitive too.", origin),
                at: column.places["value"] ?? column.source)
        }
    }

    private func warn(_ message: String, _ location: SourceLocation, _ findings: inout CheckFindings) {
        findings.warning(.sensitiveCondition, message, hint: "Whoever sees it can tell something.", at: location)
    }
}
