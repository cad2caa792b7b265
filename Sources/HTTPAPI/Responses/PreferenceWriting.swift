import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func preferences(_ preferences: PreferencesView) {
        object { writer in
            writer.key("time_zone")
            writer.string(preferences.timeZone)
            writer.key("organisation_time_zone")
            writer.string(preferences.organisationTimeZone)
            writer.key("off")
            writer.array(preferences.off) { $0.string($1.rawValue) }
            writer.key("optional")
            writer.array(NotificationKind.optional) { $0.string($1.rawValue) }
        }
    }

    mutating func savedView(_ view: StoredView) {
        object { writer in
            writer.key("id")
            writer.string(view.id.description)
            writer.key("list")
            writer.string(view.list.rawValue)
            writer.key("name")
            writer.string(view.name)
            writer.key("filters")
            writer.object { writer in
                for (name, value) in view.filters.sorted(by: { $0.key < $1.key }) {
                    writer.key(escaping: name)
                    writer.string(value)
                }
            }
        }
    }
}
