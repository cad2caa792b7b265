import Expressions
import WorkflowCore

/// What is kept of an import beside its numbers: it must not give anybody the secrets of a department unnoticed.
extension ServiceDesk {
    /// One audit entry for each deputy and for each person whose offices change; deputies and those for whom they stand in are told, and
    /// so are a department's administrators of somebody new in it. The first import founds the directory: all its offices are new.
    func record(
        of change: PeopleImportChange, _ configuration: Configuration, by principal: String,
        at now: Instant
    ) -> ChangeRecord {
        let report = change.report
        var audit = [
            auditEntry(
                .peopleImported, by: principal,
                details: [
                    "joined": String(report.joined), "changed": String(report.changed),
                    "left": String(report.left),
                    "revision": String(report.revision),
                ])
        ]
        var told: [StoredNotification] = []
        for (kind, name, rows) in [
            (AuditKind.deputyAppointed, NotificationKind.deputyAppointed, change.appointed),
            (.deputyWithdrawn, .deputyWithdrawn, change.withdrawn),
        ] {
            for row in rows {
                audit.append(entry(kind, row, by: principal))
                told += notifications(about: row, name, in: change.after, configuration, at: now)
            }
        }
        guard !change.before.everybody.isEmpty else {
            return ChangeRecord(audit: audit, told: told)
        }
        let changes = OfficeChanges(
            of: change.touched, from: (change.before, configuration), to: (change.after, configuration))
        audit += changes.rows.map { entry($0, by: principal) }
        told += notifications(of: changes, by: .people, at: now)
        return ChangeRecord(audit: audit, told: told)
    }

    /// What changes of files do to offices and to the addresses of services, kept and told as at an import, so that nobody reads what is confidential unnoticed by writing
    /// themself into a team.
    func recordOfOffices(
        from old: Configuration, to new: Configuration, in directory: Directory, by viewer: Viewer
    ) -> ChangeRecord {
        let changes = OfficeChanges(of: directory.everybody.map(\.id), from: (directory, old), to: (directory, new))
        let services = recordOfServices(from: old, to: new, in: directory, by: viewer)
        return ChangeRecord(
            audit: changes.rows.map { entry($0, by: viewer.principal.description) } + services.audit,
            told: notifications(
                of: changes, by: .files, besides: viewer.person.id, at: clock().truncatedToMicroseconds)
                + services.told)
    }

    /// What the groups that the identity provider gives do to somebody's offices, kept and told likewise.
    func recordOfClaims(
        of person: PersonID, adding added: Set<GroupID>, removing removed: Set<GroupID>, in directory: Directory,
        _ configuration: Configuration
    ) -> ChangeRecord {
        let people = directory.everybody.map { row in
            row.id == person ? row.with(groups: row.groups.subtracting(removed).union(added)) : row
        }
        let after = Directory(revision: directory.revision, people: people)
        let changes = OfficeChanges(of: [person], from: (directory, configuration), to: (after, configuration))
        return ChangeRecord(
            audit: changes.rows.map { entry($0, by: "person:\(person)") },
            told: notifications(of: changes, by: .provider, besides: person, at: clock().truncatedToMicroseconds))
    }

    private func entry(_ change: OfficeChanges.Row, by principal: String) -> AuditEntry {
        auditEntry(
            .membershipChanged, by: principal, subject: "person:\(change.person)",
            details: [
                "added": change.after.names.subtracting(change.before.names).sorted().joined(separator: ","),
                "removed": change.before.names.subtracting(change.after.names).sorted().joined(separator: ","),
            ])
    }

    /// To those who administered or led the department before; where there was nobody, to those who do now. Many people are told of
    /// together.
    ///
    /// - Parameter doer: Who did it, and knows.
    private func notifications(
        of changes: OfficeChanges, by cause: OfficeChanges.Cause, besides doer: PersonID? = nil, at now: Instant
    ) -> [StoredNotification] {
        let (newcomers, losers) = (changes.newcomers, changes.losers)
        guard !newcomers.isEmpty || !losers.isEmpty else { return [] }
        let (before, after) = (changes.responsible(at: changes.before), changes.responsible(at: changes.after))
        let configuration = changes.after.configuration
        let departments = Set(newcomers.keys).union(losers.keys).sorted()
        return departments.flatMap { department -> [StoredNotification] in
            guard let title = configuration.departments[department]?.title else { return [] }
            let known = before[department, default: []].filter { changes.after.directory.isActive($0) }
            let responsible = known.isEmpty ? after[department, default: []] : known
            let came = newcomers[department, default: []].filter { $0 != doer || !known.isEmpty }
            let went = losers[department, default: []]
            return notifications(naming: came, to: responsible.subtracting([doer].compactMap { $0 }), changes, at: now)
            {
                cause.sentence($0, isMany: $1, title.text(in: $2), $2)
            }
                + notifications(
                    naming: went, to: responsible.union(went).subtracting([doer].compactMap { $0 }), changes, at: now
                ) {
                    cause.farewell($0, isMany: $1, title.text(in: $2), $2)
                }
        }
    }

    /// One for each recipient and person, or one for each recipient where they are many.
    private func notifications(
        naming people: [PersonID], to recipients: Set<PersonID>, _ changes: OfficeChanges, at now: Instant,
        sentence: (_ name: String, _ isMany: Bool, _ language: String) -> String
    ) -> [StoredNotification] {
        let isMany = people.count > 10
        let names = isMany ? ["\(people.count)"] : people.map(changes.after.directory.name)
        return names.flatMap { name in
            let text = changes.after.configuration.organisation.sentences { sentence(name, isMany, $0) }
            return recipients.sorted().map { recipient in
                StoredNotification(
                    id: newID(at: now), person: recipient, at: now,
                    kind: NotificationKind.membershipChanged.rawValue, request: nil,
                    number: nil, instance: nil, text: text)
            }
        }
    }
}

