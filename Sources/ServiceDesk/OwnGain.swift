import WorkflowCore

/// What somebody would come to see or decide by their own change of people or files. Nobody gives themself a say: another who may make
/// the change does, or an operator on the machine. Whoever helps somebody else to it stands in the audit, and the department is told.
enum OwnGain {
    /// Throws when the file gives its importer a group, somebody to stand in for or to manage, or its address to somebody else. By an
    /// import of a program neither may those gain who make its tokens; and a program gains no group but by somebody who is in it.
    ///
    /// - Parameters:
    ///   - after: What the file makes of the directory.
    ///   - claimed: Groups that the file says nothing about.
    static func refuse(
        _ rows: [PeopleFile.Row], by importer: PersonID, from directory: Directory, to after: Directory,
        _ configuration: Configuration, claimed: Set<GroupID>
    ) throws(DeskError) {
        guard let own = directory[importer] else { return }
        let makers = directory.people(behind: configuration.organisation.administrators, in: configuration)
        let gainers = (own.kind == .person ? [own] : makers.sorted().compactMap { directory[$0] } + [own])
        var gains: [String] = []
        for row in rows {
            let known = directory.person(handle: row.handle)
            if row.kind == .service {
                gains += row.groups.subtracting(known?.groups ?? []).subtracting(own.groups).sorted()
                    .map { "The program \(row.handle) would come into the group \($0)." }
            }
            for gainer in gainers { gains += Self.gains(of: gainer, from: row, known, claimed) }
        }
        for gainer in gainers { gains += Self.newcomers(under: gainer, directory, after) }
        try refuse(gains, code: "people.own_gain", message: "This file would give you more than you have.")
    }

    private static func gains(
        of gainer: Directory.Person, from row: PeopleFile.Row, _ known: Directory.Person?, _ claimed: Set<GroupID>
    ) -> [String] {
        let name = gainer.handle
        if row.handle == name {
            // Whose address somebody has decides whom a provider signs in, and theirs would be free for another one.
            let address =
                row.email.lowercased() == gainer.email.lowercased() ? [] : ["\(name) would get another address."]
            return address
                + row.groups.subtracting(gainer.groups).subtracting(claimed).sorted()
                .map { "\(name) would come into the group \($0)." }
        }
        var gains: [String] = []
        let before = known?.deputies.filter { $0.person == gainer.id } ?? []
        let isNew = row.deputies.contains { deputy in
            deputy.handle == name
                && !before.contains { $0.department == nil && $0.from == deputy.from && $0.until == deputy.until }
        }
        if isNew { gains.append("\(name) would stand in for \(row.handle).") }
        if let known, row.manager == name, known.manager != gainer.id {
            gains.append("\(name) would become the manager of \(row.handle).")
        }
        if !gainer.email.isEmpty, row.email.lowercased() == gainer.email.lowercased(), known?.email != row.email {
            gains.append("\(row.handle) would get the address of \(name).")
        }
        return gains
    }

    /// Who is known, and would come to work under somebody, at whatever remove: what is escalated to managers of managers would be theirs.
    private static func newcomers(
        under gainer: Directory.Person, _ before: Directory, _ after: Directory
    ) -> [String] {
        after.everybody.filter { row in
            guard let known = before[row.id] else { return false }
            return after.isAbove(gainer.id, row) && !before.isAbove(gainer.id, known) && known.manager != gainer.id
        }
        .map { "\($0.handle) would come to work under \(gainer.handle)." }
    }

    /// Throws when somebody would come into an office, or into a role or team that there was before. In a new department there are no
    /// secrets yet.
    ///
    /// - Parameter owned: Departments whose own teams and offices are theirs to give, to themself too.
    static func refuse(
        _ new: Configuration, replacing old: Configuration, by person: PersonID, in directory: Directory,
        owned: Set<DepartmentID> = []
    ) throws(DeskError) {
        let claims = new.groups.values.filter { $0.claim != nil && $0.claim != old.groups[$0.id]?.claim }
            .map { "The claim of the group \($0.id) says who is in it." }
        // Those who make a program's tokens act by it.
        let makers =
            directory[person]?.kind == .service
            ? directory.people(behind: old.organisation.administrators, in: old).sorted() : []
        let gains = ([person] + makers).flatMap { Self.gains(of: $0, new, old, directory, owned) }
        try refuse(
            claims.sorted() + gains, code: "configuration.own_gain",
            message: "These files would give you more than you have.")
    }

    private static func gains(
        of person: PersonID, _ new: Configuration, _ old: Configuration, _ directory: Directory,
        _ owned: Set<DepartmentID>
    ) -> [String] {
        let (before, after) = (
            Authority(of: person, in: directory, old), Authority(of: person, in: directory, new)
        )
        let name = directory[person]?.handle ?? "\(person)"
        let fresh = Set(new.departments.keys).subtracting(old.departments.keys)
        let parties = Set(after.parties).subtracting(before.parties).filter { party in
            switch party {
            case .team(let team): old.teams[team].map { !owned.contains($0.department) } ?? false
            case .role(let role): old.roles[role] != nil
            case .person, .group, .anonymous: false
            }
        }
        let offices = Offices(of: person, in: directory, new).names(besides: fresh.union(owned))
            .subtracting(Offices(of: person, in: directory, old).names)
        return parties.sorted().map { "\(name) would come into \($0)." }
            + offices.sorted().map { "\(name) would be \($0)." }
    }

    private static func refuse(_ gains: [String], code: String, message: String) throws(DeskError) {
        guard !gains.isEmpty else { return }
        throw .rejected(
            Rejection(
                .forbidden, code: code, message: ([message] + gains.prefix(20)).joined(separator: " "),
                hint: "Nothing was done. Let somebody else who may do it, or whoever runs Bureau."))
    }
}
