import Expressions
import WorkflowCore

extension ScenarioReader {
    /// What `given` says, of the file and of the scenario.
    struct Setting {
        var clock: Instant?
        /// Nil for the usual people.
        var directory: Directory?
        /// Children wait unless said otherwise: a test is about one request type.
        var replies = Replies(others: .wait)
    }

    func take(_ node: YAMLNode, into setting: inout Setting, _ type: RequestType) {
        guard let reader = MappingReader(node, Shapes.given, findings: findings) else { return }
        if let clock = reader["clock"] { setting.clock = moment(clock, bareDate: .opening) }
        if let people = reader["people"] { setting.directory = directory(people) }
        if let calls = reader["calls"] { take(calls: calls, into: &setting.replies, type) }
        if let children = reader["children"] { take(children: children, into: &setting.replies, type) }
    }

    // MARK: People

    private func directory(_ node: YAMLNode) -> Directory? {
        guard case .mapping(let mapping) = node else {
            guard let scalar = node.scalar("a file of people, or people by handle", findings) else { return nil }
            guard let text = files.people[scalar.text] else {
                findings.error(
                    .configBadValue, "There is no file of people `\(scalar.text)`.",
                    hint: NearestName.hint(for: scalar.text, among: files.people.keys.sorted())
                        ?? "Its path is meant from the configuration folder on: demo/people.csv.",
                    at: scalar.location)
                return nil
            }
            return people(text, at: scalar.location)
        }
        return people(mapping)
    }

    /// The people of a file; complains where it is asked for.
    func people(_ text: String?, at location: SourceLocation) -> Directory? {
        guard let text else {
            findings.error(
                .configMissingKey, "Nobody plays here: there is no \(ScenarioFiles.usualPeople).",
                hint: "Say `people:` in `given`.", at: location)
            return nil
        }
        do throws(PeopleFileError) {
            return try directories.directory(of: text, configuration: configuration)
        } catch {
            findings.error(
                .configBadValue, "The file of people is wrong: \(error.problems[0])", at: location)
            return nil
        }
    }

    private func people(_ mapping: YAMLMapping) -> Directory {
        let handles = mapping.entries.map(\.key.text)
        var rows: [(PeopleFile.Row, isActive: Bool)] = []
        var deputies: [String: [GivenDeputy]] = [:]
        for entry in mapping.entries {
            guard
                let reader = MappingReader(entry.value, Shapes.givenPerson, at: entry.key.location, findings: findings)
            else { continue }
            var manager: String?
            if let node = reader["manager"], let name = context.name(node, "a handle"),
                context.resolve(name.value, among: handles, "person", .configBadValue, at: name.location)
            {
                manager = name.value
            }
            var groups: Set<GroupID> = []
            for node in reader["groups"]?.items ?? [] {
                guard let name = context.name(node, "a group") else { continue }
                let known = configuration.groups.keys.map(\.text)
                if context.resolve(name.value, among: known, "group", .unknownGroup, at: name.location) {
                    groups.insert(GroupID(name.value))
                }
            }
            let handle = entry.key.text
            if let node = reader["deputies"] { deputies[handle] = self.deputies(node, among: handles) }
            let row = PeopleFile.Row(
                handle: handle, name: reader["name"].flatMap { context.name($0) }?.value ?? handle,
                email: "\(handle)@example.org", language: reader["language"].flatMap { context.name($0) }?.value,
                manager: manager, site: reader["site"].flatMap { context.name($0) }?.value, groups: groups)
            rows.append((row, reader["left"].flatMap { context.yesNo($0) } != true))
        }
        return ScenarioFiles.directory(rows, deputies)
    }

    private func deputies(_ node: YAMLNode, among handles: [String]) -> [GivenDeputy] {
        func known(_ name: Located<String>) -> Bool {
            context.resolve(name.value, among: handles, "person", .configBadValue, at: name.location)
        }
        guard case .mapping(let mapping) = node else {
            return node.items.compactMap { item in
                guard let name = context.name(item, "a handle"), known(name) else { return nil }
                return GivenDeputy(handle: name.value, department: nil, from: nil, until: nil)
            }
        }
        return mapping.entries.compactMap { entry in
            guard known(Located(value: entry.key.text, location: entry.key.location)),
                let reader = MappingReader(entry.value, Shapes.deputy, at: entry.key.location, findings: findings)
            else { return nil }
            return GivenDeputy(
                handle: entry.key.text, department: reader["department"].flatMap { department($0) },
                from: reader["from"].flatMap { date($0) },
                until: reader["until"].flatMap { date($0) })
        }
    }

    private func department(_ node: YAMLNode) -> DepartmentID? {
        guard let name = context.name(node, "a department"),
            context.resolve(
                name.value, among: configuration.departments.keys.map(\.text).sorted(), "department", .configBadValue,
                at: name.location)
        else { return nil }
        return DepartmentID(name.value)
    }

