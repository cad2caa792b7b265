import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import ServiceDesk
import WorkflowCore

extension ResponseBody {
    init(json writer: JSONWriter) {
        self.init(byteBuffer: ByteBuffer(bytes: writer.bytes))
    }
}

extension Response {
    /// A JSON document.
    static func json(
        status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], capacity: Int = 1024,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: capacity)
        write(&writer)
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(json: writer))
    }

    /// A request with its version as entity tag.
    static func request(
        _ view: RequestView, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.eTag] = EntityTag(version: view.summary.version).description
        return json(status: status, headers: headers, capacity: 4096) { $0.request(view) }
    }

    /// A request after a change of it; with its address when it is new.
    static func request(_ written: Written<RequestView>, status: HTTPResponse.Status) -> Response {
        var headers: HTTPFields = [:]
        if status == .created { headers[.location] = "/api/v1/requests/\(written.value.summary.id)" }
        if written.isReplay { headers[.idempotencyReplayed] = "true" }
        return request(written.value, status: status, headers: headers)
    }

    /// A whole list.
    static func items<Element>(
        _ items: [Element], _ item: (inout JSONWriter, Element) -> Void
    ) -> Response {
        json(capacity: 256 + 512 * items.count) { writer in
            writer.object { writer in
                writer.key("items")
                writer.array(items, item)
            }
        }
    }

    /// A part of a list.
    static func page<Element>(_ page: Page<Element>, _ item: (inout JSONWriter, Element) -> Void) -> Response {
        json(capacity: 256 + 512 * page.items.count) { writer in
            writer.object { writer in
                writer.key("items")
                writer.array(page.items, item)
                writer.key("next")
                writer.string(page.next)
            }
        }
    }
}
