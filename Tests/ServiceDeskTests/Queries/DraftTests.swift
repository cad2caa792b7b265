import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Forms while they are filled")
struct DraftTests {
    private static let order = """
        title: {en: Order, de: Bestellung}
        audience: [role:employee]
        on_behalf: team:it
        outcomes: {done: good, withdrawn: bad}
        form:
          kind:
            label: Kind
            type: choice
            of: {thing: {en: Thing, de: Ding}, trip: {en: Trip, de: Reise}}
          ends: {label: Ends, type: date, ask_when: kind == "trip"}
          items:
            label: Items
            type: rows
            min: 1
            max: 3
            columns:
              price: {label: Price, type: money}
              count: {label: Count, type: integer, min: 1, max: 9}
              cost: {label: Cost, type: money, value: price * count}
          colleague: {label: With, type: person, optional: true}
          secret: {label: Secret, type: text, optional: true, sensitive: team:hr-payroll}
        amend:
          kind: {by: [requester]}
          ends: {by: [requester]}
          secret: {by: [team:it]}
        steps:
          - task: look
            assign: team:it
            form:
              good: {label: Good?, type: yes_no}
              why: {label: Why not?, type: text, ask_when: not good}
            edit: [secret]
            due: 2 working days
            on_overdue: {tell: team:it}
        """

