import Expressions
import PostgresClient
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("The journal")
struct JournalTests {
    private func story(_ harness: DeskHarness) async throws -> RequestID {
        let id = try await harness.raiseLeave(occasion: "Unmistakable").value.summary.id
        try await harness.perform(.approve(InstanceName("decide"), comment: "Enjoyable"), on: "HR-1", by: "boss")
        try await harness.perform(
            .complete(InstanceName("record"), ["days": .number("3"), "account_number": .string("Secretive")]),
            on: "HR-1",
            by: "hal")
        return id
    }

    @Test("Sensitive values are neither in the state nor in the journal, and come back on loading")
    func sensitive() async throws {
        try await DeskHarness.with { harness in
            let id = try await story(harness)
            let stored = try await harness.stored(id)
            #expect(!stored.state.contains("Unmistakable") && !stored.state.contains("Secretive"))
            let journal = try await harness.journal(id)
            for word in ["Unmistakable", "Secretive", "Enjoyable", "2026-12-01"] {
                #expect(!journal.contains { $0.entry.data.contains(word) })
            }
            let readers = journal.flatMap(\.contents).filter { !$0.readers.isEmpty }.map(\.readers)
            #expect(readers == ["team:hr", "team:hr-payroll"])
            let state = try JournalReplay.storedState(stored)
            #expect(state.values["occasion"] == .string("Unmistakable"))
            #expect(try await harness.view("HR-1", by: "hal").fields.last?.text == "Unmistakable")
            try await harness.checkJournal(of: id)
        }
    }

    @Test(
        "Whatever is changed in the journal is noticed",
        arguments: [
            "UPDATE bureau.event SET at = at + interval '1 microsecond' WHERE sequence = 2",
            "UPDATE bureau.event SET kind = 'skipped' WHERE sequence = 2",
            "UPDATE bureau.event SET format = 2 WHERE sequence = 2",
            "UPDATE bureau.event SET configuration = 'other' WHERE sequence = 2",
            "UPDATE bureau.event SET principal = 'system:child' WHERE sequence = 2",
            "UPDATE bureau.event SET data = (data::text || ' ')::json WHERE sequence = 2",
            "UPDATE bureau.event SET hash = sha256(hash) WHERE sequence = 2",
            "UPDATE bureau.event SET sequence = 1000 WHERE sequence = (SELECT max(sequence) FROM bureau.event)",
            "DELETE FROM bureau.event WHERE sequence = (SELECT max(sequence) FROM bureau.event)",
            "UPDATE bureau.request SET last_hash = sha256(last_hash)",
            "UPDATE bureau.protected_content SET content = replace(content::text, 'Unmistakable', 'Harmless')::json",
            "UPDATE bureau.protected_content SET content = replace(content::text, 'Enjoyable', 'No')::json",
        ])
    func tampering(statement: String) async throws {
        try await DeskHarness.with { harness in
            let id = try await story(harness)
            _ = try await harness.database.run(SQL(unsafeRuntimeText: statement))
            let stored = try await harness.stored(id)
            let faults = JournalReplay.faults(in: try await harness.journal(id), of: id, lastHash: stored.lastHash)
            #expect(!faults.isEmpty)
        }
    }

    @Test("What a person entered can be erased: the chain stays whole, and the state replays without it")
    func erasing() async throws {
        try await DeskHarness.with { harness in
            let id = try await story(harness)
            let whole = try JournalReplay.storedState(try await harness.stored(id))
            _ = try await harness.database.run(
                "DELETE FROM bureau.protected_content WHERE readers <> '' OR sequence = 1")
            let stored = try await harness.stored(id)
            let journal = try await harness.journal(id)
            #expect(JournalReplay.faults(in: journal, of: id, lastHash: stored.lastHash).isEmpty)
            let events = try JournalReplay.events(journal)
            #expect(events[0].erased == ["from", "occasion"])
            let replayed = try #require(JournalReplay.state(events))
            #expect(replayed.values.isEmpty)
            #expect(replayed.phase == whole.phase)
            #expect(replayed.version == whole.version)
            #expect(replayed.participants == whole.participants)
            #expect(try JournalReplay.storedState(stored).values["occasion"] == nil)
        }
    }

    @Test("After random stories the journal of every request replays to what is stored")
    func randomStories() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("stories seed \(seed)")
        try await DeskHarness.with { harness in
            var generator = SeededGenerator(seed: seed)
            let handles = ["boss", "ada", "bo", "hal", "ivo", "ida", "eve"]
            var references: [String] = []
            for _ in 0..<150 {
                let handle = handles.randomElement(using: &generator) ?? "ada"
                switch Int.random(in: 0..<10, using: &generator) {
                case 0: references.append(try await harness.raiseLeave(by: handle, occasion: "x").value.summary.number)
                case 1: references.append(try await harness.raiseJoiner(by: handle).summary.number)
                case 2: harness.clock.advance(by: .seconds(Int64.random(in: 1...100_000, using: &generator)))
                case 3:
                    try await harness.work()
                    references += try await harness.children().map(\.number)
                default:
                    guard let reference = references.randomElement(using: &generator) else { continue }
                    try await act(harness, on: reference, by: handle, &generator)
                }
            }
            try await harness.work()
            for reference in Set(references) {
                guard let id = try await harness.storage.requestID(number: reference) else { continue }
                try await harness.checkJournal(of: id)
            }
        }
    }

    /// One of the actions that the view offers; each must be carried out, or at most ask for a better form.
    private func act(
        _ harness: DeskHarness, on reference: String, by handle: String, _ generator: inout SeededGenerator
    ) async throws {
        guard try await refusal({ _ = try await harness.view(reference, by: handle) }) == "nothing" else { return }
        let view = try await harness.view(reference, by: handle)
        let actions = view.actions.compactMap { action -> Action? in
            guard action == .restrict else { return action.example }
            // A team of the request's department that it is not restricted to.
            let team: TeamID = view.summary.department == "it" ? "it" : "hr-payroll"
            return view.restriction == team ? nil : .restrict(to: team, reason: "A suspicion")
        }
        let offered = actions + view.steps.flatMap { step in step.actions.map(step.example) }
        guard let action = offered.randomElement(using: &generator) else { return }
        let code = try await refusal { try await harness.perform(action, on: reference, by: handle) }
        #expect(code == "nothing", "\(action) by \(handle)")
    }
}
