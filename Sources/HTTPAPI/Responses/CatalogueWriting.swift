import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func profile(_ profile: ProfileView) {
        object { writer in
            writer.key("person")
            writer.person(profile.person)
            writer.key("email")
            writer.string(profile.email)
            writer.key("language")
            writer.string(profile.language)
            writer.key("manager")
            writer.person(profile.manager)
            writer.key("groups")
            writer.parties(profile.groups)
            writer.key("teams")
            writer.parties(profile.teams)
            writer.key("roles")
            writer.parties(profile.roles)
            writer.key("agent_of")
            writer.array(profile.agentOf) { $0.string($1.text) }
        }
    }

    mutating func catalogueEntry(_ entry: CatalogueEntry) {
        object { writer in
            writer.key("type")
            writer.string(entry.type.text)
            writer.key("department")
            writer.string(entry.department.text)
            writer.key("department_title")
            writer.string(entry.departmentTitle)
            writer.key("title")
            writer.string(entry.title)
            writer.key("summary")
            writer.string(entry.summary)
            writer.key("form")
            writer.form(entry.form)
        }
    }

    mutating func form(_ fields: [FormFieldView]) {
        array(fields) { writer, field in writer.formField(field) }
    }

    private mutating func formField(_ field: FormFieldView) {
        object { writer in
            writer.key("id")
            writer.string(field.id.text)
            writer.key("label")
            writer.string(field.label)
            writer.key("help")
            writer.string(field.help)
            writer.key("type")
            writer.string(field.type)
            writer.key("element_type")
            writer.string(field.elementType)
            writer.key("optional")
            writer.bool(field.isOptional)
            writer.key("ask_when")
            writer.string(field.askWhen)
            writer.key("choices")
            writer.array(field.choices) { writer, choice in
                writer.object { writer in
                    writer.key("value")
                    writer.string(choice.value)
                    writer.key("label")
                    writer.string(choice.label)
                }
            }
            writer.key("file_types")
            writer.array(field.fileTypes) { writer, type in writer.string(type) }
            writer.key("minimum")
            writer.string(field.minimum)
            writer.key("maximum")
            writer.string(field.maximum)
            writer.key("default")
            writer.value(field.defaultValue ?? .null)
            writer.key("columns")
            writer.form(field.columns)
            writer.key("computed")
            writer.string(field.computed)
        }
    }
}
