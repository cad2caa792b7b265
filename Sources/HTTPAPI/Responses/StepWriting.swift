import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func step(_ step: StepView) {
        object { writer in
            writer.key("instance")
            writer.string(step.instance.description)
            writer.key("kind")
            writer.string(step.kind)
            writer.key("title")
            writer.string(step.title)
            writer.key("stage")
            writer.string(step.stage)
            writer.key("status")
            writer.string(step.status.rawValue)
            writer.key("outcome")
            writer.string(step.outcome)
            writer.key("outcome_title")
            writer.string(step.outcomeTitle)
            writer.key("since")
            writer.instant(step.since)
            writer.key("due")
            writer.instant(step.due)
            writer.key("overdue")
            writer.bool(step.isOverdue)
            writer.key("waiting_for")
            writer.parties(step.waitingFor)
            writer.key("assignee")
            writer.person(step.assignee)
            writer.key("votes")
            writer.array(step.votes) { $0.vote($1) }
            writer.key("child")
            writer.child(step.child)
            writer.key("outputs")
            writer.fields(step.outputs)
            writer.key("actions")
            writer.array(step.actions) { $0.string($1.rawValue) }
            writer.key("form")
            writer.form(step.form)
            writer.key("checklist")
            writer.array(step.checklist) { writer, line in
                writer.object { writer in
                    writer.key("id")
                    writer.string(line.id)
                    writer.key("label")
                    writer.string(line.label)
                    writer.key("done")
                    writer.bool(line.isDone)
                }
            }
            writer.key("templates")
            writer.array(step.templates) { writer, template in
                writer.object { writer in
                    writer.key("id")
                    writer.string(template.id.text)
                    writer.key("title")
                    writer.string(template.title)
                }
            }
        }
    }

    private mutating func vote(_ vote: VoteView) {
        object { writer in
            writer.key("voter")
            writer.person(vote.voter)
            writer.key("decision")
            writer.string(vote.decision.rawValue)
            writer.key("comment")
            writer.string(vote.comment)
        }
    }

    private mutating func child(_ child: ChildView?) {
        guard let child else { return null() }
        object { writer in
            writer.key("id")
            writer.string(child.id?.description)
            writer.key("number")
            writer.string(child.number)
            writer.key("type")
            writer.string(child.type.text)
            writer.key("title")
            writer.string(child.title)
        }
    }

    mutating func inboxItem(_ item: InboxItem) {
        object { writer in
            writer.key("request")
            writer.object { $0.members(of: item.request) }
            writer.key("instance")
            writer.string(item.instance.description)
            writer.key("kind")
            writer.string(item.kind.rawValue)
            writer.key("title")
            writer.string(item.title)
            writer.key("since")
            writer.instant(item.since)
            writer.key("due")
            writer.instant(item.due)
            writer.key("offered_to")
            writer.parties(item.offeredTo)
            writer.key("assignee")
            writer.person(item.assignee)
            writer.key("stands_in_for")
            writer.array(item.standsInFor) { $0.person($1) }
        }
    }

    mutating func timelineEntry(_ entry: TimelineEntry) {
        object { writer in
            writer.key("sequence")
            writer.integer(entry.sequence)
            writer.key("at")
            writer.instant(entry.at)
            writer.key("kind")
            writer.string(entry.kind)
            writer.key("by")
            writer.person(entry.by)
            writer.key("text")
            writer.string(entry.text)
            writer.key("instance")
            writer.string(entry.instance?.description)
            writer.key("comment")
            writer.string(entry.comment)
            writer.key("audience")
            writer.string(entry.audience?.description)
            writer.key("files")
            writer.array(entry.files) { writer, file in writer.value(file.json) }
        }
    }
}