/// Who came into offices and out of them by a change of people or files.
struct OfficeChanges {
    typealias Moment = (directory: Directory, configuration: Configuration)

    struct Row {
        let person: PersonID
        let before: Offices
        let after: Offices
    }

    enum Cause {
        case people, files, provider

        fileprivate func sentence(_ name: String, isMany: Bool, _ place: String, _ language: String) -> String {
            language.isGerman
                ? "\(name) \(isMany ? "Menschen gehören" : "gehört") \(germanWords) zu \(place)."
                : "\(name) \(isMany ? "people belong" : "belongs") to \(place) \(words)."
        }

        /// That somebody is less than they were.
        fileprivate func farewell(_ name: String, isMany: Bool, _ place: String, _ language: String) -> String {
            language.isGerman
                ? "\(name) \(isMany ? "Menschen haben" : "hat") \(germanWords) eine Aufgabe in \(place) verloren."
                : "\(name) \(isMany ? "people have" : "has") lost an office in \(place) \(words)."
        }

        private var words: String {
            switch self {
            case .people: "by an import of people"
            case .files: "by new files of the configuration"
            case .provider: "by groups of the identity provider"
            }
        }

        private var germanWords: String {
            switch self {
            case .people: "durch eine Einspielung der Personen"
            case .files: "durch neue Dateien der Konfiguration"
            case .provider: "durch Gruppen des Identitätsanbieters"
            }
        }
    }

    let before: Moment
    let after: Moment
    /// Only those for whom something is different.
    let rows: [Row]

    init(of people: [PersonID], from before: Moment, to after: Moment) {
        (self.before, self.after) = (before, after)
        rows = people.compactMap { person in
            let row = Row(
                person: person, before: Offices(of: person, in: before.directory, before.configuration),
                after: Offices(of: person, in: after.directory, after.configuration))
            return row.before == row.after ? nil : row
        }
    }

    /// Who came into an office of a department.
    fileprivate var newcomers: [DepartmentID: [PersonID]] {
        Self.gainers(rows.map { ($0.person, $0.before, $0.after) })
    }

    /// Who lost an office of a department and is still there.
    fileprivate var losers: [DepartmentID: [PersonID]] {
        Self.gainers(
            rows.filter { after.directory.isActive($0.person) }.map { ($0.person, $0.after, $0.before) })
    }

    private static func gainers(_ rows: [(PersonID, Offices, Offices)]) -> [DepartmentID: [PersonID]] {
        var gainers: [DepartmentID: [PersonID]] = [:]
        for (person, before, after) in rows {
            for (department, names) in after.byDepartment
            where !names.subtracting(before.byDepartment[department] ?? []).isEmpty {
                gainers[department, default: []].append(person)
            }
        }
        return gainers
    }

    /// Who administers or leads each department.
    fileprivate func responsible(at moment: Moment) -> [DepartmentID: Set<PersonID>] {
        moment.configuration.departments.mapValues { department in
            moment.directory.people(behind: department.administrators + department.leads, in: moment.configuration)
        }
    }
}

/// What lets somebody see or decide more than everybody.
struct Offices: Equatable {
    /// `agent`, `lead`, `administrator`, or `confidant of` a type.
    private(set) var byDepartment: [DepartmentID: Set<String>] = [:]
    private var ofPlatform: Set<String> = []

    init(of person: PersonID, in directory: Directory, _ configuration: Configuration) {
        guard directory.isActive(person) else { return }
        let authority = Authority(of: person, in: directory, configuration)
        for department in authority.agentOf { byDepartment[department, default: []].insert("agent") }
        for department in authority.leadOf { byDepartment[department, default: []].insert("lead") }
        for department in authority.administratorOf {
            byDepartment[department, default: []].insert("administrator")
        }
        if authority.isPlatformAdministrator { ofPlatform.insert("platform:administrator") }
        if authority.isAuditor { ofPlatform.insert("platform:auditor") }
        let own = Set(authority.parties)
        for type in configuration.requestTypes.values {
            let isConfidant = (type.confidential ?? []).contains { source in
                switch source {
                case .team(let team): own.contains(.team(team))
                case .group(let group): own.contains(.group(group))
                case .role(let role): own.contains(.role(role))
                case .person(let handle): directory[person]?.handle == handle
                // Who it names depends on the request.
                case .expression: false
                }
            }
            if isConfidant {
                byDepartment[type.department, default: []].insert("confidant of \(type.id)")
            }
        }
    }

    /// `hr:agent`, each once.
    var names: Set<String> { names(besides: []) }

    /// Those outside of some departments.
    func names(besides departments: Set<DepartmentID>) -> Set<String> {
        ofPlatform.union(
            byDepartment.filter { !departments.contains($0.key) }
                .flatMap { department, names in names.map { "\(department):\($0)" } })
    }
}

extension Directory.Person {
    fileprivate func with(groups: Set<GroupID>) -> Self {
        var person = Self(
            id: id, handle: handle, name: name, email: email, language: language, manager: manager, site: site,
            isActive: isActive, groups: groups)
        person.kind = kind
        person.deputies = deputies
        return person
    }
}
