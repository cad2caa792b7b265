import HTTPAPI
import HTTPTypes
import JSONText
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Problems")
struct ProblemTests {
    @Test(
        "An error of the application has its status",
        arguments: [
            (DeskError.rejected(Rejection(.invalid, code: "a.b", message: "m")), 422, "a.b"),
            (.rejected(Rejection(.notFound, code: "a.b", message: "m")), 404, "a.b"),
            (.rejected(Rejection(.forbidden, code: "a.b", message: "m")), 403, "a.b"),
            (.rejected(Rejection(.conflict, code: "a.b", message: "m")), 409, "a.b"),
            (.rejected(Rejection(.stale, code: "a.b", message: "m")), 409, "a.b"),
            (.versionMismatch(current: 9), 412, "request.version_mismatch"),
            (.configurationChanged(current: "c2"), 412, "configuration.changed"),
            (.draftElsewhere(current: 9), 412, "drafts.elsewhere"),
            (.keyReused, 422, "idempotency.key_reused"),
            (.unavailable(retryAfterSeconds: 4), 503, "service.unavailable"),
            (.tooManyAttempts(retryAfterSeconds: 4), 429, "sign_in.throttled"),
            (.defect(reference: "r-1"), 500, "service.defect"),
        ])
    func statuses(error: DeskError, status: Int, code: String) async throws {
        let answer = try await TestServer(desk: FailingDesk(error: error)).send(.get, "/api/v1/requests/HR-1")
        #expect(answer.status == status)
        #expect(try answer.code == code)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.headers[.retryAfter] == (status == 503 || status == 429 ? "4" : nil))
    }

    @Test("A problem is written in full")
    func document() async throws {
        let rejection = Rejection(
            .invalid, code: "form.invalid", message: "Two entries are wrong.", hint: "Look again.",
            fields: [.init(field: "from", code: "form.required", message: "“From” is needed.")])
        let answer = try await TestServer(desk: FailingDesk(error: .rejected(rejection)))
            .send(.post, "/api/v1/requests", body: #"{"type":"hr.leave"}"#)
        let expected = """
            {"type":"urn:bureau:problem:form.invalid","title":"The content is not acceptable","status":422,\
            "detail":"Two entries are wrong.","code":"form.invalid","hint":"Look again.",\
            "fields":[{"field":"from","code":"form.required","message":"“From” is needed."}]}
            """
        #expect(String(decoding: answer.body, as: UTF8.self) == expected)
    }

    @Test("An answer does not grow with what was sent")
    func bounded() async throws {
        let names = (0..<500).map { "\"\($0)\(String(repeating: "é", count: 900))\": 1" }
        let many = try await TestServer().send(.post, "/api/v1/requests", body: "{\(names.joined(separator: ","))}")
        #expect(many.status == 422)
        #expect(many.body.count < 500_000)
        let long = "{\"\(String(repeating: "a", count: 900_000))\": 1}"
        let one = try await TestServer().send(.post, "/api/v1/requests", body: long)
        #expect(one.status == 422)
        #expect(one.body.count < 10_000)
    }

    @Test("A defect shows a reference and nothing else")
    func defect() async throws {
        let answer = try await TestServer(desk: FailingDesk(error: .defect(reference: "r-1")))
            .send(.get, "/api/v1/me")
        let problem = try #require(try answer.members)
        #expect(problem["reference"] == .string("r-1"))
        #expect(Set(problem.keys) == ["type", "title", "status", "detail", "code", "reference"])
    }

    @Test("Who is not ready says why")
    func readiness() async throws {
        let answer = try await TestServer().send(.get, "/readyz", token: nil)
        #expect(answer.status == 503)
        #expect(try answer.code == "service.not_ready")
        #expect(try answer.members?["detail"] == .string("The database is away. No configuration."))
    }

    @Test("Beyond the number of requests in work, others are asked to come back")
    func overload() async throws {
        var settings = APISettings()
        settings.maximumConcurrentRequests = 0
        let server = TestServer(settings: settings)
        let answer = try await server.send(.get, "/api/v1/me")
        #expect(answer.status == 503)
        #expect(answer.headers[.retryAfter] == "1")
        #expect(try answer.code == "service.overloaded")
        // Whatever restarts what does not live must not do so because there is much to do.
        #expect(try await server.send(.get, "/healthz", token: nil).status == 200)
    }
}
