import Expressions
import TestSupport
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Sensitive values that are put aside")
struct PutAsideTests {
    private static let files = TestOrganisation.files.merging([
        "departments/hr/requests/transfer.yaml": """
        title: {en: Transfer, de: Überweisung}
        audience: [role:employee]
        outcomes: {done: good, rejected: bad, withdrawn: bad}
        form:
          iban:
            label: {en: Account, de: Konto}
            type: text
            sensitive: team:hr
        amend:
          iban: {by: requester}
        cancel: {by: requester, outcome: withdrawn}
        steps:
          - approval: decide
            from: team:hr
            need: any
            not: [requester]
            fallback: role:hr-lead
            covers: [iban]
            due: 3 working days
            on_overdue: reject
            on_rejected: {end: rejected}
          - task: prepare
            after: decide
            assign: team:hr
            due: 3 working days
            on_overdue: {tell: role:hr-lead}
          - wait: proof
            after: prepare
            event: proof_sent
            gives:
              code: {type: text, sensitive: team:hr}
            forever: true
          - task: pay
            after: proof
            assign: team:hr
            due: 3 working days
            on_overdue: {tell: role:hr-lead}
        """
    ]) { $1 }

    private func raised(_ harness: DeskHarness) async throws -> RequestID {
        let id = try await harness.desk.raise(
            "hr.transfer", entries: ["iban": .string("Original")], beneficiary: nil, by: harness.viewer("ada"), key: nil
        ).value.summary.id
        try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "hal")
        return id
    }

    private func isHidden(_ words: [String], _ harness: DeskHarness, _ id: RequestID) async throws -> Bool {
        let stored = try await harness.stored(id)
        let journal = try await harness.journal(id)
        return words.allSatisfy { word in
            !stored.state.contains(word) && !journal.contains { $0.entry.data.contains(word) }
                && journal.flatMap(\.contents).filter { $0.content.contains(word) }.allSatisfy {
                    $0.readers == "team:hr"
                }
        }
    }

    @Test(
        "A change that waits for its confirmation is neither in the state nor in the journal, and comes back on loading"
    )
    func held() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let id = try await raised(harness)
            try await harness.perform(.amend(["iban": .string("Replacement")]), on: "HR-1", by: "ada")
            let state = try JournalReplay.storedState(try await harness.stored(id))
            #expect(state.held.map(\.values) == [["iban": .string("Replacement")]])
            #expect(state.values["iban"] == .string("Original"))
            #expect(try await isHidden(["Original", "Replacement"], harness, id))
            try await harness.checkJournal(of: id)
            try await harness.perform(
                .approve(InstanceName("decide", scopes: [.change(1)]), comment: nil), on: "HR-1", by: "hal")
            let confirmed = try JournalReplay.storedState(try await harness.stored(id))
            #expect(confirmed.held.isEmpty && confirmed.values["iban"] == .string("Replacement"))
            #expect(try await isHidden(["Original", "Replacement"], harness, id))
            try await harness.checkJournal(of: id)
        }
    }

    @Test("What an event brought too early is neither in the state nor in the journal, kept and taken alike")
    func kept() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let id = try await raised(harness)
            try await harness.perform(
                .receive(event: "proof_sent", key: nil, ["code": .string("Unmistakable")]), on: "HR-1", by: "hal")
            let state = try JournalReplay.storedState(try await harness.stored(id))
            #expect(state.kept.map(\.values) == [["code": .string("Unmistakable")]])
            #expect(try await isHidden(["Unmistakable"], harness, id))
            try await harness.checkJournal(of: id)
            try await harness.perform(.complete(InstanceName("prepare"), [:]), on: "HR-1", by: "hal")
            let taken = try JournalReplay.storedState(try await harness.stored(id))
            #expect(taken.kept.isEmpty)
            guard case .settled(.done(_, let outputs))? = taken.steps[InstanceName("proof")]?.status else {
                Issue.record("the wait did not take what was kept")
                return
            }
            #expect(outputs["code"] == .string("Unmistakable"))
            #expect(try await isHidden(["Unmistakable"], harness, id))
            try await harness.checkJournal(of: id)
        }
    }
}
