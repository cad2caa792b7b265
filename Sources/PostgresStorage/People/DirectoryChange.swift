internal import Expressions
internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// What an import makes of a directory: only what differs is written.
struct DirectoryChange {
    private var joiners: [Directory.Person] = []
    private var comebacks: [Directory.Person] = []
    private var movers: [Directory.Person] = []
    private var leavers: [Directory.Person] = []
    private var removed: [(person: PersonID, group: GroupID)] = []
    private var added: [(person: PersonID, group: GroupID)] = []
    private var newDeputies: [StoredDeputy] = []
    private var oldDeputies: [UniqueID] = []

    /// - Parameter deputies: Those whom earlier imports brought.
    /// - Throws: `.defect` when a handle stands there twice, or a manager or a deputy not at all.
    init(
        from current: Directory, deputies: [StoredDeputy], to people: [ImportedPerson], at now: Instant
    ) throws(StorageError) {
        var ids: [String: PersonID] = [:]
        for person in people {
            let id = current.person(handle: person.handle)?.id ?? person.newID
            guard ids.updateValue(id, forKey: person.handle) == nil else {
                throw .defect("The handle \(person.handle) stands twice in the import.")
            }
        }
        for person in people {
            var manager: PersonID?
            if let handle = person.manager {
                guard let id = ids[handle] else {
                    throw .defect("\(handle), the manager of \(person.handle), does not stand in the import.")
                }
                manager = id
            }
            compare(current.person(handle: person.handle), with: person, manager: manager)
        }
        for person in current.everybody
        where person.isActive && person.kind == .person && ids[person.handle] == nil { leave(person) }
        try replace(deputies, by: people, ids: ids, at: now)
    }

    /// Those of the file take the place of those of earlier files. Leavers keep theirs, to whom their seats pass.
    private mutating func replace(
        _ deputies: [StoredDeputy], by people: [ImportedPerson], ids: [String: PersonID], at now: Instant
    ) throws(StorageError) {
        struct Content: Hashable {
            let person: PersonID
            let deputy: PersonID
            let from: CivilDate?
            let until: CivilDate?
        }
        var stored: [Content: UniqueID] = [:]
        for row in deputies {
            let content = Content(person: row.person, deputy: row.deputy, from: row.from, until: row.until)
            if let twin = stored.updateValue(row.id, forKey: content) { oldDeputies.append(twin) }
        }
        for person in people {
            guard let id = ids[person.handle] else { continue }
            for row in person.deputies {
                guard let deputy = ids[row.handle], deputy != id else {
                    throw .defect("\(row.handle), a deputy of \(person.handle), does not stand in the import.")
                }
                let content = Content(person: id, deputy: deputy, from: row.from, until: row.until)
                guard stored.removeValue(forKey: content) == nil else { continue }
                newDeputies.append(
                    StoredDeputy(
                        id: row.newID, person: id, deputy: deputy, department: nil, from: row.from, until: row.until,
                        appointedBy: nil, appointedAt: now))
            }
        }
        let present = Set(ids.values)
        oldDeputies += stored.filter { present.contains($0.key.person) }.map(\.value)
    }

    private mutating func compare(_ old: Directory.Person?, with person: ImportedPerson, manager: PersonID?) {
        var new = Directory.Person(
            id: old?.id ?? person.newID, handle: person.handle, name: person.name, email: person.email,
            language: person.language, manager: manager, site: person.site, isActive: true,
            groups: person.groups.union((old?.groups ?? []).intersection(person.untouchedGroups)))
        // They are compared by themselves.
        new.deputies = old?.deputies ?? []
        new.kind = person.kind
        guard new != old else { return }
        switch old?.isActive {
        case nil: joiners.append(new)
        case true?: movers.append(new)
        case false?: comebacks.append(new)
        }
        let before = old?.groups ?? []
        removed += before.subtracting(new.groups).sorted().map { (new.id, $0) }
        added += new.groups.subtracting(before).sorted().map { (new.id, $0) }
    }

    private mutating func leave(_ person: Directory.Person) {
        leavers.append(person)
        removed += person.groups.sorted().map { (person.id, $0) }
    }

    var isEmpty: Bool {
        joiners.isEmpty && comebacks.isEmpty && movers.isEmpty && leavers.isEmpty && newDeputies.isEmpty
            && oldDeputies.isEmpty
    }

