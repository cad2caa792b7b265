package import WorkflowCore

/// Why the desk did not do what it was asked; the only error its operations throw. Nothing was changed, except where said.
package enum DeskError: Error, Sendable {
    /// The rules say no.
    case rejected(Rejection)
    /// The caller saw another version than the current one.
    case versionMismatch(current: Int)
    /// Somebody else has applied another configuration since the caller looked.
    case configurationChanged(current: ConfigurationVersion)
    /// Another draft is kept than the caller knows of.
    case draftElsewhere(current: Int)
    /// The idempotency key was used before for something else.
    case keyReused
    /// Somebody has guessed too often; nothing was compared, and nothing is for that many seconds.
    case tooManyAttempts(retryAfterSeconds: Int)
    /// The database is away or overloaded; try again after that many seconds.
    case unavailable(retryAfterSeconds: Int)
    /// The identity provider does not answer; nobody signs in there at the moment.
    case providerAway
    /// A defect of ours; details are in the log under that reference.
    case defect(reference: String)
}
