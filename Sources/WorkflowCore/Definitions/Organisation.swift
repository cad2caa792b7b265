public import Expressions

/// Everything the files of one organisation say, checked together: an immutable value with a content address.
public struct Configuration: Sendable {
    /// The content address of the files this was compiled from.
    public let version: ConfigurationVersion
    /// What holds everywhere.
    public let organisation: Organisation
    /// Groups by identifier.
    public let groups: [GroupID: Group]
    /// Roles by identifier.
    public let roles: [RoleID: Role]
    /// Shared lists of choices by identifier.
    public let lists: [ListID: ChoiceList]
    /// By identifier, which is the name of the folder.
    public let departments: [DepartmentID: Department]
    /// The teams of all departments; their identifiers are unique in the organisation.
    public let teams: [TeamID: Team]
    /// All departments' request types by identifier.
    public let requestTypes: [RequestTypeID: RequestType]
    /// The systems that steps may call, by identifier.
    public var services: [ServiceID: Service] = [:]

    /// Takes the parts as they are.
    public init(
        version: ConfigurationVersion, organisation: Organisation, groups: [GroupID: Group], roles: [RoleID: Role],
        lists: [ListID: ChoiceList], departments: [DepartmentID: Department], teams: [TeamID: Team],
        requestTypes: [RequestTypeID: RequestType]
    ) {
        self.version = version
        self.organisation = organisation
        self.groups = groups
        self.roles = roles
        self.lists = lists
        self.departments = departments
        self.teams = teams
        self.requestTypes = requestTypes
    }
}

/// `Config/shared/organisation.yaml`.
public struct Organisation: Sendable {
    /// What people read.
    public let title: LocalizedText
    /// Language tags, the first is the default. Never empty.
    public let languages: [String]
    /// An IANA zone name; civil days and close of business are meant there.
    public let timeZone: String
    /// What `working` spans and close of business mean.
    public let workingHours: WorkingHours
    /// ISO 4217; what a money field without a currency of its own means.
    public let currency: String
    /// Who administers the platform: the shared files, people, accounts. By that they read no request.
    public var administrators: [Party] = []
    /// Who reads and exports the audit. By that they read no request.
    public var auditors: [Party] = []

    /// Takes the parts as they are.
    public init(
        title: LocalizedText, languages: [String], timeZone: String, workingHours: WorkingHours, currency: String
    ) {
        self.title = title
        self.languages = languages
        self.timeZone = timeZone
        self.workingHours = workingHours
        self.currency = currency
    }
}

/// The hours in which the organisation works, the same on each working day.
public struct WorkingHours: Hashable, Sendable {
    /// ISO 8601 weekdays, 1 is Monday. Never empty.
    public let weekdays: Set<Int>
    /// When work begins.
    public let from: TimeOfDay
    /// Close of business; later than `from`.
    public let to: TimeOfDay

    /// Takes the parts as they are.
    public init(weekdays: Set<Int>, from: TimeOfDay, to: TimeOfDay) {
        self.weekdays = weekdays
        self.from = from
        self.to = to
    }
}

/// A set of people whose memberships are rows of the directory.
public struct Group: Sendable {
    /// Unique among its kind.
    public let id: GroupID
    /// What people read.
    public let title: LocalizedText
    /// What the identity provider calls its members: whoever signs in there is in the group exactly when the provider says so.
    /// Nil for a group that the directory of people alone fills.
    public let claim: String?

    /// Takes the parts as they are.
    public init(id: GroupID, title: LocalizedText, claim: String? = nil) {
        self.id = id
        self.title = title
        self.claim = claim
    }
}

/// A function in the organisation, filled by groups, by teams or by all who lead somebody.
public struct Role: Sendable {
    /// Unique among its kind.
    public let id: RoleID
    /// What people read.
    public let title: LocalizedText
    /// Who fills it; each person counts once.
    public let members: [MemberSource]

    /// Takes the parts as they are.
    public init(id: RoleID, title: LocalizedText, members: [MemberSource]) {
        self.id = id
        self.title = title
        self.members = members
    }
}

/// Where the members of a role or a team come from.
public enum MemberSource: Hashable, Sendable {
    case group(GroupID)
    case team(TeamID)
    /// Whoever is the manager of at least one active person.
    case managers
    /// Every active person.
    case everyone
}

/// Choices that several departments use (sites, cost centres).
public struct ChoiceList: Hashable, Sendable {
    /// Unique among its kind.
    public let id: ListID
    /// In the order in which people see them. Values are unique and not empty.
    public let choices: [Choice]

    /// Takes the parts as they are.
    public init(id: ListID, choices: [Choice]) {
        self.id = id
        self.choices = choices
    }
}

/// One value of a choice and what people read for it.
public struct Choice: Hashable, Sendable {
    /// What is stored and what expressions compare with.
    public let value: String
    /// What people read for it.
    public let label: LocalizedText

    /// Takes the parts as they are.
    public init(value: String, label: LocalizedText) {
        self.value = value
        self.label = label
    }
}

/// `Config/departments/<id>/department.yaml` and what lies beside it.
public struct Department: Sendable {
    /// Unique among its kind.
    public let id: DepartmentID
    /// What people read.
    public let title: LocalizedText
    /// What the numbers of its requests begin with: `HR` in `HR-1042`. Unique, capital letters.
    public let prefix: String
    /// Whose members are the department's agents: they may read all its requests that are not confidential.
    public let agents: [TeamID]
    /// Who leads it: they see what its agents see.
    public var leads: [Party] = []
    /// Who owns its files and sets deputies for its work. By that they read no request.
    public var administrators: [Party] = []

    /// Takes the parts as they are.
    public init(id: DepartmentID, title: LocalizedText, prefix: String, agents: [TeamID]) {
        self.id = id
        self.title = title
        self.prefix = prefix
        self.agents = agents
    }
}

/// People of a department who take work from one queue.
public struct Team: Sendable {
    /// Unique among its kind.
    public let id: TeamID
    /// Whose team it is.
    public let department: DepartmentID
    /// What people read.
    public let title: LocalizedText
    /// Groups whose members form the team. Never empty.
    public let members: [MemberSource]

    /// Takes the parts as they are.
    public init(id: TeamID, department: DepartmentID, title: LocalizedText, members: [MemberSource]) {
        self.id = id
        self.department = department
        self.title = title
        self.members = members
    }
}
