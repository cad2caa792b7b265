import ArgumentParser
import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@testable import bureau

@Suite("What people see")
struct OutputTests {
    @Test(
        "Text of others cannot steer the terminal",
        arguments: [
            ("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"), ("a\nb", "a b"), ("\u{202E}evil", "\u{FFFD}evil"),
            ("\u{9B}31m", "\u{FFFD}31m"), ("Grüße 👩‍🔬", "Grüße 👩‍🔬"),
        ])
    func safe(text: String, shown: String) {
        #expect(Output.safe(text) == shown)
    }

    @Test(
        "Columns of a terminal",
        arguments: [("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("👩‍🔬", 2), ("", 0)])
    func width(text: String, columns: Int) {
        #expect(displayWidth(text) == columns)
    }

    @Test("A table is aligned and cut to the terminal")
    func table() {
        var table = Table(["A", "TITLE", "C"], flexible: 1)
        table.rows = [
            [Table.Cell("1"), Table.Cell("a long title of 日本"), Table.Cell("x")],
            [Table.Cell("22"), Table.Cell("short"), Table.Cell(nil)],
        ]
        #expect(
            table.lines(style: Style(isColoured: false, width: 20)) == [
                "A   TITLE          C", "1   a long title…  x", "22  short",
            ])
        #expect(table.lines(style: Style(isColoured: false, width: nil))[1] == "1   a long title of 日本  x")
    }

    @Test(
        "Moments are short",
        arguments: [
            ("2026-11-21T12:00:30Z", "now"), ("2026-11-21T11:55:00Z", "5 min ago"), ("2026-11-21T15:00:00Z", "in 3 h"),
            ("2026-11-19T12:00:00Z", "2 d ago"), ("not a moment", "not a moment"), (nil, ""),
        ])
    func moments(text: String?, shown: String) throws {
        let now = try #require(Instant(rfc3339: "2026-11-21T12:00:00Z"))
        #expect(Moment.short(text, now: now) == shown)
    }

    @Test("A request says what the reader can do")
    func request() {
        let request = JSONValue.object([
            "number": .string("HR-1"), "title": .string("Leave"), "phase": .string("open"),
            "requester": .object(["name": .string("Kim")]), "beneficiary": .object(["name": .string("Kim")]),
            "fields": .array([.object(["label": .string("From"), "text": .string("1 March\u{1B}")])]),
            "steps": .array([
                .object([
                    "instance": .string("decide"), "title": .string("Decide"), "status": .string("open"),
                    "actions": .array([.string("approve"), .string("give_up")]),
                ])
            ]),
        ])
        let lines = RequestText.lines(request, Style(isColoured: false, width: nil))
        #expect(lines[0] == "HR-1  Leave  open")
        #expect(lines.contains("From: 1 March\u{FFFD}"))
        #expect(lines.last == "You can: approve, give-up decide")
    }

    @Test("The settings file is read, and its faults have a line")
    func settings() throws {
        let file = try SettingsFile(text: "# mine\n server = https://desk\r\n\ntoken=a=b\n", path: "config")
        #expect(file.server == "https://desk")
        #expect(file.token == "a=b")
        #expect(throws: ClientError.usage("config:2: unknown key `tokn`; there are `server` and `token`.")) {
            _ = try SettingsFile(text: "\ntokn = x", path: "config")
        }
        #expect(throws: ClientError.usage("config:1: expected `key = value`.")) {
            _ = try SettingsFile(text: "token", path: "config")
        }
    }

    @Test(
        "Parts of addresses are encoded",
        arguments: [("HR-1", "HR-1"), ("grant#2[a/b]", "grant%232%5Ba%2Fb%5D"), ("ü", "%C3%BC")])
    func encoding(text: String, encoded: String) {
        #expect(TextForms.percentEncoded(text) == encoded)
    }

    @Test("A command line is understood")
    func commandLine() throws {
        let raise = try #require(
            try Bureau.parseAsRoot(["raise", "hr.leave", "--field", "a=1", "--field", "b=2", "--for", "kim"]) as? Raise)
        #expect(raise.field == ["a=1", "b=2"])
        #expect(raise.beneficiary == "kim")
        let approve = try #require(try Bureau.parseAsRoot(["approve", "HR-1", "--comment", "ok"]) as? Approve)
        #expect(approve.target.step == nil)
        let giveUp = try #require(try Bureau.parseAsRoot(["give-up", "HR-1", "s", "--outcome", "rejected"]) as? GiveUp)
        #expect(giveUp.target.step == "s")
        #expect(throws: (any Error).self) { try Bureau.parseAsRoot(["approve"]) }
    }
}
