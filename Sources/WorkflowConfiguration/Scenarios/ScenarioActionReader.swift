import Expressions
import WorkflowCore

/// Reads the entries of one `play`, one after the other: what `on` means depends on what was raised before.
struct ScenarioActionReader {
    let reader: ScenarioReader
    let directory: Directory
    /// The type of the request that the play goes on with.
    private(set) var type: RequestType
    private var called: [String: RequestType] = [:]

    init(reader: ScenarioReader, directory: Directory, type: RequestType) {
        self.reader = reader
        self.directory = directory
        self.type = type
    }

    var findings: Findings { reader.findings }
    var context: ReadingContext { reader.context }

    /// The action; nil after a complaint.
    mutating func action(_ node: YAMLNode) -> ScenarioAction? {
        guard let mapping = node.mapping("an action is a mapping", findings), let kind = kind(of: mapping),
            let shape = Shapes.actions[kind],
            let keys = MappingReader(node, shape, at: mapping[kind]?.key.location, findings: findings),
            let value = keys[kind]
        else { return nil }
        let refused = shape.keys.contains { $0.name == "refused" && kind != "child" } ? keys["refused"] : nil
        let target = shape.keys.contains { $0.name == "on" } ? path(keys["on"]) : ([], type)
        guard let (path, target) = target else { return nil }
        guard let read = read(kind, value, keys, target, isRefused: refused != nil) else { return nil }
        let actor = shape.keys.contains { $0.name == "as" } ? keys["as"].flatMap { somebody($0) } : nil
        return ScenarioAction(
            kind: read, location: keys.location, actor: actor, target: path,
            refused: refused.flatMap { context.name($0, "a code") })
    }

    private func kind(of mapping: YAMLMapping) -> String? {
        let kinds = mapping.entries.map(\.key).filter { Shapes.actionKinds.contains($0.text) }
        // A vote has a comment, too.
        let main = kinds.count > 1 ? kinds.filter { $0.text != "comment" } : kinds
        if main.count == 1 { return main[0].text }
        let location = main.dropFirst().first?.location ?? mapping.entries.first?.key.location ?? mapping.location
        let hint = mapping.entries.lazy.compactMap { NearestName.hint(for: $0.key.text, among: Shapes.actionKinds) }
            .first
        findings.error(
            .stepKind, main.isEmpty ? "This says nothing that is done." : "This says several things that are done.",
            hint: (main.isEmpty ? hint : nil) ?? "One of \(Shapes.actionKinds.joined(separator: ", ")).", at: location)
        return nil
    }

    private mutating func read(
        _ kind: String, _ value: YAMLNode, _ keys: MappingReader, _ target: RequestType, isRefused: Bool
    ) -> ScenarioAction.Kind? {
        switch kind {
        case "raise": return raise(value, keys, isRefused: isRefused)
        case "approve", "reject", "complete", "claim", "release", "retry", "give_up", "accept", "hand_over", "tick",
            "untick", "add_voter", "add":
            guard let name = instance(value, of: target), let work = work(kind, keys, name, target, isRefused)
            else { return nil }
            return .work(work, name)
        case "child":
            guard let name = instance(value, of: target),
                let child = childType(of: name, in: target, at: value.location)
            else { return nil }
            return reader.reply(keys, child).map { .child(name, $0) }
        case "leaves", "advance", "until": return clockOrPeople(kind, value)
        case "expect": return ExpectationReader(actions: self, type: target).read(value).map { .expect($0) }
        default: return aboutRequest(kind, value, keys, target, isRefused)
        }
    }

    private func remark(_ value: YAMLNode, _ keys: MappingReader) -> ScenarioAction.Kind? {
        guard let text = value.scalar("a text", findings)?.text else { return nil }
        guard let readers = keys["to"]?.scalar("who reads it", findings) else { return .comment(text, to: nil) }
        guard let audience = NoteAudience(readers.text) else {
            findings.error(
                .configBadValue, "A note is for `internal`, or for a team such as `team:hr`.", at: readers.location)
            return nil
        }
        return .comment(text, to: audience)
    }

