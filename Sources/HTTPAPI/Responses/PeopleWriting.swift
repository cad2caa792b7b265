import Expressions
import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func person(_ person: PersonReference?) {
        guard let person else { return null() }
        object { writer in
            writer.key("id")
            if let id = person.id { writer.string(id.description) } else { writer.null() }
            writer.key("handle")
            writer.string(person.handle)
            writer.key("name")
            writer.string(person.name)
        }
    }

    mutating func parties(_ parties: [PartyView]) {
        array(parties) { writer, party in
            writer.object { writer in
                writer.key("party")
                writer.string(party.party.description)
                writer.key("name")
                writer.string(party.name)
            }
        }
    }

    mutating func instant(_ instant: Instant?) {
        string(instant?.description)
    }
}
