/// Everything that can go wrong between a statement and its rows.
///
/// `description` is safe to show to anybody: no SQL, no values, no names of hosts. `debugDescription` is for the log:
/// it holds the server's message, which may quote a value, and the SQL text; never a password or the `detail` of a row.
package enum PostgresError: Error, Sendable {
    /// The server refused a statement; the transaction that it was part of is rolled back.
    case server(ServerError)
    /// `statement_timeout` ended the statement (or an administrator did); its transaction is rolled back.
    case timeout(ServerError)
    /// The connection ended before the answer was complete.
    case connectionLost(ConnectionLoss)
    /// No connection can be made at present. The message is libpq's, for the log.
    case cannotConnect(message: String)
    /// All connections were busy: after waiting for so long, or at once when too many wait already.
    case poolExhausted(waited: Duration)
    /// The Swift task was cancelled, and nothing of the statement took effect.
    case cancelled
    /// A column is not what the caller expects.
    case decoding(DecodingFailure)
    /// The pool or the connection has been closed, or a transaction is used after its end.
    case closed
    /// A rule of this library was broken by its caller; the sentence says which.
    case misuse(String)
}

/// What is known about a connection that ended.
package struct ConnectionLoss: Sendable, Hashable {
    /// The server's or libpq's words, for the log.
    package var message: String
    /// The reason that the server gave, such as `57P01` (terminated by an administrator); nil when it gave none.
    package var sqlState: SQLState?
    /// False when nothing of the work reached the server, so that it can be repeated at once. True when it may have:
    /// then only the database can tell whether the transaction was committed.
    package var statementWasSent: Bool

    package init(message: String, sqlState: SQLState? = nil, statementWasSent: Bool) {
        self.message = message
        self.sqlState = sqlState
        self.statementWasSent = statementWasSent
    }
}

/// A column that could not be decoded.
package struct DecodingFailure: Sendable, Hashable {
    /// The column's name, or its index where there is no such column.
    package var column: String
    /// The Swift type that was asked for.
    package var expected: String
    /// The `pg_type.oid` of the column; 0 where there is no such column.
    package var foundOID: UInt32
    /// What is wrong, in a few words.
    package var reason: String
}

extension PostgresError {
    /// The server's code of the error, where the server gave one.
    package var sqlState: SQLState? {
        switch self {
        case .server(let error), .timeout(let error): error.sqlState
        case .connectionLost(let loss): loss.sqlState
        case .cannotConnect, .poolExhausted, .cancelled, .decoding, .closed, .misuse: nil
        }
    }

    /// Whether the same transaction, run again from its start, can succeed: it met another one, its prepared statement
    /// was out of date, or nothing of it was sent. Never true when it may have been committed.
    package var canSucceedWhenRepeated: Bool {
        switch self {
        case .connectionLost(let loss): !loss.statementWasSent
        case .server(let error): error.sqlState.isTransient || error.isStalePreparedStatement
        default: false
        }
    }

    /// Whether it is known that nothing of the work reached the server, so that repeating it is safe.
    package var nothingWasSent: Bool {
        switch self {
        case .connectionLost(let loss): !loss.statementWasSent
        case .cannotConnect, .poolExhausted, .closed, .misuse: true
        case .server, .timeout, .cancelled, .decoding: false
        }
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch self {
        case .server(let error): error.description
        case .timeout: "The database took too long and the statement was ended."
        case .connectionLost(let loss):
            loss.statementWasSent
                ? "The connection to the database was lost before the answer came."
                : "The connection to the database was lost; nothing was sent."
        case .cannotConnect: "The database cannot be reached."
        case .poolExhausted: "Too many requests are waiting for the database."
        case .cancelled: "The work was cancelled."
        case .decoding(let failure):
            "The column \(failure.column) is not a \(failure.expected): \(failure.reason) (type \(failure.foundOID))."
        case .closed: "The connection to the database is closed."
        case .misuse(let sentence): sentence
        }
    }

    package var debugDescription: String {
        switch self {
        case .server(let error): error.debugDescription
        case .timeout(let error): "\(description) \(error.debugDescription)"
        case .connectionLost(let loss):
            "\(description) \(loss.sqlState.map { "\($0): " } ?? "")\(loss.message)"
        case .cannotConnect(let message): "\(description) \(message)"
        case .poolExhausted(let waited): "\(description) Waited \(waited)."
        case .cancelled, .decoding, .closed, .misuse: description
        }
    }
}
