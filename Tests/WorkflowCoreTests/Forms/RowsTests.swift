import Expressions
import Testing

@testable import WorkflowCore

@Suite("Rows")
struct RowsTests {
    private static let kinds = ChoiceList(
        id: "kinds",
        choices: [
            Choice(value: "desk", label: LocalizedText(["en": "A desk", "de": "Ein Tisch"])),
            Choice(value: "chair", label: LocalizedText(["en": "A chair", "de": "Ein Stuhl"])),
        ])

    /// Items with what each costs, and how much it is together.
    private static let fields = [
        field("factor", .integer(minimum: 1, maximum: 9), default: "1"),
        field(
            "items",
            rows(
                field("kind", .choice(kinds)),
                field("quantity", .integer(minimum: 1, maximum: 20), default: "1"),
                field("price", .money(currency: "EUR"), check: "price > money(\"0.00 EUR\")", message: "Too cheap."),
                field("height", .integer(minimum: 60, maximum: 130), askWhen: "kind == \"desk\""),
                field("note", optional: true),
                field("cost", .money(currency: "EUR"), computed: "price * (quantity * factor)"),
                minimum: 1, maximum: 3)),
        field(
            "total", .money(currency: "EUR"), check: "total <= money(\"1000.00 EUR\")",
            message: "{{ total }} is a lot.",
            computed: "sum(items.map(r, r.cost))"),
    ]

    private static func activation(_ fields: [Field]) -> (Form, RequestActivation, DecisionContext) {
        let type = requestType(form: fields, [])
        let context = World().context(.person(Person.rosa), type, at: moment("2026-11-23T09:00:00Z"))
        return (
            type.form, RequestActivation(requester: .person(Person.rosa), beneficiary: Person.rosa, context), context
        )
    }

    private static func check(_ entries: [FieldID: Entry], _ fields: [Field] = fields) -> FormResult {
        let (form, activation, context) = activation(fields)
        return form.check(entries, in: activation, context: context)
    }

    private static func check(_ rows: [JSONValue]) -> FormResult { check(["items": .raw(.array(rows))]) }

    private static func desk(_ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(["kind": .string("desk"), "price": .string("100.00"), "height": .number("72")].merging(more) { $1 })
    }

    private static func places(_ result: FormResult) -> [String] {
        result.problems.map { "\($0.field) \($0.code)" }
    }

    @Test("Cells are typed, filled in and computed, in the order of the rows")
    func values() throws {
        let result = Self.check([
            Self.desk(["quantity": .string("2")]),
            .object(["kind": .string("chair"), "price": .string("49.5"), "note": .string(" blue ")]),
        ])
        #expect(result.problems.isEmpty)
        let items = [
            Value(members: [
                "kind": .string("desk"), "quantity": .int(2), "price": euros("100.00"), "height": .int(72),
                "cost": euros("200.00"),
            ]),
            Value(members: [
                "kind": .string("chair"), "quantity": .int(1), "price": euros("49.50"), "note": .string("blue"),
                "cost": euros("49.50"),
            ]),
        ]
        #expect(result.values == ["factor": .int(1), "items": .list(items), "total": euros("249.50")])
        // What was read may be sent again as it was shown, and a parent may pass it on.
        var shown: [FieldID: Entry] = [:]
        var passed: [FieldID: Entry] = [:]
        for (name, value) in result.values {
            shown[FieldID(name)] = .raw(value.json)
            passed[FieldID(name)] = .value(value)
        }
        #expect(Self.check(shown) == result)
        #expect(Self.check(passed) == result)
    }

