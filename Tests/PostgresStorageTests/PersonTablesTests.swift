import PostgresClient
import PostgresStorage
import TestSupport
import Testing

@Suite("Tables about people")
struct PersonTablesTests {
    @Test("Whatever hangs on a person goes with them: tables refer to people with ON DELETE CASCADE, but for managers")
    func cascades() async throws {
        try await TestDatabase.with { database in
            let rows = try await database.run(
                """
                SELECT conname FROM pg_catalog.pg_constraint
                WHERE contype = 'f' AND confrelid = 'bureau.person'::regclass AND confdeltype <> 'c'
                """)
            #expect(try rows[0].map { try $0.decode(at: 0, as: String.self) } == ["person_manager_fkey"])
        }
    }
}
