package import WorkflowCore

/// What can go wrong between the application and its storage. Descriptions are safe to show.
package enum StorageError: Error, Sendable, Equatable {
    /// What a decision was based on has changed meanwhile.
    package enum Stale: Sendable, Equatable {
        case directory
        case configuration
        case request(RequestID)
        case message
        case attachment
    }

    /// The database is not there, is too busy or took too long; nothing was written, trying later may help.
    case unavailable(String)
    /// The connection died when the outcome was not known; the idempotency key tells.
    case unknownOutcome
    /// Decide again with what is there now.
    case stale(Stale)
    /// An identifier or an idempotency key exists already.
    case duplicateKey(String)
    /// A constraint of the schema refused what the application wanted to write, or stored data cannot be read: a defect of ours.
    case defect(String)
}
