package import PostgresClient

/// Why a database cannot be brought to, or compared with, the state that the program knows.
package enum MigrationError: Error, Sendable {
    /// A newer program has been here; this one would misread what it finds.
    case databaseIsNewer(found: Int, known: Int)
    /// This migration was applied with another text, or after a later one.
    case changed(Int)
    /// The database refused or was not there.
    case database(PostgresError)

    init(_ error: any Error) {
        switch error {
        case let error as MigrationError: self = error
        case let error as PostgresError: self = .database(error)
        default: self = .database(.misuse("The migration ended unexpectedly: \(error)"))
        }
    }
}

extension MigrationError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch self {
        case .databaseIsNewer(let found, let known):
            "The database has migration \(found), this program knows \(known): start a newer bureaud."
        case .changed(let number):
            "Migration \(number) was applied to the database with another text than this program's."
        case .database(let error): error.description
        }
    }

    package var debugDescription: String {
        if case .database(let error) = self { error.debugDescription } else { description }
    }
}
