import Expressions
import Testing

@testable import WorkflowCore

@Suite("Forms")
struct FormCheckTests {
    private static let sites = ChoiceList(
        id: "sites", choices: ["berlin", "porto", "remote"].map { Choice(value: $0, label: text($0)) })

    private static func check(
        _ fields: [Field], _ entries: [FieldID: Entry], by person: PersonID = Person.rosa
    ) -> FormResult {
        let type = requestType(form: fields, [])
        let context = World().context(.person(person), type, at: moment("2026-11-23T09:00:00Z"))
        let activation = RequestActivation(requester: .person(person), beneficiary: person, context)
        return type.form.check(entries, in: activation, context: context)
    }

    private static func check(_ kind: FieldKind, _ entry: Entry) -> FormResult {
        check([field("x", kind)], ["x": entry])
    }

    @Test(
        "Entries become typed values",
        arguments: [
            (FieldKind.text(maximumLength: 5), JSONValue.string("  Anné "), Value.string("Anné")),
            (.longText(maximumLength: 20), .string("a\nb"), .string("a\nb")),
            (.integer(minimum: nil, maximum: nil), .number("-7"), .int(-7)),
            (.integer(minimum: nil, maximum: nil), .string("42"), .int(42)),
            (.number(minimum: nil, maximum: nil), .number("1.50"), .double(1.5)),
            (.number(minimum: nil, maximum: nil), .number("3"), .double(3)),
            (.yesNo, .bool(true), .bool(true)), (.yesNo, .string("false"), .bool(false)),
            (.choice(sites), .string("porto"), .string("porto")),
            (
                .choices(sites, minimum: 1, maximum: 2), .array([.string("porto"), .string("berlin")]),
                .list([.string("porto"), .string("berlin")])
            ),
            (.date, .string("2026-02-28"), .date(date("2026-02-28"))),
            (.datetime, .string("2026-11-21T09:00:00+01:00"), .timestamp(moment("2026-11-21T08:00:00Z"))),
            (.person, .string("mila"), .person(Person.mila.description)),
            (.person, .string(Person.hans.description), .person(Person.hans.description)),
            (.email, .string("a.b@example.org"), .string("a.b@example.org")),
            (.money(currency: "EUR"), .string("1250.00"), money("1250.00 EUR")),
            (.money(currency: "EUR"), .string("1250.00 EUR"), money("1250.00 EUR")),
            (.money(currency: "EUR"), .string("12.5"), money("12.50 EUR")),
            (.money(currency: "EUR"), .number("12"), money("12.00 EUR")),
            (.money(currency: "JPY"), .number("12"), money("12 JPY")),
            (
                .money(currency: "EUR"), .object(["amount": .string("3.10"), "currency": .string("EUR")]),
                money("3.10 EUR")
            ),
            (.time, .string(" 09:30 "), .timeOfDay(time("09:30"))), (.time, .string("00:00"), .timeOfDay(.midnight)),
            (.phone, .string(" +49 (30) 123-45/67 "), .string("+49 (30) 123-45/67")),
            (.phone, .string("112"), .string("112")), (.phone, .string("030.1234"), .string("030.1234")),
            (.url, .string(" https://example.org/a?b=c@d#e "), .string("https://example.org/a?b=c@d#e")),
            (.url, .string("HTTP://example.org"), .string("http://example.org")),
            (
                .list(of: .date, minimum: 0, maximum: 2, unique: false),
                .array([.string("2026-01-01"), .string("2026-01-01")]),
                .list([.date(date("2026-01-01")), .date(date("2026-01-01"))])
            ),
        ])
    func values(_ kind: FieldKind, _ json: JSONValue, _ value: Value) {
        let result = Self.check(kind, .raw(json))
        #expect(result.values == ["x": value])
        #expect(result.problems.isEmpty)
        // What was read is given back in a form that is read again, and a parent may pass it on.
        #expect(Self.check(kind, .raw(value.json)).values == ["x": value])
        #expect(Self.check(kind, .value(value)).values == ["x": value])
    }

