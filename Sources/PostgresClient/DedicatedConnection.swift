package import Logging

/// What a `NOTIFY` brought.
package struct PostgresNotification: Sendable, Hashable {
    package let channel: String
    /// Empty when NOTIFY had none.
    package let payload: String
    /// The process of the server that sent it; our own notifications come back too.
    package let senderProcess: Int32
}

/// A session outside of the pool: for LISTEN, for migrations (scripts of several statements), for what must hold a
/// session for long, such as an advisory lock. It has a thread of its own and never reconnects by itself.
package final class DedicatedConnection: Sendable {
    private let connection: PostgresConnection

    /// What arrives on the channels listened to, in order; ends with the session. For one consumer. When nobody
    /// reads, the newest 1,024 are kept: a notification says that there is news, never what it is.
    package let notifications: AsyncStream<PostgresNotification>

    private init(connection: PostgresConnection, notifications: AsyncStream<PostgresNotification>) {
        self.connection = connection
        self.notifications = notifications
    }

    deinit { connection.abort() }

    /// Connects.
    ///
    /// - Throws: `cannotConnect`; `cancelled` when the task is.
    package static func connect(
        _ configuration: ConnectionConfiguration, logger: Logger
    ) async throws(PostgresError) -> DedicatedConnection {
        let (stream, source) = AsyncStream.makeStream(
            of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(1024))
        let connection = try PostgresConnection.start(
            configuration, kind: .dedicated, count: ResultCount(), logger: logger
        ) { _, event in
            switch event {
            case .notification(let notification): source.yield(notification)
            case .failed, .ended: source.finish()
            case .opened: break
            }
        }
        let dedicated = DedicatedConnection(connection: connection, notifications: stream)
        // Answered when the session is there, refused with the reason when it could not be made.
        _ = try await connection.perform(.batch([])).result.get()
        return dedicated
    }

    /// Runs the text of several statements in one implicit transaction (unless the text says otherwise); the answers
    /// of all. For texts of the program's own, such as migrations: there are no parameters.
    @discardableResult
    package func run(script: SQL) async throws(PostgresError) -> [RowSet] {
        try await connection.perform(.script(script)).result.get()
    }

    /// Runs one statement.
    @discardableResult
    package func query(_ statement: Statement) async throws(PostgresError) -> RowSet {
        let rows = try await pipeline([statement])
        guard let first = rows.first else { throw .misuse("One statement has one answer.") }
        return first
    }

    /// Runs the statements in one round trip, and in one implicit transaction when none is open.
    @discardableResult
    package func pipeline(_ statements: [Statement]) async throws(PostgresError) -> [RowSet] {
        try await connection.perform(.batch(statements)).result.get()
    }

    /// Runs the body in a transaction, which is committed when it returns and rolled back when it throws. Scripts in it
    /// must not end the transaction.
    @discardableResult
    nonisolated(nonsending) package func withTransaction<R>(
        _ body: nonisolated(nonsending) (DedicatedConnection) async throws -> R
    ) async throws -> R {
        try await run(script: "BEGIN")
        do {
            let value = try await body(self)
            let answer = try await run(script: "COMMIT")
            guard answer.last?.commandTag == "COMMIT" else {
                throw PostgresError.misuse("A statement of the transaction failed and its error was ignored.")
            }
            return value
        } catch {
            // When even this fails the session has ended, and with it the transaction: the first error tells more.
            _ = await connection.perform(.script("ROLLBACK"), cancellable: false)
            throw error
        }
    }

    /// Starts to receive the notifications of a channel, from now on.
    package func listen(to channel: String) async throws(PostgresError) {
        guard !channel.isEmpty, !channel.utf8.contains(0) else { throw .misuse("This is no name of a channel.") }
        let quoted = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        try await run(script: SQL(unsafeRuntimeText: "LISTEN \"\(quoted)\""))
    }

    /// Ends the session and returns when it has ended; statements that still run are cancelled.
    package func close() async {
        connection.abort()
        await connection.ended()
    }
}
