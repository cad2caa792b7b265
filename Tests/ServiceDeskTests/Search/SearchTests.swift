import PostgresClient
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Searching and counting")
struct SearchTests {
    private func found(_ text: String, by handle: String, in harness: DeskHarness) async throws -> [String] {
        try await harness.desk.search(text, for: harness.viewer(handle), cursor: nil, limit: 50).items.map(\.number)
    }

    @Test("A request is found by its number, its title in every language, its values and its comments")
    func words() async throws {
        try await DeskHarness.with { harness in
            let joiner = try await harness.raiseJoiner(name: "Jürgen Groß", by: "hal").summary.number
            let leave = try await harness.raiseLeave(by: "hal").value.summary.number
            try await harness.perform(.comment("The keyboard is blue"), on: joiner, by: "hal")
            try await harness.perform(.comment("So is the mouse"), on: joiner, by: "hal")
            for text in [
                joiner, joiner.lowercased(), "new colleague", "Neu dabei", "jurgen", "juergen", "Jürg", "gross", "keyb",
                "mouse keyboard jürgen",
            ] {
                #expect(try await found(text, by: "hal", in: harness) == [joiner], "\(text)")
            }
            #expect(try await found("2026-12-01", by: "hal", in: harness) == [leave])
            for text in ["key mouse", "\(joiner)0", "jurgen leave", "…", "nobody's"] {
                #expect(try await found(text, by: "hal", in: harness) == [], "\(text)")
            }
        }
    }

    static let forms: [(said: String, asked: [String])] = [
        ("Two keyboards", ["keyboard", "keyboards ", "Keyboard two"]),
        ("A keyboard", ["keyboards", "keyboards a"]),
        ("Her story", ["stories", "stories her"]),
        ("Their stories", ["story", "story their"]),
        ("It was installed", ["installing", "install was", "installs"]),
        ("Zwei Häuser", ["Haus", "Haus zwei", "haeuser ", "Hauses"]),
        ("Ein Haus", ["Häuser", "Häuser ein", "Häusern"]),
        ("Die Tür klemmt", ["Türen", "Tuer ", "klemmen"]),
        ("Neue Tastaturen", ["Tastatur", "tastatur neue"]),
        ("Grüße aus Zürich", ["gruesse", "Zurich", "ZÜRICH grüße"]),
    ]

