import Expressions
import PostgresClient
import TestSupport
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("What people begin to write about requests")
struct RequestDraftTests {
    private static let repair = """
        title: {en: Repair, de: Reparatur}
        audience: [role:employee]
        outcomes: {done: good, withdrawn: bad}
        form:
          what: {label: What, type: text}
          place: {label: Place, type: text, optional: true}
          secret: {label: Secret, type: text, optional: true, sensitive: team:hr-payroll}
        amend:
          what: {by: [requester]}
          place: {by: [requester]}
        cancel: {by: [requester], outcome: withdrawn}
        steps:
          - task: look
            title: Look at it
            assign: team:it
            form:
              found: {label: Found, type: long_text}
              parts: {label: Parts, type: integer, optional: true}
            edit: [place, secret]
            forever: true
          - task: pack
            after: look
            assign: team:it
            forever: true
        """

    private func with(_ body: (DeskHarness, String) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["departments/it/requests/repair.yaml"] = Self.repair
        try await DeskHarness.with(files: files) { harness in
            let raised = try await harness.desk.raise(
                "it.repair", entries: ["what": .string("a lamp"), "place": .string("B 2.17")], beneficiary: nil,
                by: harness.viewer("ada"), key: nil)
            try await body(harness, raised.value.summary.number)
        }
    }

    @discardableResult
    private func keep(
        _ subject: FormSubject, _ entries: [FieldID: JSONValue], by handle: String, key: String? = nil,
        version: Int? = nil, _ harness: DeskHarness
    ) async throws -> KeptDraft? {
        try await harness.desk.keepDraft(
            of: subject, entries: entries, key: key, version: version, replacing: .any, by: harness.viewer(handle))
    }

    private func drafts(_ handle: String, _ harness: DeskHarness) async throws -> [KeptDraft] {
        try await harness.desk.drafts(of: harness.viewer(handle))
    }

    private func rows(_ harness: DeskHarness) async throws -> Int? {
        try await harness.database.query("SELECT count(*) FROM bureau.draft").first(as: Int.self)
    }

    private func look(_ number: String) -> FormSubject { .completion(number, InstanceName("look")) }

    @Test("What a task asks is kept for whoever may complete it, without what is sensitive")
    func completing() async throws {
        try await with { harness, number in
            let kept = try await keep(
                look(number),
                [
                    "found": .string("It is broken"), "parts": .string("lots"), "secret": .string("do not tell"),
                    "place": .string("B 2.17"), "what": .string("not asked here"),
                ], by: "ivo", harness)
            #expect(kept?.entries == ["found": .string("It is broken"), "parts": .string("lots")])
            #expect(kept?.title == "Look at it" && kept?.request?.number == number)
            #expect(try await drafts("ivo", harness) == [kept])
            #expect(try await drafts("ada", harness).isEmpty)
            let labels = try await harness.desk.draft(look(number), for: harness.viewer("ivo")) { _ in [:] }.unkept
            #expect(labels == ["Secret"])
            for (handle, code) in [("ada", "request.task.not_offered"), ("eve", "request.not_found")] {
                let refused = try await refusal {
                    try await self.keep(look(number), ["found": .string("x")], by: handle, harness)
                }
                #expect(refused == code, "\(handle)")
            }
        }
    }

    @Test("Nothing but what the request holds anyway is no draft, and to empty a field of it is one")
    func unchanged() async throws {
        try await with { harness, number in
            let same: [FieldID: JSONValue] = ["what": .string("a lamp"), "place": .string(" B 2.17 ")]
            #expect(try await keep(.amendment(number), same, by: "ada", harness) == nil)
            #expect(try await keep(look(number), same.merging(["found": .null]) { $1 }, by: "ivo", harness) == nil)
            let emptied = try await keep(.amendment(number), same.merging(["place": .null]) { $1 }, by: "ada", harness)
            #expect(emptied?.entries == ["place": .null])
            #expect(try await keep(.amendment(number), same, by: "ada", harness) == nil)
            #expect(try await rows(harness) == 0)
        }
    }