    func report(revision: Int64) -> PeopleImportReport {
        PeopleImportReport(
            joined: joiners.count + comebacks.count, changed: movers.count, left: leavers.count, revision: revision)
    }

    /// What it comes to, for the record.
    ///
    /// - Parameter deputies: Those whom earlier imports brought.
    func change(
        of current: Directory, deputies: [StoredDeputy], _ report: PeopleImportReport
    ) -> PeopleImportChange {
        let touched = joiners + comebacks + movers
        let left = leavers.map { leaver in
            Directory.Person(
                id: leaver.id, handle: leaver.handle, name: leaver.name, email: leaver.email, language: leaver.language,
                manager: leaver.manager, site: leaver.site, isActive: false, groups: [])
        }
        let replaced = Set((touched + left).map(\.id))
        let after = current.everybody.filter { !replaced.contains($0.id) } + touched + left
        let gone = Set(oldDeputies)
        return PeopleImportChange(
            report: report, before: current, after: Directory(revision: report.revision, people: after),
            touched: touched.map(\.id), appointed: newDeputies, withdrawn: deputies.filter { gone.contains($0.id) })
    }

    func statements(at now: Instant) -> [Statement] {
        var statements: [Statement] = []
        if !joiners.isEmpty { statements.append(Self.insert(joiners, at: now)) }
        if !(movers + comebacks).isEmpty { statements.append(Self.update(movers + comebacks, at: now)) }
        if !leavers.isEmpty { statements.append(Self.deactivate(leavers, at: now)) }
        if !removed.isEmpty { statements.append(Self.deleteMemberships(removed)) }
        if !added.isEmpty { statements.append(Self.insertMemberships(added)) }
        if !oldDeputies.isEmpty { statements.append(PostgresStorage.deleteDeputies(oldDeputies)) }
        if !newDeputies.isEmpty { statements.append(PostgresStorage.insertDeputies(newDeputies)) }
        statements.append(PostgresStorage.growRevision())
        return statements
    }

    /// Managers may stand in the same array: the foreign key looks when the statement has ended.
    private static func insert(_ people: [Directory.Person], at now: Instant) -> Statement {
        Statement(
            """
            INSERT INTO bureau.person (id, handle, name, email, language, manager, site, kind, is_active, changed_at)
            SELECT id, handle, name, email, language, manager, site, kind, true, $9
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[],
                $8::text[]) AS new (id, handle, name, email, language, manager, site, kind)
            """,
            people.map(\.id), people.map(\.handle), people.map(\.name), people.map(\.email), people.map(\.language),
            people.map(\.manager), people.map(\.site), people.map(\.kind.rawValue), now)
    }

    /// Index: `person_pkey`.
    private static func update(_ people: [Directory.Person], at now: Instant) -> Statement {
        Statement(
            """
            UPDATE bureau.person p
            SET name = new.name, email = new.email, language = new.language, manager = new.manager, site = new.site,
                kind = new.kind, is_active = true, changed_at = $8
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[])
                AS new (id, name, email, language, manager, site, kind)
            WHERE p.id = new.id
            """,
            people.map(\.id), people.map(\.name), people.map(\.email), people.map(\.language), people.map(\.manager),
            people.map(\.site), people.map(\.kind.rawValue), now)
    }

    /// Index: `person_pkey`.
    private static func deactivate(_ people: [Directory.Person], at now: Instant) -> Statement {
        Statement(
            "UPDATE bureau.person SET is_active = false, changed_at = $2 WHERE id = ANY ($1::uuid[])",
            people.map(\.id), now)
    }

    /// Index: `membership_pkey`.
    private static func deleteMemberships(_ rows: [(person: PersonID, group: GroupID)]) -> Statement {
        Statement(
            """
            DELETE FROM bureau.membership m USING unnest($1::uuid[], $2::text[]) AS old (person, group_id)
            WHERE m.person = old.person AND m.group_id = old.group_id
            """,
            rows.map(\.person), rows.map(\.group))
    }

    private static func insertMemberships(_ rows: [(person: PersonID, group: GroupID)]) -> Statement {
        Statement(
            """
            INSERT INTO bureau.membership (person, group_id)
            SELECT person, group_id FROM unnest($1::uuid[], $2::text[]) AS new (person, group_id)
            """,
            rows.map(\.person), rows.map(\.group))
    }
}
