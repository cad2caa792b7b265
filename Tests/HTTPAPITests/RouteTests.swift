import FoundationEssentials
import HTTPAPI
import HTTPTypes
import Testing

@Suite("Routes")
struct RouteTests {
    @Test("The router and Schemas/openapi.yaml have the same routes")
    func description() throws {
        let served = Set(API(desk: ScriptedDesk()).everyRoute.map(\.description))
        let described = try describedRoutes()
        #expect(served.subtracting(described) == [], "served but not described")
        #expect(described.subtracting(served) == [], "described but not served")
    }

    @Test("Every code of HTTP itself is described", arguments: ProblemCode.allCases)
    func codes(code: ProblemCode) throws {
        let text = try descriptionText()
        switch code {
        case .noRoute, .wrongMethod: #expect(code.rawValue.hasPrefix("route."))  // what the description does not have
        default: #expect(text.contains("`\(code.rawValue)`"))
        }
    }

    @Test("What needs a token says so, without one and with a wrong one")
    func tokens() async throws {
        let server = TestServer()
        for route in API(desk: ScriptedDesk()).everyRoute where route.path.hasPrefix("/api/") {
            let path = route.path.replacing("{id}", with: "HR-1").replacing("{instance}", with: "decide")
                .replacing("{type}", with: "hr.leave")
            let without = try await server.send(route.method, path, token: nil)
            #expect(without.status == 401, "\(route)")
            #expect(try without.code == "auth.missing_token")
            #expect(without.headers[.wwwAuthenticate] == "Bearer realm=\"bureau\"")
            let wrong = try await server.send(route.method, path, token: "bad")
            #expect(try wrong.code == "auth.invalid_token", "\(route)")
            let other = try await server.send(
                route.method, path, headers: [.authorization: "Basic Z29vZA=="], token: nil)
            #expect(try other.code == "auth.invalid_token", "\(route)")
        }
    }

    @Test("A wrong method is answered with those that there are")
    func methods() async throws {
        let server = TestServer()
        let answer = try await server.send(.delete, "/api/v1/requests/HR-1")
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == "GET, HEAD")
        #expect(try await server.send(.get, "/api/v1/requests/HR-1/steps/decide/claim").headers[.allow] == "POST")
        #expect(try await server.send(.options, "/api/v1/requests").headers[.allow] == "GET, HEAD, POST")
        let nothing = try await server.send(.get, "/api/v2/me")
        #expect(nothing.status == 404)
        #expect(try nothing.code == "route.not_found")
    }

    @Test("HEAD gives the header of GET and no body")
    func head() async throws {
        let server = TestServer()
        let get = try await server.send(.get, "/api/v1/me")
        let head = try await server.send(.head, "/api/v1/me")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.headers[.contentLength] == get.headers[.contentLength])
        let problem = try await server.send(.head, "/api/v1/me", token: nil)
        #expect(problem.status == 401)
        #expect(problem.body.isEmpty)
    }

    @Test("Every answer carries the headers that protect it", arguments: ["/healthz", "/api/v1/me", "/nothing"])
    func protectiveHeaders(path: String) async throws {
        let answer = try await TestServer().send(.get, path)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        #expect(answer.headers[.init("X-Request-Id")!] == "test-1")
    }

    private func descriptionText() throws -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Schemas/openapi.yaml")
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// The routes of the description by its indentation: paths at two spaces, methods at four.
    private func describedRoutes() throws -> Set<String> {
        var routes: Set<String> = []
        var path = ""
        var isInPaths = false
        for line in try descriptionText().split(separator: "\n", omittingEmptySubsequences: true) {
            if !line.hasPrefix(" ") {
                isInPaths = line == "paths:"
            } else if isInPaths, line.hasPrefix("  /") {
                path = String(line.dropFirst(2).dropLast())
            } else if isInPaths, line.hasPrefix("    "), !line.hasPrefix("     ") {
                routes.insert("\(line.dropFirst(4).dropLast().uppercased()) \(path)")
            }
        }
        return routes
    }
}
