import Expressions

/// Sensitive values reach only those who may read them, also by way of computed fields, elements and outputs of a choose.
///
/// Readers are compared by name, not by who they are today: those of the target have to stand among those of every source.
/// Explicit flows are followed; a condition on a sensitive value is a warning, because what happens tells something about it.
struct SensitiveChecks {
    let type: RequestType
    let configuration: Configuration
    let flow: ProcessFlow
    let values: SensitiveValues

    init(type: RequestType, configuration: Configuration, flow: ProcessFlow) {
        self.type = type
        self.configuration = configuration
        self.flow = flow
        values = SensitiveValues(type: type, flow: flow)
    }

    func check(_ findings: inout CheckFindings) {
        guard !values.isEmpty else { return }
        check(type.form, of: nil, &findings)
        for step in flow.steps { check(step, &findings) }
        checkTargets(&findings)
        for output in type.outputs where isRead(output.value.selections) {
            findings.error(
                .sensitiveFlows, "`\(output.name)` hands a sensitive value to the request that started this one.",
                hint: "Leave it out.", at: type.places["outputs.\(output.name)"] ?? output.source)
        }
    }

    private func isRead(_ selections: [[String]]) -> Bool { values.isRead(selections) }

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
            for assignment in assignments {
                let readers = type.form[assignment.field]?.sensitive
                guard let origin = values.first(in: assignment.value.selections, keptFrom: readers) else { continue }
                findings.error(
                    .sensitiveFlows,
                    readers.told(
                        "A sensitive value is written into `\(assignment.field)`, which everybody may read.",
                        "`\(origin.name)` is written into `\(assignment.field)`", origin),
                    hint: readers.mended("Make that field sensitive too.", origin),
                    at: step.place("fields.\(assignment.field)"))
            }
        case .notify(let notify): check(notify, of: step, &findings)
        case .each(let each) where isRead(each.key?.selections ?? each.of.selections):
            findings.error(
                .sensitiveFlows, "The elements' names are read by everybody, and these are sensitive values.",
                hint: "Name the elements by something else with `key`.", at: step.places["key"] ?? step.place("of"))
        case .wait(.event(let event)) where isRead(event.key?.selections ?? []):
            findings.error(
                .sensitiveFlows,
                "An event is told apart by its key, whoever reports it, and this one is a sensitive value.",
                hint: "Give the event a key that others may know, such as a number.", at: step.place("key"))
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
        for input in child.inputs {
            let readers = form?[input.field]?.sensitive
            guard let origin = values.first(in: input.value.selections, keptFrom: readers, in: .child) else { continue }
            findings.error(
                .sensitiveFlows,
                readers.told(
                    "A sensitive value is passed to `\(input.field)` of `\(child.type)`, which everybody may read there.",
                    "`\(origin.name)` is passed to `\(input.field)` of `\(child.type)`", origin),
                hint: readers.mended("Leave it out, or make that field sensitive too.", origin, isChild: true),
                at: step.place("\(key).\(input.field)"))
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
        for (language, message) in notify.message.byLanguage.sorted(by: { $0.key < $1.key }) {
            guard let origin = values.first(in: message.selections, keptFrom: notify.to) else { continue }
            findings.error(
                .sensitiveFlows, "The message holds a sensitive value, and not all who get it may read that.",
                hint: "Leave it out, or send it to its readers alone: \(origin.readers.listed).",
                at: step.places.first(of: "message.\(language)", "message") ?? step.source)
        }
    }

    private func checkTargets(_ findings: inout CheckFindings) {
        for target in type.targets {
            let goal =
                switch target.goal {
                case .within(let expression), .by(let expression): expression
                }
            guard isRead(goal.selections) else { continue }
            findings.warning(
                .sensitiveCondition, "The target `\(target.id)` shows a sensitive value; whoever sees it can tell it.",
                at: target.source)
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
}

extension [PeopleSource]? {
    /// What is wrong: in a target that everybody may read, or in one that has readers of its own.
    func told(_ open: String, _ narrow: String, _ origin: SensitiveValues.Origin) -> String {
        guard let readers = self else { return open }
        return "\(narrow), which \(readers.listed) may read; `\(origin.name)` is for \(origin.readers.listed) alone."
    }

    /// What helps against it.
    func mended(_ open: String, _ origin: SensitiveValues.Origin, isChild: Bool = false) -> String {
        guard let readers = self else { return open }
        let isCompared = !isChild || !readers.contains { if case .expression = $0 { true } else { false } }
        return isCompared
            ? "Leave it out, or let only those read the target who may read what it is made of; readers are compared by name."
            : "Name the readers there as teams, roles, groups or people: an expression speaks of another request there."
    }
}
