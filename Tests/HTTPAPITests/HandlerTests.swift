import HTTPAPI
import HTTPTypes
import JSONText
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Handlers")
struct HandlerTests {
    @Test(
        "A request becomes the call that it means",
        arguments: [
            ("GET", "/api/v1/me", "", "profile"),
            ("GET", "/api/v1/catalogue", "", "catalogue"),
            ("GET", "/api/v1/catalogue/hr.leave", "", "catalogueEntry hr.leave"),
            ("GET", "/api/v1/requests/HR-1", "", "request HR-1"),
            ("GET", "/api/v1/requests", "", "requests - - - false - 50"),
            (
                "GET", "/api/v1/requests?phase=open&type=hr.leave&department=hr&mine=true&cursor=a%2Bb&limit=7", "",
                "requests open hr.leave hr true a+b 7"
            ),
            ("GET", "/api/v1/requests/HR-1/timeline?limit=200", "", "timeline HR-1 - 200"),
            ("GET", "/api/v1/inbox?kind=approval&department=it", "", "inbox approval it false 50"),
            ("POST", "/api/v1/requests", #"{"type":"hr.leave"}"#, "raise hr.leave [] - -"),
            (
                "POST", "/api/v1/requests", #"{"type":"hr.leave","for":"kim","form":{"b":1,"a":{}}}"#,
                "raise hr.leave [a,b] kim -"
            ),
            ("POST", "/api/v1/requests/HR-1/comments", #"{"text":"Hi"}"#, "comment Hi on HR-1 - -"),
            ("POST", "/api/v1/requests/HR-1/cancellation", "", "cancel - on HR-1 - -"),
            ("POST", "/api/v1/requests/HR-1/cancellation", #"{"reason":"no"}"#, "cancel no on HR-1 - -"),
            ("POST", "/api/v1/requests/HR-1/steps/decide/claim", "", "claim decide on HR-1 - -"),
            ("POST", "/api/v1/requests/HR-1/steps/decide/release", "{}", "release decide on HR-1 - -"),
            ("POST", "/api/v1/requests/HR-1/steps/decide/retry", "", "retry decide on HR-1 - -"),
            (
                "POST", "/api/v1/requests/HR-1/steps/grant%232%5Ba%2Fb%5D/complete", #"{"form":{"x":true}}"#,
                "complete grant#2[a/b] [x] on HR-1 - -"
            ),
            ("POST", "/api/v1/requests/HR-1/steps/decide/approve", "", "approve decide - on HR-1 - -"),
            (
                "POST", "/api/v1/requests/HR-1/steps/decide/reject", #"{"comment":"no"}"#,
                "reject decide no on HR-1 - -"
            ),
            (
                "POST", "/api/v1/requests/HR-1/steps/decide/give_up", #"{"outcome":"rejected"}"#,
                "giveUp decide rejected on HR-1 - -"
            ),
        ])
    func calls(method: String, path: String, body: String, call: String) async throws {
        let desk = ScriptedDesk()
        let answer = try await TestServer(desk: desk).send(HTTPRequest.Method(method)!, path, body: body)
        #expect(desk.calls == [call])
        #expect((200...201).contains(answer.status))
        #expect(answer.headers[.contentType] == "application/json")
        _ = try answer.json
    }

    @Test("A raised request is answered with its address and version, also when it was raised before")
    func raising() async throws {
        let headers: HTTPFields = [.init("Idempotency-Key")!: "k-1"]
        let body = #"{"type":"hr.leave","form":{}}"#
        let desk = ScriptedDesk { $0.version = 1 }
        let answer = try await TestServer(desk: desk).send(.post, "/api/v1/requests", headers: headers, body: body)
        #expect(answer.status == 201)
        #expect(answer.headers[.location] == "/api/v1/requests/\(Fixture.requestID)")
        #expect(answer.headers[.eTag] == "\"v1\"")
        #expect(answer.headers[.init("Idempotency-Replayed")!] == nil)
        #expect(desk.calls == ["raise hr.leave [] - k-1"])
        let again = try await TestServer(desk: ScriptedDesk { $0.isReplay = true })
            .send(.post, "/api/v1/requests", headers: headers, body: body)
        #expect(again.status == 201)
        #expect(again.headers[.init("Idempotency-Replayed")!] == "true")
    }

    @Test("If-Match reaches the application as a version")
    func ifMatch() async throws {
        let desk = ScriptedDesk()
        let path = "/api/v1/requests/HR-1/comments"
        _ = try await TestServer(desk: desk).send(.post, path, headers: [.ifMatch: "\"v12\""], body: #"{"text":"a"}"#)
        _ = try await TestServer(desk: desk).send(.post, path, headers: [.ifMatch: "*"], body: #"{"text":"a"}"#)
        #expect(desk.calls == ["comment a on HR-1 - 12", "comment a on HR-1 - -"])
    }

    @Test(
        "A version that the caller has is not sent again",
        arguments: [
            ("\"v7\"", 304), ("W/\"v7\"", 304), ("\"v6\", \"v7\"", 304), ("*", 304), ("\"v6\"", 200), ("v7", 200),
            ("\"x\"", 200), ("\"v07\"", 200),
        ])
    func ifNoneMatch(header: String, status: Int) async throws {
        let answer = try await TestServer().send(.get, "/api/v1/requests/HR-1", headers: [.ifNoneMatch: header])
        #expect(answer.status == status)
        #expect(answer.headers[.eTag] == "\"v7\"")
        #expect(answer.body.isEmpty == (status == 304))
    }

    @Test("Accept-Language chooses among the organisation's languages")
    func language() async throws {
        var settings = APISettings()
        settings.languages = ["en", "de"]
        let desk = ScriptedDesk()
        let server = TestServer(desk: desk, settings: settings)
        for header in ["en", "fr, en-GB;q=0.8, de;q=0.2", "fr", "*", "en;q=0, de-AT", ";;,=", "de;q=0.1, en;q=0.9"] {
            _ = try await server.send(.get, "/api/v1/me", headers: [.acceptLanguage: header])
        }
        #expect(desk.languages == ["en", "en", "de", "de", "de", "de", "en"])
    }

    @Test("A page says how to get the next")
    func pages() async throws {
        let desk = ScriptedDesk { $0.next = "abc" }
        guard case .object(let page) = try await TestServer(desk: desk).send(.get, "/api/v1/requests").json else {
            Issue.record("not an object")
            return
        }
        #expect(page["next"] == .string("abc"))
        #expect(Set(page.keys) == ["items", "next"])
    }

    @Test("A request is written in full")
    func request() async throws {
        let answer = try await TestServer().send(.get, "/api/v1/requests/HR-1")
        let person =
            #"{"id":"00000000-0000-0001-0000-000000000002","handle":"amara.okafor","name":"Amara \"Mara\" Okafor"}"#
        let form = """
            [{"id":"kind","label":"Kind","help":null,"type":"choice","element_type":null,"optional":false,\
            "ask_when":null,"choices":[{"value":"vacation","label":"Vacation"}],"minimum":null,"maximum":null,\
            "default":"vacation"}]
            """
        let expected = """
            {"id":"00000000-0000-0003-0000-000000000004","number":"HR-1042","type":"hr.leave","title":"Leave",\
            "department":"hr","phase":"closed","outcome":{"id":"approved","good":true},"requester":\(person),\
            "beneficiary":\(person),"raised_at":"2026-11-18T11:06:40Z","changed_at":"2026-11-18T11:06:40Z","version":7,\
            "parent":{"id":"00000000-0000-0003-0000-000000000004","number":"HR-1"},\
            "fields":[{"id":"days","label":"Days","value":2.50,"text":"2.5"}],\
            "steps":[{"instance":"grant#2[a/b]","kind":"approval","title":"Grant","stage":null,"status":"open",\
            "outcome":null,"since":"2026-11-18T11:06:40Z","due":null,"overdue":true,\
            "waiting_for":[{"party":"team:hr-payroll","name":"Payroll"}],"assignee":\(person),\
            "votes":[{"voter":\(person),"decision":"approve","comment":null}],\
            "child":{"id":null,"number":"IT-1","type":"it.account","title":"Account"},\
            "outputs":[{"id":"days","label":"Days","value":2.50,"text":"2.5"}],\
            "actions":["claim","release","complete","approve","reject","retry","give_up"],"form":\(form)}],\
            "outputs":[],"actions":["comment"]}
            """
        #expect(String(decoding: answer.body, as: UTF8.self) == expected)
    }

    @Test("Readiness has its reasons")
    func readiness() async throws {
        #expect(try await TestServer().send(.get, "/readyz", token: nil).status == 200)
        let desk = ScriptedDesk { $0.readiness = Readiness(reasons: ["The database is away.", "No configuration."]) }
        let answer = try await TestServer(desk: desk).send(.get, "/readyz", token: nil)
        #expect(answer.status == 503)
        #expect(try answer.code == "service.not_ready")
        guard case .object(let problem) = try answer.json else { return }
        #expect(problem["detail"] == .string("The database is away. No configuration."))
    }
}
