import Expressions

/// Sensitive values reach only those who may read them, also by way of computed fields, elements and outputs of a choose.
///
/// Explicit flows are followed; a condition on a sensitive value is a warning, because what happens tells something about it.
struct SensitiveChecks {
    let type: RequestType
    let configuration: Configuration
    let flow: ProcessFlow
    private let paths: [[String]]

    init(type: RequestType, configuration: Configuration, flow: ProcessFlow) {
        self.type = type
        self.configuration = configuration
        self.flow = flow
        var paths = Self.sensitive(type.form).map { [$0] }
        for step in flow.steps {
            switch step.kind {
            case .task(let task): paths += Self.sensitive(task.form).map { [step.id.text, $0] }
            case .call(let call): paths += Self.sensitive(call.answer).map { [step.id.text, $0] }
            case .wait(.event(let event)): paths += Self.sensitive(event.form).map { [step.id.text, $0] }
            default: break
            }
        }
        // What is made of sensitive values is sensitive; an order of the file that suits it is not needed.
        var isGrowing = !paths.isEmpty
        while isGrowing {
            isGrowing = false
            for step in flow.steps {
                for made in step.made where !paths.contains(made.path) && Self.isRead(paths, made.selections) {
                    paths.append(made.path)
                    isGrowing = true
                }
            }
        }
        self.paths = paths
    }

    private static func sensitive(_ form: Form) -> [String] {
        form.fields.filter { $0.sensitive != nil }.map(\.id.text)
    }

    func check(_ findings: inout CheckFindings) {
        guard !paths.isEmpty else { return }
        check(type.form, of: nil, &findings)
        for step in flow.steps { check(step, &findings) }
        for output in type.outputs where isRead(output.value.selections) {
            findings.error(
                .sensitiveFlows, "`\(output.name)` hands a sensitive value to the request that started this one.",
                hint: "Leave it out.", at: type.places["outputs.\(output.name)"] ?? output.source)
        }
    }

    private static func isRead(_ paths: [[String]], _ selections: [[String]]) -> Bool {
        selections.contains { selection in
            let selection = selection.first == "previous" ? Array(selection.dropFirst()) : selection
            return paths.contains { $0.starts(with: selection) || selection.starts(with: $0) }
        }
    }

    private func isRead(_ selections: [[String]]) -> Bool { Self.isRead(paths, selections) }

    // MARK: Steps

    private func check(_ step: Step, _ findings: inout CheckFindings) {
        for (language, title) in (step.title?.byLanguage ?? [:]).sorted(by: { $0.key < $1.key })
        where isRead(title.selections) {
            findings.error(
                .sensitiveFlows,
                "A title is read by everybody who sees the request, and this one holds a sensitive value.",
                at: step.places.first(of: "title.\(language)", "title") ?? step.source)
        }
        switch step.kind {
        case .request(let child): check(child, of: step, key: "with", &findings)
        case .call(let call): check(call, of: step, key: "", &findings)
        case .task(let task): check(task.form, of: step, &findings)
        case .set(let assignments):
            for assignment in assignments
            where type.form[assignment.field]?.sensitive == nil && isRead(assignment.value.selections) {
                findings.error(
                    .sensitiveFlows,
                    "A sensitive value is written into `\(assignment.field)`, which everybody may read.",
                    hint: "Make that field sensitive too.", at: step.place("fields.\(assignment.field)"))
            }
        case .notify(let notify): check(notify, of: step, &findings)
        case .each(let each) where isRead(each.key?.selections ?? each.of.selections):
            findings.error(
                .sensitiveFlows, "The elements' names are read by everybody, and these are sensitive values.",
                hint: "Name the elements by something else with `key`.", at: step.places["key"] ?? step.place("of"))
        default: break
        }
        switch step.undo {
        case .request(let child)?: check(child, of: step, key: "undo.with", &findings)
        case .call(let call)?: check(call, of: step, key: "undo.", &findings)
        case Undo.none?, nil: break
        }
        checkConditions(step, &findings)
    }

    private func check(_ child: ChildStep, of step: Step, key: String, _ findings: inout CheckFindings) {
        let form = configuration.requestTypes[child.type]?.form
        for input in child.inputs where form?[input.field]?.sensitive == nil && isRead(input.value.selections) {
            findings.error(
                .sensitiveFlows,
                "A sensitive value is passed to `\(input.field)` of `\(child.type)`, which everybody may read there.",
                hint: "Leave it out, or make that field sensitive too.", at: step.place("\(key).\(input.field)"))
        }
    }

    /// A service that only this department may call is trusted with what the department knows.
    private func check(_ call: CallStep, of step: Step, key: String, _ findings: inout CheckFindings) {
        if configuration.services[call.service]?.offeredTo == .departments([type.department]) { return }
        for read in call.reads where isRead(read.selections) {
            findings.error(
                .sensitiveFlows, "A sensitive value is sent to `\(call.service)`, which others use too.",
                hint: "Leave it out, or offer the service to \(type.department) alone.", at: step.place(key + read.key))
        }
    }

