import Expressions
import PostgresClient
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@testable import PostgresStorage

@Suite("The wall behind people's reads")
struct WallTests {
    private static let requester = Sample.person(1)
    private static let beneficiary = Sample.person(2)
    private static let agent = Asker(Sample.person(3), readerOf: ["it"])
    private static let member = Asker(Sample.person(4), parties: [.team("it-desk")])
    private static let stranger = Asker(Sample.person(5), parties: [.team("facilities")], readerOf: ["facilities"])

    /// Requests 1 and 2 are Sample.person(1)'s; 2 is confidential and for person 2; 3 is nobody's of these; 4 is
    /// somebody's without a name.
    private static let drafts = (1...4).map { number in
        Draft(UInt64(number)).with {
            $0.requester = number == 3 ? Sample.person(9) : requester
            if number == 2 { $0.beneficiary = beneficiary }
            if number == 3 { $0.department = "hr" }
            if number == 4 { $0.isAnonymous = true }
            if number == 1 { $0.newViewers = [.team("it-desk")] }
            $0.offers = [Sample.task(for: [.team(number == 1 ? "it-desk" : "others")])]
            $0.protected = [ProtectedContent(sequence: 1, readers: "", content: "{}")]
        }
    }

    /// What hangs on a request, as a predicate that was forgotten leaves it.
    private static let forgetful: [SQL] = [
        "SELECT id FROM bureau.request",
        "SELECT DISTINCT request_id FROM bureau.event",
        "SELECT DISTINCT request_id FROM bureau.protected_content",
        "SELECT DISTINCT request_id FROM bureau.work_item",
        "SELECT DISTINCT request_id FROM bureau.work_offer",
        "SELECT DISTINCT request_id FROM bureau.attachment_use",
        "SELECT DISTINCT request_id FROM bureau.break_glass",
        """
        SELECT DISTINCT u.request_id FROM bureau.attachment a JOIN bureau.attachment_chunk c ON c.attachment = a.id
        JOIN bureau.attachment_use u ON u.attachment = a.id
        """,
    ]

    private static let views: [(asker: Asker, numbers: [UInt64])] = [
        (Asker(requester), [1, 2]),
        (Asker(beneficiary), [2]),
        (agent, [1, 4]),
        (member, [1]),
        (stranger, []),
        (Asker(person: nil, parties: [], readerOf: [], granted: [Sample.request(2)]), [2]),
        (Asker(person: nil, parties: [], readerOf: []), []),
        (Asker(person: nil, parties: [.anonymous], readerOf: []), []),
        (deputy, [3]),
    ]

    /// Somebody who stands in for whom request 3 waits.
    private static let deputy: Asker = {
        var asker = Asker(Sample.person(6))
        asker.standingIn = [Sample.request(3)]
        return asker
    }()

