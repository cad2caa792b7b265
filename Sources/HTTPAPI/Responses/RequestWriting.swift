import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    /// The members that a request has in lists and alone.
    mutating func members(of summary: RequestSummary) {
        key("id")
        string(summary.id.description)
        key("number")
        string(summary.number)
        key("type")
        string(summary.type.text)
        key("title")
        string(summary.title)
        key("department")
        string(summary.department.text)
        key("phase")
        string(summary.phase.rawValue)
        key("outcome")
        if let outcome = summary.outcome {
            object { writer in
                writer.key("id")
                writer.string(outcome.id.text)
                writer.key("good")
                writer.bool(outcome.isGood)
                writer.key("title")
                writer.string(summary.outcomeTitle ?? outcome.id.text)
            }
        } else {
            null()
        }
        key("requester")
        person(summary.requester)
        key("beneficiary")
        person(summary.beneficiary)
        key("raised_at")
        instant(summary.raisedAt)
        key("changed_at")
        instant(summary.changedAt)
        key("version")
        integer(summary.version)
    }

    mutating func request(_ view: RequestView) {
        object { writer in
            writer.members(of: view.summary)
            writer.key("parent")
            writer.reference(view.parent)
            writer.key("successor_of")
            writer.reference(view.successorOf)
            writer.key("successor")
            writer.reference(view.successor)
            writer.key("score")
            if let score = view.score { writer.integer(score) } else { writer.null() }
            writer.key("restriction")
            writer.string(view.restriction.map { Party.team($0).description })
            writer.key("fields")
            writer.fields(view.fields)
            writer.key("steps")
            writer.array(view.steps) { $0.step($1) }
            writer.key("outputs")
            writer.fields(view.outputs)
            writer.key("actions")
            writer.array(view.actions) { $0.string($1.rawValue) }
            writer.key("amendable")
            writer.form(view.amendable)
            writer.key("targets")
            writer.array(view.targets) { $0.target($1) }
            writer.key("held_changes")
            writer.array(view.heldChanges) { $0.heldChange($1) }
        }
    }

    private mutating func reference(_ reference: RequestReference?) {
        guard let reference else { return null() }
        object { writer in
            writer.key("id")
            writer.string(reference.id.description)
            writer.key("number")
            writer.string(reference.number)
        }
    }

    private mutating func target(_ target: TargetView) {
        object { writer in
            writer.key("id")
            writer.string(target.id)
            writer.key("title")
            writer.string(target.title)
            writer.key("status")
            writer.string(target.status.rawValue)
            writer.key("due")
            writer.instant(target.due)
        }
    }

    private mutating func heldChange(_ change: HeldChangeView) {
        object { writer in
            writer.key("number")
            writer.integer(change.number)
            writer.key("by")
            writer.person(change.by)
            writer.key("fields")
            writer.fields(change.fields)
            writer.key("cleared")
            writer.array(change.cleared) { $0.string($1.text) }
        }
    }

    mutating func fields(_ fields: [FieldView]) {
        array(fields) { writer, field in
            writer.object { writer in
                writer.key("id")
                writer.string(field.id)
                writer.key("label")
                writer.string(field.label)
                writer.key("value")
                writer.value(field.value)
                writer.key("text")
                writer.string(field.text)
            }
        }
    }
}