    private func date(_ node: YAMLNode) -> CivilDate? {
        guard let scalar = node.scalar("a day", findings) else { return nil }
        if let date = CivilDate(iso8601: scalar.text) { return date }
        findings.error(
            .configBadValue, "`\(scalar.text)` is no day.", hint: "Such as 2027-01-04.", at: scalar.location)
        return nil
    }

    // MARK: Calls

    private func take(calls node: YAMLNode, into replies: inout Replies, _ type: RequestType) {
        guard let mapping = node.mapping("`calls` is a mapping from steps or services", findings) else { return }
        let services = configuration.services.keys.map(\.text)
        for entry in mapping.entries {
            let name = entry.key.text
            let known = type.index.all.map(\.id.text) + services
            guard context.resolve(name, among: known, "step or service", .unknownStep, at: entry.key.location),
                let reader = MappingReader(
                    entry.value, Shapes.callReply, at: entry.key.location, findings: findings),
                let report = callReport(reader)
            else { continue }
            if type.index[StepID(name)] != nil {
                replies.callsByStep[StepID(name)] = report
            } else {
                replies.callsByService[ServiceID(name)] = report
            }
        }
    }

    /// What a service answers.
    func callReport(_ reader: MappingReader) -> CallReport? {
        if let failed = reader["failed"] { return failed.scalar("why", findings).map { .failed(reason: $0.text) } }
        var status = 200
        if let node = reader["status"] {
            guard let number = context.wholeNumber(node) else { return nil }
            status = Int(number.value)
        }
        return .answered(status: status, reader["body"].map(ScenarioValues.json) ?? .null)
    }

    // MARK: Children

    private func take(children node: YAMLNode, into replies: inout Replies, _ type: RequestType) {
        guard case .mapping(let mapping) = node else {
            replies.others = word(node) ?? replies.others
            return
        }
        for entry in mapping.entries {
            let name = entry.key.text
            if name.contains(".") {
                guard let child = requestType(Located(value: name, location: entry.key.location)) else { continue }
                if let reply = self.child(entry, child, &replies) { replies.byType[child.id] = reply }
            } else {
                guard
                    context.resolve(
                        name, among: type.index.all.map(\.id.text), "step", .unknownStep, at: entry.key.location),
                    let step = type.index[StepID(name)]
                else { continue }
                guard case .request(let definition) = step.kind,
                    let child = configuration.requestTypes[definition.type]
                else {
                    findings.error(.configBadValue, "`\(name)` starts no child.", at: entry.key.location)
                    continue
                }
                if let reply = self.child(entry, child, &replies) { replies.byStep[step.id] = reply }
            }
        }
    }

    private func word(_ node: YAMLNode) -> Replies.Child? {
        context.word(node, of: ["run", "wait"]).map { $0.value == "run" ? .run : .wait }
    }

    private func child(
        _ entry: YAMLMapping.Entry, _ type: RequestType, _ replies: inout Replies
    ) -> Replies.Child? {
        guard case .mapping = entry.value else { return word(entry.value) }
        guard let reader = MappingReader(entry.value, Shapes.reply, at: entry.key.location, findings: findings) else {
            return nil
        }
        if reader["cancel"].flatMap({ context.word($0, of: ["refused"]) }) != nil {
            replies.unstoppable.insert(type.id)
        }
        if reader["outcome"] == nil, reader["refused"] == nil { return .wait }
        return reply(reader, type).map { .answer($0) }
    }

    /// How a child ends; complains when its type cannot end so.
    func reply(_ reader: MappingReader, _ type: RequestType) -> ChildReply? {
        if let refused = reader["refused"] {
            return refused.scalar("why", findings).map { .refused(reason: $0.text) }
        }
        guard let node = reader["outcome"] else {
            findings.error(
                .configMissingKey, "\(type.id) ends with an `outcome`, or is `refused`.", at: reader.location)
            return nil
        }
        guard let name = context.name(node, "an outcome"),
            context.resolve(
                name.value, among: type.outcomes.map(\.id.text), "outcome", .unknownOutcome, at: name.location)
        else { return nil }
        var outputs: [String: Value] = [:]
        if let node = reader["outputs"], let mapping = node.mapping("`outputs` is a mapping", findings) {
            for entry in mapping.entries {
                guard let output = type.outputs.first(where: { $0.name == entry.key.text }) else {
                    let known = type.outputs.map(\.name)
                    findings.error(
                        .configBadValue, "\(type.id) has no output `\(entry.key.text)`.",
                        hint: NearestName.hint(for: entry.key.text, among: known), at: entry.key.location)
                    continue
                }
                guard let value = ScenarioValues.value(of: entry.value, as: output.value.type, people: nil) else {
                    findings.error(
                        .configBadValue, "`\(output.name)` is \(output.value.type).", at: entry.value.location)
                    continue
                }
                outputs[output.name] = value
            }
        }
        return .closed(OutcomeID(name.value), outputs: outputs)
    }
}