    private mutating func aboutRequest(
        _ kind: String, _ value: YAMLNode, _ keys: MappingReader, _ target: RequestType, _ isRefused: Bool
    ) -> ScenarioAction.Kind? {
        let fields = target.form.fields.map(\.id)
        switch kind {
        case "answer":
            guard let name = instance(value, of: target) else { return nil }
            return reader.callReport(keys).map { .answer(name, $0) }
        case "event": return event(value, keys, target, isRefused)
        case "amend": return .amend(entries(value, of: fields, "\(target.id)", isRefused: isRefused))
        case "reopen":
            let name = keys["called"].flatMap { context.name($0) }
            if let name { called[name.value] = target }
            return .reopen(entries(value, of: fields, "\(target.id)", isRefused: isRefused), called: name?.value)
        case "rate": return context.wholeNumber(value).map { .rate(Int($0.value), comment: comment(keys)) }
        case "restrict":
            guard let team = context.name(value, "a team") else { return nil }
            let known = reader.configuration.teams.values.filter { $0.department == target.department }.map(\.id.text)
            guard
                isRefused || context.resolve(team.value, among: known, "team", .configBadValue, at: team.location)
            else { return nil }
            return .restrict(TeamID(team.value), reason: keys["reason"]?.scalar("why", findings)?.text ?? "A test")
        case "unrestrict":
            return value.scalar("why", findings).map { .restrict(nil, reason: $0.text) }
        case "cancel": return value.scalar("why", findings).map { .cancel(reason: $0.text.isEmpty ? nil : $0.text) }
        default: return remark(value, keys)
        }
    }

    private func clockOrPeople(_ kind: String, _ value: YAMLNode) -> ScenarioAction.Kind? {
        switch kind {
        case "leaves": return person(value).map { .leaves($0) }
        case "advance": return span(value).map { .advance($0) }
        default:
            if case .scalar(let scalar) = value, scalar.text == "next timer" { return .nextTimer }
            return reader.moment(value, bareDate: .opening).map { .until($0) }
        }
    }

    private mutating func raise(_ value: YAMLNode, _ keys: MappingReader, isRefused: Bool) -> ScenarioAction.Kind? {
        guard let name = context.name(value, "a request type"), let raised = reader.requestType(name) else {
            return nil
        }
        let entries = entries(keys["form"], of: raised.form.fields.map(\.id), "\(raised.id)", isRefused: isRefused)
        let called = keys["called"].flatMap { context.name($0) }
        if let called { self.called[called.value] = raised } else if !isRefused { type = raised }
        return .raise(
            raised.id, entries, beneficiary: keys["for"].flatMap { person($0) }, called: called?.value)
    }

    private func work(
        _ kind: String, _ keys: MappingReader, _ name: InstanceName, _ type: RequestType, _ isRefused: Bool
    ) -> ScenarioAction.Work? {
        switch kind {
        case "approve": return .approve(comment: comment(keys))
        case "reject": return .reject(comment: comment(keys))
        case "claim": return .claim
        case "release": return .release
        case "retry": return .retry
        case "accept": return .accept
        case "hand_over": return keys["to"].flatMap { person($0) }.map { .handOver($0) }
        case "add_voter": return keys["voter"].flatMap { person($0) }.map { .addVoter($0) }
        case "tick", "untick": return ticks(kind == "tick", keys, name, type, isRefused)
        case "add": return added(keys, type)
        case "give_up":
            guard let outcome = keys["outcome"].flatMap({ context.name($0, "an outcome") }),
                context.resolve(
                    outcome.value, among: type.outcomes.map(\.id.text), "outcome", .unknownOutcome,
                    at: outcome.location)
            else { return nil }
            return .giveUp(OutcomeID(outcome.value))
        default:
            var fields: [FieldID] = []
            if case .task(let task)? = type.index[name.step]?.kind { fields = task.form.fields.map(\.id) + task.edit }
            return .complete(entries(keys["form"], of: fields, "`\(name.step)`", isRefused: isRefused))
        }
    }

    private func added(_ keys: MappingReader, _ type: RequestType) -> ScenarioAction.Work? {
        if let element = keys["element"] { return .addElement(ScenarioValues.json(element)) }
        guard let node = keys["step"] else {
            findings.error(
                .configMissingKey, "`add` says the `element`, or the `step` of an adhoc.", at: keys.location)
            return nil
        }
        return instance(node, of: type).map { .addStep($0.step) }
    }

    private func ticks(
        _ isDone: Bool, _ keys: MappingReader, _ name: InstanceName, _ type: RequestType, _ isRefused: Bool
    ) -> ScenarioAction.Work? {
        var known: [String] = []
        if case .task(let task)? = type.index[name.step]?.kind { known = task.checklist.map(\.id) }
        guard let node = keys["items"] else { return .tick(known, isDone: isDone) }
        let items = node.items.compactMap { item -> String? in
            guard let name = context.name(item, "a line of the checklist"),
                isRefused || context.resolve(name.value, among: known, "line", .configBadValue, at: name.location)
            else { return nil }
            return name.value
        }
        return .tick(items, isDone: isDone)
    }

