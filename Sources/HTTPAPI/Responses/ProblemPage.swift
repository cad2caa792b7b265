import HTTPTypes
import Hummingbird
import NIOCore

/// A problem for people: the smallest page that says it, where a browser itself asked and no portal stands between.
struct ProblemPage {
    let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
    }

    /// Whether the client would rather read a page than JSON: browsers name `text/html` when they go somewhere.
    static func isWanted(by request: Request) -> Bool {
        request.headers[values: .accept].contains { $0.lowercased().contains("text/html") }
    }

    func response() -> Response {
        let hint = problem.hint.map { "<p>\(Self.escaped($0))</p>" } ?? ""
        let page = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(Self.escaped(problem.title))</title>
            <h1>\(Self.escaped(problem.title))</h1><p>\(Self.escaped(problem.detail))</p>\(hint)
            <p><a href="/api/v1/sign-in/oidc">Sign in again</a></p><p><small>\(Self.escaped(problem.code))</small></p></html>
            """
        var headers = problem.headers
        headers[.contentType] = "text/html; charset=utf-8"
        return Response(
            status: problem.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    /// By UTF-8 bytes: no character that follows can hide one of these.
    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
