/// Who has a say when somebody gets a code to sign in as a person. Whoever hands the code out could use it and see what that person sees;
/// of somebody who sees more than any employee this takes two.
public struct InvitationRule: Sendable {
    private let directory: Directory
    private let configuration: Configuration

    /// By the people and files of a moment.
    public init(_ directory: Directory, _ configuration: Configuration) {
        self.directory = directory
        self.configuration = configuration
    }

    /// The departments in which somebody holds an office or is in a team: where they see what others do not.
    public func departments(of person: PersonID) -> Set<DepartmentID> {
        let authority = Authority(of: person, in: directory, configuration)
        let parties = Set(authority.parties)
        let teams = configuration.teams.values.filter { parties.contains(.team($0.id)) }.map(\.department)
        return authority.readerOf.union(authority.administratorOf).union(teams)
    }

    /// Whom to tell besides the person: those who administer their departments; of somebody without one, the manager.
    public func watchers(of person: PersonID) -> Set<PersonID> {
        var people = administrators(of: departments(of: person))
        if people.isEmpty, let manager = directory[person]?.manager, directory.isActive(manager) {
            people = [manager]
        }
        return people.subtracting([person])
    }

    /// Who may confirm a code that an administrator of the platform has made for somebody: an administrator of a department of theirs that
    /// the other does not administer; for an office of the platform, others who hold one. Where there is nobody, others who hold an office
    /// of the platform. Nil when it needs nobody; empty when there is nobody who could.
    public func confirmers(of person: PersonID, invitedBy inviter: PersonID) -> Set<PersonID>? {
        guard person != inviter else { return nil }
        let theirs = Authority(of: person, in: directory, configuration)
        let foreign = departments(of: person)
            .subtracting(Authority(of: inviter, in: directory, configuration).administratorOf)
        let holdsPlatform = theirs.isPlatformAdministrator || theirs.isAuditor
        guard !foreign.isEmpty || holdsPlatform else { return nil }
        let organisation = configuration.organisation
        let platform = people(organisation.administrators + organisation.auditors)
        let both: Set = [person, inviter]
        let first = administrators(of: foreign).union(holdsPlatform ? platform : []).subtracting(both)
        return first.isEmpty ? platform.subtracting(both) : first
    }

    private func administrators(of departments: Set<DepartmentID>) -> Set<PersonID> {
        people(departments.flatMap { configuration.departments[$0]?.administrators ?? [] })
    }

    private func people(_ parties: [Party]) -> Set<PersonID> {
        directory.people(behind: parties, in: configuration)
    }
}
