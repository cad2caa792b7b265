import Expressions
import Testing

@testable import WorkflowCore

@Suite("A simulated desk") struct SimulationTests {
    private static let leave = requestType(
        "hr.leave", cancel: Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn"),
        [
            step(
                "decide", approval(people("manager_of(requester)")), due: "3 working days",
                onOverdue: .tell([.role("hr-lead")]), onFailure: .end("rejected")),
            step("record", task(.team("hr"), form: [field("note")]), after: ["decide"]),
            step(
                "account", child("it.account", with: [("name", "record.note")]), after: ["record"],
                onFailure: .ask([.team("hr")])),
        ])
    private static let account = requestType(
        "it.account", form: [field("name", .text(maximumLength: 5))], offeredTo: .departments(["hr"]),
        outputs: [("login", "create.login")],
        [step("create", task(.team("it"), form: [field("login")]))])

    private func desk(_ replies: Replies = Replies()) -> Simulation {
        let world = World(requestTypes: [Self.leave, Self.account])
        return Simulation(
            configuration: world.configuration, directory: world.directory, time: World.timeFrame,
            now: moment("2026-11-23T09:00:00Z"), replies: replies)
    }

    private func recorded(_ replies: Replies = Replies(), note: String = "Mia") throws -> (Simulation, RequestID) {
        var desk = desk(replies)
        let leave = try desk.raise("hr.leave", [:], by: Person.rosa)
        try desk.give(.approve("decide", comment: nil), on: leave, as: .person(Person.mila))
        try desk.give(
            .complete("record", entries: ["note": .raw(.string(note))]), on: leave, as: .person(Person.hans))
        return (desk, leave)
    }

