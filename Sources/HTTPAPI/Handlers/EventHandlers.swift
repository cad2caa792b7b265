import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// Events from outside that are addressed to whoever waits for them.
struct EventHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func receive(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let body = try AddressedEventBody(try await request.json(upTo: maximumBodySize))
        let written = try await desk.receive(
            AwaitedEvent(event: body.event, key: body.key), entries: body.data, by: context.viewer, key: key)
        var response = Response.json(status: .accepted) { writer in
            writer.object { writer in
                writer.key("id")
                writer.string(written.value.id.description)
                writer.key("kept_until")
                writer.instant(written.value.keptUntil)
            }
        }
        if written.isReplay { response.headers[.idempotencyReplayed] = "true" }
        return response
    }
}
