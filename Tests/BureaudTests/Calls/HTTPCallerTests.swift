import HTTPTypes
import Hummingbird
import Logging
import ServiceDesk
import Synchronization
import Testing
import WorkflowCore

@testable import bureaud

/// Calls against a real server on this machine.
@Suite struct HTTPCallerTests {
    private static func request(
        _ url: String, _ method: CallMethod = .post, body: String? = "{}", secret: String? = nil,
        timeout: Duration = .seconds(10)
    ) -> ServiceRequest {
        ServiceRequest(
            service: "directory", method: method, url: url, body: body, key: "call-1", secret: secret, timeout: timeout)
    }

    private static func with(
        _ environment: [String: String] = [:], log: LogSink = LogSink(), _ body: (HTTPCaller) async throws -> Void
    ) async throws {
        let caller = try #require(
            HTTPCaller(secrets: ServiceSecrets(directory: nil, environment: environment), logger: log.logger))
        defer { caller.stop() }
        try await body(caller)
    }

    @Test(
        "The request arrives whole, with key, token and body, and its answer comes back", arguments: CallMethod.allCases
    )
    func roundTrip(_ method: CallMethod) async throws {
        try await ServiceServer.with({ _ in .json(#"{"address": "n.new@example.org"}"#, status: .created) }) {
            server, url in
            let hasBody = [.post, .put, .patch].contains(method)
            try await Self.with(["BUREAU_SECRET_TOKEN": "s3cret"]) { caller in
                let attempt = await caller.send(
                    Self.request(
                        "\(url)/mailboxes/n%2Fnew?quota=5", method, body: hasBody ? #"{"quota":5}"# : nil,
                        secret: "TOKEN"))
                #expect(
                    attempt
                        == .answered(
                            status: 201, .object(["address": .string("n.new@example.org")]), retryAfter: nil))
            }
            let asked = try #require(server.requests.first)
            #expect(server.requests.count == 1)
            #expect(asked.method == method.rawValue.uppercased())
            #expect(asked.path == "/mailboxes/n%2Fnew?quota=5")
            #expect(asked.body == (hasBody ? #"{"quota":5}"# : ""))
            #expect(asked.headers[.authorization] == "Bearer s3cret")
            #expect(asked.headers[try #require(HTTPField.Name("Idempotency-Key"))] == "call-1")
            #expect(asked.headers[.contentType] == (hasBody ? "application/json" : nil))
        }
    }

    @Test("A redirection is an answer, and neither secret nor data travel on")
    func redirection() async throws {
        try await ServiceServer.with({ _ in .json("{}") }) { other, elsewhere in
            let headers: HTTPFields = [.location: "\(elsewhere)/stolen"]
            try await ServiceServer.with({ _ in .json("{}", status: .temporaryRedirect, headers: headers) }) { _, url in
                try await Self.with(["BUREAU_SECRET_TOKEN": "s3cret"]) { caller in
                    let attempt = await caller.send(Self.request(url, secret: "TOKEN"))
                    #expect(attempt == .answered(status: 307, .object([:]), retryAfter: nil))
                }
            }
            #expect(other.requests.isEmpty)
        }
    }

    @Test("Retry-After is read as seconds, and what is no JSON is no body")
    func retryAfter() async throws {
        let headers: HTTPFields = [.retryAfter: "7"]
        try await ServiceServer.with({ _ in .json("<html>", status: .serviceUnavailable, headers: headers) }) {
            _, url in
            try await Self.with { caller in
                #expect(
                    await caller.send(Self.request(url))
                        == .answered(status: 503, nil, retryAfter: .seconds(7)))
            }
        }
    }

    @Test("A service that is silent is given up after the request's time")
    func silence() async throws {
        try await ServiceServer.with({ _ in
            // Longer than the test waits; the end of the server cancels it.
            try await Task.sleep(for: .seconds(600))
            return .json("{}")
        }) { _, url in
            try await Self.with { caller in
                #expect(
                    await caller.send(Self.request(url, timeout: .milliseconds(300))) == .failed(.timedOut))
            }
        }
    }

    @Test("Nobody behind the address is a trouble that may pass")
    func unreachable() async throws {
        // A port of a server that has just ended.
        let address = Mutex("")
        try await ServiceServer.with({ _ in .json("{}") }) { _, url in address.withLock { $0 = url } }
        try await Self.with { caller in
            let attempt = await caller.send(Self.request(address.withLock { $0 }))
            #expect(attempt == .failed(.unreachable))
            #expect(CallTrouble.unreachable.mayPass)
        }
    }

    @Test("An endless answer is not read to its end")
    func tooLarge() async throws {
        let large = String(repeating: " ", count: HTTPCaller.maximumAnswer + 1)
        try await ServiceServer.with({ _ in .json(large) }) { _, url in
            try await Self.with { caller in
                #expect(await caller.send(Self.request(url)) == .failed(.tooLarge))
            }
        }
    }

    @Test("A secret that is missing, or that would travel in the clear, is not sent at all")
    func secrets() async throws {
        try await ServiceServer.with({ _ in .json("{}") }) { server, url in
            try await Self.with(["BUREAU_SECRET_BROKEN": "a\r\nX-Evil: 1"]) { caller in
                #expect(await caller.send(Self.request(url, secret: "TOKEN")) == .failed(.missingSecret))
                #expect(await caller.send(Self.request(url, secret: "../TOKEN")) == .failed(.missingSecret))
                #expect(await caller.send(Self.request(url, secret: "BROKEN")) == .failed(.missingSecret))
                for clear in ["http://192.0.2.1/", "http://localhost.example.org/", "http://127.0.0.1.example.org/"] {
                    #expect(await caller.send(Self.request(clear, secret: "TOKEN")) == .failed(.insecure))
                }
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test("Many calls run at once on the one thread")
    func many() async throws {
        // Answers only when all have arrived.
        let gate = Gate(count: 20)
        try await ServiceServer.with({ asked in
            await gate.arrive()
            return .json(#"{"path": "\#(asked.path)"}"#)
        }) { _, url in
            try await Self.with { caller in
                await withTaskGroup(of: Bool.self) { group in
                    for number in 0..<20 {
                        group.addTask {
                            await caller.send(Self.request("\(url)/\(number)"))
                                == .answered(
                                    status: 200, .object(["path": .string("/\(number)")]), retryAfter: nil)
                        }
                    }
                    for await isRight in group { #expect(isRight) }
                }
            }
        }
    }

    @Test("A cancelled task gives its call up at once, and so does the end of the thread")
    func cancellation() async throws {
        let gate = Gate(count: 3)
        try await ServiceServer.with({ _ in
            await gate.arrive()
            try await Task.sleep(for: .seconds(600))
            return .json("{}")
        }) { _, url in
            try await Self.with { caller in
                let first = Task { await caller.send(Self.request(url)) }
                let second = Task { await caller.send(Self.request(url)) }
                await gate.arrive()
                first.cancel()
                #expect(await first.value == .failed(.interrupted))
                caller.stop()
                #expect(await second.value == .failed(.interrupted))
                #expect(await caller.send(Self.request(url)) == .failed(.interrupted))
            }
        }
    }

    @Test("The log knows neither secrets nor bodies nor paths")
    func log() async throws {
        let log = LogSink()
        try await ServiceServer.with({ _ in .json(#"{"answer": "classified"}"#) }) { _, url in
            try await Self.with(["BUREAU_SECRET_TOKEN": "s3cret"], log: log) { caller in
                _ = await caller.send(Self.request("\(url)/people/nora", body: #"{"salary":1}"#, secret: "TOKEN"))
            }
        }
        let lines = log.lines
        #expect(lines.count == 1)
        for word in ["s3cret", "nora", "salary", "classified"] { #expect(!lines.joined().contains(word)) }
    }
}

/// Lets everybody through once so many have come.
private actor Gate {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) { missing = count }

    func arrive() async {
        missing -= 1
        guard missing > 0 else {
            for continuation in waiting { continuation.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

/// Keeps log lines with their metadata.
private final class LogSink: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(sink: self) } }

    private struct Handler: LogHandler {
        let sink: LogSink
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            sink.kept.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
