import PostgresClient
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Connections that die")
struct OutageTests {
    @Test("When the session dies with the commit on its way the outcome is unknown, and the key tells it")
    func unknownOutcome() async throws {
        let draft = Draft(1).with { $0.answer = Sample.answer("k", request: $0.id) }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(2))
                try await database.run(
                    """
                    CREATE FUNCTION public.die() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid());
                        RETURN NEW;
                    END $$;
                    CREATE TRIGGER die BEFORE INSERT ON bureau.idempotency FOR EACH ROW EXECUTE FUNCTION public.die();
                    """)
                await #expect(throws: StorageError.unknownOutcome) { try await storage.create(draft) }
                await #expect(throws: StorageError.unknownOutcome) {
                    try await storage.change(2) { $0.answer = Sample.answer("other", request: $0.id, version: 2) }
                }
                #expect(try await storage.answer(to: IdempotencyKey(principal: "person:a", key: "k")) == nil)
                try await database.run("DROP TRIGGER die ON bureau.idempotency")
                try await storage.create(draft)
                #expect(try await storage.answer(to: IdempotencyKey(principal: "person:a", key: "k")) == draft.answer)
                #expect(try await storage.request(Sample.request(2))?.version == 1)
            }
        }
    }

    @Test("A session that was ended while idle is replaced, unnoticed or after an honest error")
    func idleSession() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage(maximum: 1) { storage in
                try await storage.ping()
                try await database.run(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND usename = 'bureau_write'
                    """)
                var failures = 0
                while failures < 5 {
                    do throws(StorageError) {
                        try await storage.create(Draft(1))
                        break
                    } catch {
                        // Which one depends on whether the end was noticed before anything was sent.
                        switch error {
                        case .unavailable, .unknownOutcome: failures += 1
                        default: throw error
                        }
                    }
                }
                #expect(try await storage.request(Sample.request(1))?.version == 1)
            }
        }
    }
}