    @Test(
        "What is wrong has a code",
        arguments: [
            (FieldKind.text(maximumLength: 3), JSONValue.string("Anné"), "form.too_long"),
            (.text(maximumLength: 9), .string("a\nb"), "form.type"),
            (.text(maximumLength: 9), .string("a\u{0}"), "form.type"),
            (.text(maximumLength: 9), .number("3"), "form.type"),
            (.text(maximumLength: 9), .string("   "), "form.required"), (.yesNo, .null, "form.required"),
            (.integer(minimum: 1, maximum: 9), .number("0"), "form.too_small"),
            (.integer(minimum: 1, maximum: 9), .number("10"), "form.too_large"),
            (.integer(minimum: nil, maximum: nil), .number("1.5"), "form.type"),
            (.integer(minimum: nil, maximum: nil), .number("9223372036854775808"), "form.type"),
            (.number(minimum: nil, maximum: 2), .number("2.1"), "form.too_large"),
            (.number(minimum: nil, maximum: nil), .string("nan"), "form.type"),
            (.number(minimum: nil, maximum: nil), .string("0x10"), "form.type"),
            (.yesNo, .string("yes"), "form.type"), (.choice(sites), .string("berlyn"), "form.unknown_choice"),
            (
                .choices(sites, minimum: 0, maximum: nil), .array([.string("porto"), .string("porto")]),
                "form.duplicate"
            ),
            (.choices(sites, minimum: 2, maximum: nil), .array([.string("porto")]), "form.too_few"),
            (.choices(sites, minimum: 0, maximum: 1), .array([.string("porto"), .string("berlin")]), "form.too_many"),
            (.date, .string("2026-02-29"), "form.type"), (.date, .string("1.2.2026"), "form.type"),
            (.datetime, .string("2026-11-21"), "form.type"), (.person, .string("nobody"), "form.unknown_person"),
            (.person, .string("carl"), "form.unknown_person"), (.email, .string("a@b"), "form.type"),
            (.email, .string("a b@example.org"), "form.type"), (.email, .string("a@b@example.org"), "form.type"),
            (.money(currency: "EUR"), .string("12.345"), "form.type"),
            (.money(currency: "EUR"), .string("12.00 USD"), "form.type"),
            (.money(currency: "EUR"), .bool(true), "form.type"),
            (.list(of: .date, minimum: 0, maximum: 1, unique: false), .string("x"), "form.type"),
            (.time, .string("24:00"), "form.type"), (.time, .string("9:30"), "form.type"),
            (.time, .number("930"), "form.type"), (.phone, .string("12"), "form.type"),
            (.phone, .string("1234567890123456"), "form.type"), (.phone, .string("12+34"), "form.type"),
            (.phone, .string("030 CALL ME"), "form.type"), (.phone, .string("٠٣٠١٢٣٤"), "form.type"),
            (.url, .string("javascript:alert(1)"), "form.type"), (.url, .string("https://"), "form.type"),
            (.url, .string("https:///x"), "form.type"), (.url, .string("https://a b.example"), "form.type"),
            (.url, .string("https://bank.example@evil.example"), "form.type"),
            (.url, .string("https://evil.example\\@bank.example/"), "form.type"),
            (.url, .string("https://example.org/\u{7F}"), "form.type"), (.url, .string("ftp://a.example"), "form.type"),
            (
                .list(of: .text(maximumLength: 5), minimum: 0, maximum: 5, unique: true),
                .array([.string("a"), .string(" a")]),
                "form.duplicate"
            ),
        ])
    func problems(_ kind: FieldKind, _ json: JSONValue, _ code: String) {
        let result = Self.check(kind, .raw(json))
        #expect(result.problems.map(\.code) == [code])
        #expect(result.values.isEmpty)
    }

