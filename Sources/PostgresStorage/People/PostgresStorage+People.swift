package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: PeopleStorage {
    package func directory() async throws(StorageError) -> Directory {
        try Self.directory(try await run(Self.selectDirectory()))
    }

    package func directoryRevision() async throws(StorageError) -> Int64 {
        let revision = try await run(Self.selectRevision())
            .decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Int64.self) }.first
        guard let revision else { throw .defect("The directory has no revision.") }
        return revision
    }

    /// Two round trips: lock and read, write and commit. An import that changes nothing leaves the revision as it is.
    /// Who comes back after having left counts as joined.
    package func replacePeople(
        _ people: [ImportedPerson], expecting revision: Int64?, at now: Instant,
        record: @Sendable (PeopleImportChange) -> ChangeRecord
    ) async throws(StorageError) -> PeopleImportReport {
        do {
            return try await pool.withTransaction { transaction in
                let answers = try await transaction.pipeline([
                    Self.lockDirectory(), Self.selectDirectory(), Self.selectImportedDeputies(),
                ])
                let current = try Self.directory(answers[1])
                guard revision.map({ $0 == current.revision }) ?? true else { throw StorageError.stale(.directory) }
                let deputies = try answers[2].decoded(Self.deputy)
                let change = try DirectoryChange(from: current, deputies: deputies, to: people, at: now)
                guard !change.isEmpty else { throw NoChange(revision: current.revision) }
                let report = change.report(revision: current.revision + 1)
                let record = record(change.change(of: current, deputies: deputies, report))
                let told = try Self.insert(record.told)
                try await transaction.store(change.statements(at: now) + told + AuditStatements.append(record.audit))
                return report
            }
        } catch let error as StorageError {
            throw error
        } catch let error as PostgresError {
            throw StorageError(error)
        } catch let error as NoChange {
            return PeopleImportReport(joined: 0, changed: 0, left: 0, revision: error.revision)
        } catch {
            throw .defect("An import ended unexpectedly: \(error)")
        }
    }

    /// Ends an import by rolling it back.
    private struct NoChange: Error {
        let revision: Int64
    }

    /// One import after the other; readers do not wait.
    private static func lockDirectory() -> Statement {
        Statement("SELECT revision FROM bureau.directory_state FOR UPDATE")
    }

    /// One statement, so that people and revision come from one snapshot; a directory without people is one row of
    /// NULLs.
    private static func selectDirectory() -> Statement {
        Statement(
            """
            SELECT s.revision, p.id, p.handle, p.name, p.email, p.language, p.manager, p.site, p.is_active,
                ARRAY(SELECT m.group_id FROM bureau.membership m WHERE m.person = p.id),
                d.people, d.departments, d.from_days, d.until_days, p.kind
            FROM bureau.directory_state s LEFT JOIN bureau.person p ON true
            LEFT JOIN LATERAL (
                SELECT array_agg(deputy ORDER BY id) AS people, array_agg(department ORDER BY id) AS departments,
                    array_agg(from_day ORDER BY id) AS from_days, array_agg(until_day ORDER BY id) AS until_days
                FROM bureau.deputy WHERE person = p.id
            ) AS d ON true
            """)
    }

    /// Four arrays of one length, or NULLs.
    private static func deputies(_ row: Row, from place: Int) throws(PostgresError) -> [Directory.Deputy] {
        guard let people = try row.decode(at: place, as: [PersonID]?.self) else { return [] }
        let departments = try row.decode(at: place + 1, as: [DepartmentID?].self)
        let from = try row.decode(at: place + 2, as: [CivilDate?].self)
        let until = try row.decode(at: place + 3, as: [CivilDate?].self)
        return people.indices.map { index in
            Directory.Deputy(
                people[index], department: departments[index], from: from[index], until: until[index])
        }
    }

    private static func directory(_ rows: RowSet) throws(StorageError) -> Directory {
        let people = try rows.decoded { (row) throws(PostgresError) -> Directory.Person? in
            guard let id = try row.decode(at: 1, as: PersonID?.self) else { return nil }
            var person = Directory.Person(
                id: id, handle: try row.decode(at: 2), name: try row.decode(at: 3), email: try row.decode(at: 4),
                language: try row.decode(at: 5), manager: try row.decode(at: 6), site: try row.decode(at: 7),
                isActive: try row.decode(at: 8), groups: Set(try row.decode(at: 9, as: [GroupID].self)))
            person.deputies = try deputies(row, from: 10)
            person.kind =
                try row.decode(at: 14, as: String.self) == Directory.Kind.service.rawValue ? .service : .person
            return person
        }
        let revision = try rows.decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Int64.self) }.first
        guard let revision else { throw .defect("The directory has no revision.") }
        return Directory(revision: revision, people: people.compactMap { $0 })
    }
}
