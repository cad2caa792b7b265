package import WorkflowCore

extension ServiceDesk {
    /// The organisation's languages, the main one first.
    package func languages() async throws(DeskError) -> [String] {
        try await asking { () throws(StorageError) in
            try await configurations.current().configuration.organisation.languages
        }
    }

    /// Who the viewer is to the desk.
    package func profile(of viewer: Viewer) async throws(DeskError) -> ProfileView {
        try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            let configuration = try await configurations.current().configuration
            func view(_ party: Party, _ title: LocalizedText?) -> PartyView {
                let name = title?.text(in: viewer.language, fallbacks: configuration.organisation.languages)
                return PartyView(party: party, name: name ?? party.description)
            }
            var groups: [PartyView] = []
            var teams: [PartyView] = []
            var roles: [PartyView] = []
            for party in viewer.parties {
                switch party {
                case .person, .anonymous: break
                case .group(let id): groups.append(view(party, configuration.groups[id]?.title))
                case .team(let id): teams.append(view(party, configuration.teams[id]?.title))
                case .role(let id): roles.append(view(party, configuration.roles[id]?.title))
                }
            }
            let person = viewer.person
            return ProfileView(
                person: PersonReference(id: person.id, handle: person.handle, name: person.name), email: person.email,
                language: viewer.language,
                manager: person.manager.map { PersonReference($0, in: directory, language: viewer.language) },
                groups: groups, teams: teams, roles: roles, agentOf: viewer.agentOf)
        }
    }

    /// What the viewer may raise, by department and title.
    package func catalogue(for viewer: Viewer) async throws(DeskError) -> [CatalogueEntry] {
        try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            let compiled = try await configurations.current()
            return catalogue(for: Reader(viewer), under: compiled, directory)
        }
    }

    /// One entry of the catalogue.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type`, also when the type is not for the viewer.
    package func catalogueEntry(
        _ type: RequestTypeID, for viewer: Viewer
    ) async throws(DeskError) -> CatalogueEntry {
        let found = try await asking { () throws(StorageError) -> CatalogueEntry? in
            let directory = try await directories.current()
            let compiled = try await configurations.current()
            return compiled.configuration.requestTypes[type].flatMap {
                entry($0, for: Reader(viewer), under: compiled, directory)
            }
        }
        guard let found else { throw .rejected(.unknownType(type)) }
        return found
    }

    /// A request by identifier or number.
    ///
    /// - Throws: `.rejected` with `request.not_found`, also when the viewer may not see it.
    package func request(_ reference: String, for viewer: Viewer) async throws(DeskError) -> RequestView {
        try await queries.request(reference, for: viewer)
    }

    /// Why somebody may see a request and do something with it, or what would let them.
    ///
    /// - Parameter handle: Whose access is asked for; nil for the viewer's own.
    /// - Throws: `.rejected` with `request.not_found` when the viewer may not see the request, with `access.not_allowed` when they may not
    ///   ask for others, with `people.unknown`.
    package func access(
        to reference: String, of handle: String?, for viewer: Viewer
    ) async throws(DeskError) -> AccessView {
        try await queries.access(to: reference, of: handle, for: viewer)
    }

    /// Requests that the viewer may see, the newest first.
    ///
    /// - Parameters:
    ///   - cursor: From the page before; nil for the first.
    ///   - limit: 1...200.
    package func requests(
        for viewer: Viewer, filter: RequestFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> {
        try await queries.requests(for: viewer, filter: filter, cursor: cursor, limit: limit)
    }

    /// Requests that the viewer may see and in whose text all words are, the newest first.
    ///
    /// - Parameters:
    ///   - text: The last word may be the beginning of one.
    ///   - cursor: From the page before; nil for the first.
    ///   - limit: 1...200.
    /// - Throws: `.rejected` with `search.too_many_words`.
    package func search(
        _ text: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> {
        try await queries.search(text, for: viewer, cursor: cursor, limit: limit)
    }

    /// How much there is for the viewer.
    package func counts(for viewer: Viewer) async throws(DeskError) -> RequestCounts {
        try await queries.counts(for: viewer)
    }

    /// The viewer's open requests and what waits for them, for beside a link: exact below the limit, and not below it where there is more.
    package func glance(
        for viewer: Viewer, upTo limit: Int
    ) async throws(DeskError) -> (mine: Int, waiting: Int) {
        try await queries.glance(for: viewer, upTo: limit)
    }

    /// What happened to a request, the oldest first.
    package func timeline(
        of reference: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> {
        try await queries.timeline(of: reference, for: viewer, cursor: cursor, limit: limit)
    }

    /// Work that is offered to the viewer or theirs; the earliest due first.
    package func inbox(
        for viewer: Viewer, filter: InboxFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<InboxItem> {
        try await queries.inbox(for: viewer, filter: filter, cursor: cursor, limit: limit)
    }

    /// What the reader may raise, by department and title.
    func catalogue(
        for reader: Reader, under compiled: CompiledConfiguration, _ directory: Directory
    ) -> [CatalogueEntry] {
        compiled.configuration.requestTypes.values
            .compactMap { entry($0, for: reader, under: compiled, directory) }
            .sorted { ($0.department, $0.title, $0.type) < ($1.department, $1.title, $1.type) }
    }

    /// Nil when the reader may not raise it.
    func entry(
        _ type: RequestType, for reader: Reader, under compiled: CompiledConfiguration, _ directory: Directory
    ) -> CatalogueEntry? {
        let reading = Reading(reader: reader, directory: directory, compiled: compiled, type: type, now: clock())
        guard Rules.mayRaise(in: reading.context) else { return nil }
        let department = compiled.configuration.departments[type.department]
        var entry = CatalogueEntry(
            type: type.id, department: type.department,
            departmentTitle: department.map { reading.text($0.title) } ?? type.department.text,
            title: reading.text(type.title), summary: type.summary.map(reading.text), form: reading.form(type.form))
        entry.keywords = type.keywords.map(reading.text)
        return entry
    }
}
