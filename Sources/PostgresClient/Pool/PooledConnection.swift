internal import Synchronization

/// A session lent by ``PostgresPool/withConnection(_:)``, for the time of its body.
package final class PooledConnection: Sendable {
    private struct State {
        var hasEnded = false
        var session = SessionState.idle
        var underWay = 0
    }

    private let connection: PostgresConnection
    private let state = Mutex(State())

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Runs one statement.
    @discardableResult
    package func query(_ statement: Statement) async throws(PostgresError) -> RowSet {
        let rows = try await pipeline([statement])
        guard let first = rows.first else { throw .misuse("One statement has one answer.") }
        return first
    }

    /// Runs the statements in one round trip and, when none is open, in one implicit transaction.
    @discardableResult
    package func pipeline(_ statements: [Statement]) async throws(PostgresError) -> [RowSet] {
        let isOpen = state.withLock { state in
            if !state.hasEnded { state.underWay += 1 }
            return !state.hasEnded
        }
        guard isOpen else { throw .closed }
        let outcome = await connection.perform(.batch(statements))
        state.withLock { state in
            state.underWay -= 1
            state.session = outcome.state
        }
        return try outcome.result.get()
    }

    /// Takes the session away from the body; where it stands. With statements under way nobody can tell.
    func end() -> SessionState {
        state.withLock { state in
            state.hasEnded = true
            return state.underWay == 0 ? state.session : .unusable
        }
    }
}
