import WorkflowCore

/// What somebody would come to see or decide by their own change of people or files. Nobody gives themself a say: another who may make
/// the change does, or an operator on the machine. Whoever helps somebody else to it stands in the audit, and the department is told.
enum OwnGain {
    /// Throws when the file puts its importer into a group, or lets them stand in for somebody for whom they do not.
    ///
    /// - Parameter claimed: Groups that the file says nothing about.
    static func refuse(
        _ rows: [PeopleFile.Row], by importer: PersonID, in directory: Directory, claimed: Set<GroupID>
    ) throws(DeskError) {
        guard let own = directory[importer] else { return }
        var gains: [String] = []
        for row in rows {
            if row.handle == own.handle {
                gains += row.groups.subtracting(own.groups).subtracting(claimed).sorted()
                    .map { "You would come into the group \($0)." }
            }
            let before = directory.person(handle: row.handle)?.deputies.filter { $0.person == importer } ?? []
            let isNew = row.deputies.contains { deputy in
                deputy.handle == own.handle
                    && !before.contains { $0.department == nil && $0.from == deputy.from && $0.until == deputy.until }
            }
            if isNew { gains.append("You would stand in for \(row.handle).") }
        }
        try refuse(gains, code: "people.own_gain", message: "This file would give you more than you have.")
    }

    /// Throws when somebody would come into an office, or into a role or team that there was before. In a new department there are no
    /// secrets yet.
    static func refuse(
        _ new: Configuration, replacing old: Configuration, by person: PersonID, in directory: Directory
    ) throws(DeskError) {
        let (before, after) = (
            Authority(of: person, in: directory, old), Authority(of: person, in: directory, new)
        )
        let fresh = Set(new.departments.keys).subtracting(old.departments.keys)
        let parties = Set(after.parties).subtracting(before.parties).filter { party in
            switch party {
            case .team(let team): old.teams[team] != nil
            case .role(let role): old.roles[role] != nil
            case .person, .group, .anonymous: false
            }
        }
        let offices = Offices(of: person, in: directory, new).names(besides: fresh)
            .subtracting(Offices(of: person, in: directory, old).names)
        try refuse(
            parties.sorted().map { "You would come into \($0)." } + offices.sorted().map { "You would be \($0)." },
            code: "configuration.own_gain", message: "These files would give you more than you have.")
    }

    private static func refuse(_ gains: [String], code: String, message: String) throws(DeskError) {
        guard !gains.isEmpty else { return }
        throw .rejected(
            Rejection(
                .forbidden, code: code, message: ([message] + gains.prefix(20)).joined(separator: " "),
                hint: "Nothing was done. Let somebody else who may do it, or whoever runs Bureau."))
    }
}