    @Test("What is wrong is named by its row and column, and all of it at once")
    func problems() {
        let result = Self.check([
            Self.desk(["quantity": .number("0"), "price": .string("-1.00")]),
            .string("chair"),
            .object(["kind": .string("chair"), "height": .number("70"), "quantiy": .number("2")]),
        ])
        #expect(
            Self.places(result)
                == [
                    "items[0].quantity form.too_small", "items[0].price form.check", "items[1] form.type",
                    "items[2].price form.required", "items[2].height form.not_asked",
                    "items[2].quantiy form.unknown_field",
                ])
        #expect(result.problems.first { $0.code == "form.check" }?.message == "Too cheap.")
        #expect(result.problems.last?.message == "A row has no column `quantiy`. Did you mean `quantity`?")
        #expect(result.values == ["factor": .int(1)])
    }

    @Test(
        "The number of rows has bounds",
        arguments: [
            (JSONValue.array([]), "items form.required"), (.string("desk"), "items form.type"),
            (.object([:]), "items form.type"), (.array(Array(repeating: desk(), count: 4)), "items form.too_many"),
            (.array([.array([])]), "items[0] form.type"), (.null, "items form.required"),
        ])
    func bounds(_ entry: JSONValue, _ problem: String) {
        #expect(Self.places(Self.check(["items": .raw(entry)])) == [problem])
    }

    @Test("Rows that may be missing are an empty list, and a default may give some")
    func empty() {
        let kind = rows(field("name"), field("size", .integer(minimum: nil, maximum: nil), default: "3"))
        #expect(Self.check([:], [field("x", kind)]).values == ["x": .list([])])
        #expect(Self.check([:], [field("x", kind, optional: true)]).values == [:])
        let result = Self.check([:], [field("x", kind, default: "[{\"name\": \"a\"}]")])
        #expect(result.values == ["x": .list([Value(members: ["name": .string("a"), "size": .int(3)])])])
    }

    @Test("A computed cell cannot be entered")
    func computedCell() {
        let result = Self.check([Self.desk(["cost": .string("1.00")])])
        #expect(Self.places(result) == ["items[0].cost form.computed"])
        #expect(Self.check([Self.desk(["cost": .string("100.00 EUR")])]).problems.isEmpty)
    }

    @Test("People read rows with the labels of their columns")
    func display() {
        let world = World()
        let german = ValueText(
            language: "de", configuration: world.configuration, directory: world.directory, home: World.zone)
        let value = Value.list([
            Value(members: ["kind": .string("desk"), "at": .timeOfDay(time("09:30"))]),
            Value(members: ["kind": .string("chair")]),
        ])
        let kind = rows(field("kind", .choice(Self.kinds)), field("at", .time, optional: true))
        #expect(german.text(value, kind) == "kind: Ein Tisch, at: 09:30; kind: Ein Stuhl")
    }
}

@Suite("Computed fields and changes")
struct FormChangeTests {
    private static let fields = [
        field("site"), field("desk", askWhen: "site != \"remote\""),
        field("price", .money(currency: "EUR"), check: "price > money(\"1.00 EUR\")"),
        field("count", .integer(minimum: nil, maximum: nil)),
        field(
            "cost", .money(currency: "EUR"), check: "cost < money(\"500.00 EUR\")", computed: "price * count"),
        field(
            "items",
            rows(
                field("n", .integer(minimum: nil, maximum: nil)),
                field("m", .money(currency: "EUR"), computed: "price * n"))),
    ]

    private static let filled: [String: Value] = [
        "site": .string("porto"), "desk": .string("left"), "price": euros("10.00"), "count": .int(2),
        "cost": euros("20.00"),
        "items": .list([Value(members: ["n": .int(3), "m": euros("30.00")])]),
    ]

    private static func prepare(_ fields: [Field]) -> (Form, RequestActivation, DecisionContext) {
        let type = requestType(form: fields, [])
        let context = World().context(.person(Person.rosa), type, at: moment("2026-11-23T09:00:00Z"))
        // The request as it stands holds the old values; they must not show through.
        let activation = RequestActivation(requester: .person(Person.rosa), beneficiary: Person.rosa, context).adding(
            filled)
        return (type.form, activation, context)
    }

    private static func change(
        _ entries: [FieldID: Entry], in open: Set<FieldID>, fields: [Field] = fields, values: [String: Value] = filled
    ) -> FormResult {
        let (form, activation, context) = prepare(fields)
        return form.changed(values, by: entries, in: open, of: activation, context: context)
    }

    private static func filled(_ changes: [String: Value?]) -> [String: Value] {
        var values = filled
        for (name, value) in changes { values[name] = value }
        return values
    }

    @Test("A change is followed by what is computed from it, in fields and in rows")
    func computed() {
        let result = Self.change(["price": .raw(.string("20.00"))], in: ["price"])
        #expect(result.problems.isEmpty)
        let items = Value.list([Value(members: ["n": .int(3), "m": euros("60.00")])])
        #expect(result.values == Self.filled(["price": euros("20.00"), "cost": euros("40.00"), "items": items]))
    }

