import HTTPTypes
import Hummingbird
import NIOCore

/// A problem for people: the smallest page that says it, where a browser itself went to the API, as on the way back from a provider.
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
        let hint = problem.hint.map { "<p>\(HTML.escaped($0))</p>" } ?? ""
        let page = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(HTML.escaped(problem.title))</title>
            <h1>\(HTML.escaped(problem.title))</h1><p>\(HTML.escaped(problem.detail))</p>\(hint)
            <p><a href="/api/v1/sign-in/oidc">Sign in again</a></p><p><small>\(HTML.escaped(problem.code))</small></p></html>
            """
        var headers = problem.headers
        headers[.contentType] = "text/html; charset=utf-8"
        return Response(
            status: problem.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }
}
