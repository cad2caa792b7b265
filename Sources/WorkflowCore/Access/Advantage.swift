/// Something by which somebody sees or decides more than every employee. Whoever gets hold of an account gets hold of it.
public struct Advantage: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The department whose administrators answer for it; nil where none does.
    public let department: DepartmentID?
    /// In a few words: `hr:agent`, `role:hr-lead`, `a manager`. Each advantage of somebody has another one.
    public let description: String
    /// Whose manager that makes somebody, or for whom it lets them stand in.
    public let over: PersonID?

    package init(_ description: String, in department: DepartmentID? = nil, over: PersonID? = nil) {
        self.department = department
        self.description = description
        self.over = over
    }

    /// By description.
    public static func < (left: Advantage, right: Advantage) -> Bool { left.description < right.description }
}

extension Advantage {
    /// All that somebody has by the people and files of a moment: offices, teams, roles, groups and handles that a process names, those
    /// who report to them, and those for whom they stand in, whenever. Linear in the people and in the processes. Nobody inactive has any.
    public static func all(of person: PersonID, in directory: Directory, _ configuration: Configuration) -> Set<Self> {
        guard let row = directory[person], row.isActive else { return [] }
        let authority = Authority(of: person, in: directory, configuration)
        let own = Set(authority.parties)
        var all: Set<Advantage> = []
        for (departments, office) in [
            (authority.agentOf, "agent"), (authority.leadOf, "lead"), (authority.administratorOf, "administrator"),
        ] {
            for department in departments { all.insert(Advantage("\(department):\(office)", in: department)) }
        }
        if authority.isPlatformAdministrator { all.insert(ofPlatform("administrator")) }
        if authority.isAuditor { all.insert(ofPlatform("auditor")) }
        for team in configuration.teams.values where own.contains(.team(team.id)) {
            all.insert(Advantage("team:\(team.id)", in: team.department))
        }
        for role in configuration.roles.values where role.members.contains(where: { $0.names(own) }) {
            all.insert(Advantage("role:\(role.id)"))
        }
        for type in configuration.requestTypes.values {
            for source in type.namedPeople {
                switch source {
                case .group(let group) where own.contains(.group(group)):
                    all.insert(Advantage("group:\(group)", in: type.department))
                case .person(let handle) where row.handle == handle:
                    all.insert(Advantage("named by \(type.id)", in: type.department))
                case .group, .person, .team, .role, .expression: continue
                }
            }
        }
        for other in directory.everybody {
            for deputy in other.deputies where deputy.person == person && other.id != person {
                all.insert(Advantage("a deputy of \(other.handle)", in: deputy.department, over: other.id))
            }
            guard other.isActive else { continue }
            if other.manager == person { all.insert(Advantage("the manager of \(other.handle)", over: other.id)) }
            if directory.isAbove(person, other) { all.insert(Advantage("above \(other.handle)", over: other.id)) }
        }
        return all
    }

    static func ofPlatform(_ office: String) -> Advantage { Advantage("platform:\(office)") }

    /// Whether it is an office of the platform.
    var isOfPlatform: Bool { department == nil && description.hasPrefix("platform:") }
}

extension Directory {
    /// Whether somebody is the manager of a manager of another one, at whatever remove.
    package func isAbove(_ person: PersonID, _ other: Directory.Person) -> Bool {
        var seen: Set<PersonID> = [other.id]
        var next = other.manager.flatMap { self[$0]?.manager }
        while let manager = next, seen.insert(manager).inserted {
            if manager == person { return true }
            next = self[manager]?.manager
        }
        return false
    }
}

extension MemberSource {
    /// Whether it names one of these, rather than everybody or everybody who leads.
    fileprivate func names(_ parties: Set<Party>) -> Bool {
        switch self {
        case .group(let group): parties.contains(.group(group))
        case .team(let team): parties.contains(.team(team))
        case .everyone, .managers: false
        }
    }
}

extension RequestType {
    /// Whom it lets see or do what others do not: its confidants, those who work on it and read what is sensitive. Not its audience.
    fileprivate var namedPeople: [PeopleSource] {
        var people = (onBehalf ?? []) + form.readers + whomItNames.flatMap(\.people)
        for step in index.all {
            for named in step.whomItNames where named.purpose == .turnedTo { people += named.people }
            if case .task(let task) = step.kind { people += task.form.readers }
        }
        return people
    }
}

extension Form {
    /// Who reads what is sensitive in it.
    fileprivate var readers: [PeopleSource] {
        fields.flatMap { field -> [PeopleSource] in
            if case .rows(let rows) = field.kind { return (field.sensitive ?? []) + rows.columns.readers }
            return field.sensitive ?? []
        }
    }
}
