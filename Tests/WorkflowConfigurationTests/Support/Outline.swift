import Expressions
import WorkflowCore

/// A request type as a few readable lines, for tests that say what a file becomes.
enum Outline {
    static func lines(_ type: RequestType) -> [String] {
        var lines: [String] = []
        lines += type.form.fields.map { "field \(field($0))" }
        for field in type.form.fields {
            guard case .rows(let rows) = field.kind else { continue }
            lines += rows.columns.fields.map { "  column \(field.id).\(self.field($0))" }
        }
        lines += type.steps.flatMap { step($0, "") }
        lines += type.outputs.map { "output \($0.name): \($0.value.type) = \($0.value.source)" }
        lines += type.amendments.map { amendment in
            "amend \(amendment.field) by \(people(amendment.by))" + (amendment.until.map { " until \($0)" } ?? "")
        }
        lines += type.targets.map(target)
        lines += type.rules.map { rule in
            switch rule.never {
            case .step(let step): "never \(step) unless \(rule.unless.source)"
            case .type(let type): "never \(type) unless \(rule.unless.source)"
            }
        }
        if let onBehalf = type.onBehalf { lines.append("on_behalf \(people(onBehalf))") }
        if let confidential = type.confidential { lines.append("confidential \(people(confidential))") }
        if type.asksForFeedback { lines.append("feedback") }
        if let reopen = type.reopen { lines.append("reopen within \(reopen)") }
        return lines
    }

    private static func field(_ field: Field) -> String {
        var text = "\(field.id): \(field.kind.expressionType)"
        if case .money(let currency) = field.kind { text += " in \(currency)" }
        if case .rows(let rows) = field.kind { text = "\(field.id): \(rows.minimum) to \(rows.maximum) rows" }
        if field.isOptional { text += ", optional" }
        if let computed = field.computed { text += " = \(computed.source)" }
        return text
    }

