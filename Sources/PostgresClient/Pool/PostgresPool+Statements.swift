extension PostgresPool {
    /// Runs one statement in a transaction of its own.
    @discardableResult
    package func query(_ statement: Statement) async throws(PostgresError) -> RowSet {
        let rows = try await pipeline([statement])
        guard let first = rows.first else { throw .misuse("One statement has one answer.") }
        return first
    }

    /// Runs the statements in one implicit transaction and one round trip: all take effect or none.
    ///
    /// When the connection turns out to be dead before anything was sent, or a prepared statement to be out of date
    /// (the tables have changed), the work is repeated once.
    ///
    /// - Returns: The answers in the order of the statements.
    /// - Throws: The error of the first statement that failed; the later ones were not run.
    @discardableResult
    package func pipeline(_ statements: [Statement]) async throws(PostgresError) -> [RowSet] {
        guard !statements.isEmpty else { return [] }
        var isRepeated = false
        while true {
            let lease = try await lease()
            let outcome = await lease.connection.perform(.batch(statements))
            release(lease, reusable: outcome.state == .idle)
            switch outcome.result {
            case .success(let rows):
                return rows
            case .failure(let error):
                guard !isRepeated, error.isWorthRepeating, outcome.state != .inFailedTransaction else { throw error }
                isRepeated = true
            }
        }
    }

    /// Runs the body in a transaction on one session. It is committed when the body returns (or by
    /// ``Transaction/commit(with:)`` within it) and rolled back when the body throws; the error passes through.
    ///
    /// BEGIN travels with the first statements. A transaction in which a statement failed cannot go on: every further
    /// call throws that error again, and so does this function when the body has ignored it.
    @discardableResult
    nonisolated(nonsending) package func withTransaction<R>(
        isolation: TransactionIsolation = .readCommitted,
        _ body: nonisolated(nonsending) (Transaction) async throws -> R
    ) async throws -> R {
        let lease = try await lease()
        let transaction = Transaction(connection: lease.connection, isolation: isolation)
        do {
            let value = try await body(transaction)
            try await transaction.finish()
            release(lease, reusable: transaction.sessionState == .idle)
            return value
        } catch {
            await transaction.rollBack()
            release(lease, reusable: transaction.sessionState == .idle)
            throw error
        }
    }

    /// Lends one session to the body alone. What the body changes of the session (`SET`, temporary tables) stays, so it
    /// shall undo it; a session with an open transaction is closed afterwards.
    @discardableResult
    nonisolated(nonsending) package func withConnection<R>(
        _ body: nonisolated(nonsending) (PooledConnection) async throws -> R
    ) async throws -> R {
        let lease = try await lease()
        let connection = PooledConnection(lease.connection)
        do {
            let value = try await body(connection)
            release(lease, reusable: connection.end() == .idle)
            return value
        } catch {
            release(lease, reusable: connection.end() == .idle)
            throw error
        }
    }
}

extension PostgresError {
    /// Whether the same statements, rolled back or never sent, can succeed on a fresh session.
    fileprivate var isWorthRepeating: Bool {
        switch self {
        case .connectionLost(let loss): !loss.statementWasSent
        case .server(let error): error.isStalePreparedStatement
        default: false
        }
    }
}
