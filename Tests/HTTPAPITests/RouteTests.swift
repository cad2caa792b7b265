import FoundationEssentials
import HTTPTypes
import ServiceDesk
import Testing

@testable import HTTPAPI

@Suite("Routes")
struct RouteTests {
    @Test("The router and Schemas/openapi.yaml have the same routes")
    func description() throws {
        var settings = APISettings()
        settings.offersDemoSignIn = true
        let served = Set(API(desk: FailingDesk(), settings: settings).everyRoute.map(\.description))
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

    @Test(
        "The description names every value that an answer can have",
        arguments: [
            ("AuditKind", AuditKind.allCases.map(\.rawValue)), ("AuditLog", AuditLog.allCases.map(\.rawValue)),
            ("StepAction", StepAction.allCases.map(\.rawValue)),
            ("RequestAction", RequestAction.allCases.map(\.rawValue)),
            ("Scope", Scope.allCases.map(\.rawValue)),
        ])
    func values(schema: String, values: [String]) throws {
        let lines = try descriptionText().split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "    \(schema):"))
        let line = try #require(lines[start...].first { $0.hasPrefix("      enum: [") })
        let described = line.dropFirst("      enum: [".count).dropLast().split(separator: ", ").map { value in
            String(value.filter { $0 != "\"" })
        }
        #expect(Set(described) == Set(values))
    }

    static let reading: Set<String> = [
        "GET /api/v1/catalogue", "GET /api/v1/catalogue/{type}", "GET /api/v1/requests", "GET /api/v1/requests/{id}",
        "GET /api/v1/requests/{id}/timeline", "GET /api/v1/requests/{id}/access", "GET /api/v1/stream",
    ]

    @Test("A token that may only read reaches nothing that changes or administers")
    func readingToken() async throws {
        let server = TestServer(desk: FailingDesk(scopes: [.requestsRead]))
        for route in API(desk: FailingDesk()).personalEndpoints.map(\.route) {
            let path = route.path.replacing("{", with: "").replacing("}", with: "")
            let answer = try await server.send(route.method, path, body: route.method == .get ? "" : "{}")
            let code = try answer.code
            if route.method == .get {
                #expect(code != "auth.insufficient_scope" || !Self.reading.contains(route.description), "\(route)")
            } else {
                #expect(answer.status == 403 && code == "auth.insufficient_scope", "\(route)")
                #expect(answer.headers[.wwwAuthenticate]?.contains("insufficient_scope") == true)
            }
        }
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
