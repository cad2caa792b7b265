import ArgumentParser
import Expressions
import ServiceDesk
import WorkflowCore

/// `bureaud token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Works with the bearer tokens that people sign in with.",
        subcommands: [Create.self, List.self, Revoke.self])

    /// `bureaud token create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token for somebody and prints it, once.")

        @Argument(help: "The person's handle.")
        var handle: String

        @Option(help: "What to call it.")
        var label = "made by an operator"

        @Option(help: "How long it holds, as 12h or 90d; else until it is revoked.")
        var expiresIn: Lifetime?

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let (handle, label, life) = (handle, label, expiresIn?.duration)
            let secret = try await Administration.run(options) { assembly in
                try await assembly.desk.issueToken(
                    for: handle, label: label, lifetime: life, by: AuditRecord.operator
                ).secret
            }
            Console.print(secret)
        }
    }

    /// `bureaud token list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists somebody's tokens, the newest first.")

        @Argument(help: "The person's handle.")
        var handle: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let handle = handle
            let tokens = try await Administration.run(options) { try await $0.desk.tokens(of: handle) }
            let now = SystemClock.now()
            for token in tokens {
                let state =
                    token.revokedAt.map { "revoked \($0)" }
                    ?? token.expiresAt.map { $0 <= now ? "expired \($0)" : "until \($0)" } ?? "valid"
                Console.print("\(token.id)  made \(token.createdAt)  \(state)  \(token.label)")
            }
            if tokens.isEmpty { Console.print("\(handle) has no tokens.") }
        }
    }

    /// `bureaud token revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token worthless, within seconds also for daemons that run.")

        @Argument(help: "The token's identifier, as `token list` shows it.")
        var id: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            guard let id = UniqueID(id) else {
                throw ValidationError("That is no identifier; see `bureaud token list`.")
            }
            let isRevoked = try await Administration.run(options) {
                try await $0.desk.revokeToken(id, by: AuditRecord.operator)
            }
            guard isRevoked else { throw Refusal(.tokenRefused, "There is no valid token \(id).") }
            Console.print("Revoked \(id).")
        }
    }
}
