import HTTPTypes
import ServiceDesk
import Testing
import WorkflowCore

@testable import HTTPAPI

/// What reaches the failing desk answers 503: whoever let it pass believed the request.
@Suite("Requests with a session")
struct SessionTests {
    static let secret = String(repeating: "s", count: 43)
    static let origin = "http://127.0.0.1:8080"

    static func server(newSecret: String? = nil, url: String? = origin) -> TestServer {
        var settings = APISettings()
        settings.publicURL = url.flatMap { PublicURL($0) }
        return TestServer(desk: FailingDesk(session: secret, newSecret: newSecret), settings: settings)
    }

    static func headers(_ more: [String: String]) -> HTTPFields {
        var fields: HTTPFields = [.cookie: "theme=dark; bureau-session=\(secret)"]
        for (name, value) in more { HTTPField.Name(name).map { fields[$0] = value } }
        return fields
    }

    @Test(
        "A write proves that it comes from a page of the desk",
        arguments: [
            (["Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "proof"], 503, "service.unavailable"),
            (["Origin": origin, "X-CSRF-Token": "proof"], 503, "service.unavailable"),
            (["Origin": "http://localhost:8080", "X-CSRF-Token": "proof"], 503, "service.unavailable"),
            (["Sec-Fetch-Site": "same-origin"], 403, "auth.csrf_token"),
            (["Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "prooF"], 403, "auth.csrf_token"),
            (["X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Sec-Fetch-Site": "same-site", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Sec-Fetch-Site": "cross-site", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Sec-Fetch-Site": "none", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Origin": "http://127.0.0.1:8081", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Origin": "https://127.0.0.1:8080", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Origin": "http://evil.example:8080", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Origin": "null", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
            (["Origin": "null", "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "proof"], 403, "auth.foreign_origin"),
        ])
    func writes(more: [String: String], status: Int, code: String) async throws {
        let answer = try await Self.server().send(
            .post, "/api/v1/requests/HR-1/comments", headers: Self.headers(more), body: #"{"text":"x"}"#, token: nil)
        #expect(answer.status == status)
        #expect(try answer.code == code)
    }

    @Test("Reading needs the cookie alone, under the name that the address has")
    func reads() async throws {
        let answer = try await Self.server().send(.get, "/api/v1/me", headers: Self.headers([:]), token: nil)
        #expect(try answer.code == "service.unavailable")
        let secure = try await Self.server(url: "https://desk.example.org").send(
            .get, "/api/v1/me", headers: Self.headers([:]), token: nil)
        #expect(try secure.code == "auth.missing_token")
    }

    @Test("Two credentials are refused, and so are two cookies of one name")
    func ambiguity() async throws {
        let both = try await Self.server().send(.get, "/api/v1/me", headers: Self.headers([:]))
        #expect(both.status == 400)
        #expect(try both.code == "auth.two_credentials")

        var twice: HTTPFields = [.cookie: "bureau-session=a; bureau-session=\(Self.secret)"]
        #expect(try await Self.server().send(.get, "/api/v1/me", headers: twice, token: nil).code == "header.cookie")
        twice = [.cookie: "bureau-session=\(Self.secret)"]
        twice.append(HTTPField(name: .cookie, value: "bureau-session=\(Self.secret)"))
        #expect(try await Self.server().send(.get, "/api/v1/me", headers: twice, token: nil).code == "header.cookie")

        var tokens: HTTPFields = [.authorization: "Bearer good"]
        tokens.append(HTTPField(name: .authorization, value: "Bearer good"))
        let answer = try await Self.server().send(.get, "/api/v1/me", headers: tokens, token: nil)
        #expect(try answer.code == "header.repeated")
    }

    @Test("A session that is none is taken away from the browser")
    func unknown() async throws {
        let answer = try await Self.server().send(
            .get, "/api/v1/me", headers: [.cookie: "bureau-session=other"], token: nil)
        #expect(answer.status == 401)
        #expect(try answer.code == "auth.invalid_session")
        #expect(
            answer.headers[.setCookie] == "bureau-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
    }

    @Test("A new secret comes with every answer, refusals too")
    func rotation() async throws {
        let server = Self.server(newSecret: "n")
        let expected = "bureau-session=n; Path=/; HttpOnly; SameSite=Lax"
        for more in [["X-CSRF-Token": "proof", "Sec-Fetch-Site": "same-origin"], [:]] {
            let answer = try await server.send(
                .post, "/api/v1/requests/HR-1/comments", headers: Self.headers(more), body: #"{"text":"x"}"#,
                token: nil)
            #expect(answer.headers[.setCookie] == expected)
        }
    }

    @Test("Another site cannot sign its visitors in")
    func foreignSignIn() async throws {
        var settings = APISettings()
        settings.offersDemoSignIn = true
        settings.publicURL = PublicURL(Self.origin)
        let server = TestServer(settings: settings)
        for (headers, code) in [
            ([.origin: "https://evil.example"], "auth.foreign_origin"), ([:], "service.unavailable"),
        ] as [(HTTPFields, String)] {
            let answer = try await server.send(
                .post, "/api/v1/sign-in/demo", headers: headers, body: #"{"handle":"kim"}"#, token: nil)
            #expect(try answer.code == code)
        }
        let closed = try await TestServer().send(.post, "/api/v1/sign-in/demo", body: #"{"handle":"kim"}"#, token: nil)
        #expect(closed.status == 404)
    }

    @Test(
        "A public address is an origin",
        arguments: [
            ("https://desk.example.org", "https://desk.example.org"),
            ("https://Desk.Example.org/", "https://desk.example.org"),
            ("https://desk.example.org:443", "https://desk.example.org"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:80", "http://[::1]"), ("https://desk.example.org/desk", nil), ("ftp://desk", nil),
            ("https://", nil), ("https://a:0", nil), ("https://a:70000", nil), ("https://a b", nil),
            ("https://user@desk", nil), ("desk.example.org", nil), ("", nil),
        ] as [(String, String?)])
    func address(text: String, origin: String?) {
        #expect(PublicURL(text)?.description == origin)
    }
}
