import Expressions
import ServiceDesk
import Testing
import WorkflowCore

/// Ivo and Ida administer the platform; Hal leads HR and administers it.
@Suite("A request that is read by exception")
struct BreakGlassStoryTests {
    private static let files = TestOrganisation.files.merging([
        "shared/organisation.yaml":
            TestOrganisation.files["shared/organisation.yaml", default: ""] + "\nadministrators: [group:it-staff]\n"
    ]) { $1 }

    /// Leave is kept from whoever it is about.
    private static let hiding = files.mapValues {
        !$0.hasPrefix("title: {en: Leave,")
            ? $0
            : $0.replacing("audience: [role:employee]", with: "audience: [role:employee]\nhidden_from: about")
                .replacing(
                    "form:\n", with: "form:\n  about: {label: {en: About, de: Über}, type: person, optional: true}\n",
                    maxReplacements: 1)
    }

    private func open(
        _ reference: String, by handle: String, because reason: String = "The disk is full", _ harness: DeskHarness
    ) async throws -> GlassView {
        try await harness.desk.breakGlass(reference, reason: reason, by: harness.viewer(handle))
    }

    private func audit(_ log: AuditLog, _ harness: DeskHarness) async throws -> [String] {
        try await harness.storage.auditEntries(AuditQuery(log: log, limit: 100)).map(\.entry.text)
    }

    private func timeline(_ handle: String, _ harness: DeskHarness) async throws -> [TimelineEntry] {
        try await harness.desk.timeline(of: "HR-1", for: harness.viewer(handle), cursor: nil, limit: 100).items
    }

