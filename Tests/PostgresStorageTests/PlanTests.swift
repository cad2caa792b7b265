import PostgresClient
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@testable import PostgresStorage

@Suite("Plans on a hundred thousand requests")
struct PlanTests {
    /// 100,000 requests of 1,000 people and five departments; a tenth is open work of twenty teams.
    private static let generate: SQL = """
        INSERT INTO bureau.request (id, number, type, department, configuration, requester, beneficiary, phase, outcome,
            version, state, last_hash, raised_at, changed_at)
        SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'IT-' || n,
            'd' || n % 5 || '.t' || n % 7, 'd' || n % 5,
            'c', ('01800000-0000-7000-8000-' || lpad(to_hex(n % 1000), 12, '0'))::uuid,
            ('01800000-0000-7000-8000-' || lpad(to_hex((n + n % 3) % 1000), 12, '0'))::uuid,
            CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END, CASE WHEN n % 10 = 0 THEN NULL ELSE 'done' END, 3,
            '{}', decode(repeat('00', 32), 'hex'), now(), now()
        FROM generate_series(1, 100000) AS n;
        INSERT INTO bureau.request_viewer (party, request_id)
        SELECT 'team:t' || right(number, 1), id FROM bureau.request;
        INSERT INTO bureau.request_viewer (party, request_id)
        SELECT 'person:' || requester, id FROM bureau.request WHERE phase = 'open';
        INSERT INTO bureau.work_item (request_id, instance, kind, since, due)
        SELECT id, 'check', 'task', now(), now() + ascii(right(number, 2)) * interval '1 day'
        FROM bureau.request WHERE phase = 'open';
        INSERT INTO bureau.work_offer (request_id, instance, party, since, due)
        SELECT i.request_id, i.instance, 'team:t' || right(r.number, 2), i.since, i.due
        FROM bureau.work_item i JOIN bureau.request r ON r.id = i.request_id;
        INSERT INTO bureau.request_viewer (party, request_id)
        SELECT party, request_id FROM bureau.work_offer ON CONFLICT DO NOTHING;
        INSERT INTO bureau.timer (request_id, instance, due, available_at)
        SELECT request_id, instance, due, due FROM bureau.work_item;
        """

    private struct Case {
        let name: String
        let sql: SQL
        let parameters: [any PostgresEncodable]
        let indexes: [String]
    }

    private static let parties: [Party] = [.team("t1"), .team("t20"), .team("t10"), .role("nobody")]

    private static func cases(_ asker: Asker) -> [Case] {
        let list = RequestQuery(asker: asker, limit: 50)
        let filtered = RequestQuery(
            asker: asker, phase: .open, type: "d0.t0", before: RequestID("01900000-0000-7000-8000-00000000c000"),
            limit: 50)
        return [
            Case(
                name: "list", sql: RequestListSQL.text, parameters: RequestListSQL.parameters(list),
                indexes: [
                    "request_requester", "request_beneficiary", "request_viewer_pkey", "request_department",
                    "request_pkey",
                ]),
            Case(
                name: "filtered list", sql: RequestListSQL.text, parameters: RequestListSQL.parameters(filtered),
                indexes: ["request_requester", "request_viewer_pkey", "request_department_open", "request_pkey"]),
            Case(
                name: "inbox", sql: InboxSQL.text, parameters: InboxSQL.parameters(InboxQuery(asker: asker, limit: 50)),
                indexes: [
                    "work_offer_inbox", "work_offer_pkey", "work_item_assignee", "work_item_pkey", "request_pkey",
                ]),
            Case(
                name: "count of mine", sql: CountSQL.mine, parameters: [asker.person],
                indexes: ["request_requester", "request_beneficiary"]),
            Case(
                name: "count of work", sql: CountSQL.waiting, parameters: [asker.person, asker.parties],
                indexes: ["work_offer_inbox", "work_item_assignee", "work_item_pkey"]),
            Case(
                name: "count of departments", sql: CountSQL.open, parameters: [asker.readerOf],
                indexes: ["request_department_open", "request_confidential_open"]),
        ]
    }

    @Test("Lists, inboxes, claims and counts read from their indexes through the wall, however many requests there are")
    func plans() async throws {
        let person = try #require(PersonID("01800000-0000-7000-8000-000000000010"))
        let asker = Asker(person, parties: Self.parties, readerOf: ["d1", "d3"])
        try await TestDatabase.with { database in
            try await database.run(Self.generate)
            try await database.run("VACUUM ANALYZE bureau.request")
            try await database.run("ANALYZE")
            try await TestCluster.withConnection(database.connection(role: RoleSetup.read)) { connection in
                for example in Self.cases(asker) {
                    let plan = try await Self.plan(of: example, as: asker, on: connection)
                    #expect(!plan.contains("Seq Scan"), "\(example.name):\n\(plan)")
                    #expect(!plan.contains("hashed SubPlan"), "\(example.name):\n\(plan)")
                    for index in example.indexes {
                        #expect(
                            plan.contains("using \(index)") || plan.contains("on \(index)"),
                            "\(example.name):\n\(plan)")
                    }
                }
            }
        }
    }

    /// The plan that the service would use: EXPLAIN plans for the parameters that it gets, so one for all is asked for by way of a
    /// prepared statement with NULL for each.
    private static func plan(
        of example: Case, as asker: Asker, on connection: DedicatedConnection
    ) async throws -> String {
        try await connection.withTransaction { connection in
            try await connection.query(Wall.enter(as: asker))
            let types = example.parameters.map { type(of: $0).postgresType.oid.description + "::oid::regtype" }
            let names = try await connection.query(
                Statement(SQL(unsafeRuntimeText: "SELECT concat_ws(', ', \(types.joined(separator: ", ")))"))
            ).first(as: String.self)
            try await connection.run(
                script: SQL(unsafeRuntimeText: "PREPARE example (\(names ?? "")) AS \(example.sql.text)"))
            let nulls = example.parameters.map { _ in "NULL" }.joined(separator: ", ")
            let plan = try await connection.query(
                Statement(SQL(unsafeRuntimeText: "EXPLAIN EXECUTE example (\(nulls))"))
            ).map { try $0.decode(at: 0, as: String.self) }.joined(separator: "\n")
            try await connection.run(script: "DEALLOCATE example")
            return plan
        }
    }
}
