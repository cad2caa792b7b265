import JSONText
import ServiceDesk
import WorkflowCore

extension JSONWriter {
    mutating func notification(_ notification: NotificationView) {
        object { writer in
            writer.key("id")
            writer.string(notification.id.description)
            writer.key("at")
            writer.instant(notification.at)
            writer.key("kind")
            writer.string(notification.kind)
            writer.key("request")
            writer.string(notification.request?.description)
            writer.key("number")
            writer.string(notification.number)
            writer.key("instance")
            writer.string(notification.instance?.description)
            writer.key("text")
            writer.string(notification.text)
            writer.key("read_at")
            writer.instant(notification.readAt)
        }
    }
}
