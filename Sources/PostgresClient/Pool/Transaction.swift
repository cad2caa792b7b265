internal import Synchronization

/// What a transaction sees of others (the manual of PostgreSQL, "Transaction Isolation").
package enum TransactionIsolation: Sendable {
    case readCommitted
    /// One snapshot for all statements.
    case repeatableRead
    case serializable
    /// One snapshot for all statements, and nothing can be written.
    case readOnlySnapshot

    fileprivate var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case .readOnlySnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        }
    }
}

/// A transaction in the hands of the body of ``PostgresPool/withTransaction(isolation:_:)``. Its calls follow one
/// another; two at the same time are refused.
package final class Transaction: Sendable {
    private enum Phase {
        /// Nothing was sent yet, not even BEGIN.
        case fresh
        case open
        /// A statement failed: only ROLLBACK is left.
        case failed(PostgresError)
        case ended
    }

    private struct State {
        var phase = Phase.fresh
        var session = SessionState.idle
        var isBusy = false
    }

    private let connection: PostgresConnection
    private let isolation: TransactionIsolation
    private let state = Mutex(State())

    init(connection: PostgresConnection, isolation: TransactionIsolation) {
        self.connection = connection
        self.isolation = isolation
    }

    /// Where the session stands after the last answer.
    var sessionState: SessionState {
        state.withLock { $0.isBusy ? .unusable : $0.session }
    }

    /// Runs one statement.
    @discardableResult
    package func query(_ statement: Statement) async throws(PostgresError) -> RowSet {
        let rows = try await pipeline([statement])
        guard let first = rows.first else { throw .misuse("One statement has one answer.") }
        return first
    }

    /// Runs the statements in one round trip; the answers in their order.
    @discardableResult
    package func pipeline(_ statements: [Statement]) async throws(PostgresError) -> [RowSet] {
        guard !statements.isEmpty else { return [] }
        return try await send(statements, commit: false)
    }

    /// Runs the last statements and commits, in one round trip. The transaction is over after that.
    ///
    /// - Throws: `connectionLost` with `statementWasSent` when it is unknown whether the commit took place.
    @discardableResult
    package func commit(with statements: [Statement] = []) async throws(PostgresError) -> [RowSet] {
        try await send(statements, commit: true)
    }

    // MARK: The ends

    /// Commits what the body has left open.
    func finish() async throws(PostgresError) {
        let phase = state.withLock { $0.phase }
        switch phase {
        case .fresh, .ended: return
        case .failed(let error): throw error
        case .open: try await send([], commit: true)
        }
    }

    /// Rolls back what is open, also in a cancelled task.
    func rollBack() async {
        let session = state.withLock { state in
            state.phase = .ended
            return state.isBusy ? .unusable : state.session
        }
        guard session == .inTransaction || session == .inFailedTransaction else { return }
        let outcome = await connection.perform(.batch([Statement("ROLLBACK")]), cancellable: false)
        state.withLock { $0.session = outcome.state }
    }

    @discardableResult
    private func send(_ statements: [Statement], commit: Bool) async throws(PostgresError) -> [RowSet] {
        let needsBegin = try begin()
        var batch = statements
        if needsBegin { batch.insert(Statement(isolation.begin), at: 0) }
        if commit { batch.append(Statement("COMMIT")) }
        let outcome = await connection.perform(.batch(batch))
        let result = outcome.result.flatMap { (rows: [RowSet]) -> Result<[RowSet], PostgresError> in
            // Where the session should stand now; anything else means that the statements ended the transaction
            // themselves, or that COMMIT found it failed and rolled back.
            guard outcome.state == (commit ? .idle : .inTransaction), !commit || rows.last?.commandTag == "COMMIT"
            else {
                return .failure(.misuse("The statements of a transaction must not end it."))
            }
            return .success(Array(rows.dropFirst(needsBegin ? 1 : 0).dropLast(commit ? 1 : 0)))
        }
        return try end(result, outcome.state, commit: commit, shift: needsBegin ? 1 : 0)
    }

    /// Takes the session for one call; whether BEGIN has to be sent.
    private func begin() throws(PostgresError) -> Bool {
        let result: Result<Bool, PostgresError> = state.withLock { state in
            if state.isBusy { return .failure(.misuse("A transaction takes one call after the other.")) }
            switch state.phase {
            case .fresh:
                state.isBusy = true
                return .success(true)
            case .open:
                state.isBusy = true
                return .success(false)
            case .failed(let error): return .failure(error)
            case .ended: return .failure(.closed)
            }
        }
        return try result.get()
    }

    /// Gives the session back and notes what has become of the transaction.
    private func end(
        _ result: Result<[RowSet], PostgresError>, _ session: SessionState, commit: Bool, shift: Int
    ) throws(PostgresError) -> [RowSet] {
        let result = result.mapError { $0.shiftingStatement(by: shift) }
        state.withLock { state in
            state.isBusy = false
            state.session = session
            if case .ended = state.phase { return }
            switch result {
            case .success: state.phase = commit ? .ended : .open
            case .failure(let error): state.phase = .failed(error)
            }
        }
        return try result.get()
    }
}

extension PostgresError {
    /// Counts the statements of the caller, not the BEGIN before them.
    fileprivate func shiftingStatement(by count: Int) -> PostgresError {
        guard case .server(var error) = self, let index = error.statementIndex else { return self }
        error.statementIndex = max(0, index - count)
        return .server(error)
    }
}
