import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func access(_ access: AccessView) {
        object { writer in
            writer.key("person")
            writer.person(access.person)
            writer.key("request")
            writer.object { $0.verdict(access.seeing) }
            writer.key("fields")
            writer.array(access.fields) { $0.accessSubject($1) }
            writer.key("steps")
            writer.array(access.steps) { $0.accessSubject($1) }
            writer.key("commands")
            writer.array(access.commands) { $0.accessSubject($1) }
        }
    }

    private mutating func accessSubject(_ subject: AccessSubjectView) {
        object { writer in
            writer.key("command")
            writer.string(subject.command)
            writer.key("instance")
            writer.string(subject.instance?.description)
            writer.key("field")
            writer.string(subject.field?.text)
            writer.key("title")
            writer.string(subject.title)
            writer.verdict(subject.verdict)
        }
    }

    private mutating func verdict(_ verdict: AccessVerdictView) {
        key("allowed")
        bool(verdict.isAllowed)
        key("rules")
        array(verdict.rules) { writer, rule in
            writer.object { writer in
                writer.key("code")
                writer.string(rule.code.rawValue)
                writer.key("party")
                writer.string(rule.party?.party.description)
                writer.key("text")
                writer.string(rule.text)
            }
        }
    }
}
