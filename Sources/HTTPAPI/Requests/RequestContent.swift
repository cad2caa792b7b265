import HTTPTypes
package import Hummingbird
import JSONText
package import NIOCore
package import WorkflowCore

extension Request {
    /// The JSON of the body, at most so many octets long. An absent body is an empty object where `isOptional`.
    func json(upTo limit: Int, isOptional: Bool = false) async throws -> JSONValue {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Problem(.bodyTooLarge) }
        let content = try await content(upTo: limit)
        if content.readableBytes == 0 {
            guard isOptional else { throw Problem(.malformedJSON, detail: "This needs a JSON body.") }
            return .object([:])
        }
        guard headers[.contentEncoding] == nil, Self.isJSON(headers[.contentType]) else { throw Problem(.mediaType) }
        return try content.withUnsafeReadableBytes { bytes in try JSONReader.value(of: bytes) }
    }

    /// The whole body, at most so many octets long.
    package func content(upTo limit: Int) async throws -> ByteBuffer {
        var content = ByteBuffer()
        do {
            for try await var part in body {
                guard content.readableBytes + part.readableBytes <= limit else { throw Problem(.bodyTooLarge) }
                if content.readableBytes == 0 { content = part } else { content.writeBuffer(&part) }
            }
        } catch let problem as Problem {
            throw problem
        } catch is TransferTooSlow {
            throw Problem(.bodyTooSlow)
        } catch {
            // The sender went away or broke the framing; if anybody still listens, it was not a defect of ours.
            throw Problem(.bodyUnreadable)
        }
        return content
    }

    /// Whether a media type is JSON in UTF-8.
    static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let parts = contentType.split(separator: ";").map { part in
            String(part.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed()).lowercased()
        }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }
}

extension RequestContext {
    /// A variable of the path, decoded.
    package func variable(_ name: String) throws(Problem) -> String {
        guard let raw = parameters.get(name), let text = percentDecoded(raw) else { throw Problem(.malformedPath) }
        return text
    }

    /// The step of the path. A text that is no name of an instance names none that exists.
    package func instance() throws(Problem) -> InstanceName {
        let text = try variable("instance")
        guard let instance = InstanceName(text) else {
            throw Problem(
                status: .notFound, code: "request.step.unknown", detail: "The request has no step “\(text)”.")
        }
        return instance
    }
}
