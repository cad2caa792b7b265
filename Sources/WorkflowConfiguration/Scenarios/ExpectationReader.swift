import Expressions
import WorkflowCore

/// Reads `expect`.
struct ExpectationReader {
    let actions: ScenarioActionReader
    let type: RequestType

    private var findings: Findings { actions.findings }
    private var context: ReadingContext { actions.context }

    /// The expectations in the order of the file; nil when it is no mapping.
    func read(_ node: YAMLNode) -> [Expectation]? {
        guard let reader = MappingReader(node, Shapes.expectation, findings: findings) else { return nil }
        return reader.mapping.entries.compactMap { entry in
            expectation(entry.key.text, entry.value).map {
                Expectation(key: entry.key.text, kind: $0, location: entry.key.location)
            }
        }
    }

    private func expectation(_ key: String, _ value: YAMLNode) -> Expectation.Kind? {
        switch key {
        case "open": .open(instances(value))
        case "overdue": .overdue(instances(value))
        case "asked": .asked(byInstance(value) { $0.items.compactMap(party) })
        case "assigned": .assigned(byInstance(value, assignee))
        case "due": .due(byInstance(value, due))
        case "outcome": outcome(value)
        case "phase": context.word(value, of: ["open", "ending", "closed"]).map { .phase($0.value) }
        case "fields": .fields(values(value, among: type.form.fields.map(\.id.text), "field"))
        case "outputs": .outputs(values(value, among: type.outputs.map(\.name), "output"))
        case "gives": .gives(byInstance(value) { values($0, among: nil, "output") })
        case "passed": .passed(byInstance(value) { values($0, among: nil, "field") })
        case "sees": .sees(sees(value))
        case "hidden_from": .hidden(value.items.compactMap { actions.person($0) })
        case "told": .told(told(value))
        case "targets": .targets(targets(value))
        case "held": .held(fields(value))
        case "undone": .undone(instances(value))
        default: Expectation.Standing(rawValue: key).map { .standing($0, instances(value)) }
        }
    }

    private func instances(_ node: YAMLNode) -> [InstanceName] {
        node.items.compactMap { actions.instance($0, of: type) }
    }

    private func byInstance<Content>(
        _ node: YAMLNode, _ content: (YAMLNode) -> Content?
    ) -> [(InstanceName, Content)] {
        guard let mapping = node.mapping("this is a mapping from steps", findings) else { return [] }
        return mapping.entries.compactMap { entry in
            guard let name = actions.instance(entry.key.text, of: type, at: entry.key.location),
                let content = content(entry.value)
            else { return nil }
            return (name, content)
        }
    }

    private func values(_ node: YAMLNode, among known: [String]?, _ thing: String) -> [(String, YAMLNode)] {
        guard let mapping = node.mapping("this is a mapping from names to values", findings) else { return [] }
        return mapping.entries.compactMap { entry in
            let name = entry.key.text
            if let known, !context.resolve(name, among: known, thing, .unknownField, at: entry.key.location) {
                return nil
            }
            return (name, entry.value)
        }
    }

    private func assignee(_ node: YAMLNode) -> PersonID?? {
        if case .scalar(let scalar) = node, scalar.text == "nobody" { return .some(nil) }
        return actions.person(node).map { .some($0) }
    }

    private func due(_ node: YAMLNode) -> Instant?? {
        if case .scalar(let scalar) = node, scalar.text == "none" { return .some(nil) }
        return actions.reader.moment(node, bareDate: .closing).map { .some($0) }
    }

    private func outcome(_ node: YAMLNode) -> Expectation.Kind? {
        guard let name = context.name(node, "an outcome") else { return nil }
        if name.value == "none" { return .outcome(nil) }
        let known = type.outcomes.map(\.id.text) + [type.failedOutcome.id.text]
        guard context.resolve(name.value, among: known, "outcome", .unknownOutcome, at: name.location) else {
            return nil
        }
        return .outcome(OutcomeID(name.value))
    }

    /// A handle, `team:it` or `skill:german`.
    private func party(_ node: YAMLNode) -> Party? {
        if case .scalar(let scalar) = node, scalar.text == Party.anonymous.description { return .anonymous }
        guard let name = context.name(node, "a handle, or team:it"), name.value.contains(":") else {
            return actions.person(node).map { .person($0) }
        }
        let configuration = actions.reader.configuration
        let parts = name.value.split(separator: ":", maxSplits: 1).map(String.init)
        let rest = parts.count == 2 ? parts[1] : ""
        let known: [String]
        switch parts[0] {
        case "team": known = configuration.teams.keys.map(\.text)
        case "role": known = configuration.roles.keys.map(\.text)
        case "group": known = configuration.groups.keys.map(\.text)
        case "skill":
            let skills = configuration.groups.keys.compactMap(\.skill)
            let isKnown = context.resolve(rest, among: skills, "skill", .unknownSkill, at: name.location)
            return isKnown ? .group(GroupID(skill: rest)) : nil
        default: known = []
        }
        guard context.resolve(rest, among: known, parts[0], .configBadValue, at: name.location) else { return nil }
        return Party(name.value)
    }

    private func sees(_ node: YAMLNode) -> [(PersonID, Set<FieldID>)] {
        guard let mapping = node.mapping("`sees` is a mapping from people", findings) else { return [] }
        return mapping.entries.compactMap { entry in
            guard let person = actions.person(.scalar(entry.key)) else { return nil }
            return (person, Set(fields(entry.value)))
        }
    }

    private func fields(_ node: YAMLNode) -> [FieldID] {
        let known = type.form.fields.map(\.id.text)
        return node.items.compactMap { item in
            guard let name = context.name(item, "a field"),
                context.resolve(name.value, among: known, "field", .unknownField, at: name.location)
            else { return nil }
            return FieldID(name.value)
        }
    }

    private func targets(_ node: YAMLNode) -> [(String, TargetState.Status)] {
        values(node, among: type.targets.map(\.id), "target").compactMap { name, node in
            guard let word = context.word(node, of: ["running", "paused", "met", "missed", "dropped"]) else {
                return nil
            }
            return TargetState.Status(rawValue: word.value).map { (name, $0) }
        }
    }

    private func told(_ node: YAMLNode) -> [Expectation.Told] {
        if case .scalar(let scalar) = node, scalar.text == "nobody" { return [] }
        return node.items.compactMap { item in
            guard case .mapping = item else {
                return party(item).map {
                    Expectation.Told(to: $0, notice: nil, about: nil, text: nil, location: item.location)
                }
            }
            guard let reader = MappingReader(item, Shapes.told, findings: findings),
                let to = reader["to"].flatMap(party)
            else { return nil }
            return Expectation.Told(
                to: to, notice: reader["notice"].flatMap { context.name($0) }?.value,
                about: reader["about"].flatMap { actions.instance($0, of: type) },
                text: reader["text"]?.scalar("a text", findings)?.text, location: item.location)
        }
    }
}
