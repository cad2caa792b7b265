import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Sessions of browsers")
struct SessionTests {
    @Test("A session stands for its person until it is idle or over")
    func ends() async throws {
        try await DeskHarness.with { harness in
            let started = try await harness.start("ada")
            let visit = try #require(try await harness.desk.visit(session: started.secret))
            #expect(visit.viewer.person.handle == "ada")
            #expect(visit.viewer.credential == .session(started.view.id))
            #expect(visit.csrfToken == started.csrfToken)
            #expect(visit.isProven(by: started.csrfToken) && !visit.isProven(by: started.csrfToken + "x"))

            harness.clock.advance(by: .seconds(1799))
            var secret = started.secret
            secret = try #require(try await harness.desk.visit(session: secret)).newSecret ?? secret
            harness.clock.advance(by: .seconds(1800))
            #expect(try await harness.desk.visit(session: secret) == nil, "it was idle")

            var busy = try await harness.start("ada").secret
            for _ in 0..<35 {
                harness.clock.advance(by: .seconds(1200))
                busy = try #require(try await harness.desk.visit(session: busy)).newSecret ?? busy
            }
            harness.clock.advance(by: .seconds(1200))
            #expect(try await harness.desk.visit(session: busy) == nil, "twelve hours are over")
        }
    }

    @Test("A secret is replaced as it ages; the one before is good for a minute, and none of them is a token")
    func rotation() async throws {
        try await DeskHarness.with { harness in
            let started = try await harness.start("ada")
            let other = harness.anotherDesk()
            harness.clock.advance(by: .seconds(900))
            let visit = try #require(try await harness.desk.visit(session: started.secret))
            let secret = try #require(visit.newSecret)
            #expect(visit.csrfToken == started.csrfToken)
            // Another request that was on its way, at another daemon.
            let late = try #require(try await other.visit(session: started.secret))
            #expect(late.newSecret == nil)
            harness.clock.advance(by: .seconds(59))
            #expect(try await harness.desk.visit(session: started.secret) != nil)
            harness.clock.advance(by: .seconds(1))
            #expect(try await harness.desk.visit(session: started.secret) == nil)
            #expect(try await harness.desk.visit(session: secret)?.newSecret == nil)
            #expect(try await harness.desk.viewer(bearer: secret) == nil)
            let (token, _) = try await harness.desk.issueToken(for: "ada", label: "", lifetime: nil, by: "tests")
            #expect(try await harness.desk.visit(session: token) == nil)
            #expect(try await harness.desk.visit(session: "") == nil)
            #expect(try await harness.desk.visit(session: String(repeating: "A", count: 43)) == nil)
        }
    }

    @Test("Of many requests with an aged secret, one brings the new one")
    func concurrentRotation() async throws {
        try await DeskHarness.with { harness in
            let secret = try await harness.start("ada").secret
            harness.clock.advance(by: .seconds(1000))
            let desks = [harness.desk, harness.anotherDesk(), harness.anotherDesk()]
            let visits = try await withThrowingTaskGroup(of: SessionVisit?.self) { group in
                for number in 0..<12 { group.addTask { try await desks[number % 3].visit(session: secret) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(visits.allSatisfy { $0 != nil })
            #expect(visits.compactMap { $0?.newSecret }.count == 1)
        }
    }

    @Test("People list and end their own sessions, not those of others")
    func own() async throws {
        try await DeskHarness.with { harness in
            let first = try await harness.start("ada", label: "laptop")
            let second = try await harness.start("ada", label: "phone")
            let foreign = try await harness.start("bo")
            let viewer = try #require(try await harness.desk.visit(session: second.secret)).viewer
            let listed = try await harness.desk.sessions(of: viewer)
            #expect(listed.map(\.id) == [second.view.id, first.view.id])
            #expect(listed.map(\.label) == ["phone", "laptop"])
            #expect(listed.map(\.isCurrent) == [true, false])
            #expect(
                try await refusal { try await harness.desk.endSession(foreign.view.id, of: viewer) }
                    == "session.unknown")
            try await harness.desk.endSession(first.view.id, of: viewer)
            #expect(try await harness.desk.visit(session: first.secret) == nil)
            #expect(try await harness.desk.visit(session: second.secret) != nil)
            #expect(try await harness.desk.visit(session: foreign.secret) != nil)
            #expect(
                try await refusal { try await harness.desk.endSession(first.view.id, of: viewer) } == "session.unknown")
        }
    }

    @Test("What another daemon ended is refused after five seconds")
    func otherDaemon() async throws {
        try await DeskHarness.with { harness in
            let started = try await harness.start("ada")
            let other = harness.anotherDesk()
            #expect(try await other.visit(session: started.secret) != nil)
            try await harness.desk.endSession(secret: started.secret)
            #expect(try await harness.desk.visit(session: started.secret) == nil)
            harness.clock.advance(by: .seconds(5))
            #expect(try await other.visit(session: started.secret) == nil)
        }
    }

    @Test("Who has left is out, with tokens and sessions, also after coming back")
    func leaver() async throws {
        try await DeskHarness.with { harness in
            let started = try await harness.start("eve")
            let (token, _) = try await harness.desk.issueToken(for: "eve", label: "", lifetime: nil, by: "tests")
            let lines = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("eve,") }
            _ = try await harness.desk.importPeople(csv: lines.joined(separator: "\n"), by: "tests")
            #expect(try await harness.desk.visit(session: started.secret) == nil)
            _ = try await harness.desk.importPeople(csv: TestOrganisation.people, by: "tests")
            let later = harness.anotherDesk()
            #expect(try await later.visit(session: started.secret) == nil)
            #expect(try await later.viewer(bearer: token) == nil)
            #expect(
                try await refusal {
                    _ = try await harness.desk.signInForDemonstration(as: "nobody", label: nil)
                } == "people.unknown")
        }
    }

    @Test("There is an end to how many sessions somebody has, and those that are over are forgotten")
    func many() async throws {
        var settings = DeskSettings()
        settings.sessionsPerPerson = 3
        try await DeskHarness.with(settings) { harness in
            var started: [StartedSession] = []
            for _ in 0..<4 { started.append(try await harness.start("ada")) }
            #expect(try await harness.desk.visit(session: started[0].secret) == nil)
            #expect(try await harness.desk.visit(session: started[1].secret) != nil)
            harness.clock.advance(by: .seconds(1800))
            let late = try await harness.start("bo")
            #expect(
                try await harness.storage.purgeSessions(
                    at: harness.clock.now, idleSince: harness.clock.now - .seconds(1800))
                    == 3)
            #expect(try await harness.desk.visit(session: late.secret) != nil)
        }
    }
}

extension DeskHarness {
    func start(_ handle: String, label: String? = nil) async throws -> StartedSession {
        // Identifiers sort by time.
        clock.advance(by: .milliseconds(1))
        return try await desk.startSession(for: viewer(handle).person.id, method: .demo, label: label)
    }
}
