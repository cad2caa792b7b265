import Expressions
import Testing

@testable import WorkflowCore

@Suite struct PeopleFileTests {
    private static let configuration = Configuration(
        version: "test",
        organisation: Organisation(
            title: LocalizedText(["en": "Test"]), languages: ["en", "de"], timeZone: "UTC",
            workingHours: WorkingHours(weekdays: [1, 2, 3, 4, 5], from: .nine, to: .five), currency: "EUR"),
        groups: [
            "staff": Group(id: "staff", title: LocalizedText([:])), "hr": Group(id: "hr", title: LocalizedText([:])),
            "wheel": Group(id: "wheel", title: LocalizedText([:]), claim: "/admins"),
        ],
        roles: [:],
        lists: [
            "sites": ChoiceList(id: "sites", choices: [Choice(value: "berlin", label: LocalizedText(["en": "Berlin"]))])
        ],
        departments: [:], teams: [:], requestTypes: [:])

    private func read(_ text: String) throws(PeopleFileError) -> [PeopleFile.Row] {
        try PeopleFile.read(text, configuration: Self.configuration)
    }

    private func problems(_ text: String) -> [String] {
        do throws(PeopleFileError) {
            return try read(text).map { "read \($0.handle)" }
        } catch {
            return error.problems.map { "\($0.line) \($0.code)" }
        }
    }

    @Test("Columns are read by name, in any order, and optional ones may be missing")
    func columns() throws {
        let people = try read("email,groups,name,handle\na@x.org,staff;hr,Ada,ada\nb@x.org,,Bo,bo\n")
        #expect(people.map(\.handle) == ["ada", "bo"])
        #expect(people[0].groups == ["staff", "hr"])
        #expect(people[1].groups.isEmpty)
        #expect(people[0].manager == nil && people[0].site == nil && people[0].language == nil)
    }

    @Test("Deputies are handles of the file, perhaps with days")
    func deputies() throws {
        let people = try read(
            "handle,name,email,deputies\nada,Ada,a@x.org,bo; cy 2026-12-01..2026-12-31;dee ..2026-12-24\n"
                + "bo,Bo,b@x.org,cy 2026-12-01..\ncy,Cy,c@x.org,\ndee,Dee,d@x.org,\n")
        let (first, last) = (CivilDate(year: 2026, month: 12, day: 1), CivilDate(year: 2026, month: 12, day: 31))
        #expect(people[0].deputies.map(\.handle) == ["bo", "cy", "dee"])
        #expect(people[0].deputies[0].from == nil && people[0].deputies[0].until == nil)
        #expect(people[0].deputies[1].from == first && people[0].deputies[1].until == last)
        #expect(people[0].deputies[2].from == nil && people[0].deputies[2].until != nil)
        #expect(people[1].deputies.map(\.from) == [first])
    }

    @Test(
        "A deputy who is unknown, oneself, or on days that are none is said",
        arguments: [
            ("zoe", "2 people.unknown_deputy"), ("ada", "2 people.own_deputy"), ("bo today", "2 people.bad_deputy"),
            ("bo 2026-12-31..2026-12-01", "2 people.bad_deputy"), ("bo ..", "2 people.bad_deputy"),
            ("bo 2026-12-01", "2 people.bad_deputy"), ("bo 2026-13-01..", "2 people.bad_deputy"),
            ("bo 2026-12-01.. x", "2 people.bad_deputy"),
        ])
    func badDeputies(_ text: String, _ problem: String) {
        #expect(problems("handle,name,email,deputies\nada,Ada,a@x.org,\(text)\nbo,Bo,b@x.org,\n") == [problem])
    }

    @Test("A whole row is taken over")
    func wholeRow() throws {
        let people = try read(
            "handle,name,email,manager,site,language,groups\nada,\"Lovelace, Ada\",ada@x.org,,berlin,de,staff\n"
                + "bo,Bo,bo@x.org,ada,,,\n")
        #expect(people[0].name == "Lovelace, Ada")
        #expect(people[0].site == "berlin")
        #expect(people[0].language == "de")
        #expect(people[1].manager == "ada")
    }

    @Test("A service account needs no address, and whoever has no kind is a person")
    func kinds() throws {
        let rows = try read(
            "handle,name,email,kind,groups\nada,Ada,ada@x.org,,\nbo,Bo,bo@x.org,person,\nsync,S,,service,hr\n")
        #expect(rows.map(\.kind) == [.person, .person, .service])
    }

    @Test(
        "Everything that is wrong is said, with its line",
        arguments: [
            ("", ["1 people.no_header"]),
            ("handle,name\n", ["1 people.missing_column"]),
            ("handle,name,email,shoe,email\n", ["1 people.duplicate_column", "1 people.unknown_column"]),
            ("handle,name,email\nada,Ada\n", ["2 people.field_count"]),
            (
                "handle,name,email\nAda,,x\n",
                ["2 people.bad_email", "2 people.bad_handle", "2 people.no_name"]
            ),
            (
                "handle,name,email\nada,A,a@x.org\nada,B,A@x.org\n",
                ["3 people.duplicate_email", "3 people.duplicate_handle"]
            ),
            ("handle,name,email,manager\nada,A,a@x.org,bo\n", ["2 people.unknown_manager"]),
            ("handle,name,email,manager\nada,A,a@x.org,ada\n", ["2 people.manager_cycle"]),
            (
                "handle,name,email,manager\na,A,a@x.org,b\nb,B,b@x.org,c\nc,C,c@x.org,b\n",
                ["3 people.manager_cycle", "4 people.manager_cycle"]
            ),
            (
                "handle,name,email,site,language,groups\na,A,a@x.org,mars,fr,staff;nobody\n",
                ["2 people.unknown_group", "2 people.unknown_language", "2 people.unknown_site"]
            ),
            ("handle,name,email,groups\na,A,a@x.org,staff;wheel\n", ["2 people.claimed_group"]),
            (
                "handle,name,email,manager,kind\na,A,a@x.org,sync,\nsync,Sync,,c,service\nc,C,c@x.org,,\nb,B,,,robot\n",
                ["2 people.service_manager", "3 people.managed_service", "5 people.bad_email", "5 people.unknown_kind"]
            ),
            ("handle,name,email\na,\"A,a@x.org\n", ["2 people.field_count", "2 people.syntax"]),
        ])
    func wrong(text: String, expected: [String]) {
        #expect(problems(text) == expected)
    }
}

extension TimeOfDay {
    static var nine: TimeOfDay { TimeOfDay(hour: 9, minute: 0) ?? midnight }
    static var five: TimeOfDay { TimeOfDay(hour: 17, minute: 0) ?? midnight }
    private static var midnight: TimeOfDay { TimeOfDay(hour: 0, minute: 0).unsafelyUnwrapped }
}
