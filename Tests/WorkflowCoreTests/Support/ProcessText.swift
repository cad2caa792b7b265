import Expressions

@testable import WorkflowCore

/// A process as lines that say all that matters for how it runs.
enum ProcessText {
    static func lines(_ type: RequestType) -> [String] {
        var lines: [String] = []
        if let cancel = type.cancellation {
            lines.append("cancel" + (cancel.until.map { " until \($0)" } ?? "") + " as \(cancel.outcome)")
        }
        return lines + type.steps.flatMap { step($0, "") }
    }

    private static func step(_ step: Step, _ indent: String) -> [String] {
        var line = "\(indent)\(step.id): \(kind(step.kind))"
        if let when = step.when { line += " when \(when.source)" }
        if !step.after.isEmpty { line += " after \(step.after.map(\.text).joined(separator: ", "))" }
        if step.isOneAtATime { line += " one at a time" }
        if let hold = step.hold { line += " hold \(hold.source)" }
        if let onlyWhile = step.onlyWhile { line += " only while \(onlyWhile.source)" }
        if let due = step.due { line += " due \(due.source)" }
        if let action = step.onOverdue { line += " on overdue \(overdue(action))" }
        if let handler = step.onFailure { line += " on failure \(self.handler(handler))" }
        if step.canBeUndone { line += " with an undo" }
        for (field, reaction) in step.onChange { line += " on change of \(field) \(reaction.rawValue)" }
        guard case .choose(let choose) = step.kind else {
            return [line] + step.kind.inner.flatMap { self.step($0, indent + "  ") }
        }
        return [line]
            + choose.cases.flatMap { branch in
                ["\(indent)  \(branch.when.map { "case \($0.source)" } ?? "else")"]
                    + branch.steps.flatMap { self.step($0, indent + "    ") }
            }
    }

    private static func kind(_ kind: StepKind) -> String {
        switch kind {
        case .task(let task): "task for \(people(task.assign))"
        case .approval(let approval): "approval from \(people(approval.from)) need \(approval.need)"
        case .request(let child): "request \(child.type) wait \(child.wait.rawValue)"
        case .call: "call"
        case .notify: "notify"
        case .set(let fields): "set \(fields.map(\.field.text).joined(separator: ", "))"
        case .wait(.until(let moment)): "wait until \(moment.source)"
        case .wait(.span(let span)): "wait for \(span.source)"
        case .wait(.event(let event)): "wait for event \(event.event)"
        case .block: "block"
        case .choose: "choose"
        case .repeat(let loop):
            "repeat until \(loop.until.source) max \(loop.maximum)"
                + (loop.onExhausted.map { " on exhausted \(handler($0))" } ?? "")
        case .each(let each):
            "each of \(each.of.source) need \(each.need) rest \(each.rest.rawValue)"
                + (each.add.map { " add" + ($0.until.map { " until \($0)" } ?? "") } ?? "")
        case .race(let race): "race \(race.win.rawValue) need \(race.need) rest \(race.rest.rawValue)"
        case .adhoc: "adhoc"
        case .end(let outcome): "end \(outcome)"
        }
    }

    private static func people(_ sources: [PeopleSource]) -> String {
        sources.map { source in
            switch source {
            case .role(let id): "role:\(id)"
            case .group(let id): "group:\(id)"
            case .team(let id): "team:\(id)"
            case .person(let handle): "person:\(handle)"
            case .expression(let expression): expression.source
            }
        }.joined(separator: " + ")
    }

    private static func overdue(_ action: OverdueAction) -> String {
        switch action {
        case .tell: "tell"
        case .reject: "reject"
        case .fail: "fail"
        case .end(let outcome): "end \(outcome)"
        case .leave(let scope): "leave \(scope)"
        }
    }

    private static func handler(_ handler: FailureHandler) -> String {
        switch handler {
        case .continue: "continue"
        case .end(let outcome): "end \(outcome)"
        case .leave(let scope): "leave \(scope)"
        case .retry(let times): "retry \(times)"
        case .ask(let people): "ask \(self.people(people))"
        }
    }
}
