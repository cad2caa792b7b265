import Expressions
import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func deputy(_ deputy: DeputyView) {
        object { writer in
            writer.key("id")
            writer.string(deputy.id.description)
            writer.key("person")
            writer.person(deputy.person)
            writer.key("deputy")
            writer.person(deputy.deputy)
            writer.key("department")
            writer.string(deputy.department?.text)
            writer.key("from")
            writer.string(deputy.from?.description)
            writer.key("until")
            writer.string(deputy.until?.description)
            writer.key("appointed_by")
            writer.person(deputy.appointedBy)
            writer.key("appointed_at")
            writer.instant(deputy.appointedAt)
        }
    }
}
