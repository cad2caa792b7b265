import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Idempotency keys")
struct IdempotencyTests {
    @Test("The same question under the same key is answered again, and done once")
    func replay() async throws {
        try await DeskHarness.with { harness in
            let first = try await harness.raiseLeave(key: "k1")
            let second = try await harness.raiseLeave(key: "k1")
            #expect(!first.isReplay)
            #expect(second.isReplay)
            #expect(second.value.summary.id == first.value.summary.id)
            let comment = Action.comment("Hello")
            #expect(try await !harness.perform(comment, on: "HR-1", by: "ada", key: "k2").isReplay)
            #expect(try await harness.perform(comment, on: "HR-1", by: "ada", key: "k2").isReplay)
            let timeline = try await harness.desk.timeline(
                of: "HR-1", for: harness.viewer("ada"), cursor: nil, limit: 50)
            #expect(timeline.items.filter { $0.kind == "commented" }.count == 1)
            #expect(
                try await harness.desk.requests(
                    for: harness.viewer("ada"), filter: RequestFilter(), cursor: nil, limit: 50
                ).items.count == 1)
        }
    }

    @Test("A key that was used for something else is refused; another person's is another key")
    func reused() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave(key: "k")
            #expect(
                try await refusal { _ = try await harness.raiseLeave(occasion: "Moving", key: "k") } == "key reused")
            #expect(
                try await refusal { try await harness.perform(.comment("Hi"), on: "HR-1", by: "ada", key: "k") }
                    == "key reused")
            #expect(try await !harness.raiseLeave(by: "bo", key: "k").isReplay)
        }
    }

    @Test("A replay is answered although the rules would now refuse the question")
    func refusedMeanwhile() async throws {
        try await DeskHarness.with { harness in
            let entries: [FieldID: JSONValue] = ["name": .string("Nora")]
            let ivo = try await harness.viewer("ivo")
            let first = try await harness.desk.raise(
                "it.account", entries: entries, beneficiary: nil, by: ivo, key: "k")
            // Ivo leaves the team that may raise accounts.
            let people = TestOrganisation.people.split(separator: "\n").map {
                $0.hasPrefix("ivo,") ? String($0.dropLast("it-staff".count)) : String($0)
            }
            _ = try await harness.desk.importPeople(csv: people.joined(separator: "\n"), by: "tests")
            let again = try await harness.desk.raise(
                "it.account", entries: entries, beneficiary: nil, by: ivo, key: "k")
            #expect(again.isReplay)
            #expect(again.value.summary.id == first.value.summary.id)
            #expect(
                try await refusal {
                    _ = try await harness.desk.raise(
                        "it.account", entries: entries, beneficiary: nil, by: ivo, key: "new")
                } == "catalogue.unknown_type")
            // An approval twice, where the second comes when the step is settled.
            _ = try await harness.raiseLeave()
            let approval = Action.approve(InstanceName("decide"), comment: nil)
            try await harness.perform(approval, on: "HR-1", by: "boss", key: "a")
            #expect(try await harness.perform(approval, on: "HR-1", by: "boss", key: "a").isReplay)
            #expect(
                try await refusal { try await harness.perform(approval, on: "HR-1", by: "boss") }
                    == "request.step.not_open")
        }
    }

    @Test("A replay is answered although its request type is offered no more")
    func typeWithdrawn() async throws {
        try await DeskHarness.with { harness in
            let first = try await harness.raiseLeave(key: "k")
            var files = TestOrganisation.files
            files["departments/hr/requests/leave.yaml"] = nil
            _ = try await harness.desk.applyConfiguration(files: files, by: "tests")
            let again = try await harness.raiseLeave(key: "k")
            #expect(again.isReplay)
            #expect(again.value.summary.id == first.value.summary.id)
            #expect(try await refusal { _ = try await harness.raiseLeave(key: "new") } == "catalogue.unknown_type")
        }
    }

    @Test("A key is remembered for a week, then it is a new one")
    func forgotten() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave(key: "k")
            harness.clock.advance(by: .seconds(7 * 86_400 - 1))
            await harness.desk.worker.purge(now: harness.clock.now)
            let remembered = try await harness.raiseLeave(key: "k")
            #expect(remembered.isReplay)
            harness.clock.advance(by: .seconds(2))
            await harness.desk.worker.purge(now: harness.clock.now)
            let new = try await harness.raiseLeave(key: "k")
            #expect(!new.isReplay)
            #expect(new.value.summary.id != remembered.value.summary.id)
        }
    }

    @Test("Twenty questions under one key at the same moment make one request")
    func atOnce() async throws {
        try await DeskHarness.with { harness in
            let answers = try await withThrowingTaskGroup(of: Written<RequestView>.self) { group in
                for _ in 0..<20 { group.addTask { try await harness.raiseLeave(key: "same") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.value.summary.id)).count == 1)
            #expect(answers.filter { !$0.isReplay }.count == 1)
        }
    }
}
