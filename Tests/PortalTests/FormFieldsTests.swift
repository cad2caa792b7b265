import Expressions
import HTTPAPI
import ServiceDesk
import Testing
import WorkflowCore

@testable import Portal

@Suite("Forms as browsers send them")
struct FormFieldsTests {
    @Test("Names and values are decoded in their order, with line feeds alone")
    func decode() throws {
        let fields = try FormFields("a=1&b=x+y%26z&a=%C3%BC&c&text=one%0D%0Atwo%0Dthree&=")
        #expect(
            fields.pairs == [
                .init("a", "1"), .init("b", "x y&z"), .init("a", "ü"), .init("c", ""),
                .init("text", "one\ntwo\nthree"), .init("", ""),
            ])
        #expect(fields["a"] == "1" && fields.values("a") == ["1", "ü"] && fields["d"] == nil)
    }

    @Test("What is no text is refused", arguments: ["a=%FF", "a=%0", "%C3=1", "a=%00"])
    func broken(body: String) {
        #expect(throws: Problem.self) { try FormFields(body) }
    }

    @Test("More fields than a form has are refused")
    func many() {
        #expect(throws: Problem.self) { try FormFields(String(repeating: "a=1&", count: 5001)) }
    }

    @Test("What was typed travels through a sign-in and comes back, without what belonged to the old session")
    func carried() throws {
        let typed = FormFields(pairs: [.init("csrf", "old"), .init("f.a", "\"<x>"), .init("shown", "f.a")])
        let sent = FormFields(pairs: [.init("handle", "lin")] + typed.carried(to: "/services/it.incident"))
        let carried = try #require(sent.carried)
        #expect(carried.path == "/services/it.incident")
        #expect(carried.fields.pairs == [.init("f.a", "\"<x>"), .init("shown", "f.a")])
        #expect(FormFields(pairs: [.init("handle", "lin")]).carried == nil)
    }

    @Test("Rows are numbered anew when one is taken away, and one is added")
    func rows() {
        let sent = FormFields(pairs: [
            .init("do", "remove:f.items[1]"), .init("f.items[0].what", "a"), .init("row", "f.items[0]"),
            .init("f.items[1].what", "b"), .init("row", "f.items[1]"), .init("f.items[2].what", "c"),
            .init("shown", "f.items[2].what"), .init("row", "f.items[2]"),
        ])
        let fields = RowOrder(sent).fields
        #expect(fields.values("row") == ["f.items[0]", "f.items[1]"])
        #expect(fields["f.items[0].what"] == "a" && fields["f.items[1].what"] == "c")
        #expect(fields.values("shown") == ["f.items[1].what"])
        var more = sent
        more.set("do", "add:f.items")
        #expect(RowOrder(more).fields.values("row").last == "f.items[3]")
    }

    @Test("Rows in which nothing was entered are left out when a form is sent")
    func emptyRows() {
        let fields = RowOrder(
            FormFields(pairs: [
                .init("row", "f.r[0]"), .init("f.r[0].a", " "), .init("shown", "f.r[0].a"), .init("row", "f.r[1]"),
                .init("f.r[1].a", "x"), .init("shown", "f.r[1].a"), .init("shown", "f.r"),
            ])
        ).withoutEmptyRows()
        #expect(fields.values("row") == ["f.r[0]"] && fields["f.r[0].a"] == "x")
        #expect(Set(fields.values("shown")) == ["f.r", "f.r[0].a"])
    }

    @Test("Entries are what the API would take")
    func entries() {
        let texts = Texts(language: "de", home: .utc, now: .earliest)
        let sent: [(String, String)] = [
            ("f.name", " Noor "), ("f.price", "1.250,50"), ("f.count", "3"), ("f.apps", "mail"), ("f.apps", "cad"),
            ("f.words", "one\n\n two \n"), ("f.when", "2026-11-22T09:30"), ("f.r[0].n", "1,5"), ("row", "f.r[0]"),
        ]
        let shown = ["name", "price", "count", "apps", "words", "when", "r", "r[0].n", "nothing", "none"]
        let fields = FormFields(
            pairs: sent.map { .init($0.0, $0.1) } + shown.map { .init("shown", "f.\($0)") })
        let entries = EntryReader(fields, texts: texts).entries([
            question("name", "text"), question("price", "money"), question("count", "integer"),
            question("apps", "choices"), question("words", "list", of: "text"), question("when", "datetime"),
            question("r", "rows", columns: [question("n", "number")]), question("nothing", "text"),
            question("none", "choices"), question("unseen", "text"),
        ])
        #expect(
            entries == [
                "name": .string(" Noor "), "price": .string("1250.50"), "count": .string("3"),
                "apps": .array([.string("mail"), .string("cad")]),
                "words": .array([.string("one"), .string("two")]), "when": .string("2026-11-22T09:30:00Z"),
                "r": .array([.object(["n": .string("1.5")])]), "nothing": .null, "none": .array([]),
            ])
    }

    private func question(
        _ id: String, _ type: String, of element: String? = nil, columns: [FormFieldView] = []
    ) -> FormFieldView {
        FormFieldView(
            id: FieldID(id), label: id, help: nil, type: type, elementType: element, isOptional: false, askWhen: nil,
            choices: [], minimum: nil, maximum: nil, defaultValue: nil, columns: columns, computed: nil)
    }
}