    @Test("A draft remembers what the request was like when it was written")
    func versions() async throws {
        try await with { harness, number in
            let seen = try await harness.view(number, by: "ada").summary.version
            let ada = try await harness.viewer("ada")
            _ = try await harness.desk.perform(
                .comment("Hello", files: []), on: number, by: ada, key: nil, expectedVersion: nil)
            try await keep(.amendment(number), ["what": .string("a desk")], by: "ada", version: seen, harness)
            #expect(try await harness.desk.draft(of: .amendment(number), for: ada).request?.version == seen)
            try await keep(.amendment(number), ["what": .string("a desk!")], by: "ada", harness)
            #expect(try await harness.desk.draft(of: .amendment(number), for: ada).request?.version == seen + 1)
        }
    }

    @Test("What is half said is each writer's own, until it was sent")
    func comments() async throws {
        try await with { harness, number in
            for (handle, said) in [("ada", "When will"), ("ivo", "I think")] {
                try await keep(.comment(number), ["comment": .string(said)], by: handle, key: "say", harness)
            }
            let ada = try await harness.viewer("ada")
            #expect(
                try await harness.desk.draft(of: .comment(number), for: ada).entries == [
                    "comment": .string("When will")
                ])
            _ = try await harness.desk.perform(
                .comment("When will it be done?", files: []), on: number, by: ada, key: "say", expectedVersion: nil)
            try await harness.desk.forgetDraft(of: .comment(number), .key("say"), by: ada)
            let late = try await refusal {
                try await self.keep(.comment(number), ["comment": .string("When")], by: "ada", key: "say", harness)
            }
            #expect(late == "drafts.sent")
            #expect(try await drafts("ada", harness).isEmpty)
            #expect(try await drafts("ivo", harness).map(\.entries) == [["comment": .string("I think")]])
            #expect(try await keep(.comment(number), ["comment": .string(" ")], by: "ivo", harness) == nil)
            #expect(try await rows(harness) == 0)
        }
    }

    @Test("Whoever does not see the request finds no draft of it, whatever the statement forgot to ask")
    func unseen() async throws {
        try await with { harness, number in
            try await keep(look(number), ["found": .string("x")], by: "ivo", harness)
            let ivo = try await harness.viewer("ivo")
            #expect(try await harness.storage.drafts(of: ivo.person.id, for: Asker(ivo)).count == 1)
            let leaver = Asker(person: ivo.person.id, parties: [.person(ivo.person.id)], readerOf: [])
            #expect(try await harness.storage.drafts(of: ivo.person.id, for: leaver).isEmpty)
        }
    }

    @Test("A draft of a step that is over is not shown any more, and is forgotten")
    func closed() async throws {
        try await with { harness, number in
            let ivo = try await harness.viewer("ivo")
            try await keep(look(number), ["found": .string("x")], by: "ivo", harness)
            try await keep(.amendment(number), ["what": .string("x")], by: "ada", harness)
            try await keep(.comment(number), ["comment": .string("x")], by: "ada", harness)
            _ = try await harness.desk.perform(
                .complete(InstanceName("look"), ["found": .string("y")]), on: number, by: ivo, key: nil,
                expectedVersion: nil)
            #expect(try await drafts("ivo", harness).isEmpty)
            _ = try await harness.desk.perform(
                .cancel(reason: nil), on: number, by: harness.viewer("ada"), key: nil, expectedVersion: nil)
            #expect(try await drafts("ada", harness).map(\.request?.part) == [.comment])
            await harness.desk.worker.purge(now: harness.clock.now + .seconds(86_400))
            #expect(try await rows(harness) == 3, "what is suspended may come back")
            await harness.desk.worker.purge(now: harness.clock.now + .seconds(86_401))
            #expect(try await rows(harness) == 1)
            await harness.desk.worker.purge(now: harness.clock.now + .seconds(30 * 86_400 + 1))
            #expect(try await rows(harness) == 0)
        }
    }

    @Test("The names of what is written lead back to it", arguments: ["amend", "comment", "complete:look"])
    func parts(text: String) {
        #expect(DraftPart(text)?.description == text)
        let id = RequestID(UniqueID(high: 1, low: 2))
        #expect(DraftSubject("\(id)/\(text)").map(\.text) == "\(id)/\(text)")
        #expect(DraftSubject("\(id)/\(text)")?.request == id)
        for wrong in ["\(id)/complete:", "\(id)/say", "x/\(text)"] { #expect(DraftSubject(wrong) == nil) }
        #expect(DraftSubject("it.order") == .new("it.order"))
    }
}
