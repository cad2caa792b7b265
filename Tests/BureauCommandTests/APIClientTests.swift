import Glibc
import Synchronization
import Testing
import WorkflowCore

@testable import bureau

@Suite("Talking to the server", .serialized)
struct APIClientTests {
    /// What a call gives while a server gives those answers, and what the server received.
    private func exchange(
        _ answers: [String], _ call: @Sendable @escaping (APIClient) throws(ClientError) -> JSONValue
    ) async throws -> (result: Result<JSONValue, ClientError>, received: [String]) {
        let server = try ScriptedServer()
        let client = APIClient(server: "http://127.0.0.1:\(server.port)", token: "secret")
        // Both sides block, so each has a thread of its own; the server's starts first and waits for nobody's turn.
        return await onThread {
            let received = Received()
            let serving = start(Work { received.keep(server.serve(answers)) })
            let result = Result { () throws(ClientError) in try call(client) }
            pthread_join(serving, nil)
            return (result, received.requests)
        }
    }

    private func onThread<T: Sendable>(_ work: @Sendable @escaping () -> T) async -> T {
        await withCheckedContinuation { continuation in
            pthread_detach(start(Work { continuation.resume(returning: work()) }))
        }
    }

    private func start(_ work: Work) -> pthread_t {
        let box = Unmanaged.passRetained(work)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        return thread
    }

    private final class Received: Sendable {
        private let kept = Mutex<[String]>([])
        var requests: [String] { kept.withLock { $0 } }
        func keep(_ requests: [String]) { kept.withLock { $0 = requests } }
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @Sendable @escaping () -> Void) { self.run = run }
    }

    @Test("An answer is read, and the token and the query are sent")
    func reading() async throws {
        let (result, received) = try await exchange([ScriptedServer.answer("200 OK", #"{"items":[]}"#)]) {
            (client) throws(ClientError) in
            try client.get("/api/v1/requests", query: [("type", "a&b"), ("phase", nil)])
        }
        #expect(try result.get() == .object(["items": .array([])]))
        #expect(received[0].hasPrefix("GET /api/v1/requests?type=a%26b HTTP/1.1\r\n"))
        #expect(received[0].contains("Authorization: Bearer secret\r\n"))
    }

    @Test("After a lost connection the same is sent again with the same key")
    func repeating() async throws {
        let (result, received) = try await exchange(["", ScriptedServer.answer("201 Created", #"{"number":"HR-1"}"#)]) {
            (client) throws(ClientError) in
            try client.post("/api/v1/requests", .object(["type": .string("hr.leave")]))
        }
        #expect(try result.get()["number"]?.text == "HR-1")
        #expect(received.count == 2)
        let keys = received.map { text in
            text.split(separator: "\r\n").first { $0.hasPrefix("Idempotency-Key: ") }
        }
        #expect(keys[0] != nil)
        #expect(keys[0] == keys[1])
        #expect(received.allSatisfy { $0.hasSuffix("\r\n\r\n{\"type\":\"hr.leave\"}") })
    }

    @Test("A connection that is lost twice is a server that is away")
    func lostTwice() async throws {
        let (result, _) = try await exchange(["", ""]) { (client) throws(ClientError) in try client.get("/api/v1/me") }
        guard case .failure(let error) = result else {
            Issue.record("there was an answer")
            return
        }
        #expect(error.exitCode == 3)
    }

    @Test("A problem becomes a refusal with all it says")
    func refusal() async throws {
        let body = """
            {"type":"urn:bureau:problem:form.invalid","title":"t","status":422,"detail":"Wrong.","code":"form.invalid",\
            "hint":"Look.","fields":[{"field":"from","code":"form.required","message":"Needed."}]}
            """
        let (result, _) = try await exchange([ScriptedServer.answer("422 Unprocessable Content", body)]) {
            (client) throws(ClientError) in
            try client.post("/api/v1/requests", .object([:]))
        }
        guard case .failure(let error) = result else {
            Issue.record("it was accepted")
            return
        }
        #expect(error.exitCode == 1)
        #expect(
            error.text(style: Style(isColoured: false, width: nil)) == """
                bureau: Wrong. [form.invalid]
                  hint: Look.
                  from: Needed. [form.required]
                """)
    }

    @Test("What is no Bureau is said to be none", arguments: ["200 OK", "404 Not Found", "502 Bad Gateway"])
    func stranger(status: String) async throws {
        let (result, _) = try await exchange([ScriptedServer.answer(status, "<html>")]) {
            (client) throws(ClientError) in
            try client.get("/api/v1/me")
        }
        guard case .failure(.away) = result else {
            Issue.record("taken for a Bureau")
            return
        }
    }
}
