package import WorkflowCore

/// The directory of people, for those who administer a department or the platform, and for auditors. It is changed by importing files.
///
/// - Throws: `.rejected` with `access.not_allowed` for everybody else.
extension ServiceDesk {
    /// Everybody, leavers and programs too, by name.
    ///
    /// - Parameters:
    ///   - text: What a handle or a part of a name begins with; nil for everybody.
    ///   - group: Only who is in it; nil for everybody.
    ///   - cursor: From the page before; nil for the first.
    ///   - limit: 1...200.
    package func directory(
        matching text: String?, group: GroupID?, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<DirectoryPersonView> {
        try require(.readPeople, of: viewer)
        try Cursor.check(limit: limit)
        let (compiled, directory) = try await asking { () throws(StorageError) in
            (try await configurations.current(), try await directories.current())
        }
        var people = directory.everybody.filter { person in group.map(person.groups.contains) ?? true }
        if let text { people = people.filter { PersonEntries.begins($0, with: text) } }
        people.sort { ($0.name, $0.handle) < ($1.name, $1.handle) }
        if let cursor {
            let last = try Cursor.person(cursor)
            people = people.filter { ($0.name, $0.handle) > last }
        }
        let page = people.prefix(limit)
        return Page(
            items: page.map { view($0, in: directory, compiled.configuration, for: viewer) },
            next: people.count > limit ? page.last.map { Cursor.encode(name: $0.name, handle: $0.handle) } : nil)
    }

    /// One of them, with their deputies.
    ///
    /// - Throws: `.rejected` with `people.unknown`.
    package func directoryPerson(
        _ handle: String, for viewer: Viewer
    ) async throws(DeskError) -> DirectoryPersonView {
        try require(.readPeople, of: viewer)
        let (compiled, directory) = try await asking { () throws(StorageError) in
            (try await configurations.current(), try await directories.current())
        }
        guard let person = directory.person(handle: handle) else {
            throw .rejected(
                Rejection(
                    .notFound, code: "people.unknown", message: "There is nobody with the handle \(handle)."))
        }
        let rows = try await asking { () throws(StorageError) in
            try await storage.deputies(concerning: person.id)
        }
        let views = rows.map { view($0, in: directory, for: viewer) }
        let deputies = DeputiesView(
            deputies: views.filter { $0.person.id == person.id },
            standsInFor: views.filter { $0.deputy.id == person.id })
        return view(person, in: directory, compiled.configuration, deputies, for: viewer)
    }

    /// The groups of the configuration, by name.
    package func groups(for viewer: Viewer) async throws(DeskError) -> [GroupView] {
        try require(.readPeople, of: viewer)
        let (compiled, directory) = try await asking { () throws(StorageError) in
            (try await configurations.current(), try await directories.current())
        }
        let languages = compiled.configuration.organisation.languages
        return compiled.configuration.groups.values.map { group in
            GroupView(
                id: group.id, name: group.title.text(in: viewer.language, fallbacks: languages),
                members: directory.members(of: group.id).count, claim: group.claim)
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    private func view(
        _ person: Directory.Person, in directory: Directory, _ configuration: Configuration,
        _ deputies: DeputiesView = DeputiesView(deputies: [], standsInFor: []), for viewer: Viewer
    ) -> DirectoryPersonView {
        let languages = configuration.organisation.languages
        func view(_ party: Party, _ title: LocalizedText?) -> PartyView {
            PartyView(
                party: party,
                name: title?.text(in: viewer.language, fallbacks: languages) ?? party.description)
        }
        var (teams, roles): ([PartyView], [PartyView]) = ([], [])
        for party in directory.parties(of: person.id, in: configuration) {
            switch party {
            case .team(let id): teams.append(view(party, configuration.teams[id]?.title))
            case .role(let id): roles.append(view(party, configuration.roles[id]?.title))
            case .person, .group, .anonymous: break
            }
        }
        return DirectoryPersonView(
            person: PersonReference(id: person.id, handle: person.handle, name: person.name), email: person.email,
            site: person.site, language: person.language, kind: person.kind, isActive: person.isActive,
            manager: person.manager.map { PersonReference($0, in: directory, language: viewer.language) },
            groups: person.groups.map { view(.group($0), configuration.groups[$0]?.title) }.sorted {
                $0.name < $1.name
            },
            teams: teams.sorted { $0.name < $1.name }, roles: roles.sorted { $0.name < $1.name }, deputies: deputies)
    }
}