    @Test("It is read for an hour by whoever opened it, and stands in no list of theirs")
    func reading() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave(occasion: "Wedding")
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ivo") } == "request.not_found")
            let glass = try await open("hr-1", by: "ivo", harness)
            #expect(glass.number == "HR-1" && glass.until == harness.clock.now + .seconds(3600))
            #expect(try await harness.view("HR-1", by: "ivo").fields.map(\.id) == ["from"])
            #expect(try await timeline("ivo", harness).map(\.kind).contains("raised"))
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ida") } == "request.not_found")
            let viewer = try await harness.viewer("ivo")
            let list = try await harness.desk.requests(for: viewer, filter: RequestFilter(), cursor: nil, limit: 10)
            #expect(list.items.isEmpty)
            #expect(try await harness.inbox("ivo").isEmpty)
            let access = try await harness.desk.access(to: "HR-1", of: nil, for: viewer)
            #expect(access.seeing.rules.map(\.code) == [.opened])
            #expect(access.commands.allSatisfy { !$0.verdict.isAllowed })
            #expect(try await harness.view("HR-1", by: "ivo").actions.isEmpty)
            harness.clock.advance(by: .seconds(3600))
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ivo") } == "request.not_found")
        }
    }

    @Test(
        "Nothing can be done to it by that",
        arguments: [Action.comment("x"), .cancel(reason: nil), .approve(InstanceName("decide"), comment: nil)])
    func commands(_ action: Action) async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave()
            _ = try await open("HR-1", by: "ivo", harness)
            let code = try await refusal { try await harness.perform(action, on: "HR-1", by: "ivo") }
            #expect(code == "request.not_found")
        }
    }

    @Test("The department is told who it was and why, the history says it, and the audit keeps it with each reading")
    func told() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave()
            _ = try await open("HR-1", by: "ivo", harness)
            _ = try await open("HR-1", by: "ivo", harness)
            _ = try await harness.view("HR-1", by: "ivo")
            let told = try await harness.desk.notifications(
                for: harness.viewer("hal"), onlyUnread: true, cursor: nil, limit: 10
            ).page.items.filter { $0.kind == "break_glass" }
            #expect(
                told.map(\.text) == ["Ivo opened HR-1 for reading by exception, for 60 minutes: The disk is full"])
            for handle in ["ivo", "ada", "ida"] {
                let page = try await harness.desk.notifications(
                    for: harness.viewer(handle), onlyUnread: true, cursor: nil, limit: 10)
                #expect(page.page.items.allSatisfy { $0.kind != "break_glass" })
            }
            let entries = try await timeline("hal", harness).filter { $0.kind == "break_glass" }
            #expect(entries.map(\.text) == ["Ivo opened it for reading by exception, for 60 minutes."])
            #expect(entries.map(\.comment) == ["The disk is full"])
            #expect(try await timeline("ada", harness).allSatisfy { $0.kind != "break_glass" })
            let ivo = try await harness.viewer("ivo").person.id
            let opened = try await audit(.administration, harness).filter { $0.contains("break_glass.opened") }
            #expect(opened.count == 1 && opened[0].contains("person:\(ivo)") && !opened[0].contains("disk"))
            let reads = try await audit(.reads, harness)
            #expect(reads.count == 1 && reads[0].contains("break_glass.read"))
        }
    }

    @Test("A page of the history ends between two who opened it, and goes on there")
    func pages() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave()
            for handle in ["ivo", "ida"] { _ = try await open("HR-1", by: handle, harness) }
            try await harness.perform(.comment("Later"), on: "HR-1", by: "ada")
            let whole = try await timeline("hal", harness).map(\.text)
            var paged: [String] = []
            var cursor: String?
            repeat {
                let page = try await harness.desk.timeline(
                    of: "HR-1", for: harness.viewer("hal"), cursor: cursor, limit: 1)
                #expect(page.items.count <= 1)
                paged += page.items.map(\.text)
                cursor = page.next
            } while cursor != nil
            #expect(paged == whole && whole.count { $0.contains("by exception") } == 2)
        }
    }

    @Test(
        "It ends before its time by whoever opened it and by an administrator of the department",
        arguments: ["ivo", "hal"])
    func ended(by handle: String) async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave()
            _ = try await open("HR-1", by: "ivo", harness)
            for other in ["eve", "ada", "ida"] {
                let code = try await refusal {
                    try await harness.desk.endBreakGlass("HR-1", by: harness.viewer(other))
                }
                #expect(code == "request.not_found")
            }
            harness.clock.advance(by: .seconds(90))
            try await harness.desk.endBreakGlass("HR-1", by: harness.viewer(handle))
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ivo") } == "request.not_found")
            let again = try await refusal { try await harness.desk.endBreakGlass("HR-1", by: harness.viewer(handle)) }
            #expect(again == "request.not_found")
            #expect(try await timeline("hal", harness).contains { $0.text.hasSuffix("for 2 minutes.") })
            #expect(try await audit(.administration, harness).contains { $0.contains("break_glass.ended") })
        }
    }

    @Test("Whom it is about ends nothing, and does not learn whether there is anything to end")
    func endedByHidden() async throws {
        let people = TestOrganisation.people + "\nuno,Uno,uno@test.example,,berlin,en,hr-staff"
        try await DeskHarness.with(files: Self.hiding, people: people) { harness in
            _ = try await harness.desk.raise(
                "hr.leave", entries: ["from": .string("2026-12-01"), "about": .string("uno")], beneficiary: nil,
                by: harness.viewer("ada"), key: nil)
            func end(_ reference: String, by handle: String) async throws -> String {
                try await refusal { try await harness.desk.endBreakGlass(reference, by: harness.viewer(handle)) }
            }
            #expect(try await end("HR-1", by: "uno") == "request.not_found")
            _ = try await open("HR-1", by: "ivo", harness)
            #expect(try await end("HR-1", by: "uno") == "request.not_found")
            #expect(try await end("HR-9", by: "uno") == "request.not_found")
            _ = try await harness.view("HR-1", by: "ivo")
            #expect(try await audit(.administration, harness).allSatisfy { !$0.contains("break_glass.ended") })
            #expect(try await end("HR-1", by: "hal") == "nothing")
        }
    }

    @Test("Whom an administrator of the platform has just put in charge is no witness; whom an operator did, is")
    func witnesses() async throws {
        let people = TestOrganisation.people.replacing("berlin,en,hr-staff", with: "berlin,en,")
            .replacing("eve@test.example,,berlin,en,", with: "eve@test.example,,berlin,en,hr-staff")
        for (isOperator, isLater, code) in [
            (false, false, "break_glass.nobody_told"), (true, false, "nothing"), (false, true, "nothing"),
        ] {
            try await DeskHarness.with(files: Self.files) { harness in
                _ = try await harness.raiseLeave()
                let ivo = try await harness.viewer("ivo")
                if isOperator {
                    _ = try await harness.desk.importPeople(csv: people, by: AuditRecord.operator)
                } else {
                    _ = try await harness.desk.importPeople(csv: people, by: ivo)
                }
                if isLater { harness.clock.advance(by: .seconds(32 * 86_400)) }
                #expect(try await refusal { _ = try await open("HR-1", by: "ivo", harness) } == code)
                // Whoever was in charge has heard that they are it no more.
                let told = try await harness.desk.notifications(
                    for: harness.viewer("hal"), onlyUnread: false, cursor: nil, limit: 10)
                #expect(
                    told.page.items.map(\.text).contains {
                        $0.hasPrefix("Hal has lost an office in") && $0.hasSuffix("by an import of people.")
                    })
            }
        }
    }

    @Test("Whoever is locked out is no witness: nobody shuts them out, opens, and lets them in again")
    func lockedWitnesses() async throws {
        let people = TestOrganisation.people + "\nuno,Uno,uno@test.example,,berlin,en,hr-staff"
        try await DeskHarness.with(files: Self.files, people: people) { harness in
            _ = try await harness.raiseLeave()
            let ivo = try await harness.viewer("ivo")
            for handle in ["hal", "uno"] { try await harness.desk.lockAccount(of: handle, by: ivo) }
            #expect(try await refusal { _ = try await open("HR-1", by: "ivo", harness) } == "break_glass.nobody_told")
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ivo") } == "request.not_found")
            try await harness.desk.unlockAccount(of: "uno", by: ivo)
            #expect(try await refusal { _ = try await open("HR-1", by: "ivo", harness) } == "nothing")
        }
    }

    @Test("Whoever may not learns nothing, a reason is needed, and nobody needs an exception for what they see")
    func refused() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave()
            for (reference, handle, reason, code) in [
                ("HR-1", "hal", "x", "access.not_allowed"), ("HR-9", "hal", "x", "access.not_allowed"),
                ("HR-9", "ivo", "x", "request.not_found"), ("HR-1", "ivo", "  ", "break_glass.reason"),
            ] {
                #expect(
                    try await refusal { _ = try await open(reference, by: handle, because: reason, harness) } == code)
            }
            let account = try await harness.desk.raise(
                "it.account", entries: ["name": .string("Nora")], beneficiary: nil, by: harness.viewer("ida"), key: nil)
            let number = account.value.summary.number
            let code = try await refusal { _ = try await open(number, by: "ivo", harness) }
            #expect(code == "break_glass.not_needed")
        }
    }

    @Test(
        "Of a type that is kept from whom it is about the audit has no reason, whoever it is about; the department does"
    )
    func reasonOfHidden() async throws {
        for (files, isKept) in [(Self.hiding, false), (Self.files, true)] {
            try await DeskHarness.with(files: files) { harness in
                _ = try await harness.raiseLeave()
                _ = try await open("HR-1", by: "ivo", because: "Eve is accused", harness)
                let entries = try await harness.storage.auditEntries(
                    AuditQuery(log: .administration, kind: .breakGlassOpened, limit: 2))
                #expect(entries.count == 1)
                #expect(entries.flatMap(\.entry.words).map(\.text) == (isKept ? ["Eve is accused"] : []))
                let told = try await harness.desk.notifications(
                    for: harness.viewer("hal"), onlyUnread: false, cursor: nil, limit: 10)
                #expect(told.page.items.contains { $0.text.hasSuffix("Eve is accused") })
            }
        }
    }

    @Test("Whom it is about is not told either after whoever said so was erased")
    func reasonOfErased() async throws {
        let people = TestOrganisation.people + "\nuno,Uno,uno@test.example,,berlin,en,hr-staff"
        try await DeskHarness.with(files: Self.hiding, people: people) { harness in
            _ = try await harness.desk.raise(
                "hr.leave", entries: ["from": .string("2026-12-01"), "about": .string("uno")], beneficiary: nil,
                by: harness.viewer("ada"), key: nil)
            try await harness.perform(.cancel(reason: nil), on: "HR-1", by: "ada")
            let without = people.split(separator: "\n").filter { !$0.hasPrefix("ada,") }.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: without, by: "operator")
            #expect(try await harness.desk.erasePerson("ada", by: "operator").requests == 1)
            _ = try await open("HR-1", by: "ivo", because: "Uno is accused", harness)
            for (handle, isTold) in [("hal", true), ("uno", false)] {
                let told = try await harness.desk.notifications(
                    for: harness.viewer(handle), onlyUnread: false, cursor: nil, limit: 10)
                #expect(told.page.items.contains { $0.kind == "break_glass" } == isTold, "\(handle)")
            }
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "uno") } == "request.not_found")
        }
    }

    @Test("Where nobody in charge of the department would be told, nothing is opened")
    func untold() async throws {
        let people = TestOrganisation.people + "\nuno,Uno,uno@test.example,,berlin,en,it-staff;hr-staff"
        try await DeskHarness.with(files: Self.files, people: people) { harness in
            _ = try await harness.raiseLeave()
            let alone = people.replacing("hal,Hal,hal@test.example,,berlin,en,hr-staff\n", with: "")
            _ = try await harness.desk.importPeople(csv: alone, by: "tests")
            // Uno is an administrator of HR too: Ivo's exception is known, another one of Uno's would not be.
            _ = try await open("HR-1", by: "ivo", harness)
            let nobody = alone.replacing(";hr-staff", with: "")
            _ = try await harness.desk.importPeople(csv: nobody, by: "tests")
            #expect(try await refusal { _ = try await open("HR-1", by: "ida", harness) } == "break_glass.nobody_told")
            #expect(try await refusal { _ = try await open("HR-1", by: "uno", harness) } == "break_glass.nobody_told")
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ida") } == "request.not_found")
            #expect(try await audit(.administration, harness).count { $0.contains("break_glass.opened") } == 1)
        }
    }

    @Test("Without its record nothing is opened, and without the office it is closed")
    func away() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await harness.raiseLeave()
            harness.shaky.failAlways(.away)
            #expect(try await refusal { _ = try await open("HR-1", by: "ivo", harness) } == "unavailable")
            harness.shaky.failAlways(nil)
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ivo") } == "request.not_found")
            _ = try await open("HR-1", by: "ivo", harness)
            let people = TestOrganisation.people.replacing(
                "ivo,Ivo,ivo@test.example,,berlin,en,it-staff", with: "ivo,Ivo,ivo@test.example,,berlin,en,")
            _ = try await harness.desk.importPeople(csv: people, by: "tests")
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "ivo") } == "request.not_found")
        }
    }
}