    private static func step(_ step: Step, _ indent: String) -> [String] {
        var head = "\(step.kind.word) \(step.id)"
        func add(_ text: String?) { if let text { head += " " + text } }
        add(step.when.map { "when (\($0.source))" })
        add(step.after.isEmpty ? nil : "after \(step.after.map(\.text).joined(separator: ", "))")
        var inner: [String] = []
        let deeper = indent + "  "
        switch step.kind {
        case .task(let task):
            add("assign \(people(task.assign))")
            add(task.fallback.isEmpty ? nil : "fallback \(people(task.fallback))")
            add(task.edit.isEmpty ? nil : "edit \(task.edit.map(\.text).joined(separator: ", "))")
            add(task.checklist.isEmpty ? nil : "checklist \(task.checklist.map(\.id).joined(separator: ", "))")
            add(nudges(task.nudges))
            inner += task.form.fields.map { "\(deeper)enters \(field($0))" }
        case .approval(let approval):
            add("from \(people(approval.from)) need \(need(approval.need))")
            add(approval.addVoters.isEmpty ? nil : "add by \(people(approval.addVoters))")
            add(approval.covers.map { "covers \($0.map(\.text).joined(separator: ", "))" })
            add(nudges(approval.nudges))
        case .request(let child): add(self.child(child))
        case .call(let call):
            add(self.call(call))
            inner += call.answer.fields.map { "\(deeper)answer \(field($0))" }
        case .notify(let notify):
            add("to \(people(notify.to)) in \(notify.message.byLanguage.keys.sorted().joined(separator: ", "))")
        case .set(let assignments):
            add(assignments.map { "\($0.field) := \(value($0.value))" }.joined(separator: ", "))
        case .wait(.until(let moment)): add("until \(moment.source): \(moment.type)")
        case .wait(.span(let span)): add("for \(span.source)")
        case .wait(.event(let event)):
            add("event \(event.event)" + (event.key.map { " key \($0.source)" } ?? "") + " keep \(event.keep)")
            inner += event.form.fields.map { "\(deeper)brings \(field($0))" }
        case .block(let steps): inner += steps.flatMap { self.step($0, deeper) }
        case .choose(let choose):
            add("\(choose.hit)")
            add(choose.columns.isEmpty ? nil : "columns \(choose.columns.joined(separator: ", "))")
            for branch in choose.cases {
                let gives = branch.gives.map { "\($0.name): \($0.value.type) = \($0.value.source)" }
                inner.append(
                    "\(deeper)" + (branch.when.map { "case (\($0.source))" } ?? "else")
                        + (gives.isEmpty ? "" : " gives \(gives.joined(separator: ", "))"))
                inner += branch.steps.flatMap { self.step($0, deeper + "  ") }
            }
        case .repeat(let loop):
            add("until (\(loop.until.source)) max \(loop.maximum)")
            add(loop.onExhausted.map { "on_exhausted \(handler($0))" })
            inner += loop.steps.flatMap { self.step($0, deeper) }
        case .each(let each):
            add("\(each.variable) of (\(each.of.source)): \(each.of.type) need \(each.need) rest \(each.rest)")
            add(each.key.map { "key \($0.source)" })
            add(each.add.map { "add by \(people($0.by))" + ($0.until.map { " until \($0)" } ?? "") })
            inner += each.steps.flatMap { self.step($0, deeper) }
        case .race(let race):
            add("win \(race.win.rawValue) need \(race.need) rest \(race.rest)")
            inner += race.branches.flatMap { self.step($0, deeper) }
        case .adhoc(let adhoc):
            add("by \(people(adhoc.by))")
            inner += adhoc.templates.flatMap { self.step($0, deeper) }
        case .end(let outcome): add("\(outcome)")
        }
        add(step.isOneAtATime ? "one at a time" : nil)
        add(step.due.map { "due \($0.source)" })
        add(step.onOverdue.map { "on_overdue \(overdue($0))" })
        add(step.onFailure.map { "on_failed \(handler($0))" })
        add(step.undo.map { "undo \(undo($0))" })
        let changes = step.onChange.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.rawValue)" }
        add(changes.isEmpty ? nil : "on_change \(changes.joined(separator: ", "))")
        add(step.onlyWhile.map { "only_while (\($0.source))" })
        add(step.hold.map { "hold \($0.source)" })
        add(step.visibleTo.map { "visible_to \(people($0))" })
        add(step.formerIDs.isEmpty ? nil : "was \(step.formerIDs.map(\.text).joined(separator: ", "))")
        return [indent + head] + inner
    }

    private static func child(_ child: ChildStep) -> String {
        let inputs = child.inputs.map { "\($0.field) := \(value($0.value))" }
        return "type \(child.type) with \(inputs.joined(separator: ", "))"
            + (child.wait == .submitted ? " submitted" : "")
    }

    private static func call(_ call: CallStep) -> String {
        let inputs = call.inputs.map { "\($0.name) := \(value($0.value))" }
        let times = "timeout \(call.timeout) retries \(call.retries) first \(call.firstPause)"
        return "\(call.method) \(call.service)\(call.path.written) with \(inputs.joined(separator: ", ")) \(times)"
    }

    private static func value(_ value: PassedValue) -> String {
        switch value {
        case .expression(let expression): "\(expression.source): \(expression.type)"
        case .text(let template): "\"\(template.written)\""
        }
    }

    private static func people(_ sources: [PeopleSource]) -> String {
        sources.map { source in
            switch source {
            case .role(let id): "role:\(id)"
            case .group(let id): "group:\(id)"
            case .team(let id): "team:\(id)"
            case .person(let handle): "person:\(handle)"
            case .expression(let expression): "(\(expression.source))"
            }
        }.joined(separator: "+")
    }

    private static func need(_ need: Need) -> String {
        switch need {
        case .any: "any"
        case .all: "all"
        case .each: "each"
        case .count(let count): "\(count)"
        case .percent(let percent): "\(percent)%"
        }
    }

    private static func nudges(_ nudges: Nudges) -> String? {
        var parts: [String] = []
        if let remind = nudges.remind { parts.append("remind \(remind.source)") }
        if let escalation = nudges.escalation {
            parts.append("escalate after \(escalation.after.source) to \(people(escalation.to))")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func overdue(_ action: OverdueAction) -> String {
        switch action {
        case .tell(let people): "tell \(self.people(people))"
        case .reject: "reject"
        case .fail: "fail"
        case .end(let outcome): "end \(outcome)"
        case .leave(let step): "leave \(step)"
        }
    }

    private static func handler(_ handler: FailureHandler) -> String {
        switch handler {
        case .continue: "continue"
        case .end(let outcome): "end \(outcome)"
        case .leave(let step): "leave \(step)"
        case .retry(let count): "retry \(count)"
        case .ask(let people): "ask \(self.people(people))"
        }
    }

    private static func undo(_ undo: Undo) -> String {
        switch undo {
        case .none: "none"
        case .request(let child): "(\(self.child(child)))"
        case .call(let call): "(\(self.call(call)))"
        }
    }

    private static func target(_ target: Target) -> String {
        var text = "target \(target.id) of \(target.of)"
        switch target.goal {
        case .within(let span): text += " within \(span.source)"
        case .by(let moment): text += " by \(moment.source)"
        }
        if !target.pause.isEmpty { text += " pause \(target.pause.map(\.text).joined(separator: ", "))" }
        if !target.warn.isEmpty { text += " warn \(target.warn)" }
        if !target.onBreach.isEmpty { text += " on_breach \(people(target.onBreach))" }
        return text
    }
}

extension CheckedTemplate {
    /// The text with each expression in guillemets: `Laptop for ‹name›`.
    fileprivate var written: String {
        outline { "‹\($0.source.split(separator: " ").joined(separator: " "))›" }
    }
}
