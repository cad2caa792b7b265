import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Live changes")
struct LiveFeedTests {
    /// What a stream said so far and says until it is over.
    private static func numbers(_ stream: AsyncStream<LiveEvent>) async -> [String] {
        var numbers: [String] = []
        for await event in stream {
            switch event {
            case .changed(_, let request): numbers.append("\(request.number) \(request.version)")
            case .reset: numbers.append("reset")
            case .ready, .beat: break
            }
        }
        return numbers
    }

    @Test("Those who see a request hear that it changed, others nothing")
    func visibility() async throws {
        try await DeskHarness.with { harness in
            let live = harness.desk.live
            let adaViewer = try await harness.viewer("ada")
            let ada = try #require(live.listen(as: adaViewer))
            let bossViewer = try await harness.viewer("boss")
            let boss = try #require(live.listen(as: bossViewer))
            let eveViewer = try await harness.viewer("eve")
            let eve = try #require(live.listen(as: eveViewer))
            let request = try await harness.raiseLeave().value.summary
            await live.deliver()
            for handle in ["ada", "boss", "eve"] { live.end(person: try await harness.viewer(handle).person.id) }
            #expect(await Self.numbers(ada) == ["\(request.number) \(request.version)"])
            #expect(await Self.numbers(boss) == ["\(request.number) \(request.version)"])
            #expect(await Self.numbers(eve) == [])
        }
    }

    @Test("Whoever comes back is told what they missed, as far as they see it")
    func resuming() async throws {
        try await DeskHarness.with { harness in
            let (desk, live) = (harness.desk, harness.desk.live)
            let before = desk.livePosition
            let number = try await harness.raiseLeave().value.summary.number
            await live.deliver()
            func missed(_ handle: String, after position: String?) async throws -> [LiveEvent] {
                try #require(try await desk.changes(for: harness.viewer(handle), after: position)).missed
            }
            guard case .changed(_, let request)? = try await missed("ada", after: before).first else {
                Issue.record("nothing was told")
                return
            }
            #expect(request.number == number)
            #expect(try await missed("eve", after: before) == [])
            #expect(try await missed("ada", after: desk.livePosition) == [])
            #expect(try await missed("ada", after: nil) == [])
            #expect(try await missed("ada", after: "of another daemon") == [.reset(live.position)])
        }
    }

    @Test("A daemon tells what another did, and ends what another ended")
    func daemons() async throws {
        try await DeskHarness.with { harness in
            let other = harness.anotherDesk().live
            let ada = try await harness.viewer("ada")
            let stream = try #require(other.listen(as: ada))
            let request = try await harness.raiseLeave().value.summary
            harness.desk.live.end(person: ada.person.id)
            for text in try await harness.desk.live.announcements() {
                // It comes back to whoever sent it, too.
                harness.desk.live.hear(text)
                if text.contains("changed") {
                    other.hear(text)
                    await other.deliver()
                }
            }
            other.hear("1 ended \(ada.person.id)")
            #expect(await Self.numbers(stream) == ["\(request.number) \(request.version)"])
        }
    }

    @Test("Whom one daemon has shut out another does not let in any more, once it has heard of it")
    func shutOut() async throws {
        try await DeskHarness.with { harness in
            let (desk, other) = (harness.desk, harness.anotherDesk())
            let ada = try await harness.viewer("ada")
            let bo = try await harness.viewer("bo")
            let kept = try await desk.startSession(for: bo.person.id, method: .demo, label: nil)
            let session = try await desk.startSession(for: ada.person.id, method: .demo, label: nil)
            let next = try await desk.startSession(for: ada.person.id, method: .demo, label: nil)
            func known() async throws -> [Bool] {
                var known: [Bool] = []
                for one in [kept, session, next] { known.append(try await other.visit(session: one.secret) != nil) }
                return known
            }
            func tell() async throws {
                for text in try await desk.live.announcements() { other.live.hear(text) }
            }
            #expect(try await known() == [true, true, true])
            try await desk.endSession(session.view.id, of: session.viewer)
            #expect(try await known() == [true, true, true], "nothing was heard yet, and five seconds are not over")
            try await tell()
            #expect(try await known() == [true, false, true])
            _ = try await desk.lockAccount(of: "ada", by: "operator")
            try await tell()
            #expect(try await known() == [true, false, false])
            // What was missed may have been anything.
            try await desk.endSession(kept.view.id, of: kept.viewer)
            other.live.join()
            #expect(try await known() == [false, false, false])
        }
    }

    @Test("What showed who somebody is ends their streams with it")
    func sessions() async throws {
        try await DeskHarness.with { harness in
            let (desk, live) = (harness.desk, harness.desk.live)
            let ada = try await harness.viewer("ada")
            let session = try await desk.startSession(for: ada.person.id, method: .demo, label: nil)
            let other = try await desk.startSession(for: ada.person.id, method: .demo, label: nil)
            let stream = try #require(live.listen(as: session.viewer))
            let kept = try #require(live.listen(as: other.viewer))
            try await desk.endSession(session.view.id, of: session.viewer)
            #expect(await Self.numbers(stream) == [])
            live.reset()
            await live.deliver()
            live.end(person: ada.person.id)
            #expect(await Self.numbers(kept) == ["reset"])
        }
    }

    @Test("A page that asks by itself keeps no session from ending")
    func unattended() async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada")
            let session = try await harness.desk.startSession(for: ada.person.id, method: .demo, label: nil)
            for _ in 0..<2 {
                harness.clock.advance(by: .seconds(800))
                #expect(try await harness.desk.visit(unattended: session.secret) != nil)
            }
            harness.clock.advance(by: .seconds(300))
            #expect(try await harness.desk.visit(unattended: session.secret) == nil)
            #expect(try await harness.desk.visit(session: session.secret) == nil)
        }
    }
}
