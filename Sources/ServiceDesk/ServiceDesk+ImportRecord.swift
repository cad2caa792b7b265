import Expressions
import WorkflowCore

/// What is kept of an import beside its numbers: it must not give anybody the secrets of a department unnoticed.
extension ServiceDesk {
    /// One audit entry for each deputy and for each person whose offices change; deputies and those for whom they stand in are told, and
    /// so are a department's administrators of somebody new in it. The first import founds the directory: all its offices are new.
    func record(
        of change: PeopleImportChange, _ configuration: Configuration, by principal: String,
        at now: Instant
    ) -> PeopleImportRecord {
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
            (AuditKind.deputyAppointed, "deputy_appointed", change.appointed),
            (.deputyWithdrawn, "deputy_withdrawn", change.withdrawn),
        ] {
            for row in rows {
                audit.append(entry(kind, row, by: principal))
                told += notifications(about: row, name, in: change.after, configuration, at: now)
            }
        }
        guard !change.before.everybody.isEmpty else {
            return PeopleImportRecord(audit: audit, told: told)
        }
        var newcomers: [DepartmentID: [PersonID]] = [:]
        for person in change.touched {
            let before = Offices(of: person, in: change.before, configuration)
            let after = Offices(of: person, in: change.after, configuration)
            guard before != after else { continue }
            audit.append(
                auditEntry(
                    .membershipChanged, by: principal, subject: "person:\(person)",
                    details: [
                        "added": after.names.subtracting(before.names).sorted().joined(separator: ","),
                        "removed": before.names.subtracting(after.names).sorted().joined(separator: ","),
                    ]))
            for (department, names) in after.byDepartment
            where !names.subtracting(before.byDepartment[department] ?? []).isEmpty {
                newcomers[department, default: []].append(person)
            }
        }
        told += notifications(of: newcomers, change, configuration, at: now)
        return PeopleImportRecord(audit: audit, told: told)
    }

    /// To those who administered the department before the import, or led it where nobody did: whom the import itself makes one knows.
    private func notifications(
        of newcomers: [DepartmentID: [PersonID]], _ change: PeopleImportChange,
        _ configuration: Configuration,
        at now: Instant
    ) -> [StoredNotification] {
        guard !newcomers.isEmpty else { return [] }
        let owners = change.before.everybody.filter { $0.isActive && change.after.isActive($0.id) }
            .map { Authority(of: $0.id, in: change.before, configuration) }
        return newcomers.sorted { $0.key < $1.key }.flatMap {
            department, people -> [StoredNotification] in
            guard let title = configuration.departments[department]?.title else { return [] }
            let administrators = owners.filter { $0.administratorOf.contains(department) }
            let recipients =
                administrators.isEmpty ? owners.filter { $0.leadOf.contains(department) } : administrators
            return people.flatMap { person in
                let name = change.after.name(of: person)
                let text = configuration.organisation.sentences { language in
                    let place = title.text(in: language)
                    return language.isGerman
                        ? "\(name) gehört durch eine Einspielung der Personen zu \(place)."
                        : "\(name) belongs to \(place) by an import of people."
                }
                return recipients.map { recipient in
                    StoredNotification(
                        id: newID(at: now), person: recipient.person, at: now, kind: "membership_changed",
                        request: nil, number: nil, instance: nil, text: text)
                }
            }
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
