import ArgumentParser
import Expressions
import ServiceDesk

/// `bureaud account`.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Works with the accounts of people who sign in with a password.",
        subcommands: [Invite.self, Show.self, Lock.self, Unlock.self])

    /// `bureaud account invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a code with which somebody sets a password, once, and prints it.",
            discussion: """
                Hand it to nobody else: whoever has it is that person. A password that they have goes on until the code \
                is used, and a new code takes the place of the one before.
                """)

        @Argument(help: "The person's handle.")
        var handle: String

        @Option(help: "How long the code is good, as 12h or 7d; else three days.")
        var expiresIn: Lifetime?

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let (handle, life) = (handle, expiresIn?.duration)
            let invitation = try await Administration.run(options) {
                try await $0.desk.invite(handle, lifetime: life, by: AuditRecord.operator)
            }
            Console.print(invitation.code)
        }
    }

    /// `bureaud account show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says how somebody's account stands.")

        @Argument(help: "The person's handle.")
        var handle: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let handle = handle
            let account = try await Administration.run(options) { try await $0.desk.account(of: handle) }
            Console.print(account.passwordChangedAt.map { "has a password since \($0)" } ?? "has no password")
            if account.isLocked { Console.print("locked by an administrator") }
            if let until = account.blockedUntil { Console.print("after failures no password is tried until \(until)") }
            if let until = account.invitedUntil { Console.print("invited until \(until)") }
        }
    }

    /// `bureaud account lock`.
    struct Lock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shuts somebody out: ends their sessions, revokes their tokens, and lets nobody sign in as them.")

        @Argument(help: "The person's handle.")
        var handle: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let handle = handle
            let isNew = try await Administration.run(options) {
                try await $0.desk.lockAccount(of: handle, by: AuditRecord.operator)
            }
            Console.print(isNew ? "\(handle) is locked." : "\(handle) was locked already.")
        }
    }

    /// `bureaud account unlock`.
    struct Unlock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets somebody in again, also before the time that wrong passwords cost is over.")

        @Argument(help: "The person's handle.")
        var handle: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let handle = handle
            let wasOut = try await Administration.run(options) {
                try await $0.desk.unlockAccount(of: handle, by: AuditRecord.operator)
            }
            Console.print(wasOut ? "\(handle) may sign in again." : "Nothing kept \(handle) out.")
        }
    }
}
