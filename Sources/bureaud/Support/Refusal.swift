/// Why the daemon or one of its subcommands does not go on: a stable code, one sentence, and what to do about it.
///
/// Both texts are written for an operator's terminal and never hold a secret.
struct Refusal: Error, Equatable, CustomStringConvertible {
    /// The reasons, stable across releases; what scripts and tests compare.
    enum Code: String, Sendable {
        case noAccountToRunAs = "postgres.no_account"
        case accountCannotEnter = "postgres.account_cannot_enter"
        case binariesMissing = "postgres.binaries_missing"
        case otherMajorVersion = "postgres.other_version"
        case clusterOfAnotherUser = "postgres.foreign_owner"
        case clusterCannotBeMade = "postgres.initdb_failed"
        case serverDoesNotStart = "postgres.does_not_start"
        case serverNotReachable = "postgres.not_reachable"
        case anotherDaemon = "data.in_use"
        case dataDirectoryUnusable = "data.unusable"
        case settings = "settings.invalid"
        case servingRoleTooPowerful = "database.role_too_powerful"
        case databaseNotEmpty = "database.not_empty"
        case databaseRefused = "database.refused"
        case ownerConnectionMissing = "database.owner_missing"
        case configurationInvalid = "configuration.invalid"
        case fileUnusable = "file.unusable"
        case peopleInvalid = "people.invalid"
        case tokenRefused = "token.refused"
        case toolFailed = "tool.failed"
        case interrupted = "interrupted"
    }

    let code: Code
    /// One sentence, or several lines where each is a problem of its own.
    let sentence: String
    /// What the operator can do; nil when the sentence says it.
    let hint: String?

    init(_ code: Code, _ sentence: String, hint: String? = nil) {
        self.code = code
        self.sentence = sentence
        self.hint = hint
    }

    /// A file operation that failed.
    init(_ code: Code, _ failure: Files.Failure) {
        self.init(code, "The daemon \(failure.description).")
    }

    var description: String {
        hint.map { "\(sentence)\n\($0) [\(code.rawValue)]" } ?? "\(sentence) [\(code.rawValue)]"
    }
}