    @Test("All problems are told at once, in the order of the form, unknown fields last with the nearest name")
    func allAtOnce() {
        let result = Self.check(
            [field("name"), field("site", .choice(Self.sites)), field("start", .date)],
            ["site": .raw(.string("porto!")), "start": .raw(.string("soon")), "nmae": .raw(.string("Ann"))])
        #expect(
            result.problems.map(\.code) == ["form.required", "form.unknown_choice", "form.type", "form.unknown_field"])
        #expect(result.problems.map(\.field) == ["name", "site", "start", "nmae"])
        #expect(result.problems[3].message == "The form has no field `nmae`. Did you mean `name`?")
        #expect(result.rejection?.code == "form.invalid" && result.rejection?.kind == .invalid)
        #expect(result.rejection?.message == "4 entries need attention.")
    }

    @Test("What is not asked is a person's mistake and a parent's surplus")
    func notAsked() {
        let fields = [field("site", .choice(Self.sites)), field("desk", askWhen: "site != \"remote\"")]
        let site: Entry = .raw(.string("remote"))
        #expect(
            Self.check(fields, ["site": site, "desk": .raw(.string("x"))]).problems.map(\.code) == ["form.not_asked"])
        let dropped = Self.check(fields, ["site": site, "desk": .value(.string("x"))])
        #expect(dropped.problems.isEmpty && dropped.values == ["site": .string("remote")])
        #expect(Self.check(fields, ["site": .raw(.string("porto"))]).problems.map(\.code) == ["form.required"])
        // The mistake is reported, what depends on it is not.
        #expect(Self.check(fields, ["site": .raw(.string("x"))]).problems.map(\.code) == ["form.unknown_choice"])
    }

    @Test("Empty fields take their default, are left out when optional, and lists may be empty")
    func empty() {
        let fields = [
            field("admin", .yesNo, default: "false"), field("count", .number(minimum: nil, maximum: nil), default: "3"),
            field("note", optional: true), field("apps", .list(of: .date, minimum: 0, maximum: 3, unique: true)),
        ]
        let result = Self.check(fields, ["note": .raw(.string(" "))])
        #expect(result.values == ["admin": .bool(false), "count": .double(3), "apps": .list([])])
        #expect(Self.check(fields, ["admin": .value(.optional(nil)), "note": .value(.null)]) == result)
    }

    @Test("A check that does not hold gives the field's own message in the person's language")
    func checks() {
        let fields = [
            field("start", .date, check: "start >= today + 7 days", message: "Not before {{ today + 7 days }}.")
        ]
        let early: [FieldID: Entry] = ["start": .raw(.string("2026-11-29"))]
        let english = Self.check(fields, early)
        #expect(english.problems.map(\.code) == ["form.check"])
        #expect(english.problems.first?.message == "Not before 30 November 2026.")
        #expect(
            Self.check(fields, early, by: Person.hans).problems.first?.message == "de: Not before 30. November 2026.")
        #expect(Self.check(fields, ["start": .raw(.string("2026-11-30"))]).problems.isEmpty)
    }

    @Test("A choice is what expressions compare with, scalar by scalar")
    func composed() {
        let waste = ChoiceList(id: "waste", choices: [Choice(value: "m\u{FC}ll", label: text("Waste"))])
        // Canonically the same; kept in other scalars, no condition on the choice would hold for it.
        for entry in [Entry.raw(.string("mu\u{308}ll")), .value(.string("mu\u{308}ll")), .raw(.string("m\u{FC}ll"))] {
            #expect(Self.check(.choice(waste), entry).values == ["x": .string("m\u{FC}ll")])
        }
        let several = FieldKind.choices(waste, minimum: 0, maximum: nil)
        let one = Self.check(several, .raw(.array([.string("mu\u{308}ll")])))
        #expect(one.values == ["x": .list([.string("m\u{FC}ll")])])
        let both = Self.check(several, .raw(.array([.string("m\u{FC}ll"), .string("mu\u{308}ll")])))
        #expect(both.problems.map(\.code) == ["form.duplicate"])
    }

    @Test("Values read as people say them")
    func display() {
        let world = World()
        let german = ValueText(
            language: "de", configuration: world.configuration, directory: world.directory, home: World.zone)
        let english = ValueText(
            language: "en", configuration: world.configuration, directory: world.directory, home: World.zone)
        #expect(german.text(.date(date("2026-03-05"))) == "5. März 2026")
        #expect(english.text(.timestamp(moment("2026-03-05T08:05:00Z"))) == "5 March 2026, 09:05")
        #expect(english.text(.person(Person.mila.description), .person) == "Mila")
        #expect(german.text(.bool(true), .yesNo) == "Ja")
        #expect(english.text(.list([.string("porto")]), .choices(Self.sites, minimum: 0, maximum: nil)) == "porto")
        #expect(english.text(.double(3), .number(minimum: nil, maximum: nil)) == "3")
        #expect(english.text(money("12.50 EUR"), .money(currency: "EUR")) == "12.50 EUR")
    }

    @Test(
        "The nearest name is one that a slip of the hand explains",
        arguments: [("nmae", "name"), ("strat", "start"), ("zzz", nil), ("sites", "site"), ("", nil)]
            as [(String, String?)])
    func nearest(_ written: String, _ known: String?) {
        #expect(NearestName.of(written, among: ["name", "start", "site"]) == known)
    }
}

private func money(_ text: String) -> Value {
    guard let money = Money(text) else { preconditionFailure("no amount: \(text)") }
    return .money(money)
}
