package import HTTPTypes
import Hummingbird
import JSONText

/// An answer that says what went wrong (RFC 9457), with a stable code that programs can rely on.
package struct Problem: Error, Sendable, Equatable {
    /// One wrong entry of a form or member of a body.
    package struct Field: Sendable, Equatable {
        package let field: String
        package let code: String
        package let message: String

        package init(field: String, code: String, message: String) {
            self.field = field
            self.code = code
            self.message = message
        }
    }

    package var status: HTTPResponse.Status
    /// Stable: `request.step.not_open`.
    package var code: String
    /// One sentence, safe to show.
    package var detail: String
    package var hint: String?
    package var fields: [Field] = []
    /// The version that the request has now, when the caller saw another.
    package var currentVersion: Int?
    /// Under what the log has the details of a defect.
    package var reference: String?
    /// Header fields that belong to it: `Retry-After`, `Allow`, `WWW-Authenticate`.
    package var headers: HTTPFields = [:]

    package init(status: HTTPResponse.Status, code: String, detail: String, hint: String? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// A problem of HTTP itself; `detail` replaces the general sentence.
    package init(_ code: ProblemCode, detail: String? = nil) {
        self.init(
            status: HTTPResponse.Status(code: code.status), code: code.rawValue, detail: detail ?? code.detail,
            hint: code.hint)
        switch code {
        case .missingToken:
            headers[.wwwAuthenticate] = "Bearer realm=\"bureau\""
        case .invalidToken:
            headers[.wwwAuthenticate] = "Bearer realm=\"bureau\", error=\"invalid_token\""
        case .bodyTooSlow:
            headers[.connection] = "close"
        case .providerAway:
            headers[.retryAfter] = "10"
        case .unavailable, .overloaded, .notReady:
            headers[.retryAfter] = "1"
        default:
            break
        }
    }

    /// A short name of the kind of problem, the same for every problem of that status.
    var title: String {
        switch status.code {
        case 400: "The request is malformed"
        case 401: "Not signed in"
        case 403: "Not allowed"
        case 404: "Not found"
        case 405: "Wrong method"
        case 408: "Too slow"
        case 409: "Not possible now"
        case 412: "Changed meanwhile"
        case 413: "Too large"
        case 415: "Wrong media type"
        case 428: "A version is needed"
        case 429: "Too many requests"
        case 422: "The content is not acceptable"
        case 503: "Not available now"
        case 500...: "Internal error"
        default: "The request failed"
        }
    }

    /// How many wrong fields an answer names: it must not grow with what somebody sends.
    private static let maximumFields = 100
    private static let maximumText = 1000

    /// A text that may hold something that was sent, cut where that is too long.
    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > maximumText else { return text }
        let start = text.unicodeScalars.prefix(maximumText)
        return start.count == text.unicodeScalars.count ? text : "\(String(start))…"
    }

    /// The answer.
    func response() -> Response {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.key("type")
            writer.string("urn:bureau:problem:\(code)")
            writer.key("title")
            writer.string(title)
            writer.key("status")
            writer.integer(status.code)
            writer.key("detail")
            writer.string(Self.bounded(detail))
            writer.key("code")
            writer.string(code)
            if let hint {
                writer.key("hint")
                writer.string(hint)
            }
            if !fields.isEmpty {
                writer.key("fields")
                writer.array(fields.prefix(Self.maximumFields)) { writer, field in
                    writer.object { writer in
                        writer.key("field")
                        writer.string(Self.bounded(field.field))
                        writer.key("code")
                        writer.string(field.code)
                        writer.key("message")
                        writer.string(Self.bounded(field.message))
                    }
                }
            }
            if let currentVersion {
                writer.key("current_version")
                writer.integer(currentVersion)
            }
            if let reference {
                writer.key("reference")
                writer.string(reference)
            }
        }
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Response(status: status, headers: headers, body: ResponseBody(json: writer))
    }
}
