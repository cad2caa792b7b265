import Expressions
import WorkflowCore

/// What the order of a call is on the wire.
enum CallPlan {
    /// The request to send.
    ///
    /// Nil when the path is none that an address can have: the file's own text stands in it unchecked, and what was put into it may have
    /// been erased.
    static func request(for order: CallOrder, to service: Service) -> ServiceRequest? {
        let call = order.call
        guard isPath(call.path) else { return nil }
        var url = service.url + (call.path.hasPrefix("/") ? call.path : "/" + call.path)
        var body: String?
        switch call.method {
        case .get, .delete:
            let query = query(of: call.inputs)
            if !query.isEmpty { url += (url.contains("?") ? "&" : "?") + query }
        case .post, .put, .patch:
            body = CanonicalJSON.text(of: .object(call.inputs.mapValues(\.json)))
        }
        return ServiceRequest(
            service: call.service, method: call.method, url: url, body: body, key: call.id.description,
            secret: service.secret, timeout: .seconds(max(1, call.timeout)))
    }

    /// By name; a list repeats its name, what has no value is left out.
    private static func query(of inputs: [String: Value]) -> String {
        inputs.sorted { $0.key < $1.key }.flatMap { name, value in
            texts(of: value.json).map { "\(TextForms.percentEncoded(name))=\(TextForms.percentEncoded($0))" }
        }.joined(separator: "&")
    }

    private static func texts(of value: JSONValue) -> [String] {
        switch value {
        case .null: []
        case .bool(let value): [value ? "true" : "false"]
        case .number(let text), .string(let text): [text]
        case .array(let elements): elements.flatMap { texts(of: $0) }
        case .object: [CanonicalJSON.text(of: value)]
        }
    }

    /// Visible ASCII that needs no encoding, and no segment that a server could take for another folder.
    private static func isPath(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !path.contains("#"), !path.contains("\\")
        else { return false }
        let segments = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        return !segments.contains { segment in
            let plain = segment.lowercased().split(separator: "%2e", omittingEmptySubsequences: false)
                .joined(separator: ".")
            return plain == "." || plain == ".."
        }
    }
}
