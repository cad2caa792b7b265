package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: PreferenceStorage {
    /// Index: `preference_pkey`.
    package func preferences(of person: PersonID) async throws(StorageError) -> StoredPreferences {
        let rows = try await see(
            Statement("SELECT time_zone, muted FROM bureau.preference WHERE person = $1", person), as: Asker(person))
        return try rows.decoded { (row) throws(PostgresError) in
            // A kind that an earlier release knew is nothing to do without any more.
            let muted = try row.decode(at: 1, as: [String].self).compactMap(NotificationKind.init)
            return StoredPreferences(timeZone: try row.decode(at: 0), muted: Set(muted))
        }.first ?? StoredPreferences(timeZone: nil, muted: [])
    }

    /// Index: `preference_pkey`.
    package func keep(
        _ preferences: StoredPreferences, of person: PersonID, at now: Instant
    ) async throws(StorageError) {
        _ = try await run(
            Statement(
                """
                INSERT INTO bureau.preference (person, time_zone, muted, changed_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (person) DO UPDATE
                SET time_zone = EXCLUDED.time_zone, muted = EXCLUDED.muted, changed_at = EXCLUDED.changed_at
                """,
                person, preferences.timeZone, preferences.muted.map(\.rawValue).sorted(), now))
    }

    /// Index: `saved_view_name`.
    package func savedViews(of person: PersonID) async throws(StorageError) -> [StoredView] {
        let rows = try await see(
            Statement(
                "SELECT id, list, name, filters FROM bureau.saved_view WHERE person = $1 ORDER BY list, name, id",
                person),
            as: Asker(person))
        return try rows.decoded(Self.view).compactMap { $0 }
    }

    /// The lock on the person makes one after the other of several that come at the same moment. Indexes: `person_pkey`,
    /// `saved_view_name`.
    package func keep(
        _ view: StoredView, of person: PersonID, limit: Int
    ) async throws(StorageError) -> StoredView? {
        let filters = NotificationText.json(view.filters)
        return try await inTransaction { transaction in
            let answers = try await transaction.pipeline([
                Statement("SELECT id FROM bureau.person WHERE id = $1 FOR NO KEY UPDATE", person),
                Statement(
                    """
                    INSERT INTO bureau.saved_view (id, person, list, name, filters)
                    SELECT $1, $2, $3, $4, $5
                    WHERE (SELECT count(*) FROM bureau.saved_view WHERE person = $2) < $6
                        OR EXISTS (SELECT FROM bureau.saved_view WHERE person = $2 AND list = $3 AND name = $4)
                    ON CONFLICT (person, list, name) DO UPDATE SET filters = EXCLUDED.filters
                    RETURNING id, list, name, filters
                    """,
                    view.id, person, view.list.rawValue, view.name, JSONColumn(filters), Int64(limit)),
            ])
            return try answers[1].decoded(Self.view).compactMap { $0 }.first
        }
    }

    /// The lock on the person, which saving takes too, keeps the name from being given twice. Indexes: `person_pkey`, `saved_view_pkey`,
    /// `saved_view_name`.
    package func renameView(
        _ id: UniqueID, of person: PersonID, to name: String
    ) async throws(StorageError) -> ViewRenaming {
        try await inTransaction { transaction in
            let answers = try await transaction.pipeline([
                Statement("SELECT id FROM bureau.person WHERE id = $1 FOR NO KEY UPDATE", person),
                Statement(
                    """
                    UPDATE bureau.saved_view AS view SET name = $3
                    WHERE id = $1 AND person = $2 AND NOT EXISTS (
                        SELECT FROM bureau.saved_view other
                        WHERE other.person = $2 AND other.list = view.list AND other.name = $3 AND other.id <> $1)
                    RETURNING id, list, name, filters
                    """,
                    id, person, name),
                Statement("SELECT id FROM bureau.saved_view WHERE id = $1 AND person = $2", id, person),
            ])
            if let view = try answers[1].decoded(Self.view).compactMap({ $0 }).first { return .renamed(view) }
            return answers[2].isEmpty ? .unknown : .taken
        }
    }

    /// Index: `saved_view_pkey`.
    package func forgetView(_ id: UniqueID, of person: PersonID) async throws(StorageError) -> Bool {
        try await run(
            Statement("DELETE FROM bureau.saved_view WHERE id = $1 AND person = $2", id, person)
        ).affectedRows > 0
    }

    /// Nil for a list that this release does not have.
    private static func view(_ row: Row) throws(PostgresError) -> StoredView? {
        guard let list = SavedList(rawValue: try row.decode(at: 1, as: String.self)) else { return nil }
        return StoredView(
            id: try row.decode(at: 0), list: list, name: try row.decode(at: 2),
            filters: NotificationText.read(try row.decode(at: 3, as: JSONColumn.self).text))
    }
}

extension Asker {
    /// Somebody as far as what they chose goes, which is theirs alone.
    init(_ person: PersonID) {
        self.init(person: person, parties: [], readerOf: [])
    }
}
