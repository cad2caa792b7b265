import Expressions
import Foundation
import Testing

@testable import WorkflowCore

/// Random processes under random commands. `Story` checks after each command that replay gives the same state, that inbox and timers
/// are what the effects made of them, and that nothing stands still.
///
/// Every failure names its seed and its process, and the first of a process brings the process's text. `BUREAU_TEST_SEED` repeats all of a
/// seed, `BUREAU_TEST_PROCESS` one of them, `BUREAU_TEST_PROCESSES` says how many there are.
@Suite("Random processes")
struct RandomProcessTests {
    @Test("They never stand still, and everything is closed behind them", .compactMapIssues(RandomCase.named))
    func soundness() throws {
        let environment = ProcessInfo.processInfo.environment
        let given = environment["BUREAU_TEST_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0..<1_000_000)
        let count = environment["BUREAU_TEST_PROCESSES"].flatMap { Int($0) } ?? 3_000
        let only = environment["BUREAU_TEST_PROCESS"].flatMap { Int($0) }
        RandomCase.say("random processes: BUREAU_TEST_SEED=\(seed)")
        var kinds: Set<String> = []
        for number in 0..<count where only == nil || only == number {
            // Of one that traps or hangs there is nothing but the last line.
            if given != nil { RandomCase.say("process \(number)") }
            var random = SeededRandom(seed: seed &* 10_007 &+ UInt64(number))
            let type = RandomProcess.type(&random)
            let story = try RandomCase.$current.withValue(RandomCase(seed: seed, number: number, type: type)) {
                try walk(type, &random, number: number)
            }
            kinds.formUnion(story.journal.map(\.event.kind))
            if number.isMultiple(of: 10) { try checkCoding(of: story) }
        }
        // All but what cannot happen here.
        #expect(kinds.count >= 45 || count < 3_000 || only != nil, "only \(kinds.sorted())")
    }

    private func walk(_ type: RequestType, _ random: inout SeededRandom, number: Int) throws -> Story {
        var story = Story(type)
        try story.raise(RandomProcess.entries)
        for round in 0..<400 {
            guard case .closed = story.state?.phase else {
                // Late rounds bring everything to a good end.
                try move(&story, &random, isKind: round > 60)
                continue
            }
            break
        }
        #expect(story.outcome != nil, "process \(number) does not end\n\(Self.last(40, of: story))")
        checkReason(of: story, number)
        checkChildren(of: story, number)
        return story
    }

    /// No child is forgotten: each has reported its end or its refusal, only had to exist, or was abandoned by a step that failed.
    private func checkChildren(of story: Story, _ number: Int) {
        var running: [InstanceName: RequestID] = [:]
        for entry in story.journal {
            switch entry.event {
            case .started(let name, .request(child: let child, type: _, inputs: _, wait: _)):
                #expect(running[name] == nil, "\(name) runs twice in process \(number)")
                running[name] = child
            case .childClosed(let name, _, outputs: _), .childRefused(let name, reason: _), .done(let name, outcome: _),
                .endKept(let name, _):
                running[name] = nil
            case .failed(let name, _, handling: _):
                // It still runs although its step has failed: it must have been asked to end.
                if let child = running[name], story.ledger.raised[child] != nil {
                    #expect(story.ledger.cancelled.contains(child), "\(name) in process \(number) is left running")
                }
                running[name] = nil
            case .cancelled(let name):
                // Ordered and cancelled in one breath: it was never raised.
                if let child = running[name], story.ledger.raised[child] == nil { running[name] = nil }
            default: break
            }
        }
        for (name, child) in running where story.ledger.raised[child] != nil {
            Issue.record("process \(number) has forgotten the child of \(name)")
        }
    }

    /// A bad end has a reason that the file gives.
    private func checkReason(of story: Story, _ number: Int) {
        guard case .closed(let outcome, _)? = story.state?.phase, !outcome.isGood else { return }
        let hasReason = story.journal.contains { entry in
            switch entry.event {
            case .failed(_, _, handling: .ending), .cancelRequested: true
            case .done(let name, let ended): ended == outcome.id.text && story.type.index[name.step]?.isEnd == true
            case .deadlinePassed(let name):
                if case .end? = story.type.index[name.step]?.onOverdue { true } else { false }
            default: false
            }
        }
        #expect(hasReason, "process \(number) ended as \(outcome.id) for no reason\n\(Self.last(40, of: story))")
    }

    /// What happened last, a line each.
    private static func last(_ count: Int, of story: Story) -> String {
        story.journal.suffix(count).map { "\($0.at) \($0.event.line)" }.joined(separator: "\n")
    }

    /// One random command on something open.
    private func move(_ story: inout Story, _ random: inout SeededRandom, isKind: Bool) throws {
        story.now = story.now + .seconds(Int64.random(in: 0...7_200, using: &random))
        guard let state = story.state else { return }
        let isPoke = random.once(in: 15)
        if !isKind, random.once(in: 12) { return add(&story, &random, state) }
        if !isKind, random.once(in: 12) {
            let (field, entry) = random.pick(
                ("note", JSONValue.string(random.pick("a", "b", "c"))), ("on", .bool(random.once(in: 2))),
                ("count", .number(random.pick("0", "2", "5"))),
                ("start", .string(random.pick("2026-11-20", "2026-11-26"))))
            return refuse(
                &story, .amend(entries: [FieldID(field): .raw(entry)]), .person(random.pick(Person.rosa, Person.hans)))
        }
        // What is put aside comes back in the end, and what divides by nothing is mended.
        if isKind, state.phase == .open, state.values["on"] != .bool(true) || state.values["count"] != .int(2),
            state.held.isEmpty
        {
            return refuse(
                &story, .amend(entries: ["on": .raw(.bool(true)), "count": .raw(.number("2"))]), .person(Person.rosa))
        }
        if !isKind, random.once(in: 20) {
            let event = OutsideEvent(
                event: random.pick("signed", "parcel"), key: nil, entries: [:], receivedAt: story.now)
            return refuse(&story, .receive(event), .system(.event))
        }
        let open = state.steps.keys.filter {
            state.steps[$0]?.status.isOpen == true && state.steps[$0]?.status != .block
                && state.steps[$0]?.isSuspended == false
        }
        // Whatever happens, conditions are looked at again.
        guard let name = open.sorted().randomElement(using: &random) else {
            try story.give(.comment("hello"), by: Person.rosa)
            return
        }
        if !isKind, random.once(in: 40) { return refuse(&story, .cancel(reason: "no"), .person(Person.rosa)) }
        if !isKind, random.once(in: 10), let timer = state.timers.keys.sorted().first {
            try story.ring(timer)
            return
        }
        if isPoke { return nonsense(&story, &random, name) }
        switch state.steps[name]?.status {
        case .task(let task)?: try work(&story, &random, name, task)
        case .approval(let approval)?:
            let cast = Set(approval.votes.map(\.voter))
            let voter = random.pick(approval.electorate.voters.filter { !cast.contains($0) })
            let command: Command =
                isKind || !random.once(in: 3) ? .approve(name, comment: "ok") : .reject(name, comment: nil)
            try story.give(command, by: voter)
        case .request(let child)?: try report(&story, &random, name, child, isKind: isKind)
        case .call(let call)?:
            let report: CallReport =
                isKind || !random.once(in: 4) ? .answered(status: 200, .null) : .failed(reason: "No.")
            try story.give(.callAnswered(name, call.id, report), as: .system(.call))
        case .wait(let wait)?:
            // As on a desk, what is late has rung before anything else is heard of.
            if let event = wait.event, state.timers[name].map({ $0 >= story.now }) ?? true {
                let outside = OutsideEvent(event: event, key: nil, entries: [:], receivedAt: story.now)
                refuse(&story, .receive(outside), .system(.event))
            } else {
                try story.ring(name)
            }
        case .asking?:
            let isGivenUp = isKind || random.once(in: 4)
            if name.isUndo {
                try story.give(isGivenUp ? .accept(name) : .retry(name), by: Person.hans)
                return
            }
            try story.give(isGivenUp ? .giveUp(name, outcome: "rejected") : .retry(name), by: Person.hans)
        default: break
        }
    }

    /// Somebody adds an element or a step, if there is something to add to; a refusal must change nothing.
    private func add(_ story: inout Story, _ random: inout SeededRandom, _ state: RequestState) {
        for name in state.steps.keys.sorted() where state.steps[name]?.status == .block {
            switch story.type.index[name.step]?.kind {
            case .each?:
                refuse(&story, .addElement(name, .raw(.string(random.pick("a", "x", "y")))), .person(Person.hans))
            case .adhoc(let adhoc)?:
                refuse(&story, .addStep(name, random.pick(adhoc.templates).id), .person(Person.hans))
            default: continue
            }
            if random.once(in: 2) { return }
            break
        }
    }

    private func work(
        _ story: inout Story, _ random: inout SeededRandom, _ name: InstanceName, _ task: OpenTask
    ) throws {
        let members = task.offeredTo.flatMap { story.world.directory.members(of: $0, in: story.world.configuration) }
        if let assignee = task.assignee {
            if task.offeredTo != [.person(assignee)], random.once(in: 4) {
                try story.give(.release(name), by: assignee)
            } else {
                try story.give(.complete(name, entries: [:]), by: assignee)
            }
        } else if random.once(in: 3) {
            try story.give(.claim(name), by: random.pick(members))
        } else {
            try story.give(.complete(name, entries: [:]), by: random.pick(members))
        }
    }

    private func report(
        _ story: inout Story, _ random: inout SeededRandom, _ name: InstanceName, _ child: OpenChild, isKind: Bool
    ) throws {
        if child.number == nil, isKind || !random.once(in: 4) {
            try story.report(name, random.once(in: 6) && !isKind ? .refused(reason: "no") : .submitted(number: "IT-1"))
        } else {
            let outcome = isKind || !random.once(in: 3) ? Outcome.done : .rejected
            try story.report(name, .closed(outcome, outputs: ["x": .int(1)]))
        }
    }

    /// Commands that may or may not fit; a rejection must leave everything as it was.
    private func nonsense(_ story: inout Story, _ random: inout SeededRandom, _ name: InstanceName) {
        let commands: [Command] = [
            .claim(name), .release(name), .complete(name, entries: ["lost": .raw(.null)]), .approve("s1", comment: nil),
            .retry(name), .giveUp(name, outcome: "done"), .claim("lost"), .comment("hello"),
            .deadlinePassed(name, due: story.now), .childReported(name, Story.id, .submitted(number: "X-1")),
        ]
        let principals: [Principal] = [.person(Person.sina), .person(Person.hans), .system(.timer), .system(.child)]
        refuse(&story, random.pick(commands), random.pick(principals))
    }

    private func refuse(_ story: inout Story, _ command: Command, _ principal: Principal) {
        let before = story
        if story.code(command, as: principal) != nil {
            #expect(story.state == before.state && story.journal.count == before.journal.count)
        }
    }

    private func checkCoding(of story: Story) throws {
        let encoder = JSONEncoder()
        for entry in story.journal {
            let decoder = JSONDecoder()
            decoder.userInfo[.eventKind] = entry.event.kind
            let bare = try decoder.decode(Event.self, from: encoder.encode(entry.event))
            #expect(bare.replacingEntered(entry.event.entered) == entry.event)
        }
        let state = try #require(story.state)
        #expect(try JSONDecoder().decode(RequestState.self, from: encoder.encode(state)) == state)
    }
}

extension Step {
    fileprivate var isEnd: Bool { if case .end = kind { true } else { false } }
}
