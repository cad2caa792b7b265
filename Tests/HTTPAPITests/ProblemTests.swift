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
            (.keyReused, 422, "idempotency.key_reused"),
            (.unavailable(retryAfterSeconds: 4), 503, "service.unavailable"),
            (.defect(reference: "r-1"), 500, "service.defect"),
        ])
    func statuses(error: DeskError, status: Int, code: String) async throws {
        let answer = try await TestServer(desk: ScriptedDesk { $0.error = error }).send(.get, "/api/v1/requests/HR-1")
        #expect(answer.status == status)
        #expect(try answer.code == code)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.headers[.retryAfter] == (status == 503 ? "4" : nil))
    }

    @Test("A problem is written in full")
    func document() async throws {
        let rejection = Rejection(
            .invalid, code: "form.invalid", message: "Two entries are wrong.", hint: "Look again.",
            fields: [.init(field: "from", code: "form.required", message: "“From” is needed.")])
        let answer = try await TestServer(desk: ScriptedDesk { $0.error = .rejected(rejection) })
            .send(.post, "/api/v1/requests", body: #"{"type":"hr.leave"}"#)
        let expected = """
            {"type":"urn:bureau:problem:form.invalid","title":"The content is not acceptable","status":422,\
            "detail":"Two entries are wrong.","code":"form.invalid","hint":"Look again.",\
            "fields":[{"field":"from","code":"form.required","message":"“From” is needed."}]}
            """
        #expect(String(decoding: answer.body, as: UTF8.self) == expected)
    }

    @Test("A stale caller learns the current version")
    func versionMismatch() async throws {
        let answer = try await TestServer(desk: ScriptedDesk { $0.error = .versionMismatch(current: 9) })
            .send(.post, "/api/v1/requests/HR-1/comments", headers: [.ifMatch: "\"v8\""], body: #"{"text":"a"}"#)
        #expect(answer.headers[.eTag] == "\"v9\"")
        guard case .object(let problem) = try answer.json else { return }
        #expect(problem["current_version"] == .number("9"))
    }

    @Test("A defect shows a reference and nothing else")
    func defect() async throws {
        let answer = try await TestServer(desk: ScriptedDesk { $0.error = .defect(reference: "r-1") })
            .send(.get, "/api/v1/me")
        guard case .object(let problem) = try answer.json else { return }
        #expect(problem["reference"] == .string("r-1"))
        #expect(problem["fields"] == nil)
    }

    @Test(
        "A faulty request is refused before the application is asked",
        arguments: [
            ("GET", "/api/v1/requests?phase=shut", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?phase=open&phase=open", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?mine=yes", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?limit=0", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?limit=201", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?limit=%2B5", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?cursor=", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?type=", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?type=%00", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?type=%ff", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?type=%4", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests?page=1", "", 400, "query.unknown"),
            ("GET", "/api/v1/me?x", "", 400, "query.unknown"),
            ("GET", "/api/v1/inbox?kind=all", "", 400, "query.invalid"),
            ("GET", "/api/v1/requests/%ff", "", 400, "path.malformed"),
            ("GET", "/api/v1/requests/%00", "", 400, "path.malformed"),
            ("POST", "/api/v1/requests/HR-1/steps/%5Bx/claim", "", 404, "request.step.unknown"),
            ("POST", "/api/v1/requests/HR-1/steps/a%231/claim", "", 404, "request.step.unknown"),
            ("POST", "/api/v1/requests?x=1", #"{"type":"hr.leave"}"#, 400, "query.unknown"),
            ("POST", "/api/v1/requests", "", 400, "json.malformed"),
            ("POST", "/api/v1/requests", "{", 400, "json.malformed"),
            ("POST", "/api/v1/requests", "{}", 422, "body.missing"),
            ("POST", "/api/v1/requests", "[]", 422, "body.type"),
            ("POST", "/api/v1/requests", #"{"type":1}"#, 422, "body.type"),
            ("POST", "/api/v1/requests", #"{"type":"hr.leave","form":[]}"#, 422, "body.type"),
            ("POST", "/api/v1/requests", #"{"type":"hr.leave","forms":{}}"#, 422, "body.unknown_field"),
            ("POST", "/api/v1/requests", #"{"type":"a","type":"b"}"#, 400, "json.duplicate_key"),
            ("POST", "/api/v1/requests", #"{"type":"a\u0000"}"#, 400, "json.malformed"),
            ("POST", "/api/v1/requests/HR-1/steps/decide/claim", #"{"by":"me"}"#, 422, "body.unknown_field"),
            ("POST", "/api/v1/requests/HR-1/steps/decide/claim", "null", 422, "body.type"),
            ("POST", "/api/v1/requests/HR-1/steps/decide/give_up", "{}", 422, "body.missing"),
        ])
    func refusals(method: String, path: String, body: String, status: Int, code: String) async throws {
        let desk = ScriptedDesk()
        let answer = try await TestServer(desk: desk).send(HTTPRequest.Method(method)!, path, body: body)
        #expect(answer.status == status)
        #expect(try answer.code == code)
        #expect(desk.calls.isEmpty)
    }

    @Test("All wrong members of a body are named together")
    func manyFields() async throws {
        let answer = try await TestServer().send(.post, "/api/v1/requests", body: #"{"for":1,"z":2,"a":3}"#)
        guard case .object(let problem) = try answer.json, case .array(let fields) = problem["fields"] else {
            Issue.record("no fields")
            return
        }
        let names = fields.compactMap { field -> JSONValue? in
            guard case .object(let members) = field else { return nil }
            return members["field"]
        }
        #expect(names == [.string("type"), .string("for"), .string("a"), .string("z")])
    }

    @Test(
        "Header fields are checked",
        arguments: [
            ("Idempotency-Key", "", 400), ("Idempotency-Key", "a b", 400), ("Idempotency-Key", "schlüssel", 400),
            ("Idempotency-Key", String(repeating: "k", count: 256), 400),
            ("Idempotency-Key", String(repeating: "k", count: 255), 200),
            ("If-Match", "7", 400), ("If-Match", "W/\"v7\"", 400), ("If-Match", "\"v7\", \"v8\"", 400),
            ("If-Match", "\"v123456789012345678\"", 400), ("If-Match", "\"v-1\"", 400),
            ("Content-Type", "text/plain", 415), ("Content-Type", "application/json; charset=latin1", 415),
            ("Content-Type", "application/json; charset=UTF-8", 200), ("Content-Encoding", "gzip", 415),
        ])
    func headerFields(name: String, value: String, status: Int) async throws {
        let answer = try await TestServer().send(
            .post, "/api/v1/requests/HR-1/comments", headers: [HTTPField.Name(name)!: value], body: #"{"text":"a"}"#)
        #expect(answer.status == status)
    }

    @Test("A body over the limit is refused, one at the limit is read")
    func bodySize() async throws {
        var settings = APISettings()
        settings.maximumBodySize = 100
        let server = TestServer(settings: settings)
        let fits = #"{"text":""# + String(repeating: "a", count: 90) + "\"}"
        #expect(fits.utf8.count == 101)
        #expect(try await server.send(.post, "/api/v1/requests/HR-1/comments", body: fits).code == "body.too_large")
        let answer = try await server.send(
            .post, "/api/v1/requests/HR-1/comments", body: fits.replacing("aaa", with: "aa", maxReplacements: 1))
        #expect(answer.status == 200)
    }

    @Test("Beyond the number of requests in work, others are asked to come back")
    func overload() async throws {
        var settings = APISettings()
        settings.maximumConcurrentRequests = 0
        let answer = try await TestServer(settings: settings).send(.get, "/api/v1/me")
        #expect(answer.status == 503)
        #expect(answer.headers[.retryAfter] == "1")
        #expect(try answer.code == "service.overloaded")
    }
}
