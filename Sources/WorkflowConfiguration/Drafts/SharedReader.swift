import Expressions
import WorkflowCore

/// Reads the shared files and the departments' own.
struct SharedReader {
    let context: ReadingContext

    private var findings: Findings { context.findings }

    /// Nil when something essential is missing, which is then complained about.
    func organisation(_ node: YAMLNode) -> Organisation? {
        guard let reader = MappingReader(node, Shapes.organisation, findings: findings) else { return nil }
        let title = reader["title"].flatMap(context.text)
        let zone = reader["time_zone"].flatMap(timeZone)
        let hours = reader["working_hours"].flatMap { workingHours($0, at: reader.location(of: "working_hours")) }
        let currency = reader["currency"].flatMap(context.currency)
        let administrators = parties(reader["administrators"])
        let auditors = parties(reader["auditors"])
        guard let title, let zone, let hours, let currency else { return nil }
        var organisation = Organisation(
            title: title, languages: context.languages, timeZone: zone, workingHours: hours, currency: currency)
        organisation.administrators = administrators
        organisation.auditors = auditors
        return organisation
    }

    func groups(_ node: YAMLNode) -> [GroupID: Group] {
        table(node, "`groups.yaml` is a mapping from groups to titles") { id, value, _ in
            group(GroupID(id), value, Shapes.group)
        }
    }

    /// Those who have a skill are a group, named so that no group is called like it.
    func skills(_ node: YAMLNode) -> [GroupID: Group] {
        let skills: [GroupID: Group] = table(node, "`skills.yaml` is a mapping from skills to titles") { id, value, _ in
            group(GroupID(skill: id), value, Shapes.skill)
        }
        return Dictionary(uniqueKeysWithValues: skills.values.map { ($0.id, $0) })
    }

    private func group(_ id: GroupID, _ value: YAMLNode, _ shape: MappingShape) -> Group? {
        guard isTitled(value) else { return context.text(value).map { Group(id: id, title: $0) } }
        guard let reader = MappingReader(value, shape, findings: findings),
            let title = reader["title"].flatMap(context.text)
        else { return nil }
        return Group(id: id, title: title, claim: reader["claim"].flatMap(claim))
    }

    func roles(_ node: YAMLNode) -> [RoleID: Role] {
        table(node, "`roles.yaml` is a mapping from roles to titles and members") { id, value, location in
            guard let reader = MappingReader(value, Shapes.role, at: location, findings: findings) else { return nil }
            let title = reader["title"].flatMap(context.text)
            let members = reader["members"].map(self.members) ?? []
            guard let title, !members.isEmpty else { return nil }
            return Role(id: RoleID(id), title: title, members: members)
        }
    }

    func lists(_ node: YAMLNode) -> [ListID: ChoiceList] {
        table(node, "`lists.yaml` is a mapping from lists to choices") { id, value, _ in
            ChoiceReader(context: context).list(ListID(id), value)
        }
    }

    func department(_ node: YAMLNode, id: String) -> Department? {
        guard let reader = MappingReader(node, Shapes.department, findings: findings) else { return nil }
        let title = reader["title"].flatMap(context.text)
        let prefix = reader["prefix"].flatMap(prefix)
        let agents = reader["agents"]?.items.compactMap(team) ?? []
        if let node = reader["agents"], node.items.isEmpty {
            findings.error(
                .membersEmpty, "Nobody is in here, so nobody sees the department's requests and hears of what fails.",
                hint: "Name a team of the department, team:….", at: node.location)
        }
        let leads = parties(reader["leads"])
        let administrators = parties(reader["administrators"])
        guard let title, let prefix else { return nil }
        var department = Department(id: DepartmentID(id), title: title, prefix: prefix, agents: agents)
        department.leads = leads
        department.administrators = administrators
        return department
    }

    func teams(_ node: YAMLNode, department: String) -> [TeamID: Team] {
        table(node, "`teams.yaml` is a mapping from teams to titles and members") { id, value, location in
            guard let reader = MappingReader(value, Shapes.team, at: location, findings: findings) else { return nil }
            let title = reader["title"].flatMap(context.text)
            let members = reader["members"].map(self.members) ?? []
            guard let title, !members.isEmpty else { return nil }
            return Team(id: TeamID(id), department: DepartmentID(department), title: title, members: members)
        }
    }

