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
            if let parent = view.parent {
                writer.object { writer in
                    writer.key("id")
                    writer.string(parent.id.description)
                    writer.key("number")
                    writer.string(parent.number)
                }
            } else {
                writer.null()
            }
            writer.key("fields")
            writer.fields(view.fields)
            writer.key("steps")
            writer.array(view.steps) { $0.step($1) }
            writer.key("outputs")
            writer.fields(view.outputs)
            writer.key("actions")
            writer.array(view.actions) { $0.string($1.rawValue) }
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