    private func withRequests(_ body: (TestDatabase, PostgresStorage) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                var writes = Self.drafts.map(\.write)
                writes[1].isConfidential = true
                try await storage.create(writes, directoryRevision: 0, at: Sample.now)
                _ = try await storage.replacePeople(
                    [
                        ImportedPerson(
                            handle: "ada", name: "Ada", email: "ada@test.example", language: nil, manager: nil,
                            site: nil, groups: ["staff"], newID: Self.requester)
                    ], at: Sample.now
                ) { _ in ChangeRecord() }
                try await database.run(
                    """
                    INSERT INTO bureau.person (id, handle, name, email, is_active, changed_at)
                    VALUES (gen_random_uuid(), 'bo', 'Bo', 'bo@test.example', true, now());
                    INSERT INTO bureau.deputy (id, person, deputy, appointed_at)
                    SELECT gen_random_uuid(), a.id, b.id, now() FROM bureau.person a, bureau.person b
                    WHERE a.handle = 'ada' AND b.handle = 'bo';
                    INSERT INTO bureau.notification (id, person, at, kind, text)
                    SELECT gen_random_uuid(), id, now(), handle, '{}' FROM bureau.person;
                    INSERT INTO bureau.preference (person, muted, changed_at)
                    SELECT id, '{}', now() FROM bureau.person;
                    INSERT INTO bureau.saved_view (id, person, list, name, filters)
                    SELECT gen_random_uuid(), id, 'inbox', handle, '{}' FROM bureau.person;
                    INSERT INTO bureau.draft (person, type, entries, changed_at)
                    SELECT id, 'it.leave', '{}', now() FROM bureau.person;
                    INSERT INTO bureau.break_glass (id, request_id, event, person, reason, opened_at, until)
                    SELECT gen_random_uuid(), r.id, 1, p.id, 'x', now(), now() FROM bureau.request r, bureau.person p;
                    INSERT INTO bureau.attachment
                        (id, uploaded_by, name, media_type, size, sha256, created_at, is_used)
                    SELECT gen_random_uuid(), id, 'a', 'text/plain', 1, sha256('a'), now(), true FROM bureau.request;
                    INSERT INTO bureau.attachment_use (request_id, attachment)
                    SELECT uploaded_by, id FROM bureau.attachment;
                    INSERT INTO bureau.attachment_chunk (attachment, number, content)
                    SELECT id, 0, 'a' FROM bureau.attachment;
                    """)
                try await storage.apply(
                    Sample.configuration, files: ["a": "b"], replacing: nil, by: "tests", at: Sample.now, audit: [],
                    telling: [])
                try await body(database, storage)
            }
        }
    }

    @Test("Without a viewer every table that may be read is empty, but for the history of migrations")
    func nobody() async throws {
        try await withRequests { database, _ in
            let tables = try await database.query(
                """
                SELECT c.relname::text FROM pg_catalog.pg_class c
                WHERE c.relnamespace = 'bureau'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
                    AND has_any_column_privilege('bureau_read', c.oid, 'SELECT')
                ORDER BY 1
                """
            ).map { try $0.decode(at: 0, as: String.self) }
            #expect(tables.contains("request") && tables.contains("event") && tables.contains("person"))
            for table in tables where table != "migration" {
                let sql = SQL(unsafeRuntimeText: "SELECT count(*) FROM bureau.\(table)")
                let everything = try #require(try await database.query(sql).first(as: Int.self))
                #expect(everything > 0, "The test has nothing in \(table).")
                #expect(try await database.query(sql, as: RoleSetup.read).first(as: Int.self) == 0, "\(table)")
            }
        }
    }

    @Test("With a viewer every statement finds what is theirs, whatever it forgot to ask")
    func theirs() async throws {
        try await withRequests { database, storage in
            for (asker, numbers) in Self.views {
                for sql in Self.forgetful {
                    let found = try await storage.see(Statement(sql), as: asker)
                        .decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }
                    #expect(found.sorted() == numbers.map(Sample.request), "\(asker.person as Any): \(sql)")
                }
                let listed = try await storage.requests(RequestQuery(asker: asker, limit: 9)).map(\.head.id)
                #expect(listed.sorted() == (asker.granted.isEmpty ? numbers.map(Sample.request) : []))
                for draft in Self.drafts {
                    let isSeen = numbers.contains(draft.number)
                    #expect(try await storage.request(draft.id, for: asker)?.id == (isSeen ? draft.id : nil))
                    let id = try await storage.requestID(number: "it-\(draft.number)", for: asker)
                    #expect(id == (isSeen ? draft.id : nil))
                    let events = try await storage.events(of: draft.id, after: 0, limit: 9, for: asker)
                    #expect(events.count == (isSeen ? 1 : 0))
                    #expect(events.allSatisfy { $0.contents.count == 1 })
                }
            }
            let viewers = try await storage.see(
                Statement("SELECT DISTINCT party FROM bureau.request_viewer"), as: Self.stranger)
            #expect(viewers.count == 0)
            let told = try await storage.see(
                Statement("SELECT kind FROM bureau.notification"), as: Asker(Self.requester))
            #expect(try told.map { try $0.decode(at: 0, as: String.self) } == ["ada"])
        }
    }

    @Test("A session keeps no viewer, also after a statement that failed")
    func forgotten() async throws {
        try await withRequests { database, storage in
            try await database.withPool(role: RoleSetup.read, maximum: 1) { (pool) async throws -> Void in
                let alone = PostgresStorage(write: storage.pool, read: pool)
                let bare = Statement("SELECT count(*) FROM bureau.request")
                let settings = Statement(
                    """
                    SELECT string_agg(nullif(current_setting(name, true), ''), ',')
                    FROM unnest(ARRAY['bureau.viewer', 'bureau.viewer_parties', 'bureau.viewer_departments',
                        'bureau.viewer_granted']) AS name
                    """)
                #expect(try await alone.request(Sample.request(1), for: Asker(Self.requester)) != nil)
                #expect(try await pool.query(bare).first(as: Int.self) == 0)
                #expect(try await alone.requests(RequestQuery(asker: Self.agent, limit: 9)).count == 2)
                #expect(try await pool.query(bare).first(as: Int.self) == 0)
                await #expect(throws: StorageError.self) {
                    try await alone.see(Statement("SELECT 1 / 0"), as: Asker(Self.requester))
                }
                #expect(try await pool.query(bare).first(as: Int.self) == 0)
                #expect(try await pool.query(settings).first(as: String?.self) == .some(nil))
            }
        }
    }

    @Test("The policies compare with leakproof operators only, so that queries keep their indexes")
    func leakproof() async throws {
        try await TestDatabase.with { database in
            // The stored trees name operators by number; operators of types that the planner knows are functions here.
            let operators = try await database.query(
                """
                SELECT DISTINCT o.oid::regoperator::text, f.proleakproof
                FROM pg_catalog.pg_policy p
                CROSS JOIN LATERAL regexp_matches(
                    coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, ''), ':opno (\\d+)', 'g') AS found
                JOIN pg_catalog.pg_operator o ON o.oid = found[1]::oid
                JOIN pg_catalog.pg_proc f ON f.oid = o.oprcode
                ORDER BY 1
                """)
            let names = try operators.map { try $0.decode(at: 0, as: String.self) }
            #expect(names.contains("=(uuid,uuid)") && names.contains("=(text,text)"))
            for row in operators {
                let name = try row.decode(at: 0, as: String.self)
                #expect(try row.decode(at: 1, as: Bool.self), "\(name)")
            }
        }
    }

    @Test("Nobody who serves owns a table or may pass by its policies")
    func noWayAround() async throws {
        try await TestDatabase.with { database in
            let exempt = try await database.query(
                """
                SELECT r.rolname::text FROM pg_catalog.pg_roles r
                WHERE r.rolname IN ('bureau_write', 'bureau_read', 'bureau_search')
                    AND (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, 'bureau_owner', 'MEMBER')
                        OR EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relowner = r.oid))
                """)
            #expect(exempt.count == 0)
        }
    }
}