    private func event(
        _ value: YAMLNode, _ keys: MappingReader, _ type: RequestType, _ isRefused: Bool
    ) -> ScenarioAction.Kind? {
        guard let name = context.name(value, "an event") else { return nil }
        var events: [String: [FieldID]] = [:]
        for step in type.index.all {
            if case .wait(.event(let wait)) = step.kind { events[wait.event] = wait.form.fields.map(\.id) }
        }
        guard isRefused || context.resolve(name.value, among: events.keys, "event", .configBadValue, at: name.location)
        else { return nil }
        return .event(
            name.value, key: keys["key"]?.scalar("a key", findings)?.text,
            entries(keys["form"], of: events[name.value] ?? [], "`\(name.value)`", isRefused: isRefused))
    }

    private func comment(_ keys: MappingReader) -> String? {
        keys["comment"]?.scalar("a text", findings)?.text
    }

    /// What is entered; a name that the form does not have is complained about, unless the action is to be refused.
    func entries(
        _ node: YAMLNode?, of fields: [FieldID], _ thing: String, isRefused: Bool
    ) -> [FieldID: JSONValue] {
        guard let mapping = node?.mapping("`form` is a mapping", findings) else { return [:] }
        var entries: [FieldID: JSONValue] = [:]
        for entry in mapping.entries {
            let id = FieldID(entry.key.text)
            if !isRefused, !fields.contains(id) {
                findings.error(
                    .unknownField, "The form of \(thing) has no field `\(id)`.",
                    hint: NearestName.hint(for: id.text, among: fields.map(\.text)), at: entry.key.location)
            }
            entries[id] = ScenarioValues.json(entry.value)
        }
        return entries
    }

    // MARK: Names

    /// Somebody by handle, or `anonymous`.
    func somebody(_ node: YAMLNode) -> Requester? {
        if case .scalar(let scalar) = node, scalar.text == Requester.anonymous.description { return .anonymous }
        return person(node).map { .person($0) }
    }

    /// Somebody by handle.
    func person(_ node: YAMLNode) -> PersonID? {
        guard let name = context.name(node, "a handle") else { return nil }
        let known = directory.everybody.map(\.handle)
        guard context.resolve(name.value, among: known, "person", .configBadValue, at: name.location) else {
            return nil
        }
        return directory.person(handle: name.value)?.id
    }

    /// An instance of a step: `decide`, `decide#2`, `grant[sap]`.
    func instance(_ node: YAMLNode, of type: RequestType) -> InstanceName? {
        guard let scalar = node.scalar("a step", findings) else { return nil }
        return instance(scalar.text, of: type, at: scalar.location)
    }

    func instance(_ text: String, of type: RequestType, at location: SourceLocation) -> InstanceName? {
        guard let name = InstanceName(text) else {
            findings.error(.configBadValue, "`\(text)` is no step.", at: location)
            return nil
        }
        let known = type.index.all.map(\.id.text)
        guard context.resolve(name.step.text, among: known, "step", .unknownStep, at: location) else { return nil }
        return type.renamingPeople(of: name) { directory.person(handle: $0)?.id.description }
    }

    func span(_ node: YAMLNode) -> Span? {
        guard let scalar = node.scalar("a span of time", findings) else { return nil }
        if let span = Span(scalar.text), span.amount >= 0 { return span }
        findings.error(
            .configBadValue, "`\(scalar.text)` is no span of time.", hint: "Such as 3 working days.",
            at: scalar.location)
        return nil
    }

    private func childType(
        of name: InstanceName, in type: RequestType, at location: SourceLocation
    ) -> RequestType? {
        let step = type.index[name.step]
        if name.isUndo {
            if case .request(let undo)? = step?.undo { return reader.configuration.requestTypes[undo.type] }
        } else if case .request(let child)? = step?.kind {
            return reader.configuration.requestTypes[child.type]
        }
        findings.error(.configBadValue, "`\(name.step)` starts no child.", at: location)
        return nil
    }

    /// Where `on` leads, and what kind of request is there.
    private func path(_ node: YAMLNode?) -> ([String], RequestType)? {
        guard let node else { return ([], type) }
        var names: [String] = []
        var here = type
        for (index, item) in node.items.enumerated() {
            guard let scalar = item.scalar("a step, or what `called` said", findings) else { return nil }
            if index == 0, let named = called[scalar.text] {
                here = named
                names.append(scalar.text)
            } else {
                guard let name = instance(scalar.text, of: here, at: scalar.location),
                    let child = childType(of: name, in: here, at: scalar.location)
                else { return nil }
                here = child
                names.append(name.description)
            }
        }
        return (names, here)
    }
}
