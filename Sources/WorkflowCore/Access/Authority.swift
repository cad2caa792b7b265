/// What somebody is in the organisation at one moment: their roles, as the files and the directory say. The relation to a single request
/// is not part of it; see `Access.reason(for:toSee:)`.
public struct Authority: Hashable, Sendable {
    /// Whose it is.
    public let person: PersonID
    /// Whether that is somebody or a program.
    public let kind: Directory.Kind
    /// Everything they belong to, themself first; empty for leavers and strangers, who may nothing.
    public let parties: [Party]
    /// Departments whose agents they are: they see their requests that are not confidential, and work on them.
    public let agentOf: Set<DepartmentID>
    /// Departments that they lead: they see what the agents see.
    public let leadOf: Set<DepartmentID>
    /// Departments whose files and deputies they own. By that they read no request.
    public let administratorOf: Set<DepartmentID>
    /// Whether they administer the platform. By that they read no request.
    public let isPlatformAdministrator: Bool
    /// Whether they read and export the audit. By that they read no request.
    public let isAuditor: Bool
    /// Departments whose files name administrators; the files of the others are left to the platform's administrators.
    let selfAdministered: Set<DepartmentID>

    /// Works it out; linear in departments and in what the person belongs to.
    public init(of person: PersonID, in directory: Directory, _ configuration: Configuration) {
        let parties = directory.parties(of: person, in: configuration)
        let own = Set(parties)
        func departments(_ holds: (Department) -> Bool) -> Set<DepartmentID> {
            Set(configuration.departments.values.filter(holds).map(\.id))
        }
        self.person = person
        self.kind = directory[person]?.kind ?? .person
        self.parties = parties
        agentOf = departments { $0.agents.contains { own.contains(.team($0)) } }
        leadOf = departments { !own.isDisjoint(with: $0.leads) }
        administratorOf = departments { !own.isDisjoint(with: $0.administrators) }
        isPlatformAdministrator = !own.isDisjoint(with: configuration.organisation.administrators)
        isAuditor = !own.isDisjoint(with: configuration.organisation.auditors)
        selfAdministered = departments { !$0.administrators.isEmpty }
    }

    /// Whether they may act at all: neither a leaver nor a stranger.
    public var isActive: Bool { !parties.isEmpty }

    /// Departments all of whose requests they see but the confidential ones.
    public var readerOf: Set<DepartmentID> { agentOf.union(leadOf) }

    /// As whom they give commands.
    public var principal: Principal { kind == .service ? .service(person) : .person(person) }
}
