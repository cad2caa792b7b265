import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func counts(_ counts: RequestCounts) {
        object { writer in
            writer.key("mine")
            writer.integer(counts.mine)
            writer.key("waiting")
            writer.object { writer in
                for kind in WorkItem.Kind.allCases {
                    writer.key(escaping: kind.rawValue)
                    writer.integer(counts.waiting[kind] ?? 0)
                }
            }
            writer.key("open")
            writer.array(counts.open.sorted { $0.key < $1.key }) { writer, element in
                writer.object { writer in
                    writer.key("department")
                    writer.string(element.key.text)
                    writer.key("count")
                    writer.integer(element.value)
                }
            }
        }
    }
}