    @Test("Parents and children run side by side, and children report to their parents")
    func family() throws {
        var (desk, leave) = try recorded()
        #expect(desk.requests.map(\.state.number) == ["HR-1", "IT-1"])
        let child = try #require(desk.child(of: leave, at: "account"))
        #expect(desk[child]?.openWork.map(\.instance) == ["create"])
        try desk.give(
            .complete("create", entries: ["login": .raw(.string("mm"))]), on: child, as: .person(Person.ivo))
        #expect(desk[leave]?.state.phase == .closed(.done, outputs: [:]))
        #expect(
            desk[leave]?.state.steps["account"]?.status
                == .settled(.done(outcome: "done", outputs: ["outcome": .string("done"), "login": .string("mm")])))
    }

    @Test("The rules of access hold")
    func access() throws {
        var desk = desk()
        let leave = try desk.raise("hr.leave", [:], by: Person.rosa)
        #expect(throws: Rejection.unknownRequest) {
            try desk.give(.approve("decide", comment: nil), on: leave, as: .person(Person.ivo))
        }
        #expect(throws: Rejection.notAVoter) {
            try desk.give(.approve("decide", comment: nil), on: leave, as: .person(Person.rosa))
        }
    }

    @Test("Work that nobody can do any more is passed on when the clock moves")
    func leaver() throws {
        let type = requestType([step("work", task(.person("mila"), fallback: [.team("hr")]))])
        var world = World(requestTypes: [type])
        var desk = Simulation(
            configuration: world.configuration, directory: world.directory, time: World.timeFrame,
            now: moment("2026-11-23T09:00:00Z"))
        let request = try desk.raise("hr.leave", [:], by: Person.rosa)
        #expect(desk[request]?.state.workItems["work"]?.offeredTo == [.person(Person.mila)])
        world.leave(Person.mila)
        desk.directory = world.directory
        try desk.advance(by: Span(amount: 1, unit: .hours))
        #expect(desk[request]?.state.workItems["work"]?.offeredTo == [.team("hr")])
        #expect(desk.history.last?.by == .system(.directory))
        let told = desk.history.count
        try desk.advance(by: Span(amount: 1, unit: .hours))
        #expect(desk.history.count == told)
    }

    @Test("Timers ring at their moments when the clock is moved, each once")
    func clock() throws {
        var desk = desk()
        let leave = try desk.raise("hr.leave", [:], by: Person.rosa)
        let due = moment("2026-11-26T09:00:00Z")
        #expect(desk.nextTimer == SimulatedTimer(request: leave, instance: "decide", due: due))
        #expect(try desk.advance(by: Span(amount: 2, unit: .workingDays)) == 0)
        #expect(try desk.advance(by: Span(amount: 2, unit: .workingDays)) == 1)
        #expect(
            desk.notices == [
                SimulatedNotice(request: leave, to: [.role("hr-lead")], notice: .overdue, about: "decide", at: due)
            ])
        #expect(desk.now == moment("2026-11-27T09:00:00Z"))
        #expect(desk.nextTimer == nil)
        #expect(desk.ringNext() == nil)
    }

    @Test("A child that is stood in for ends at once, when told, or as its form says")
    func standIns() throws {
        var replies = Replies()
        replies.byType["it.account"] = .answer(.closed("done", outputs: ["login": .string("mm")]))
        #expect(try recorded(replies).0.requests[0].state.phase.outcome == .done)
        // Six letters are too many for the child's form.
        let (asking, _) = try recorded(replies, note: "Johanna")
        #expect(asking.requests[0].openWork.map(\.kind) == ["decision"])

        replies.byStep["account"] = .wait
        var (desk, leave) = try recorded(replies)
        let child = try #require(desk.child(of: leave, at: "account"))
        #expect(desk.standIns[child]?.number == "IT-1")
        #expect(desk.standIns[child]?.order.inputs == ["name": .string("Mia")])
        try desk.end(child, .closed("rejected", outputs: [:]))
        #expect(desk[leave]?.openWork.map(\.offeredTo) == [[.team("hr")]])
        #expect(throws: Rejection.self) { try desk.end(child, .closed("done", outputs: [:])) }
    }

    @Test("A child that is stood in for lets itself be cancelled, unless it is said not to")
    func cancelling() throws {
        var (desk, leave) = try recorded(Replies(others: .wait))
        try desk.give(.cancel(reason: nil), on: leave, as: .person(Person.rosa))
        #expect(desk[leave]?.state.phase == .closed(.withdrawn, outputs: [:]))

        var replies = Replies(others: .wait)
        replies.unstoppable = ["it.account"]
        (desk, leave) = try recorded(replies)
        try desk.give(.cancel(reason: nil), on: leave, as: .person(Person.rosa))
        #expect(desk[leave]?.state.phase == .ending(.withdrawn))
        try desk.end(try #require(desk.child(of: leave, at: "account")), .closed("done", outputs: [:]))
        #expect(desk[leave]?.state.phase == .closed(.withdrawn, outputs: [:]))
    }

    @Test("What happened is told in lines, and equal commands give equal ones")
    func transcript() throws {
        let (desk, leave) = try recorded()
        #expect(
            desk.transcript(of: leave) == [
                "Mon 2026-11-23 10:00  HR-1  raised hr.leave by rosa",
                "Mon 2026-11-23 10:00  HR-1  decide started: mila",
                "Mon 2026-11-23 10:00  HR-1  decide approved by mila",
                "Mon 2026-11-23 10:00  HR-1  decide done: approved",
                "Mon 2026-11-23 10:00  HR-1  record started: team:hr",
                "Mon 2026-11-23 10:00  HR-1  record completed by hans",
                "Mon 2026-11-23 10:00  HR-1  account started: it.account",
                "Mon 2026-11-23 10:00  HR-1  account is IT-1",
            ])
        #expect(desk.history == (try recorded()).0.history)
        let journal = desk.history.filter { $0.request == leave }.map { (event: $0.event, at: $0.at) }
        #expect(Engine.replay(journal) == desk[leave]?.state)
    }
}
