import Logging
import PostgresClient
import ServiceDesk
import WorkflowCore

/// Runs one command of the operator on the desk, beside a daemon that serves or without one.
enum Administration {
    /// - Parameter body: what to do; what the desk refuses becomes a refusal for people.
    static func run<Value: Sendable>(
        _ options: SettingOptions, _ body: @escaping @Sendable (DeskAssembly) async throws -> Value
    ) async throws -> Value {
        let (settings, logger) = try options.load()
        return try await Interruption.handling(logger: logger) {
            try await DatabaseAccess(settings: settings, logger: logger).using(mayJoin: true) { target in
                try await DatabaseMigration(target: target, logger: logger).runOrCheck()
                let assembly = DeskAssembly(target: target, settings: settings, logger: logger)
                do {
                    return try await assembly.whilePooled { try await body(assembly) }
                } catch let error as DeskError {
                    throw Refusal(error)
                } catch let error as PeopleFileError {
                    throw Refusal(.peopleInvalid, error.description, hint: "Nobody was imported.")
                }
            }
        }
    }
}

extension Refusal {
    /// What the desk says, for an operator.
    init(_ error: DeskError) {
        switch error {
        case .rejected(let rejection):
            let code: Code = rejection.code.hasPrefix("people.") ? .peopleInvalid : .databaseRefused
            self.init(code, "\(rejection)", hint: rejection.hint)
        case .versionMismatch, .configurationChanged, .draftElsewhere, .keyReused:
            self.init(.databaseRefused, "Somebody else changed the same at the same time.", hint: "Try again.")
        case .tooManyAttempts:
            self.init(.databaseRefused, "A wrong password was given too often.", hint: "Try again later.")
        case .unavailable:
            self.init(.serverNotReachable, "The database is away or overloaded.", hint: "Try again in a few seconds.")
        case .providerAway:
            self.init(.serverNotReachable, "The identity provider does not answer.", hint: "Try again shortly.")
        case .defect(let reference):
            self.init(.databaseRefused, "Something unforeseen happened; the log has it under \(reference).")
        }
    }
}
