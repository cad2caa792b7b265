import HTTPAPI
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A page. It may load the desk's own style, script and pictures, send forms to the desk, and do nothing else.
    static func page(
        _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentSecurityPolicy] = pagePolicy
        // A page must say where its forms come from; elsewhere nobody learns which page somebody read.
        headers[.referrerPolicy] = "same-origin"
        headers[.vary] = "Accept-Language, Cookie"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static let pagePolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    /// After a form: reading the next page again sends nothing again.
    static func seeOther(_ path: String, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.location] = path
        return Response(status: .seeOther, headers: headers)
    }
}

extension Request {
    /// Path and query.
    var address: String { uri.query.map { "\(uri.path)?\($0)" } ?? uri.path }
}
