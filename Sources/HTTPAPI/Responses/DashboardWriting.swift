import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func dashboard(_ view: DashboardView) {
        object { writer in
            writer.key("at")
            writer.instant(view.at)
            writer.key("open_by_age")
            writer.array(view.ages) { writer, age in
                writer.object { writer in
                    writer.key("younger_than_days")
                    if let days = age.span.days { writer.integer(days) } else { writer.null() }
                    writer.key("count")
                    writer.integer(age.count)
                }
            }
            writer.key("work")
            writer.array(view.work) { writer, work in
                writer.object { writer in
                    writer.key("kind")
                    writer.string(work.kind.rawValue)
                    writer.key("open")
                    writer.integer(work.open)
                    writer.key("overdue")
                    writer.integer(work.overdue)
                }
            }
            writer.key("flow")
            writer.array(view.flow) { writer, flow in
                writer.object { writer in
                    writer.key("type")
                    writer.string(flow.row.type.text)
                    writer.key("title")
                    writer.string(flow.title)
                    writer.key("ended")
                    writer.integer(flow.row.ended)
                    writer.key("median_seconds")
                    writer.integer(Int(flow.row.median.components.seconds))
                    writer.key("ninetieth_seconds")
                    writer.integer(Int(flow.row.ninetieth.components.seconds))
                }
            }
            writer.key("load")
            writer.array(view.load) { writer, load in
                writer.object { writer in
                    writer.key("person")
                    writer.person(load.person)
                    writer.key("open")
                    writer.integer(load.open)
                    writer.key("overdue")
                    writer.integer(load.overdue)
                }
            }
        }
    }
}
