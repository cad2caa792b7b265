import Expressions
import Synchronization
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Groups of commands")
struct CommandGroupTests {
    /// Holds the first write until the test lets it go.
    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, held: CheckedContinuation<Void, Never>?)>((false, nil))

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.held = continuation }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            state.withLock { state in
                state.isOpen = true
                defer { state.held = nil }
                return state.held
            }?.resume()
        }

        var isHolding: Bool { state.withLock { $0.held != nil } }
    }

    private static var oneLane: DeskSettings {
        var settings = DeskSettings()
        settings.raiseLanes = 1
        settings.changeLanes = 1
        return settings
    }

    /// Starts one write that is held, then the others, which so leave as one group.
    private func together<R: Sendable>(
        _ harness: DeskHarness, first: @escaping @Sendable () async throws -> Void, count: Int,
        _ body: @escaping @Sendable (Int) async throws -> R
    ) async throws -> [R] {
        let gate = Gate()
        harness.shaky.fail(
            ShakyStorage.Fault(before: { writes in
                await gate.pass()
                return writes
            }))
        let held = Task { try await first() }
        while !gate.isHolding { await Task.yield() }
        return try await withThrowingTaskGroup(of: (Int, R).self) { group in
            for index in 0..<count { group.addTask { (index, try await body(index)) } }
            while harness.desk.commands.waitingCount < count { await Task.yield() }
            gate.open()
            var results: [Int: R] = [:]
            for try await (index, result) in group { results[index] = result }
            try await held.value
            return results.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    @Test("One of twenty that violates a constraint of the schema fails alone")
    func oneViolates() async throws {
        try await DeskHarness.with(Self.oneLane) { harness in
            // Whatever the group holds: the request for Boom gets the number of another one.
            harness.shaky.failAlways(
                ShakyStorage.Fault(before: { writes in
                    writes.map { write in
                        guard let write, write.state.contains("Boom") else { return write }
                        return write.renumbered("HR-1")
                    }
                }))
            let answers = try await together(
                harness, first: { _ = try await harness.raiseLeave() }, count: 20
            ) { index in
                try await refusal {
                    _ = try await harness.raiseJoiner(name: index == 7 ? "Boom" : "Person \(index)")
                }
            }
            for (index, answer) in answers.enumerated() { #expect(answer == (index == 7 ? "defect" : "nothing")) }
            #expect(harness.shaky.groupSizes.prefix(2) == [1, 20])
            #expect(harness.shaky.groupSizes.dropFirst(2) == Array(repeating: 1, count: 20)[...])
            let all = try await harness.desk.requests(
                for: harness.viewer("hal"), filter: RequestFilter(type: "hr.joiner"), cursor: nil, limit: 200)
            #expect(all.items.count == 19)
            #expect(Set(all.items.map(\.number)).count == 19)
        }
    }

    @Test("Commands on different requests commit together, and what the rules refuse does not hold up the others")
    func changesTogether() async throws {
        try await DeskHarness.with(Self.oneLane) { harness in
            for _ in 0..<11 { _ = try await harness.raiseLeave() }
            let before = harness.shaky.groupSizes.count
            let answers = try await together(
                harness, first: { try await harness.perform(.comment("first"), on: "HR-1", by: "ada") }, count: 10
            ) { index in
                try await refusal {
                    try await harness.perform(
                        .approve(InstanceName("decide"), comment: nil), on: "HR-\(index + 2)",
                        by: index == 3 ? "ada" : "boss")
                }
            }
            for (index, answer) in answers.enumerated() {
                #expect(answer == (index == 3 ? "request.vote.not_a_voter" : "nothing"))
            }
            #expect(harness.shaky.groupSizes.dropFirst(before) == [1, 10])
            for number in 2...11 {
                let view = try await harness.view("HR-\(number)", by: "ada")
                #expect(try view.step("decide").status == (number == 5 ? .open : .done))
                try await harness.checkJournal(of: view.summary.id)
            }
        }
    }

    @Test("Commands on one request follow each other, each on what the one before left")
    func oneRequest() async throws {
        try await DeskHarness.with { harness in
            let id = try await harness.raiseLeave().value.summary.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<30 {
                    group.addTask { try await harness.perform(.comment("Comment \(index)"), on: "HR-1", by: "ada") }
                }
                try await group.waitForAll()
            }
            let journal = try JournalReplay.events(try await harness.journal(id))
            #expect(journal.filter { $0.event.kind == "commented" }.count == 30)
            try await harness.checkJournal(of: id)
        }
    }

    @Test("People who change between decision and commit make the decision new")
    func peopleChange() async throws {
        try await DeskHarness.with { harness in
            let people = TestOrganisation.people.split(separator: "\n").map {
                $0.hasPrefix("ada,") ? "ada,Ada,ada@test.example,bo,berlin,de," : String($0)
            }
            // Another daemon imports; this one does not know of it yet.
            _ = try await harness.anotherDesk().importPeople(csv: people.joined(separator: "\n"), by: "tests")
            let view = try await harness.raiseLeave().value
            #expect(try view.step("decide").waitingFor.map(\.name) == ["Bo"])
            _ = try await harness.anotherDesk().importPeople(csv: TestOrganisation.people, by: "tests")
            try await harness.perform(.comment("Hi"), on: "HR-1", by: "ada")
            #expect(try await harness.raiseLeave().value.step("decide").waitingFor.map(\.name) == ["Boss"])
        }
    }

    @Test("A command whose commit was not confirmed is looked up before anybody is told")
    func unknownOutcome() async throws {
        try await DeskHarness.with { harness in
            let lost = ShakyStorage.Fault.lostAfter
            harness.shaky.fail(lost)
            let raised = try await harness.raiseLeave()
            #expect(!raised.isReplay)
            #expect(raised.value.summary.number == "HR-1")
            harness.shaky.fail(lost)
            harness.shaky.failLookups(2)
            let approved = try await harness.perform(
                .approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            #expect(!approved.isReplay)
            #expect(try approved.value.step("decide").status == .done)
            try await harness.checkJournal(of: raised.value.summary.id)
        }
    }

    @Test("A command that was lost before its commit is done again, once")
    func lostBefore() async throws {
        try await DeskHarness.with { harness in
            let lost = ShakyStorage.Fault.lostBefore
            harness.shaky.fail(lost)
            let raised = try await harness.raiseLeave(key: "k")
            #expect(!raised.isReplay)
            harness.shaky.fail(lost)
            try await harness.perform(.comment("Hi"), on: raised.value.summary.number, by: "ada")
            let page = try await harness.desk.requests(
                for: harness.viewer("ada"), filter: RequestFilter(), cursor: nil, limit: 50)
            #expect(page.items.count == 1)
            try await harness.checkJournal(of: raised.value.summary.id)
        }
    }

    @Test("A delivery whose commit was not confirmed takes effect once")
    func lostDelivery() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner()
            harness.shaky.fail(.lostAfter)
            try await harness.work()
            #expect(try await harness.children().count == 1)
            #expect(try await harness.view("HR-1", by: "hal").step("account").child?.number == "IT-1")
            try await harness.checkJournal(of: parent.summary.id)
        }
    }

    @Test("A database that is away is said to be, and nothing is kept for later")
    func away() async throws {
        try await DeskHarness.with { harness in
            harness.shaky.failAlways(.away)
            #expect(try await refusal { _ = try await harness.raiseLeave() } == "unavailable")
            harness.shaky.failAlways(nil)
            let page = try await harness.desk.requests(
                for: harness.viewer("ada"), filter: RequestFilter(), cursor: nil, limit: 50)
            #expect(page.items.isEmpty)
        }
    }
}

extension RequestWrite {
    fileprivate func renumbered(_ number: String) -> RequestWrite {
        RequestWrite(
            head: RequestHead(
                id: head.id, number: number, type: head.type, department: head.department,
                configuration: head.configuration, requester: head.requester, beneficiary: head.beneficiary,
                parent: head.parent, phase: head.phase, outcome: head.outcome),
            previousVersion: previousVersion, state: state, journal: journal, protected: protected, offers: offers,
            withdrawals: withdrawals, timers: timers, messages: messages, newViewers: newViewers, answer: answer,
            consumed: consumed)
    }
}