    func services(_ node: YAMLNode) -> [ServiceID: Service] {
        var homes: [String: (service: String, origin: String)] = [:]
        return table(node, "`services.yaml` is a mapping from services to titles and addresses") {
            id, value, location in
            guard let reader = MappingReader(value, Shapes.service, at: location, findings: findings) else {
                return nil
            }
            let title = reader["title"].flatMap(context.text)
            let url = reader["url"].flatMap(address)
            let secret = reader["secret"].flatMap(setting)
            let offer = reader["offered_to"].map(context.offer) ?? .nobody
            guard let title, let url else { return nil }
            if let secret, let location = reader["secret"]?.location {
                let home = homes[secret, default: (id, Self.origin(of: url))]
                homes[secret] = home
                if home.origin != Self.origin(of: url) {
                    findings.error(
                        .serviceSharedSecret,
                        "The secret \(secret) is sent to \(home.origin), by the service `\(home.service)`.",
                        hint: "A secret goes to one place. Name another one, even where both hold the same token.",
                        at: location)
                }
            }
            return Service(id: ServiceID(id), title: title, url: url, secret: secret, offeredTo: offer)
        }
    }

    /// Scheme, host and port of an address.
    private static func origin(of url: String) -> String {
        url.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }

    /// Without a slash at the end, because paths begin with one.
    private func address(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar("an address", findings) else { return nil }
        let rest = ["https://", "http://"].first(where: scalar.text.hasPrefix).map { scalar.text.dropFirst($0.count) }
        let isSound =
            rest.map { rest in
                !rest.isEmpty && rest.first != "/" && rest.last != "/"
                    && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
                    && !rest.contains { "?#@{}\"<>\\".contains($0) }
            } ?? false
        guard isSound else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not the address of a service.",
                hint: "Such as https://directory.example.org/api, without a slash at the end and without a password.",
                at: scalar.location)
            return nil
        }
        return scalar.text
    }

    /// The name of a setting: the secret itself never stands in a file.
    private func setting(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar("the name of a setting", findings) else { return nil }
        let isSound =
            scalar.text.utf8.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
            && scalar.text.utf8.allSatisfy {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
            }
        guard isSound, scalar.text.utf8.count <= 64 else {
            findings.error(
                .configBadValue, "This is not the name of a setting.",
                hint:
                    "Capital letters, digits and underscores, such as DIRECTORY_TOKEN; the secret itself stays out of the files.",
                at: scalar.location)
            return nil
        }
        guard !Service.reservedSecrets.contains(scalar.text) else {
            findings.error(
                .configBadValue, "\(scalar.text) is a secret of Bureau's own, which is sent to no service.",
                hint: "Name a secret that belongs to the service.", at: scalar.location)
            return nil
        }
        return scalar.text
    }

    // MARK: Parts

    /// The entries of a mapping whose keys are names.
    private func table<Kind, Entry>(
        _ node: YAMLNode, _ expectation: String, _ read: (String, YAMLNode, SourceLocation) -> Entry?
    ) -> [Identifier<Kind>: Entry] {
        guard let mapping = node.mapping(expectation, findings) else { return [:] }
        var entries: [Identifier<Kind>: Entry] = [:]
        for entry in mapping.entries {
            guard Names.isSharedName(entry.key.text) else {
                findings.error(
                    .nameInvalid, "`\(entry.key.text)` is not a name.",
                    hint: "Small letters, digits and hyphens, beginning with a letter.", at: entry.key.location)
                continue
            }
            entries[Identifier(entry.key.text)] = read(entry.key.text, entry.value, entry.key.location)
        }
        return entries
    }

    private func isTitled(_ node: YAMLNode) -> Bool {
        if case .mapping(let mapping) = node { mapping["title"] != nil } else { false }
    }

    private func members(_ node: YAMLNode) -> [MemberSource] {
        if node.items.isEmpty {
            findings.error(
                .membersEmpty, "Nobody is in here, so whatever is given to it reaches nobody.",
                hint: "Name a group:…, a team:… or a skill:…; who is in a group the directory says.", at: node.location)
        }
        return node.items.compactMap { item in
            guard let scalar = item.scalar("a source of members", findings) else { return nil }
            switch scalar.text {
            case "everyone": return .everyone
            case "managers": return .managers
            default: break
            }
            let parts = scalar.text.split(separator: ":", maxSplits: 1)
            let name = parts.count == 2 ? String(parts[1]) : ""
            switch parts.count == 2 ? parts[0] : "" {
            case "group":
                return context.resolve(name, among: context.names.groups, "group", .unknownGroup, at: scalar.location)
                    ? .group(GroupID(name)) : nil
            case "skill":
                return context.resolve(name, among: context.names.skills, "skill", .unknownSkill, at: scalar.location)
                    ? .group(GroupID(skill: name)) : nil
            case "team":
                return context.resolve(name, among: context.names.teams, "team", .unknownTeam, at: scalar.location)
                    ? .team(TeamID(name)) : nil
            default:
                findings.error(
                    .configBadValue, "`\(scalar.text)` is no source of members.",
                    hint: "Write group:…, team:…, skill:…, `managers` or `everyone`.", at: scalar.location)
                return nil
            }
        }
    }

    /// Teams, groups and roles that hold an office; what is none of these is complained about and left out. Persons are not among
    /// them: an office outlasts whoever holds it, and people come and go without a change of files.
    private func parties(_ node: YAMLNode?) -> [Party] {
        (node?.items ?? []).compactMap { item in
            guard let scalar = item.scalar("a team, a group or a role", findings) else { return nil }
            let parts = scalar.text.split(separator: ":", maxSplits: 1).map(String.init)
            let names = context.names
            switch parts.count == 2 ? parts[0] : "" {
            case "team":
                return context.resolve(parts[1], among: names.teams, "team", .unknownTeam, at: scalar.location)
                    ? .team(TeamID(parts[1])) : nil
            case "group":
                return context.resolve(parts[1], among: names.groups, "group", .unknownGroup, at: scalar.location)
                    ? .group(GroupID(parts[1])) : nil
            case "role":
                return context.resolve(parts[1], among: names.roles, "role", .unknownRole, at: scalar.location)
                    ? .role(RoleID(parts[1])) : nil
            default:
                findings.error(
                    .configBadValue, "`\(scalar.text)` is no team, group or role.",
                    hint: "Write team:…, group:… or role:….", at: scalar.location)
                return nil
            }
        }
    }

    private func team(_ node: YAMLNode) -> TeamID? {
        guard let scalar = node.scalar("a team", findings) else { return nil }
        guard scalar.text.hasPrefix("team:") else {
            findings.error(
                .configBadValue, "Agents are teams, not `\(scalar.text)`.", hint: "Write team:…", at: scalar.location)
            return nil
        }
        let name = String(scalar.text.dropFirst(5))
        return context.resolve(name, among: context.names.teams, "team", .unknownTeam, at: scalar.location)
            ? TeamID(name) : nil
    }

    private func claim(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar("a claim's value", findings) else { return nil }
        guard (1...500).contains(scalar.text.utf8.count) else {
            findings.error(.configBadValue, "A claim's value has 1 to 500 letters.", at: scalar.location)
            return nil
        }
        return scalar.text
    }

    private func prefix(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar("a prefix", findings) else { return nil }
        let isSound =
            (1...8).contains(scalar.text.utf8.count)
            && scalar.text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        guard isSound else {
            findings.error(.configBadValue, "A prefix has 1 to 8 capital letters.", at: scalar.location)
            return nil
        }
        return scalar.text
    }

    private func timeZone(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar("a time zone", findings) else { return nil }
        let parts = scalar.text.split(separator: "/", omittingEmptySubsequences: false)
        let isSound =
            scalar.text == "UTC"
            || (parts.count >= 2
                && parts.allSatisfy { part in
                    !part.isEmpty
                        && part.unicodeScalars.allSatisfy {
                            $0.isASCII && ($0.properties.isAlphabetic || "0123456789_+-".unicodeScalars.contains($0))
                        }
                })
        guard isSound else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not the name of a time zone.",
                hint: "Such as Europe/Berlin, or UTC.",
                at: scalar.location)
            return nil
        }
        return scalar.text
    }

    private func workingHours(_ node: YAMLNode, at location: SourceLocation) -> WorkingHours? {
        guard let reader = MappingReader(node, Shapes.workingHours, at: location, findings: findings) else {
            return nil
        }
        let days = reader["days"]?.items.compactMap { item -> Int? in
            context.word(item, of: Shapes.weekdays).flatMap { Shapes.weekdays.firstIndex(of: $0.value) }.map { $0 + 1 }
        }
        let from = reader["from"].flatMap(time)
        let to = reader["to"].flatMap(time)
        guard let days, !days.isEmpty, let from, let to else { return nil }
        guard from < to else {
            findings.error(.configBadValue, "Business closes before it opens.", at: reader.location(of: "to"))
            return nil
        }
        return WorkingHours(weekdays: Set(days), from: from, to: to)
    }

    private func time(_ node: YAMLNode) -> TimeOfDay? {
        guard let scalar = node.scalar("a time of day", findings) else { return nil }
        guard let time = TimeOfDay(scalar.text) else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not a time of day.", hint: "Such as 09:00.", at: scalar.location)
            return nil
        }
        return time
    }
}