    private func check(_ notify: NotifyStep, of step: Step, _ findings: inout CheckFindings) {
        let readers = Set(type.form.fields.flatMap { $0.sensitive ?? [] }.map(\.words))
        let isForReaders = notify.to.allSatisfy { readers.contains($0.words) }
        for (language, message) in notify.message.byLanguage.sorted(by: { $0.key < $1.key })
        where !isForReaders && isRead(message.selections) {
            findings.error(
                .sensitiveFlows, "The message holds a sensitive value, and not all who get it may read that.",
                hint: "Leave it out, or send it to its readers alone.",
                at: step.places.first(of: "message.\(language)", "message") ?? step.source)
        }
    }

    private func checkConditions(_ step: Step, _ findings: inout CheckFindings) {
        for (key, message) in Self.conditions {
            for read in step.reads where read.key == key && isRead(read.selections) {
                findings.warning(
                    .sensitiveCondition, message, at: read.part.flatMap { step.places[$0] } ?? step.place(key))
            }
        }
    }

    private static let conditions: [(key: String, message: String)] = {
        let tells = "whoever sees the steps can tell it."
        return [
            ("when", "This depends on a sensitive value; \(tells)"),
            ("only_while", "This depends on a sensitive value; \(tells)"),
            ("cases", "Which case is taken depends on a sensitive value; \(tells)"),
            ("until", "This depends on a sensitive value; \(tells)"),
            ("for", "This depends on a sensitive value; \(tells)"),
            ("due", "The deadline shows a sensitive value; \(tells)"),
            ("assign", "Who it is depends on a sensitive value; \(tells)"),
            ("from", "Who it is depends on a sensitive value; \(tells)"),
            ("not", "Who it is depends on a sensitive value; \(tells)"),
            ("fallback", "Who it is depends on a sensitive value; \(tells)"),
            ("to", "Who it is depends on a sensitive value; \(tells)"),
        ]
    }()

    // MARK: Forms

    private func check(_ form: Form, of step: Step?, _ findings: inout CheckFindings) {
        let own = Set(Self.sensitive(form)).map { [$0] }
        let inside = step == nil ? paths : paths + own
        for field in form.fields {
            func isRead(_ selections: [[String]]) -> Bool { Self.isRead(inside, selections) }
            func place(_ key: String) -> SourceLocation { field.places[key] ?? field.source }
            if field.sensitive == nil, let value = field.computed, isRead(value.selections) {
                findings.error(
                    .sensitiveFlows,
                    "`\(field.id)` is computed from a sensitive value, and everybody may read it.",
                    hint: "Make it sensitive too.", at: place("value"))
            }
            if field.sensitive == nil, let value = field.defaultValue, isRead(value.selections) {
                findings.error(
                    .sensitiveFlows,
                    "The default copies a sensitive value into `\(field.id)`, which everybody may read.",
                    hint: "Make that field sensitive too, or leave the default out.", at: place("default"))
            }
            // Whoever fills in a field has just entered the form's own values; those of elsewhere are news.
            for (language, message) in (field.message?.byLanguage ?? [:]).sorted(by: { $0.key < $1.key })
            where Self.isRead(paths, message.selections) {
                findings.error(
                    .sensitiveFlows, "Whoever fills in the form reads the message, and it holds a sensitive value.",
                    hint: "A request that passes the value on shows the message to its readers too.",
                    at: field.places.first(of: "message.\(language)", "message") ?? field.source)
            }
            if field.sensitive == nil, let asked = field.askWhen, isRead(asked.selections) {
                warn("Whether `\(field.id)` is asked depends on a sensitive value.", place("ask_when"), &findings)
            }
            if field.sensitive == nil, let check = field.check {
                let others = check.selections.filter { $0.first != field.id.text }
                if Self.isRead(paths, others) {
                    warn("What `\(field.id)` may be depends on a sensitive value.", place("check"), &findings)
                }
            }
            if case .rows(let rows) = field.kind { checkColumns(rows, of: field, &findings) }
        }
    }

    private func checkColumns(_ rows: RowsKind, of field: Field, _ findings: inout CheckFindings) {
        for column in rows.columns.fields where field.sensitive == nil {
            guard let value = column.computed, isRead(value.selections) else { continue }
            findings.error(
                .sensitiveFlows,
                "`\(column.id)` is computed from a sensitive value, and everybody may read it.",
                hint: "Make the whole field `\(field.id)` sensitive too.", at: column.places["value"] ?? column.source)
        }
    }

    private func warn(_ message: String, _ location: SourceLocation, _ findings: inout CheckFindings) {
        findings.warning(.sensitiveCondition, message, hint: "Whoever sees it can tell something.", at: location)
    }
}

extension Step {
    /// What names stand for in other steps that is made of values: elements and the outputs of a choose.
    fileprivate var made: [(path: [String], selections: [[String]])] {
        switch kind {
        case .each(let each): [([each.variable], each.of.selections)]
        case .choose(let choose):
            choose.cases.flatMap { branch in branch.gives.map { ([id.text, $0.name], $0.value.selections) } }
        default: []
        }
    }
}

extension PeopleSource {
    /// As the file writes it.
    var words: String {
        switch self {
        case .role(let id): "role:\(id)"
        case .group(let id): "group:\(id)"
        case .team(let id): "team:\(id)"
        case .person(let handle): "person:\(handle)"
        case .expression(let expression): expression.source
        }
    }
}
