import Expressions
import PostgresClient
import TestSupport
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Forms that people leave and come back to")
struct KeptDraftTests {
    private static let order = """
        title: {en: Order, de: Bestellung}
        audience: [role:employee]
        outcomes: {done: good, withdrawn: bad}
        form:
          what: {label: What, type: text}
          kind:
            label: Kind
            type: choice
            of: {thing: {en: Thing, de: Ding}, trip: {en: Trip, de: Reise}}
            optional: true
          items:
            label: Items
            type: rows
            min: 1
            max: 3
            optional: true
            columns:
              price: {label: Price, type: money}
              paper: {label: Paper, type: file, optional: true}
          secret: {label: Secret, type: text, optional: true, sensitive: team:hr-payroll}
          papers: {label: Papers, type: list, of: {type: file}, max: 3, optional: true}
        steps:
          - task: look
            assign: team:it
            forever: true
        """
    private static let whisper = """
        title: {en: Whisper, de: Hinweis}
        audience: [role:employee]
        anonymous: allowed
        outcomes: {done: good, withdrawn: bad}
        form:
          what: {label: What, type: text}
        steps:
          - task: look
            assign: team:it
            forever: true
        """

    private func with(_ body: (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["departments/it/requests/order.yaml"] = Self.order
        files["departments/it/requests/whisper.yaml"] = Self.whisper
        try await DeskHarness.with(files: files) { try await body($0) }
    }

    private func keep(
        _ harness: DeskHarness, _ entries: [FieldID: JSONValue], type: RequestTypeID = "it.order",
        by handle: String = "ada", key: String? = nil, replacing condition: DraftCondition = .any
    ) async throws -> KeptDraft? {
        try await harness.desk.keepDraft(
            of: .new(type), entries: entries, key: key, version: nil, replacing: condition, by: harness.viewer(handle))
    }

    private func code(_ body: () async throws -> Void) async throws -> String? {
        do {
            try await body()
            return nil
        } catch DeskError.rejected(let rejection) {
            return rejection.code
        }
    }

    @Test("A draft is kept as it was entered, right or wrong, without files and without what is sensitive")
    func kept() async throws {
        try await with { harness in
            let draft = try #require(
                try await keep(
                    harness,
                    [
                        "what": .string(""), "kind": .string("trip"), "secret": .string("do not tell"),
                        "items": .array([.object(["price": .string("lots"), "paper": .string("x")]), .string("y")]),
                        "papers": .array([.string("x")]), "nobody": .string("asks this"),
                    ]))
            #expect(
                draft.entries == [
                    "what": .string(""), "kind": .string("trip"),
                    "items": .array([.object(["price": .string("lots")])]),
                ])
            let ada = try await harness.viewer("ada")
            let read = try await harness.desk.drafts(of: ada)
            #expect(read == [draft] && draft.title == "Bestellung")
            let stored = try await harness.database.query("SELECT entries::text FROM bureau.draft")
                .first(as: String.self)
            #expect(stored?.contains("do not tell") == false)
            let labels = try await harness.desk.draft(.new("it.order"), for: ada) { _ in [:] }.unkept
            #expect(labels == ["Paper", "Secret", "Papers"])
        }
    }

    @Test("A draft is its writer's alone")
    func alone() async throws {
        try await with { harness in
            _ = try await keep(harness, ["what": .string("mine")])
            for other in ["boss", "ivo", "eve"] {
                let viewer = try await harness.viewer(other)
                #expect(try await harness.desk.drafts(of: viewer).isEmpty)
                #expect(
                    try await code { try await harness.desk.forgetDraft(of: .new("it.order"), .any, by: viewer) }
                        == "drafts.unknown")
                #expect(
                    try await code { _ = try await harness.desk.draft(of: .new("it.order"), for: viewer) }
                        == "drafts.unknown")
            }
            // Nothing that anybody else reads says that it is there.
            for table in ["audit_entry", "audit_word", "event", "outbox", "notification"] {
                let sql = SQL(
                    unsafeRuntimeText: "SELECT count(*) FROM bureau.\(table) t WHERE t::text LIKE '%it.order%'")
                #expect(try await harness.database.query(sql).first(as: Int.self) == 0, "\(table)")
            }
        }
    }

    @Test("Nothing but blanks is no draft, and ends one")
    func nothing() async throws {
        try await with { harness in
            _ = try await keep(harness, ["what": .string("a lamp")])
            #expect(
                try await keep(harness, ["what": .string("  "), "items": .array([.object(["price": .null])])]) == nil)
            #expect(try await harness.desk.drafts(of: harness.viewer("ada")).isEmpty)
            #expect(try await keep(harness, ["secret": .string("alone")]) == nil)
        }
    }

    @Test("What was sent is not kept again under its key")
    func sent() async throws {
        try await with { harness in
            let ada = try await harness.viewer("ada")
            #expect(try await keep(harness, ["what": .string("a lamp")], key: "portal-1")?.key == "portal-1")
            _ = try await harness.desk.raise(
                "it.order", entries: ["what": .string("a lamp")], beneficiary: nil, by: ada, key: "portal-1")
            try await harness.desk.forgetDraft(of: .new("it.order"), .any, by: ada)
            let again = try await code {
                _ = try await keep(harness, ["what": .string("a lamp!")], key: "portal-1")
            }
            #expect(again == "drafts.sent")
            #expect(try await harness.desk.drafts(of: ada).isEmpty)
            // Somebody else's key, and another of one's own.
            #expect(try await keep(harness, ["what": .string("a lamp")], by: "bo", key: "portal-1") != nil)
            #expect(try await keep(harness, ["what": .string("a lamp")], key: "portal-2") != nil)
        }
    }

    @Test("Whoever types in one window takes no draft of another away, and is told which is kept")
    func elsewhere() async throws {
        try await with { harness in
            let ada = try await harness.viewer("ada")
            func keep(_ what: String, _ version: Int?, _ page: String) async throws -> String {
                let entries: [FieldID: JSONValue] = ["what": .string(what)]
                return try await refusal {
                    _ = try await self.keep(harness, entries, replacing: .seen(version: version, page: page))
                }
            }
            func kept() async throws -> KeptDraft {
                harness.clock.advance(by: .seconds(1))
                return try await harness.desk.draft(of: .new("it.order"), for: ada)
            }
            #expect(try await keep("a lamp", nil, "window") == "nothing")
            let first = try await kept()
            #expect(try await keep("x", nil, "other") == "draft \(first.version)")
            #expect(try await keep(" ", nil, "other") == "nothing", "nothing to keep takes nothing away")
            #expect(try await kept() == first)
            // A page goes on with its own, also where the answer to what it sent before is still on the way.
            #expect(try await keep("a blue lamp", nil, "window") == "nothing")
            let seen = try await kept()
            #expect(seen.entries["what"] == .string("a blue lamp"))
            // Two devices go on with the same draft: the second one to type is told.
            #expect(try await keep("a red lamp", seen.version, "telephone") == "nothing")
            let last = try await kept()
            #expect(try await keep("a blue lamp!", seen.version, "tablet") == "draft \(last.version)")
            #expect(try await keep("a blue lamp!", nil, "window") == "draft \(last.version)")
            #expect(try await kept().entries["what"] == .string("a red lamp"))
            // A button replaces what its reader was told of.
            #expect(try await keep("a blue lamp!", last.version, "window") == "nothing")
            let replaced = try await kept()
            #expect(try await keep("a red lamp!", seen.version, "telephone") == "draft \(replaced.version)")
            // What is gone is in nobody's way.
            try await harness.desk.forgetDraft(of: .new("it.order"), .any, by: ada)
            #expect(try await keep("a red lamp!", seen.version, "telephone") == "nothing")
        }
    }

    @Test("Of several windows that keep their first draft at the same moment one does")
    func race() async throws {
        try await with { harness in
            let kept = try await withThrowingTaskGroup(of: String.self) { group in
                for window in 1...8 {
                    group.addTask {
                        try await refusal {
                            _ = try await keep(
                                harness, ["what": .string("lamp \(window)")],
                                replacing: .seen(version: nil, page: "window \(window)"))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let draft = try await harness.desk.draft(of: .new("it.order"), for: harness.viewer("ada"))
            #expect(kept.filter { $0 == "nothing" }.count == 1)
            #expect(kept.filter { $0 == "draft \(draft.version)" }.count == 7)
        }
    }

    @Test("What was sent ends its own draft, not that of another window")
    func ended() async throws {
        try await with { harness in
            let ada = try await harness.viewer("ada")
            func forget(_ condition: DraftCondition) async throws -> String {
                try await refusal { try await harness.desk.forgetDraft(of: .new("it.order"), condition, by: ada) }
            }
            let draft = try #require(try await keep(harness, ["what": .string("a lamp")], key: "portal-1"))
            #expect(try await forget(.key("portal-2")) == "drafts.unknown")
            #expect(try await forget(.seen(version: draft.version + 1, page: nil)) == "drafts.unknown")
            #expect(try await forget(.key("portal-1")) == "nothing")
            #expect(try await harness.desk.drafts(of: ada).isEmpty)
        }
    }

    @Test("What may be asked without a name leaves no draft, nor does too much, nor what is not for the reader")
    func refused() async throws {
        try await with { harness in
            let long = String(repeating: "a", count: 100_001)
            let cases: [(RequestTypeID, String, String?, String)] = [
                ("it.whisper", "x", nil, "drafts.anonymous"), ("it.order", long, nil, "drafts.too_large"),
                ("it.nothing", "x", nil, "catalogue.unknown_type"),
                ("it.order", "x", String(repeating: "k", count: 256), "drafts.too_large"),
            ]
            for (type, what, key, expected) in cases {
                let refusal = try await code {
                    _ = try await keep(harness, ["what": .string(what)], type: type, key: key)
                }
                #expect(refusal == expected)
            }
            #expect(try await harness.database.query("SELECT count(*) FROM bureau.draft").first(as: Int.self) == 0)
        }
    }

    @Test("Nobody has drafts of more types than the limit, and changing one is no more of them")
    func limit() async throws {
        try await with { harness in
            let ada = try await harness.viewer("ada").person.id
            func keep(_ type: String) async throws -> DraftKeeping {
                try await harness.storage.keep(
                    StoredDraft(
                        subject: .new(RequestTypeID(type)), beneficiary: nil, entries: [:], key: nil,
                        changedAt: harness.clock.now), of: ada, replacing: .any, limit: 2)
            }
            #expect(try await keep("a.a") == .kept)
            #expect(try await keep("a.b") == .kept)
            #expect(try await keep("a.c") == .tooMany)
            #expect(try await keep("a.b") == .kept)
        }
    }

    @Test("A form that changed keeps what still fits it, and says that something is gone")
    func changed() async throws {
        try await with { harness in
            let ada = try await harness.viewer("ada")
            _ = try await keep(harness, ["what": .string("a lamp"), "kind": .string("trip")])
            var files = TestOrganisation.files
            files["departments/it/requests/order.yaml"] = Self.order.replacing("trip:", with: "flight:")
            _ = try await harness.desk.applyConfiguration(files: files, by: "tests")
            let draft = try await harness.desk.draft(of: .new("it.order"), for: ada)
            #expect(draft.entries == ["what": .string("a lamp")] && !draft.isWhole)
            files["departments/it/requests/order.yaml"] = nil
            _ = try await harness.desk.applyConfiguration(files: files, by: "tests")
            #expect(try await harness.desk.drafts(of: ada).isEmpty, "nobody can send it")
        }
    }

    @Test(
        "What was entered for something else fits only what reads it",
        arguments: [
            ("type: text", "lots", "type: integer", nil), ("type: text", " 3 ", "type: integer", " 3 "),
            ("type: text", "3.5", "type: integer", nil), ("type: text", "3.5", "type: number", "3.5"),
            ("type: text", "lots", "type: money", nil), ("type: text", "3.50", "type: money", "3.50"),
            ("type: text", "soon", "type: date", nil), ("type: text", "2031-05-06", "type: date", "2031-05-06"),
            ("type: text", "maybe", "type: yes_no", nil), ("type: integer", "lots", "type: integer, min: 1", "lots"),
            ("type: integer", "lots", "type: long_text", "lots"), ("type: money", "lots", "type: number", nil),
            ("type: long_text", "a lamp", "type: text", "a lamp"), ("type: text", "ada", "type: person", "ada"),
        ] as [(String, String, String, String?)])
    func meaning(before: String, entry: String, now: String, expected: String?) async throws {
        var files = TestOrganisation.files
        let path = "departments/it/requests/order.yaml"
        for cell in [false, true] {
            func form(_ kind: String) -> String {
                Self.order.replacing(
                    cell ? "price: {label: Price, type: money}" : "what: {label: What, type: text}",
                    with: "\(cell ? "price: {label: Price" : "what: {label: What"), \(kind)}")
            }
            files[path] = form(before)
            try await DeskHarness.with(files: files) { harness in
                let ada = try await harness.viewer("ada")
                let entries: [FieldID: JSONValue] =
                    cell ? ["items": .array([.object(["price": .string(entry)])])] : ["what": .string(entry)]
                #expect(try await keep(harness, entries)?.entries == entries, "it is as it was meant")
                var changed = files
                changed[path] = form(now)
                _ = try await harness.desk.applyConfiguration(files: changed, by: "tests")
                let draft = try await harness.desk.draft(of: .new("it.order"), for: ada)
                #expect(draft.isWhole == (expected != nil))
                if cell {
                    let cells = expected.map { ["price": JSONValue.string($0)] } ?? [:]
                    #expect(draft.entries == ["items": .array([.object(cells)])])
                } else {
                    #expect(draft.entries["what"] == expected.map { .string($0) })
                }
            }
        }
    }

    @Test("A draft that is not changed for a month is forgotten")
    func forgotten() async throws {
        try await with { harness in
            let ada = try await harness.viewer("ada")
            _ = try await keep(harness, ["what": .string("a lamp")])
            await harness.desk.worker.purge(now: harness.clock.now + .seconds(30 * 86_400))
            #expect(try await harness.desk.drafts(of: ada).count == 1)
            await harness.desk.worker.purge(now: harness.clock.now + .seconds(30 * 86_400 + 1))
            #expect(try await harness.desk.drafts(of: ada).isEmpty)
        }
    }
}