    @Test("Other forms of a word are found, in English and in German", arguments: forms)
    func otherForms(said: String, asked: [String]) async throws {
        try await DeskHarness.with { harness in
            let number = try await harness.raiseJoiner(name: "Nora", by: "hal").summary.number
            try await harness.perform(.comment(said), on: number, by: "hal")
            for text in asked { #expect(try await found(text, by: "hal", in: harness) == [number], "\(text)") }
            #expect(try await found("xylophones \(asked[0])", by: "hal", in: harness) == [])
        }
    }

    @Test(
        "Notes for those who work on it are found by nobody; a restriction takes a request from others' searches at once"
    )
    func restriction() async throws {
        try await DeskHarness.with { harness in
            let number = try await harness.raiseLeave(by: "ada").value.summary.number
            try await harness.perform(.note("Suspicious zeppelin", .workers), on: number, by: "hal")
            try await harness.perform(.comment("A balloon"), on: number, by: "hal")
            for handle in ["hal", "ada"] {
                #expect(try await found("zeppelin", by: handle, in: harness) == [])
                #expect(try await found("balloon", by: handle, in: harness) == [number])
            }
            let before = try await harness.desk.counts(for: harness.viewer("hal"))
            #expect(before.open == ["hr": 1])
            _ = try await harness.desk.restrict(
                number, to: "hr-payroll", reason: "A griffin", by: harness.viewer("hal"), key: nil)
            for text in ["balloon", number] {
                for handle in ["ada", "boss", "pia"] {
                    #expect(try await found(text, by: handle, in: harness) == [number], "\(handle)")
                }
                for handle in ["hal", "eve", "bo"] {
                    #expect(try await found(text, by: handle, in: harness) == [], "\(handle)")
                }
            }
            #expect(try await found("griffin", by: "pia", in: harness) == [])
            #expect(try await harness.desk.counts(for: harness.viewer("hal")).open.isEmpty)
            _ = try await harness.desk.restrict(
                number, to: nil, reason: "Over", by: harness.viewer("hal"), key: nil)
            #expect(try await found("balloon", by: "hal", in: harness) == [number])
            #expect(try await found("balloon", by: "pia", in: harness) == [])
        }
    }

    @Test("What has readers of its own is found by nobody, and nobody finds what they do not see")
    func limits() async throws {
        try await DeskHarness.with { harness in
            let leave = try await harness.raiseLeave(by: "ada", occasion: "Wedding").value.summary.number
            for handle in ["ada", "hal", "boss"] {
                #expect(try await found("wedding", by: handle, in: harness) == [])
                #expect(try await found("leave", by: handle, in: harness) == [leave])
            }
            for handle in ["bo", "eve", "ivo"] {
                for text in ["leave", leave] { #expect(try await found(text, by: handle, in: harness) == []) }
            }
        }
    }

    @Test("Pages of a search go on where the last one ended; too many words are refused")
    func pages() async throws {
        try await DeskHarness.with { harness in
            var numbers: [String] = []
            for _ in 0..<5 {
                numbers.append(try await harness.raiseLeave(by: "ada").value.summary.number)
                harness.clock.advance(by: .seconds(1))
            }
            let ada = try await harness.viewer("ada")
            let first = try await harness.desk.search("leave", for: ada, cursor: nil, limit: 3)
            let second = try await harness.desk.search("leave", for: ada, cursor: first.next, limit: 3)
            #expect((first.items + second.items).map(\.number) == numbers.reversed())
            #expect(second.next == nil)
            let many = Array(repeating: "word", count: 13).joined(separator: " ")
            let code = try await refusal {
                _ = try await harness.desk.search(many, for: ada, cursor: nil, limit: 3)
            }
            #expect(code == "search.too_many_words")
        }
    }

    @Test("Requests without words get them from what they hold, comments included, and are left alone then")
    func indexing() async throws {
        try await DeskHarness.with { harness in
            let joiner = try await harness.raiseJoiner(name: "Nora", by: "hal").summary.number
            try await harness.perform(.comment("A blue keyboard"), on: joiner, by: "hal")
            try await harness.database.run("DELETE FROM bureau.request_text")
            #expect(try await found("nora", by: "hal", in: harness) == [])
            // What comes while there are no words is not all there is.
            try await harness.perform(.comment("And a mouse"), on: joiner, by: "hal")
            #expect(try await found("mouse", by: "hal", in: harness) == [])
            #expect(try await harness.desk.indexTexts() == 1)
            #expect(try await found("nora blue mouse", by: "hal", in: harness) == [joiner])
            #expect(try await harness.desk.indexTexts() == 0)
        }
    }

    @Test("Who holds an office is decided today, for lists, single reads, searches, counts and commands alike")
    func offices() async throws {
        try await DeskHarness.with { harness in
            let number = try await harness.raiseLeave(by: "ada").value.summary.number
            func ways(_ handle: String) async throws -> [Bool] {
                let viewer = try await harness.viewer(handle)
                let listed = try await harness.desk.requests(
                    for: viewer, filter: RequestFilter(), cursor: nil, limit: 9)
                let counts = try await harness.desk.counts(for: viewer)
                let answer = try await refusal { _ = try await harness.view(number, by: handle) }
                return [
                    !listed.items.isEmpty, answer == "nothing",
                    try await found(number, by: handle, in: harness) == [number],
                    counts.open == ["hr": 1],
                ]
            }
            #expect(try await ways("hal") == [true, true, true, true])
            #expect(try await ways("pia") == [false, false, false, false])
            var files = TestOrganisation.files
            files["departments/hr/department.yaml"] = files["departments/hr/department.yaml"]?
                .replacing("agents: [team:hr]", with: "agents: [team:hr-payroll]")
            _ = try await harness.desk.applyConfiguration(files: files, by: "tests")
            #expect(try await ways("hal") == [false, false, false, false])
            #expect(try await ways("pia") == [true, true, true, true])
            let refused = try await refusal { try await harness.perform(.comment("x"), on: number, by: "hal") }
            #expect(refused == Rejection.unknownRequest.code)
            try await harness.perform(.note("Mine now", .workers), on: number, by: "pia")
            // Another daemon, which has seen nothing of this yet, agrees.
            let other = harness.anotherDesk()
            let pia = try #require(await other.viewer(handle: "pia"))
            #expect(try await other.request(number, for: pia).summary.number == number)
        }
    }

    @Test("Counts are of open requests and of what waits")
    func counts() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave(by: "ada")
            _ = try await harness.raiseJoiner(by: "ada")
            try await harness.work()
            let ada = try await harness.desk.counts(for: harness.viewer("ada"))
            // The account that her new colleague needs is hers, too.
            let mine = RequestFilter(phase: .open, onlyMine: true)
            let list = try await harness.desk.requests(for: harness.viewer("ada"), filter: mine, cursor: nil, limit: 9)
            #expect(ada.mine == 3 && list.items.count == 3)
            #expect(ada.waiting.isEmpty && ada.open.isEmpty)
            let boss = try await harness.desk.counts(for: harness.viewer("boss"))
            #expect(boss.mine == 0 && boss.waiting == [.approval: 1] && boss.open.isEmpty)
            let ivo = try await harness.desk.counts(for: harness.viewer("ivo"))
            #expect(ivo.waiting == [.task: 1] && ivo.open == ["it": 1])
            let hal = try await harness.desk.counts(for: harness.viewer("hal"))
            #expect(hal.open == ["hr": 2])
            // At a glance it is the same, as far as anybody wants to know.
            for handle in ["ada", "boss", "ivo", "hal"] {
                let viewer = try await harness.viewer(handle)
                let counts = try await harness.desk.counts(for: viewer)
                let glance = try await harness.desk.glance(for: viewer, upTo: 100)
                #expect(glance.mine == counts.mine && glance.waiting == counts.waiting.values.reduce(0, +))
            }
            for _ in 0..<3 { _ = try await harness.raiseLeave(by: "bo") }
            let waiting = try await harness.desk.glance(for: harness.viewer("boss"), upTo: 2).waiting
            #expect(waiting == 2, "it counts no further")
        }
    }
}