    private func with(_ body: (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["departments/it/requests/order.yaml"] = Self.order
        try await DeskHarness.with(files: files) { try await body($0) }
    }

    private static let row = JSONValue.object(["price": .string("12.5"), "count": .string("2")])

    private func draft(
        _ harness: DeskHarness, _ subject: FormSubject = .new("it.order"), by handle: String = "ada",
        _ entries: [FieldID: JSONValue] = [:]
    ) async throws -> FormDraft {
        try await harness.desk.draft(subject, for: harness.viewer(handle)) { _ in entries }
    }

    @Test("What is asked follows from what was entered, and what is no longer asked is no problem")
    func asking() async throws {
        try await with { harness in
            let first = try await draft(harness)
            #expect(first.questions.map(\.field.id) == ["kind", "items", "colleague", "secret"] && first.isBranching)
            #expect(first.title == "Bestellung" && first.problems.contains { $0.field == "kind" })
            let trip = try await draft(harness, ["kind": .string("trip"), "items": .array([Self.row])])
            #expect(trip.questions.map(\.field.id) == ["kind", "ends", "items", "colleague", "secret"])
            #expect(trip.problems.map(\.field) == ["ends"])
            let thing = try await draft(
                harness, ["kind": .string("thing"), "ends": .string("2026-12-01"), "items": .array([Self.row])])
            #expect(thing.problems == [] && thing.entries["ends"] == nil && thing.entries["kind"] == .string("thing"))
        }
    }

    @Test("What a form asks is known also when it may no longer be sent, to those who see the request")
    func questions() async throws {
        try await with { harness in
            let entries: [FieldID: JSONValue] = ["kind": .string("thing"), "items": .array([Self.row])]
            let raised = try await harness.desk.raise(
                "it.order", entries: entries, beneficiary: nil, by: harness.viewer("ada"), key: nil)
            let number = raised.value.summary.number
            let look = FormSubject.completion(number, InstanceName("look"))
            func asked(_ subject: FormSubject, _ handle: String) async throws -> [FieldID] {
                try await harness.desk.questions(subject, for: harness.viewer(handle)).map(\.id)
            }
            #expect(try await asked(look, "ada") == ["good", "why", "secret"], "others do it")
            #expect(try await asked(.amendment(number), "ada") == ["kind", "ends", "secret"])
            #expect(try await asked(.completion(number, InstanceName("nothing")), "ada") == [])
            #expect(try await asked(.new("it.order"), "ada") == [])
            await #expect(throws: DeskError.self) { try await asked(look, "eve") }
        }
    }

    @Test("Every row is computed by itself, whatever is wrong in another")
    func rows() async throws {
        try await with { harness in
            let wrong = JSONValue.object(["price": .string("much"), "count": .string("10")])
            let draft = try await draft(harness, ["kind": .string("thing"), "items": .array([Self.row, wrong])])
            let rows = try #require(draft.questions.first { $0.field.id == "items" }).rows
            #expect(rows.count == 2 && rows[0].last?.text == "25.00 EUR" && rows[1].last?.text == "")
            #expect(draft.problems.map(\.field.text) == ["items[1].price", "items[1].count"])
            #expect(rows[0].first?.field.currency == "EUR")
        }
    }

    @Test("A person may be named by handle, address or name", arguments: ["bo", " Bo ", "BO@test.example"])
    func people(text: String) async throws {
        try await with { harness in
            let draft = try await draft(
                harness, ["kind": .string("thing"), "items": .array([Self.row]), "colleague": .string(text)])
            #expect(draft.problems == [] && draft.entries["colleague"] == .string("bo"))
            let nobody = try await self.draft(harness, ["colleague": .string("nobody at all")])
            #expect(nobody.problems.contains { $0.code == "form.unknown_person" })
        }
    }

    @Test("For somebody else only those fill it who may raise it for others")
    func beneficiary() async throws {
        try await with { harness in
            let ada = try await draft(harness, .new("it.order", for: "bo"))
            #expect(ada.beneficiary == BeneficiaryDraft())
            let ivo = try await draft(harness, .new("it.order", for: "Bo"), by: "ivo")
            #expect(ivo.beneficiary == BeneficiaryDraft(mayBeNamed: true, handle: "bo"))
            let nobody = try await draft(harness, .new("it.order", for: "zed"), by: "ivo")
            #expect(nobody.beneficiary == BeneficiaryDraft(mayBeNamed: true, isUnknown: true))
            let own = try await draft(harness, .new("it.order", for: "ivo"), by: "ivo")
            #expect(own.beneficiary == BeneficiaryDraft(mayBeNamed: true))
        }
    }

    @Test("Completing asks the task's questions, and keeps what the reader may change but not read")
    func completing() async throws {
        try await with { harness in
            let raised = try await harness.desk.raise(
                "it.order",
                entries: [
                    "kind": .string("thing"), "items": .array([Self.row]), "secret": .string("do not tell"),
                ], beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value
            let subject = FormSubject.completion(raised.summary.number, InstanceName("look"))
            let draft = try await draft(harness, subject, by: "ivo", ["good": .string("false"), "secret": .null])
            #expect(draft.questions.map(\.field.id) == ["good", "why", "secret"])
            let secret = try #require(draft.questions.last)
            #expect(secret.isConcealed && secret.value == nil && secret.text == "" && draft.entries["secret"] == nil)
            #expect(draft.problems.map(\.field) == ["why"] && draft.request?.number == raised.summary.number)
            let replaced = try await self.draft(
                harness, subject, by: "ivo", ["good": .string("true"), "secret": .string("new")])
            #expect(replaced.problems == [] && replaced.entries["secret"] == .string("new"))
            // Nobody else learns of it, nor fills it.
            await #expect(throws: DeskError.self) { try await self.draft(harness, subject, by: "eve") }
            await #expect(throws: DeskError.self) { try await self.draft(harness, subject, by: "ada") }
            await #expect(throws: DeskError.self) {
                try await self.draft(harness, .completion(raised.summary.number, InstanceName("nothing")), by: "ivo")
            }
        }
    }

    @Test("A change shows what the request holds, and asks what follows from it")
    func amending() async throws {
        try await with { harness in
            let raised = try await harness.desk.raise(
                "it.order", entries: ["kind": .string("thing"), "items": .array([Self.row])], beneficiary: nil,
                by: harness.viewer("ada"), key: nil
            ).value
            let subject = FormSubject.amendment(raised.summary.number)
            let first = try await draft(harness, subject)
            #expect(first.questions.map(\.field.id) == ["kind"] && first.questions[0].value == .string("thing"))
            let trip = try await draft(harness, subject, ["kind": .string("trip")])
            #expect(trip.questions.map(\.field.id) == ["kind", "ends"] && trip.problems.map(\.field) == ["ends"])
            await #expect(throws: DeskError.self) { try await self.draft(harness, subject, by: "bo") }
        }
    }

    @Test("Colleagues are found by how their names begin, and nobody by nothing")
    func finding() async throws {
        try await with { harness in
            let desk = harness.desk
            let found = try await desk.people(matching: "B", limit: 8)
            #expect(found.map(\.handle) == ["bo", "boss"])
            let all = try await desk.people(matching: " ", limit: 8)
            #expect(all.isEmpty)
            let (boss, stranger) = (try await desk.handle(for: "Boss"), try await desk.handle(for: "somebody"))
            #expect(boss == "boss" && stranger == "somebody")
        }
    }
}

extension DraftTests {
    private func draft(
        _ harness: DeskHarness, _ entries: [FieldID: JSONValue]
    ) async throws -> FormDraft {
        try await draft(harness, .new("it.order"), by: "ada", entries)
    }
}
