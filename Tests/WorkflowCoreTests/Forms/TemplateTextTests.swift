import Expressions
import Testing

@testable import WorkflowCore

@Suite("Texts with values in them")
struct TemplateTextTests {
    private static let sites = ChoiceList(
        id: "sites",
        choices: [
            Choice(value: "remote", label: LocalizedText(["en": "From home", "de": "Von zu Hause"])),
            Choice(value: "porto", label: text("Porto")),
        ])
    private static let grades = ChoiceList(
        id: "grade", choices: [Choice(value: "ok", label: LocalizedText(["en": "Fine", "de": "Gut"]))])

    private static let type = requestType(
        form: [
            field("site", .choice(sites)), field("others", .choices(sites, minimum: 0, maximum: nil)),
            field("start", .date), field("begin", .datetime), field("pay", .money(currency: "EUR")),
            field("remote", .yesNo), field("boss", .person),
        ],
        [step("look", task(.team("hr"), form: [field("grade", .choice(grades))]))])

    private static let values: [String: Value] = [
        "site": .string("remote"), "others": .list([.string("porto"), .string("remote")]),
        "start": .date(date("2026-12-07")), "begin": .timestamp(moment("2026-12-07T08:30:00Z")), "remote": .bool(true),
        "boss": .person(Person.mila.description), "pay": Money("1250.00 EUR").map { .money($0) } ?? .null,
    ]

    private static func shown(_ source: String, in language: String) throws -> String? {
        var variables = StandardDeclarations.builtIns
        for field in type.form.fields {
            variables[field.id.text] = VariableDeclaration(type: field.kind.expressionType)
        }
        let template = try TextTemplate.parse(source).checked(in: Declarations(variables: variables))
        let world = World()
        let context = world.context(.person(Person.rosa), type, at: moment("2026-11-23T09:00:00Z"))
        let activation = RequestActivation(requester: .person(Person.rosa), beneficiary: Person.rosa, context).adding(
            values)
        let reader = ValueText(
            language: language, configuration: world.configuration, directory: world.directory, home: World.zone)
        return LocalizedTemplate(["en": template]).text(reader, in: activation)
    }

    @Test(
        "People read dates written out, choices by their labels and people by name",
        arguments: [
            ("Leave from {{ start }}", "Leave from 7 December 2026", "Leave from 7. Dezember 2026"),
            ("{{ start + 1 day }}", "8 December 2026", "8. Dezember 2026"),
            ("{{ begin }}", "7 December 2026, 09:30", "7. Dezember 2026, 09:30"),
            ("{{ site }}", "From home", "Von zu Hause"), ("{{ others }}", "Porto, From home", "Porto, Von zu Hause"),
            ("{{ pay }} {{ remote }}", "1250.00 EUR Yes", "1250.00 EUR Ja"), ("{{ boss }}", "Mila", "Mila"),
            ("{{ 3 working days }}", "3 working days", "3 working days"),
            // Text that an expression makes of a choice is text.
            ("{{ site + \"!\" }}", "remote!", "remote!"),
        ])
    func read(_ source: String, _ english: String, _ german: String) throws {
        #expect(try Self.shown(source, in: "en") == english)
        #expect(try Self.shown(source, in: "de-AT") == german)
        #expect(try Self.shown(source, in: "de") == german)
    }

    @Test("A country's language is the language, before it is another one")
    func country() {
        let world = World()
        let title = LocalizedTemplate(["en": template("Leave"), "de": template("Abwesend ab {{ start }}")])
        func reader(_ language: String) -> ValueText {
            ValueText(
                language: language, configuration: world.configuration, directory: world.directory, home: World.zone)
        }
        #expect(title.template(for: reader("de-AT"))?.references == ["start"])
        #expect(title.template(for: reader("pt-BR"))?.references == [])
        #expect(LocalizedText(["en": "Leave", "de": "Abwesenheit"]).text(in: "de-CH") == "Abwesenheit")
    }

    @Test("A text whose expression fails is no text")
    func failing() throws {
        #expect(try Self.shown("{{ 1 / 0 }}", in: "en") == nil)
    }
}