    @Test("Values set by a process are followed too, and a value that its check refuses is a problem")
    func recomputed() {
        let (form, activation, context) = Self.prepare(Self.fields)
        let result = form.recomputed(Self.filled(["count": .int(3)]), in: activation, context: context)
        #expect(result.problems.isEmpty && result.values["cost"] == euros("30.00"))
        let refused = form.recomputed(Self.filled(["count": .int(99)]), in: activation, context: context)
        #expect(refused.problems.map(\.field) == ["cost"] && refused.problems.map(\.code) == ["form.check"])
        // The price would not pass its check any more; it was not entered again.
        let cheap = form.recomputed(Self.filled(["price": euros("0.50")]), in: activation, context: context)
        #expect(cheap.problems.isEmpty && cheap.values["cost"] == euros("1.00"))
    }

    @Test("A form without computed fields stays as it is")
    func nothingComputed() {
        let (form, activation, context) = Self.prepare([field("a"), field("b", rows(field("c")))])
        #expect(!form.isComputing)
        let values = ["a": Value.string("x"), "unknown": .int(1)]
        #expect(form.recomputed(values, in: activation, context: context).values == values)
    }

    @Test("Only what may change is changed")
    func closed() {
        let result = Self.change(["site": .raw(.string("berlin")), "count": .raw(.number("3"))], in: ["count"])
        #expect(result.problems.map(\.field) == ["site"] && result.problems.map(\.code) == ["form.not_editable"])
        #expect(result.values["site"] == .string("porto") && result.values["cost"] == euros("30.00"))
    }

    @Test("What is no longer asked goes, and what is asked now is needed")
    func asked() {
        let away = Self.change(["site": .raw(.string("remote"))], in: ["site"])
        #expect(away.problems.isEmpty && away.values["desk"] == nil)
        let back = Self.change(["site": .raw(.string("porto"))], in: ["site"], values: away.values)
        #expect(back.problems.map(\.field) == ["desk"] && back.problems.map(\.code) == ["form.required"])
        let both: [FieldID: Entry] = ["site": .raw(.string("porto")), "desk": .raw(.string("right"))]
        #expect(Self.change(both, in: ["site"], values: away.values).values["desk"] == .string("right"))
    }

    @Test("An empty entry clears an optional field, none keeps it")
    func cleared() {
        let fields = [field("a", optional: true), field("b", optional: true)]
        let values: [String: Value] = ["a": .string("1"), "b": .string("2")]
        let result = Self.change(["a": .raw(.null)], in: ["a", "b"], fields: fields, values: values)
        #expect(result.values == ["b": .string("2")] && result.problems.isEmpty)
    }

    @Test("A computed field is never entered, but may be sent back as it was shown")
    func entered() {
        let (form, activation, context) = Self.prepare([
            field("n", .integer(minimum: nil, maximum: nil)),
            field("twice", .integer(minimum: nil, maximum: 10), computed: "n * 2"),
        ])
        func problems(_ n: String, _ twice: String) -> [String] {
            form.check(["n": .raw(.string(n)), "twice": .raw(.string(twice))], in: activation, context: context)
                .problems.map { "\($0.field) \($0.code)" }
        }
        #expect(problems("2", "4") == [])
        #expect(problems("2", "5") == ["twice form.computed"])
        #expect(problems("2", "x") == ["twice form.computed"])
        #expect(problems("6", "") == ["twice form.too_large"])
        // What follows from a mistake is not a mistake of its own.
        #expect(problems("two", "") == ["n form.type"])
        #expect(problems("9223372036854775807", "") == ["twice form.not_evaluated"])
    }

    @Test("A computed field that is not asked is not there")
    func notAsked() {
        let (form, activation, context) = Self.prepare([
            field("n", .integer(minimum: nil, maximum: nil)),
            field("big", .text(maximumLength: 9), askWhen: "n > 5", computed: "\"yes\""),
        ])
        #expect(form.check(["n": .raw(.number("6"))], in: activation, context: context).values["big"] == .string("yes"))
        #expect(form.check(["n": .raw(.number("5"))], in: activation, context: context).values["big"] == nil)
    }
}

private func euros(_ text: String) -> Value {
    guard let money = Money("\(text) EUR") else { preconditionFailure("no amount: \(text)") }
    return .money(money)
}
