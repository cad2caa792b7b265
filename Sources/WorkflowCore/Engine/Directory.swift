public import Expressions

/// The people of the organisation at one moment, as the core needs them: an immutable snapshot with a revision.
///
/// People, managers and memberships are rows, not files; a snapshot is read at the moment of decision.
public struct Directory: Sendable {
    /// What stands behind a row.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case person
        /// A program of the organisation. It belongs to groups and does what their members do, but it is nobody: it has no vote and no
        /// manager, stands in for nobody and is not among `everyone`.
        case service
    }

    /// Somebody in it.
    public struct Person: Hashable, Sendable {
        /// Never reused.
        public let id: PersonID
        /// What `person:` in the files and people on the command line say: `amara.okafor`. Unique.
        public let handle: String
        /// As people write it.
        public let name: String
        /// Where mail goes.
        public let email: String
        /// A language tag of the organisation; nil means its default.
        public let language: String?
        /// Whom they report to; nil when nobody or unknown.
        public let manager: PersonID?
        /// The identifier of a site in the shared list; nil when unknown.
        public let site: String?
        /// Leavers stay in the directory but may do nothing and fill no seat.
        public let isActive: Bool
        /// Their memberships.
        public let groups: Set<GroupID>
        /// Whether that is somebody or a program.
        public var kind: Kind = .person
        /// Who stands in for them, and when.
        public var deputies: [Deputy] = []

        /// Takes the parts as they are.
        public init(
            id: PersonID, handle: String, name: String, email: String, language: String?, manager: PersonID?,
            site: String?, isActive: Bool, groups: Set<GroupID>
        ) {
            self.id = id
            self.handle = handle
            self.name = name
            self.email = email
            self.language = language
            self.manager = manager
            self.site = site
            self.isActive = isActive
            self.groups = groups
        }
    }

    /// Somebody who stands in for a person.
    public struct Deputy: Hashable, Sendable {
        /// Who.
        public let person: PersonID
        /// The department for whose requests they stand in; nil for all.
        public let department: DepartmentID?
        /// The first day; nil means since ever.
        public let from: CivilDate?
        /// The last day; nil means until further notice.
        public let until: CivilDate?

        /// Takes the parts as they are.
        public init(
            _ person: PersonID, department: DepartmentID? = nil, from: CivilDate? = nil, until: CivilDate? = nil
        ) {
            self.person = person
            self.department = department
            self.from = from
            self.until = until
        }

        func isIn(on day: CivilDate) -> Bool {
            (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
        }
    }

    /// Somebody for whom a person stands in.
    public struct Absentee: Hashable, Sendable {
        /// Who is stood in for.
        public let person: PersonID
        /// The department for whose requests; nil for all.
        public let department: DepartmentID?

        /// Takes the parts as they are.
        public init(_ person: PersonID, department: DepartmentID? = nil) {
            self.person = person
            self.department = department
        }
    }

    /// Grows with every change of people, memberships or deputies.
    public let revision: Int64
    /// Those from whom a request is kept: in what concerns it they belong to nothing and do nothing, as if they had left.
    private(set) var hidden: Set<PersonID> = []
    private let people: [PersonID: Person]
    private let byHandle: [String: PersonID]
    private let byGroup: [GroupID: [PersonID]]
    private let leaders: Set<PersonID>
    private let byDeputy: [PersonID: [(absent: PersonID, deputy: Deputy)]]

    /// Takes the parts as they are.
    public init(revision: Int64, people: some Sequence<Person>) {
        self.revision = revision
        var all: [PersonID: Person] = [:]
        var byHandle: [String: PersonID] = [:]
        var byGroup: [GroupID: [PersonID]] = [:]
        var leaders: Set<PersonID> = []
        var byDeputy: [PersonID: [(absent: PersonID, deputy: Deputy)]] = [:]
        for person in people {
            all[person.id] = person
            for deputy in person.deputies where deputy.person != person.id {
                byDeputy[deputy.person, default: []].append((person.id, deputy))
            }
            byHandle[person.handle] = person.id
            guard person.isActive else { continue }
            for group in person.groups { byGroup[group, default: []].append(person.id) }
            if let manager = person.manager, person.kind == .person { leaders.insert(manager) }
        }
        self.people = all
        self.byHandle = byHandle
        self.byGroup = byGroup.mapValues { $0.sorted() }
        self.leaders = leaders
        self.byDeputy = byDeputy
        serviceAccounts = Set(all.values.filter { $0.kind == .service }.map(\.id))
    }

    /// The person, leavers included; nil when unknown or erased.
    public subscript(id: PersonID) -> Person? { people[id] }

    /// The person with that handle; nil when unknown.
    public func person(handle: String) -> Person? { byHandle[handle].flatMap { people[$0] } }

    /// The active people who stand in for somebody in a department's requests on a day of the organisation's zone, themself left out;
    /// each once, by identifier.
    public func deputies(of person: PersonID, in department: DepartmentID, on day: CivilDate) -> [PersonID] {
        guard let deputies = people[person]?.deputies, !deputies.isEmpty else { return [] }
        let present = deputies.filter { deputy in
            deputy.isIn(on: day) && deputy.person != person && isSomebody(deputy.person)
                && (deputy.department ?? department) == department
        }
        return Set(present.map(\.person)).sorted()
    }

    /// For whom an active person stands in on a day of the organisation's zone; each once, by identifier. Nobody stands in for those for
    /// whom their absentees stand in.
    public func absentees(of person: PersonID, on day: CivilDate) -> [Absentee] {
        guard let rows = byDeputy[person], isSomebody(person) else { return [] }
        let present = rows.filter { $0.deputy.isIn(on: day) }
        return Set(present.map { Absentee($0.absent, department: $0.deputy.department) }).sorted {
            ($0.person, $0.department?.text ?? "") < ($1.person, $1.department?.text ?? "")
        }
    }

    /// The same people, some of them kept out. Nobody is kept out twice: this is instead of whoever was before.
    public func hiding(_ people: Set<PersonID>) -> Directory {
        var directory = self
        directory.hidden = people
        return directory
    }

    /// All people, leavers included, by handle.
    public var everybody: [Person] { people.values.sorted { $0.handle < $1.handle } }

    /// The active members of a group, by identifier.
    public func members(of group: GroupID) -> [PersonID] { present(byGroup[group] ?? []) }

    /// The active people in a source of members, by identifier. The configuration is sound, so sources form no cycle; one deeper than 16 gives nobody.
    public func members(of source: MemberSource, in configuration: Configuration, depth: Int = 0) -> [PersonID] {
        guard depth < 16 else { return [] }
        switch source {
        case .group(let group): return members(of: group)
        case .team(let team):
            return members(of: configuration.teams[team]?.members ?? [], in: configuration, depth: depth + 1)
        case .managers: return leaders.filter(isSomebody).sorted()
        case .everyone: return present(people.values.filter(\.isSomebody).map(\.id)).sorted()
        }
    }

    private func present(_ members: [PersonID]) -> [PersonID] {
        hidden.isEmpty ? members : members.filter { !hidden.contains($0) }
    }

    /// The active people behind a party, each once, by identifier.
    public func members(of party: Party, in configuration: Configuration) -> [PersonID] {
        switch party {
        case .person(let person): isActive(person) ? [person] : []
        case .team(let team): members(of: configuration.teams[team]?.members ?? [], in: configuration, depth: 0)
        case .role(let role): members(of: configuration.roles[role]?.members ?? [], in: configuration, depth: 0)
        case .group(let group): members(of: group)
        case .anonymous: []
        }
    }

    /// The active people behind any of the parties, service accounts left out.
    public func people(behind parties: [Party], in configuration: Configuration) -> Set<PersonID> {
        Set(parties.flatMap { members(of: $0, in: configuration) }).filter { people[$0]?.kind == .person }
    }

    /// Whether somebody stands behind a party: an active person, or the anonymous requester, who is nobody's colleague here. Cheaper than listing them.
    public func hasMembers(_ party: Party, in configuration: Configuration) -> Bool {
        switch party {
        case .person(let person): isActive(person)
        case .group(let group): hasMembers(group)
        case .team(let team): hasMembers(configuration.teams[team]?.members ?? [], in: configuration, depth: 0)
        case .role(let role): hasMembers(configuration.roles[role]?.members ?? [], in: configuration, depth: 0)
        case .anonymous: true
        }
    }

    private func hasMembers(_ sources: [MemberSource], in configuration: Configuration, depth: Int) -> Bool {
        guard depth < 16 else { return false }
        return sources.contains { source in
            switch source {
            case .group(let group): hasMembers(group)
            case .team(let team):
                hasMembers(configuration.teams[team]?.members ?? [], in: configuration, depth: depth + 1)
            case .managers: leaders.contains { isSomebody($0) }
            case .everyone: people.values.contains { isSomebody($0.id) }
            }
        }
    }

    private func hasMembers(_ group: GroupID) -> Bool {
        byGroup[group].map { members in hidden.isEmpty || members.contains { !hidden.contains($0) } } ?? false
    }

    /// Whether that is somebody or a service account that may act: known and not a leaver.
    public func isActive(_ person: PersonID) -> Bool { people[person]?.isActive == true && !hidden.contains(person) }

    /// Whether that is a person who may act: neither a leaver nor a service account.
    func isSomebody(_ person: PersonID) -> Bool { people[person]?.isSomebody == true && !hidden.contains(person) }

    /// The service accounts, those that were ended included: whoever is a program rather than somebody.
    public let serviceAccounts: Set<PersonID>

    /// Every party an active person belongs to, themself first; empty for leavers and strangers.
    public func parties(of person: PersonID, in configuration: Configuration) -> [Party] {
        guard let row = people[person], isActive(person) else { return [] }
        let groups = row.groups.sorted().map(Party.group)
        let teams = configuration.teams.values.filter { belongs(row, to: $0.members, in: configuration) }.map(\.id)
        let roles = configuration.roles.values.filter { belongs(row, to: $0.members, in: configuration) }.map(\.id)
        return [.person(person)] + groups + teams.sorted().map(Party.team) + roles.sorted().map(Party.role)
    }

    /// Whether an active person belongs to a party.
    public func contains(_ person: PersonID, in party: Party, of configuration: Configuration) -> Bool {
        guard let row = people[person], isActive(person) else { return false }
        switch party {
        case .person(let id): return id == person
        case .group(let group): return row.groups.contains(group)
        case .team(let team): return belongs(row, to: configuration.teams[team]?.members ?? [], in: configuration)
        case .role(let role): return belongs(row, to: configuration.roles[role]?.members ?? [], in: configuration)
        case .anonymous: return false
        }
    }

    private func members(of sources: [MemberSource], in configuration: Configuration, depth: Int) -> [PersonID] {
        if sources.count == 1 { return members(of: sources[0], in: configuration, depth: depth) }
        var found: Set<PersonID> = []
        for source in sources { found.formUnion(members(of: source, in: configuration, depth: depth)) }
        return found.sorted()
    }

    private func belongs(
        _ person: Person, to sources: [MemberSource], in configuration: Configuration, depth: Int = 0
    ) -> Bool {
        guard depth < 16 else { return false }
        return sources.contains { source in
            switch source {
            case .group(let group): person.groups.contains(group)
            case .team(let team):
                belongs(
                    person, to: configuration.teams[team]?.members ?? [], in: configuration, depth: depth + 1)
            case .managers: person.kind == .person && leaders.contains(person.id)
            case .everyone: person.kind == .person
            }
        }
    }
}

extension Directory.Person {
    /// Whether that is a person who may act: neither a leaver nor a service account.
    var isSomebody: Bool { isActive && kind == .person }
}
