import ArgumentParser
import WorkflowCore

/// Where somebody is signed in.
struct Session: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Where you are signed in with a browser.", subcommands: [List.self, End.self],
        defaultSubcommand: List.self)

    static let path = "/api/v1/sessions"

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Your sessions, the newest first.")

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let answer = try connection.client().get(Session.path)
            try connection.show(answer) { Self.lines($0, Style()) }
        }

        static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
            var table = Table(["ID", "WHERE", "BEGUN", "SEEN", "HOW"], flexible: 1)
            table.rows = (answer["items"]?.elements ?? []).map { session in
                [
                    Table.Cell(session["id"]?.text), Table.Cell(session["label"]?.text),
                    Table.Cell(Moment.short(session["created_at"]?.text)),
                    Table.Cell(Moment.short(session["seen_at"]?.text)), Table.Cell(session["method"]?.text),
                ]
            }
            return table.rows.isEmpty ? [style.dim("You are signed in nowhere.")] : table.lines(style: style)
        }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Signs you out there.")

        @Argument(help: "The session's identifier, as the list shows it.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            try connection.client().delete("\(Session.path)/\(try segment(id, "session"))")
            Output.line("It has ended.")
        }
    }
}

/// What programs come with that act as somebody.
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Your tokens: what programs come with that act as you.",
        subcommands: [List.self, Create.self, Revoke.self], defaultSubcommand: List.self)

    static let path = "/api/v1/tokens"

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tokens that can still be used, the newest first.")

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let answer = try connection.client().get(Token.path)
            try connection.show(answer) { Self.lines($0, Style()) }
        }

        static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
            var table = Table(["ID", "LABEL", "SCOPES", "MADE", "UNTIL"], flexible: 1)
            table.rows = (answer["items"]?.elements ?? []).map { token in
                [
                    Table.Cell(token["id"]?.text), Table.Cell(token["label"]?.text),
                    Table.Cell((token["scopes"]?.elements ?? []).compactMap(\.text).joined(separator: " ")),
                    Table.Cell(Moment.short(token["created_at"]?.text)),
                    Table.Cell(token["expires_at"]?.text.map { Moment.short($0) } ?? "revoked"),
                ]
            }
            return table.rows.isEmpty ? [style.dim("You have no tokens.")] : table.lines(style: style)
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token and prints it, once.",
            discussion: "It can do no more than the token that you come with.")

        @Argument(help: "What to call it.")
        var label: String

        @Option(help: "What it is for, as requests:read; may be repeated.")
        var scope: [String]

        @Option(help: "How long it lasts.")
        var days = 30

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let body: [String: JSONValue] = [
                "label": .string(label), "scopes": .array(scope.map { .string($0) }), "days": .number(String(days)),
            ]
            try connection.show(try connection.client().post(Token.path, .object(body))) { answer in
                [Output.safe(answer["secret"]?.text ?? "")]
            }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a token worthless.")

        @Argument(help: "The token's identifier, as the list shows it.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            try connection.client().delete("\(Token.path)/\(try segment(id, "token"))")
            Output.line("It opens nothing any more.")
        }
    }
}
