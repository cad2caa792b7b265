internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// Reads for people: as `bureau_read`, in a transaction that knows who asks, behind the row-level security of the
/// migration `wall`. What a statement forgets to ask for is not there.
///
/// A pipeline is one implicit transaction, so saying who asks costs no round trip (measured: 30 microseconds), and ends
/// with it: a session never keeps a viewer.
enum Wall {
    /// Says who asks, for the rest of the transaction. Its statements are planned once for all parameters: each says which
    /// index it reads whatever is asked, and planning would take longer than reading.
    static func enter(as asker: Asker) -> Statement {
        Statement(
            """
            SELECT set_config('bureau.viewer', coalesce($1::uuid::text, ''), true),
                set_config('bureau.viewer_parties', $2::text[]::text, true),
                set_config('bureau.viewer_departments', $3::text[]::text, true),
                set_config('bureau.viewer_granted', $4::uuid[]::text, true),
                set_config('plan_cache_mode', 'force_generic_plan', true)
            """,
            asker.person, asker.parties, asker.readerOf, asker.granted + asker.standingIn)
    }
}

extension PostgresStorage {
    /// What one statement finds for somebody.
    func see(_ statement: Statement, as asker: Asker) async throws(StorageError) -> RowSet {
        let answers: [RowSet]
        do {
            answers = try await readPool.pipeline([Wall.enter(as: asker), statement])
        } catch {
            throw StorageError(error)
        }
        return answers[1]
    }

    /// What several statements find for somebody in one snapshot, so that it belongs together; one round trip.
    func seeTogether(_ statements: [Statement], as asker: Asker) async throws(StorageError) -> [RowSet] {
        Array(try await Self.snapshot([Wall.enter(as: asker)] + statements, in: readPool).dropFirst())
    }

    /// Reads with one snapshot for all statements, in one round trip.
    static func snapshot(_ statements: [Statement], in pool: PostgresPool) async throws(StorageError) -> [RowSet] {
        do {
            return try await pool.withTransaction(isolation: .readOnlySnapshot) { transaction in
                try await transaction.commit(with: statements)
            }
        } catch let error as PostgresError {
            throw StorageError(error)
        } catch {
            throw .defect("A read ended unexpectedly: \(error)")
        }
    }
}
