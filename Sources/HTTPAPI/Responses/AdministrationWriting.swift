import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func auditEntry(_ entry: AuditEntryView) {
        object { writer in
            writer.key("log")
            writer.string(entry.log.rawValue)
            writer.key("day")
            writer.string(entry.day)
            writer.key("sequence")
            writer.integer(entry.sequence)
            writer.key("at")
            writer.string(entry.at)
            writer.key("kind")
            writer.string(entry.kind)
            writer.key("principal")
            writer.string(entry.principal)
            writer.key("person")
            writer.person(entry.person)
            writer.key("subject")
            writer.string(entry.subject)
            writer.key("details")
            writer.texts(entry.details)
            writer.key("words")
            writer.texts(entry.words)
            writer.key("hash")
            writer.string(entry.hash)
        }
    }

    mutating func configuration(_ view: ConfigurationView) {
        object { writer in
            writer.key("version")
            writer.string(view.version.text)
            writer.key("own")
            writer.array(view.own) { $0.string($1.description) }
            writer.key("applications")
            writer.array(view.applications) { writer, item in
                writer.object { writer in
                    writer.key("version")
                    writer.string(item.application.version.text)
                    writer.key("principal")
                    writer.string(item.application.principal)
                    writer.key("person")
                    writer.person(item.person)
                    writer.key("at")
                    writer.instant(item.application.at)
                }
            }
        }
    }

    mutating func applied(_ applied: AppliedPart) {
        object { writer in
            writer.key("before")
            writer.string(applied.before.text)
            writer.key("version")
            writer.string(applied.version.text)
            writer.key("changed")
            writer.array(applied.changed) { $0.string($1) }
        }
    }

    /// An object of texts, sorted by name.
    private mutating func texts(_ texts: [String: String]) {
        object { writer in
            for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
                writer.key(escaping: name)
                writer.string(text)
            }
        }
    }
}
