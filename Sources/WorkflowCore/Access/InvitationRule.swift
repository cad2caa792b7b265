/// Who has a say when somebody gets a code to sign in as a person. Whoever hands the code out could use it and see what that person sees;
/// of somebody who sees or decides more than every employee this takes two.
public struct InvitationRule: Sendable {
    private let directory: Directory
    private let configuration: Configuration
    private let lost: [PersonID: Set<Advantage>]

    /// By the people and files of a moment.
    ///
    /// - Parameter lost: What people have no more but are guarded for as if they had it still, by whom they are.
    public init(_ directory: Directory, _ configuration: Configuration, lost: [PersonID: Set<Advantage>] = [:]) {
        self.directory = directory
        self.configuration = configuration
        self.lost = lost
    }

    /// The departments in which somebody has an advantage: where they see what others do not.
    public func departments(of person: PersonID) -> Set<DepartmentID> {
        Set(advantages(of: person).compactMap(\.department))
    }

    /// What somebody has that not every employee has, but for what is of departments that the inviter administers.
    public func advantages(of person: PersonID, besidesThoseOf inviter: PersonID) -> Set<Advantage> {
        let own = Authority(of: inviter, in: directory, configuration).administratorOf
        return advantages(of: person).filter { advantage in advantage.department.map { !own.contains($0) } ?? true }
    }

    private func advantages(of person: PersonID) -> Set<Advantage> {
        Advantage.all(of: person, in: directory, configuration).union(lost[person] ?? [])
    }

    /// Whom to tell besides the person: those who administer their departments; of somebody without one, the manager; where there is
    /// none either, those who hold an office of the platform.
    public func watchers(of person: PersonID) -> Set<PersonID> {
        var people = administrators(of: departments(of: person)).subtracting([person])
        if people.isEmpty, let manager = directory[person]?.manager, directory.isActive(manager) {
            people = [manager]
        }
        return people.isEmpty ? officeHolders.subtracting([person]) : people
    }

    /// Who may confirm a code that an administrator of the platform has made for somebody: whoever administers all departments of theirs that
    /// the other does not administer; departments that nobody else administers count for nothing. Where none is left, as for an office of the
    /// platform and for those who only lead people or stand in for somebody, others who hold an office of the platform. Nil when it needs
    /// nobody; empty when there is nobody who could.
    public func confirmers(of person: PersonID, invitedBy inviter: PersonID) -> Set<PersonID>? {
        guard person != inviter else { return nil }
        let foreign = advantages(of: person, besidesThoseOf: inviter)
        guard !foreign.isEmpty else { return nil }
        let both: Set = [person, inviter]
        let asked = Set(foreign.compactMap(\.department)).map { administrators(of: [$0]).subtracting(both) }
            .filter { !$0.isEmpty }
        guard let first = asked.first else { return officeHolders.subtracting(both) }
        return asked.dropFirst().reduce(first) { $0.intersection($1) }
    }

    private var officeHolders: Set<PersonID> {
        people(configuration.organisation.administrators + configuration.organisation.auditors)
    }

    private func administrators(of departments: Set<DepartmentID>) -> Set<PersonID> {
        people(departments.flatMap { configuration.departments[$0]?.administrators ?? [] })
    }

    private func people(_ parties: [Party]) -> Set<PersonID> {
        directory.people(behind: parties, in: configuration)
    }
}
