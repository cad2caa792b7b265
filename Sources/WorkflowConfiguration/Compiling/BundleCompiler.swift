import Expressions
import WorkflowCore

/// The passes over a bundle: names first, then what each file says, then what holds between them.
struct BundleCompiler {
    let findings: Findings

    /// Nil when something essential is missing; with errors found, what it gives may lack parts.
    func compile(_ bundle: ConfigurationBundle, version: ConfigurationVersion) -> Configuration? {
        let files = BundleFiles(bundle, findings: findings)
        let context = ReadingContext(findings: findings, languages: languages(files), names: names(files))
        let reader = SharedReader(context: context)
        let organisation = files.shared["organisation"].flatMap(reader.organisation)
        var groups = files.shared["groups"].map(reader.groups) ?? [:]
        groups.merge(files.shared["skills"].map(reader.skills) ?? [:]) { group, _ in group }
        let roles = files.shared["roles"].map(reader.roles) ?? [:]
        let lists = files.shared["lists"].map(reader.lists) ?? [:]
        let services = files.shared["services"].map(reader.services) ?? [:]
        let departments = departments(files, reader)
        let teams = teams(files, reader)
        checkOwnership(files, teams)

        let forms = FormReader(context: context, lists: lists, currency: organisation?.currency ?? "EUR")
        let surroundings = Surroundings(names: context.names, services: services, declared: files.requestTypes)
        let types = requestTypes(files, RequestTypeReader(context: context, forms: forms), surroundings)
        var configuration = Configuration(
            version: version, organisation: organisation ?? .unknown(context.languages), groups: groups, roles: roles,
            lists: lists,
            departments: departments, teams: teams, requestTypes: types)
        configuration.services = services
        prove(configuration)
        return organisation == nil ? nil : configuration
    }

    /// What processes come to is asked only of files that read well: what is missing in the others would be found again and again.
    private func prove(_ configuration: Configuration) {
        for id in configuration.requestTypes.keys.sorted() {
            guard let type = configuration.requestTypes[id], !findings.isBroken(type.source.file) else { continue }
            for finding in ProcessChecks.findings(for: type, in: configuration) { findings.add(finding) }
        }
    }

    // MARK: Names

    /// Of the organisation, read before anything else, because every text asks for them. English when they cannot be read.
    private func languages(_ files: BundleFiles) -> [String] {
        guard case .mapping(let mapping) = files.shared["organisation"], let node = mapping["languages"]?.value else {
            return ["en"]
        }
        var languages: [String] = []
        for item in node.items {
            guard let scalar = item.scalar("a language tag", findings) else { continue }
            let parts = scalar.text.split(separator: "-", omittingEmptySubsequences: false)
            let isSound =
                (2...3).contains(parts[0].utf8.count) && scalar.text.utf8.count <= 35
                && parts[0].utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
                && parts.allSatisfy {
                    !$0.isEmpty && $0.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphabetic }
                }
            if !isSound || languages.contains(scalar.text) {
                findings.error(
                    .configBadValue, "`\(scalar.text)` is not a language tag, or stands here twice.",
                    hint: "Such as en, de or pt-BR.", at: scalar.location)
            } else {
                languages.append(scalar.text)
            }
        }
        return languages.isEmpty ? ["en"] : languages
    }

    private func names(_ files: BundleFiles) -> SharedNames {
        func keys(_ node: YAMLNode?) -> Set<String> {
            guard case .mapping(let mapping) = node else { return [] }
            return Set(mapping.entries.map(\.key.text))
        }
        return SharedNames(
            groups: keys(files.shared["groups"]), skills: keys(files.shared["skills"]),
            roles: keys(files.shared["roles"]),
            teams: files.teams.reduce(into: []) { $0.formUnion(keys($1.node)) },
            departments: Set(files.departmentNames), services: keys(files.shared["services"]),
            groundless: files.groundless)
    }

    // MARK: Departments

    private func departments(_ files: BundleFiles, _ reader: SharedReader) -> [DepartmentID: Department] {
        var found: [(department: Department, prefix: SourceLocation)] = []
        for file in files.departments {
            guard let department = reader.department(file.node, id: file.department) else { continue }
            var location = file.node.location
            if case .mapping(let mapping) = file.node, let prefix = mapping["prefix"] {
                location = prefix.value.location
            }
            found.append((department, location))
        }
        OrganisationChecks(findings: findings).checkPrefixes(found)
        return Dictionary(found.map { ($0.department.id, $0.department) }) { first, _ in first }
    }

    private func teams(_ files: BundleFiles, _ reader: SharedReader) -> [TeamID: Team] {
        var teams: [TeamID: Team] = [:]
        var locations: [TeamID: SourceLocation] = [:]
        for file in files.teams {
            let own = reader.teams(file.node, department: file.department)
            guard case .mapping(let mapping) = file.node else { continue }
            for entry in mapping.entries {
                let id = TeamID(entry.key.text)
                if let first = locations[id] {
                    findings.error(
                        .nameDuplicate, "There is a team `\(id)` already.", hint: "It stands at \(first).",
                        at: entry.key.location)
                } else {
                    locations[id] = entry.key.location
                    teams[id] = own[id]
                }
            }
        }
        OrganisationChecks(findings: findings).checkMembers(teams, at: locations)
        return teams
    }

    private func checkOwnership(_ files: BundleFiles, _ teams: [TeamID: Team]) {
        let checks = OrganisationChecks(findings: findings)
        for file in files.departments {
            guard case .mapping(let mapping) = file.node else { continue }
            for key in ["agents", "leads", "administrators"] {
                checks.checkOwnership(mapping[key]?.value, of: file.department, teams)
            }
        }
        for file in files.teams {
            guard case .mapping(let mapping) = file.node else { continue }
            for case .mapping(let team) in mapping.entries.map(\.value) {
                checks.checkOwnership(team["members"]?.value, of: file.department, teams)
            }
        }
    }

    // MARK: Request types

    private func requestTypes(
        _ files: BundleFiles, _ reader: RequestTypeReader, _ surroundings: Surroundings
    ) -> [RequestTypeID: RequestType] {
        var drafts: [RequestTypeID: DraftRequestType] = [:]
        for file in files.requests {
            guard let node = YAMLReader.read(file.text, path: file.path, findings: findings) else { continue }
            let id = RequestTypeID("\(file.department).\(file.name)")
            drafts[id] = reader.read(node, id: id, department: DepartmentID(file.department))
        }
        var types: [RequestTypeID: RequestType] = [:]
        let contracts = Contracts()
        func compiler(_ findings: Findings) -> RequestTypeCompiler {
            RequestTypeCompiler(findings: findings, drafts: drafts, contracts: contracts, surroundings: surroundings)
        }
        for group in TypeOrder.groups(drafts) {
            let recursion = Recursion(group, findings: findings)
            if recursion.isCircle {
                recursion.check()
                recursion.settle(contracts) { compiler(Findings()).compile($0).contract }
            }
            for draft in group {
                let (type, contract) = compiler(findings).compile(draft)
                contracts[draft.id] = contract
                types[draft.id] = type
            }
        }
        return types
    }
}

extension Organisation {
    /// Stands in for one that cannot be read, so that what departments say is checked all the same.
    fileprivate static func unknown(_ languages: [String]) -> Organisation {
        Organisation(
            title: LocalizedText([:]), languages: languages, timeZone: "UTC",
            workingHours: WorkingHours(weekdays: [1], from: .midnight, to: .midnight), currency: "EUR")
    }
}
