internal import PostgresClient
internal import ServiceDesk

/// The codes that the schema's guards raise through `bureau.refuse`. Classes that begin with `Z` are free for
/// applications (ISO 9075-2, "SQLSTATE class and subclass codes").
enum GuardCode {
    /// People have changed since the decision's directory was read.
    static let directory: SQLState = "ZB001"
    /// A request is not at the version that the write starts from.
    static let version: SQLState = "ZB002"
    /// The timer or message that delivered the command is gone.
    static let message: SQLState = "ZB003"
    /// Another content is stored under the same address.
    static let content: SQLState = "ZB004"
    /// An uploaded file is gone, or not whole.
    static let attachment: SQLState = "ZB005"
    /// Another configuration is the current one.
    static let configuration: SQLState = "ZB006"
}

extension StorageError {
    /// The one table from what PostgreSQL says to what the application does about it.
    ///
    /// - Parameter commits: Whether the work that failed would have committed a change that must not happen twice.
    init(_ error: PostgresError, commits: Bool = false) {
        switch error {
        case .server(let report):
            self.init(report)
        case .connectionLost(let loss) where loss.statementWasSent && commits:
            self = .unknownOutcome
        case .timeout, .connectionLost, .cannotConnect, .poolExhausted, .cancelled, .closed:
            self = .unavailable(error.description)
        case .decoding, .misuse:
            self = .defect(error.description)
        }
    }

    private init(_ report: ServerError) {
        switch report.sqlState {
        case GuardCode.directory:
            self = .stale(.directory)
        case GuardCode.attachment:
            self = .stale(.attachment)
        case GuardCode.configuration:
            self = .stale(.configuration)
        case GuardCode.message:
            self = .stale(.message)
        case .uniqueViolation where Self.identified.contains(report.table ?? ""):
            self = .duplicateKey("The identifier exists already (\(report.constraint ?? "unnamed")).")
        case .serializationFailure, .deadlockDetected, .lockNotAvailable, .queryCanceled,
            .idleInTransactionTimeout, "25006":  // 25006: read-only, a standby that has not been promoted yet
            self = .unavailable(report.description)
        default:
            switch report.sqlState.errorClass {
            case "08", "53", "57", "58":  // connection, resources, operator's intervention, system
                self = .unavailable(report.description)
            default:  // also the guards of versions and contents: locks and content addresses exclude them
                self = .defect(report.description)
            }
        }
    }

    /// The tables whose keys come from outside: from clients, other requests, imports.
    private static let identified: Set<String> = [
        "request", "idempotency", "outbox", "person", "receipt", "token", "session",
    ]
}
