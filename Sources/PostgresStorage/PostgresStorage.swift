package import PostgresClient
internal import ServiceDesk

/// Everything Bureau keeps, in PostgreSQL 15 or newer.
///
/// It holds no state of its own: any number of them, in any number of daemons, work on one database. Each statement is
/// a named function with its text and its decoding beside it; a text's comment says which locks it takes and which
/// index it is meant to use.
package struct PostgresStorage: Sendable {
    /// Sessions of `bureau_write`.
    let pool: PostgresPool
    /// Sessions of `bureau_read`, which people's reads use.
    let readPool: PostgresPool

    /// - Parameters:
    ///   - write: Sessions of `bureau_write`.
    ///   - read: Sessions of `bureau_read`: what people read goes through its row-level security.
    package init(write: PostgresPool, read: PostgresPool) {
        pool = write
        readPool = read
    }

    /// Runs one statement that decides nothing by itself whether it may be repeated: a read, or a write that is its own
    /// transaction and harmless when it happens twice.
    func run(_ statement: Statement) async throws(StorageError) -> RowSet {
        do {
            return try await pool.query(statement)
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs the body in a transaction, and turns what it throws into the application's errors.
    func inTransaction<Value: Sendable>(
        _ body: @Sendable (Transaction) async throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await pool.withTransaction(body)
        } catch let error as StorageError {
            throw error
        } catch let error as PostgresError {
            throw StorageError(error)
        } catch {
            throw .defect("A transaction ended unexpectedly: \(error)")
        }
    }
}

extension RowSet {
    /// Decodes every row; what cannot be decoded is a defect.
    func decoded<Value>(_ decode: (Row) throws(PostgresError) -> Value) throws(StorageError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        do throws(PostgresError) {
            for row in self { values.append(try decode(row)) }
        } catch {
            throw StorageError(error)
        }
        return values
    }
}

extension Transaction {
    /// Sends the last statements and the commit together. A connection that dies meanwhile leaves the outcome unknown.
    func store(_ statements: [Statement]) async throws(StorageError) {
        do throws(PostgresError) {
            try await commit(with: statements)
        } catch {
            throw StorageError(error, commits: true)
        }
    }
}
