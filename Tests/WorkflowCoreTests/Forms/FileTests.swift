import Expressions
import Testing

@testable import WorkflowCore

@Suite("Files in forms")
struct FileTests {
    private static let report = AttachedFile(
        id: UniqueID(high: 1, low: 2), name: "report.pdf", size: 2_000_000, mediaType: "application/pdf")
    private static let photo = AttachedFile(
        id: UniqueID(high: 1, low: 3), name: "desk.jpg", size: 500_000, mediaType: "image/jpeg")
    private static let document = FieldKind.file(FileKind(types: [.pdf], maximumSize: 3_000_000))

    private static func context(_ type: RequestType, files: [AttachedFile]) -> DecisionContext {
        let world = World()
        return DecisionContext(
            now: moment("2026-11-23T09:00:00Z"), principal: .person(Person.rosa), configuration: world.configuration,
            type: type, directory: world.directory, time: World.timeFrame, seed: (1, 2),
            files: .uploaded(Dictionary(uniqueKeysWithValues: files.map { ($0.id, $0) })))
    }

    private static func check(
        _ kind: FieldKind, _ entry: JSONValue, files: [AttachedFile] = [report, photo]
    ) -> FormResult {
        let type = requestType(form: [field("x", kind)], [])
        let context = context(type, files: files)
        let activation = RequestActivation(requester: .person(Person.rosa), beneficiary: Person.rosa, context)
        return type.form.check(["x": .raw(entry)], in: activation, context: context)
    }

    @Test("A file is named by its identifier, or by the object that a client was shown")
    func named() {
        #expect(Self.check(Self.document, .string(Self.report.id.description)).values["x"] == Self.report.value)
        #expect(Self.check(Self.document, Self.report.json).values["x"] == Self.report.value)
        #expect(AttachedFile(Self.report.value) == Self.report)
    }

    @Test(
        "What is no file of one's own, or not such a file, is refused",
        arguments: [
            (JSONValue.string("00000000-0000-0000-0000-000000000009"), "form.unknown_file"),
            (.string("report.pdf"), "form.unknown_file"), (.number("3"), "form.type"),
            (.object(["name": .string("report.pdf")]), "form.type"),
            (.string(photo.id.description), "form.file_type"),
        ])
    func refused(_ entry: JSONValue, _ code: String) {
        #expect(Self.check(Self.document, entry).problems.map(\.code) == [code])
    }

    @Test("A file that is too large is refused with its bound")
    func tooLarge() {
        let small = FieldKind.file(FileKind(types: [.any], maximumSize: 1_000_000))
        let problems = Self.check(small, .string(Self.report.id.description)).problems
        #expect(problems.map(\.code) == ["form.file_too_large"])
        #expect(problems.first?.message == "“report.pdf” is larger than 1 MB.")
    }

    @Test("Who changes a list of files names those it holds as they are, whoever uploaded them")
    func kept() {
        let list = FieldKind.list(of: Self.document, minimum: 0, maximum: 3, unique: true)
        let type = requestType(form: [field("x", list)], [])
        let context = Self.context(type, files: [])
        let activation = RequestActivation(requester: .person(Person.rosa), beneficiary: Person.rosa, context)
        let held: [String: Value] = ["x": .list([Self.report.value])]
        let kept = type.form.changed(
            held, by: ["x": .raw(.array([.string(Self.report.id.description)]))], in: ["x"], of: activation,
            context: context)
        #expect(kept.values == held && kept.problems.isEmpty)
        let other = type.form.changed(
            held, by: ["x": .raw(.array([.string(Self.photo.id.description)]))], in: ["x"], of: activation,
            context: context)
        #expect(other.problems.map(\.code) == ["form.unknown_file"])
    }

    @Test("A parent passes a file on as it is, within the bounds of the child's field")
    func passed() {
        let type = requestType(form: [field("x", Self.document)], [])
        let context = Self.context(type, files: [])
        let activation = RequestActivation(requester: .person(Person.rosa), beneficiary: Person.rosa, context)
        func check(_ value: Value) -> FormResult {
            type.form.check(["x": .value(value)], in: activation, context: context)
        }
        #expect(check(Self.report.value).values["x"] == Self.report.value)
        #expect(check(Self.photo.value).problems.map(\.code) == ["form.file_type"])
        #expect(check(.map([.string("name"): .string("report.pdf")])).problems.map(\.code) == ["form.type"])
    }

    @Test("Files are found in lists and rows, and read as their names")
    func found() {
        let rows = Value.list([.map([.string("proof"): Self.report.value, .string("amount"): .int(3)])])
        #expect(Value.list([rows, .optional(Self.photo.value)]).files == [Self.report, Self.photo])
        let text = ValueText(
            language: "en", configuration: World().configuration, directory: World().directory,
            home: World.timeFrame.home)
        #expect(text.text(Self.report.value, Self.document) == "report.pdf")
    }

    @Test("A comment has files that its author has uploaded, each once, ten at most")
    func attached() throws {
        let type = requestType(form: [], [])
        let state = try Story(type, raisedWith: [:]).state
        func comment(_ files: [UniqueID], of uploaded: [AttachedFile]) throws(Rejection) -> [AttachedFile] {
            let events = try Engine.decide(
                state, .comment("Look.", files: files), Self.context(type, files: uploaded))
            for case .commented(_, files: let attached) in events { return attached }
            return []
        }
        let both = [Self.report, Self.photo]
        #expect(try comment([Self.report.id, Self.photo.id, Self.report.id], of: both) == both)
        #expect(try comment([], of: both).isEmpty)
        let many = (1...11).map { AttachedFile(id: UniqueID(high: 9, low: $0), name: "a", size: 1, mediaType: "x") }
        for (files, code) in [([Self.photo], "comment.unknown_file"), (many, "comment.too_many_files")] {
            let refusal = #expect(throws: Rejection.self) {
                _ = try comment(files.map(\.id), of: many)
            }
            #expect(refusal?.code == code)
        }
    }

    @Test(
        "The ending of a name says what a file is; what the sender declares counts only without one",
        arguments: [
            ("report.pdf", "text/plain", "application/pdf"), ("page.html", "application/pdf", MediaTypes.unknown),
            ("scan", "image/png", "image/png"), ("scan", "text/html", MediaTypes.unknown),
            ("scan.PNG", nil, "image/png"), ("scan", nil, MediaTypes.unknown),
            ("scan.", "image/png", MediaTypes.unknown),
        ] as [(String, String?, String)])
    func typed(_ name: String, _ declared: String?, _ type: String) {
        #expect(MediaTypes.of(name: name, declared: declared) == type)
    }

    @Test("A bound reads as people write it", arguments: [(10_000_000, "10 MB"), (500_000, "500 kB")])
    func bound(_ octets: Int64, _ text: String) {
        #expect(FileKind(types: [.any], maximumSize: octets).sizeText == text)
    }

    @Test(
        "A media type that a browser would run is none that is kept",
        arguments: ["text/html", "image/svg+xml", "application/javascript", "application/xhtml+xml", "text/xml"])
    func harmless(_ type: String) {
        #expect(MediaTypes.known[type] == nil)
        #expect(
            MediaTypes.ofName("page.html") == MediaTypes.unknown && MediaTypes.ofName("a.SVG") == MediaTypes.unknown)
    }
}
