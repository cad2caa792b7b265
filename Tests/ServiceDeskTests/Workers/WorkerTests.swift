import Expressions
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Workers")
struct WorkerTests {
    @Test("Two daemons that work at the same moment deliver everything once")
    func twoWorkers() async throws {
        try await DeskHarness.with { harness in
            for number in 1...12 { _ = try await harness.raiseJoiner(name: "Person \(number)") }
            for _ in 1...6 { _ = try await harness.raiseLeave() }
            harness.clock.advance(by: .seconds(5 * 86_400))
            let other = harness.anotherDesk()
            async let first = harness.desk.runOnce(now: harness.clock.now)
            async let second = other.runOnce(now: harness.clock.now)
            _ = try await (first, second)
            // What one had claimed when the other looked may have left a report behind.
            try await harness.work()
            let all = try await harness.desk.requests(
                for: harness.viewer("ivo"), filter: RequestFilter(department: "it"), cursor: nil, limit: 200)
            #expect(all.items.count == 12)
            for number in 1...12 {
                let view = try await harness.view("HR-\(number)", by: "hal")
                #expect(try view.step("account").child?.id != nil)
                try await harness.checkJournal(of: view.summary.id)
            }
            for number in 13...18 {
                #expect(try await harness.view("HR-\(number)", by: "ada").summary.outcome?.id == "rejected")
            }
        }
    }

    @Test("What a daemon claimed before it died is delivered when the lease ends")
    func crash() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseJoiner()
            let lease = harness.clock.now + .seconds(60)
            let claimed = try await harness.storage.claimMessages(
                OutboxMessage.Kind.allCases, at: harness.clock.now, limit: 10, leaseUntil: lease)
            #expect(claimed.count == 1)
            #expect(try await harness.work() == WorkReport())
            #expect(try await harness.inbox("ivo").isEmpty)
            harness.clock.advance(by: .seconds(60))
            #expect(try await harness.work().delivered == 2)
            #expect(try await harness.inbox("ivo").count == 1)
        }
    }

    @Test("A delivery that another daemon has made already changes nothing")
    func deliveredBefore() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner()
            // The first lease ends while the first daemon still works: the second delivers as well.
            let settings = {
                var settings = DeskSettings()
                settings.leaseDuration = .seconds(0)
                return settings
            }()
            let first = harness.anotherDesk(settings)
            let second = harness.anotherDesk(settings)
            async let one = first.runOnce(now: harness.clock.now)
            async let two = second.runOnce(now: harness.clock.now)
            _ = try await (one, two)
            try await harness.work()
            #expect(try await harness.children().count == 1)
            try await harness.checkJournal(of: parent.summary.id)
        }
    }

    @Test("A message that fails is tried again later, ever later")
    func backOff() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseJoiner()
            harness.shaky.failAlways(.away)
            #expect(try await harness.work().postponed == 1)
            #expect(try await harness.work() == WorkReport())
            let next = try #require(try await harness.storage.nextWake())
            #expect(next - harness.clock.now > .milliseconds(700))
            #expect(next - harness.clock.now < .milliseconds(1300))
            harness.clock.advance(by: .seconds(2))
            #expect(try await harness.work().postponed == 1)
            let later = try #require(try await harness.storage.nextWake())
            #expect(later - harness.clock.now > .milliseconds(1400))
            harness.shaky.failAlways(nil)
            harness.clock.advance(by: .seconds(3))
            #expect(try await harness.work().delivered == 2)
        }
    }

    @Test("A deadline that was met before its timer came is dropped in silence")
    func staleTimer() async throws {
        try await DeskHarness.with { harness in
            let view = try await harness.raiseLeave().value
            let due = try #require(try view.step("decide").due)
            harness.clock.advance(by: .seconds(4 * 86_400))
            let claimed = try await harness.storage.claimTimers(
                dueAt: harness.clock.now, limit: 5, leaseUntil: harness.clock.now + .seconds(1))
            #expect(claimed.map(\.due) == [due])
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            harness.clock.advance(by: .seconds(1))
            try await harness.work()
            #expect(try await harness.view("HR-1", by: "ada").summary.phase == .open)
        }
    }

    @Test("A running worker is woken by a commit, and ends when it is cancelled")
    func running() async throws {
        var settings = DeskSettings()
        settings.pollInterval = .seconds(3600)
        try await DeskHarness.with(settings) { harness in
            let worker = Task { try await harness.desk.run() }
            _ = try await harness.raiseJoiner()
            // Nothing polls for an hour: only the commit can wake it.
            while try await harness.inbox("ivo").isEmpty { await Task.yield() }
            worker.cancel()
            try await worker.value
        }
    }
}

extension DeskHarness {
    func children() async throws -> [RequestSummary] {
        try await desk.requests(
            for: viewer("ivo"), filter: RequestFilter(department: "it"), cursor: nil, limit: 200
        ).items
    }
}
