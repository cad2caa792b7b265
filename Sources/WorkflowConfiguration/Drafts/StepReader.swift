import Expressions
import WorkflowCore

/// Reads steps, blocks within blocks.
struct StepReader {
    let context: ReadingContext
    let forms: FormReader

    private var findings: Findings { context.findings }

    func steps(_ node: YAMLNode) -> [DraftStep] {
        guard case .sequence(let sequence) = node else {
            if case .broken = node { return [] }
            findings.error(
                .configWrongType, "Steps are a list, not \(node.kindName).", hint: "Each step begins with `- `.",
                at: node.location)
            return []
        }
        if sequence.items.isEmpty {
            findings.error(.configEmpty, "There are no steps.", at: node.location)
        }
        return sequence.items.compactMap(step)
    }

    private func step(_ node: YAMLNode) -> DraftStep? {
        guard let mapping = node.mapping("a step is a mapping", findings),
            let kind = kind(of: mapping),
            let reader = MappingReader(node, kind.shape, at: kind.key.location, findings: findings),
            let scalar = reader[kind.name]?.scalar("the step's identifier", findings),
            let id = context.identifier(scalar)
        else { return nil }
        let failureKey = kind.name == "approval" ? "on_rejected" : "on_failed"
        let mayBeDue = ["task", "approval", "block"].contains(kind.name)
        let mayFail = kind.name != "end"
        return DraftStep(
            id: id,
            title: reader["title"].flatMap(context.template),
            when: reader["when"].flatMap(context.expression),
            after: reader["after"].map { $0.items.compactMap { context.name($0, "the name of a step") } } ?? [],
            stage: reader["stage"].flatMap(context.text),
            due: mayBeDue ? reader["due"].flatMap(context.expression) : nil,
            isDue: mayBeDue && reader["due"] != nil,
            waitsForever: mayBeDue && kind.name != "block"
                && reader["wait"].flatMap { context.word($0, of: ["forever"]) } != nil,
            onOverdue: mayBeDue
                ? reader["on_overdue"].flatMap { overdue($0, at: reader.location(of: "on_overdue")) } : nil,
            onFailure: mayFail ? reader[failureKey].flatMap { handler($0, at: reader.location(of: failureKey)) } : nil,
            saysOverdue: mapping["on_overdue"] != nil,
            saysFailure: mapping["on_failed"] != nil || mapping["on_rejected"] != nil,
            kind: body(kind.name, reader)
        )
    }

    /// The step's one kind; nil after a complaint.
    private func kind(of mapping: YAMLMapping) -> (name: String, key: YAMLScalar, shape: MappingShape)? {
        let found = mapping.entries.map(\.key).filter { Shapes.kinds.contains($0.text) }
        let later = mapping.entries.map(\.key).filter { Shapes.laterKinds.contains($0.text) }
        if found.isEmpty, let key = later.first {
            findings.error(
                .configNotYet,
                "Steps of kind `\(key.text)` are part of the language, but this release does not carry them out.",
                hint: "It has \(Shapes.kinds.joined(separator: ", ")).", at: key.location)
            return nil
        }
        guard let key = found.first else {
            findings.error(
                .stepKind, "The step has no kind.",
                hint: mapping.entries.lazy.compactMap { NearestName.hint(for: $0.key.text, among: Shapes.kinds) }.first
                    ?? "Its first key is one of \(Shapes.kinds.joined(separator: ", ")), and the value is its identifier.",
                at: mapping.entries.first?.key.location ?? mapping.location)
            return nil
        }
        guard found.count == 1 else {
            findings.error(
                .stepKind, "A step has one kind, not `\(found.map(\.text).joined(separator: "` and `"))`.",
                hint: "Begin another step with `- `.", at: found[1].location)
            return nil
        }
        switch key.text {
        case "task": return (key.text, key, Shapes.task)
        case "approval": return (key.text, key, Shapes.approval)
        case "request": return (key.text, key, Shapes.request)
        case "block": return (key.text, key, Shapes.block)
        default: return (key.text, key, Shapes.end)
        }
    }

    private func body(_ kind: String, _ reader: MappingReader) -> DraftStepKind {
        switch kind {
        case "task":
            .task(
                assign: reader["assign"].map(context.people) ?? [],
                fallback: reader["fallback"].map(context.people) ?? [],
                fields: forms.fields(reader["form"]))
        case "approval": .approval(approval(reader))
        case "request": .request(child(reader))
        case "block": .block(reader["steps"].map(steps) ?? [])
        default: .end(reader["outcome"].flatMap { context.name($0, "the name of an outcome") })
        }
    }

    private func approval(_ reader: MappingReader) -> DraftApproval {
        DraftApproval(
            from: reader["from"].map(context.people) ?? [],
            need: reader["need"].flatMap(need) ?? .any,
            excluded: reader["not"].map(context.people) ?? [],
            fallback: reader["fallback"].map(context.people) ?? [],
            rejection: reader["reject_when"].flatMap { context.word($0, of: ["any", "unreachable"]) }?.value
                == "unreachable"
                ? .unreachable : .any,
            covers: reader["covers"].map { $0.items.compactMap { context.name($0, "the name of a field") } }
        )
    }

    private func need(_ node: YAMLNode) -> Need? {
        guard let scalar = node.scalar("`any`, `all`, `each`, a number or a percentage", findings) else { return nil }
        switch scalar.text {
        case "any": return .any
        case "all": return .all
        case "each": return .each
        default:
            if let count = Int(scalar.text), (1...1_000).contains(count) { return .count(count) }
            if scalar.text.hasSuffix("%"), let percent = Int(scalar.text.dropLast()), (1...100).contains(percent) {
                return .percent(percent)
            }
            findings.error(
                .approvalNeed, "An approval cannot need `\(scalar.text)`.",
                hint: NearestName.hint(for: scalar.text, among: ["any", "all", "each"])
                    ?? "`any`, `all`, `each`, a number from 1, or a percentage such as 60%.",
                at: scalar.location)
            return nil
        }
    }

    private func child(_ reader: MappingReader) -> DraftChild {
        let inputs = reader["with"]?.mapping("`with` is a mapping from fields to values", findings)?.entries ?? []
        return DraftChild(
            type: reader["type"].flatMap { context.name($0, "the name of a request type") },
            inputs: inputs.map { entry in
                DraftInput(
                    field: Located(value: entry.key.text, location: entry.key.location),
                    value: context.value(entry.value))
            },
            wait: reader["wait"].flatMap { context.word($0, of: ["submitted", "ended"]) }?.value == "submitted"
                ? .submitted : .ended
        )
    }

    // MARK: What follows

    private func overdue(_ node: YAMLNode, at location: SourceLocation) -> DraftOverdue? {
        if case .scalar = node {
            switch context.word(node, of: ["reject", "fail"])?.value {
            case "reject": return DraftOverdue(action: .reject, location: location)
            case "fail": return DraftOverdue(action: .fail, location: location)
            default: return nil
            }
        }
        guard let reader = MappingReader(node, Shapes.overdue, at: location, findings: findings),
            let entry = single(reader, location)
        else { return nil }
        switch entry.key.text {
        case "tell":
            let people = context.people(entry.value)
            return people.isEmpty ? nil : DraftOverdue(action: .tell(people), location: location)
        case "end":
            return context.name(entry.value, "the name of an outcome")
                .map { DraftOverdue(action: .end($0), location: location) }
        default: return nil
        }
    }

    private func handler(_ node: YAMLNode, at location: SourceLocation) -> DraftHandler? {
        if case .scalar = node {
            return context.word(node, of: ["continue"]).map { _ in DraftHandler(action: .continue, location: location) }
        }
        guard let reader = MappingReader(node, Shapes.handler, at: location, findings: findings),
            let entry = single(reader, location)
        else { return nil }
        let action: DraftHandler.Action?
        switch entry.key.text {
        case "end": action = context.name(entry.value, "the name of an outcome").map { .end($0) }
        case "leave": action = context.name(entry.value, "the name of a block").map { .leave($0) }
        case "retry": action = retry(entry.value)
        case "ask":
            let people = context.people(entry.value)
            action = people.isEmpty ? nil : .ask(people)
        default: action = nil
        }
        return action.map { DraftHandler(action: $0, location: location) }
    }

    private func retry(_ node: YAMLNode) -> DraftHandler.Action? {
        guard let count = context.wholeNumber(node) else { return nil }
        guard (1...100).contains(count.value) else {
            findings.error(.configBadValue, "A step is tried again 1 to 100 times.", at: count.location)
            return nil
        }
        return .retry(Int(count.value))
    }

    /// The one entry of a mapping that says one thing.
    private func single(_ reader: MappingReader, _ location: SourceLocation) -> YAMLMapping.Entry? {
        guard reader.mapping.entries.count == 1 else {
            findings.error(
                .configBadValue, "This says one thing, not \(reader.mapping.entries.count).", at: location)
            return nil
        }
        return reader.mapping.entries[0]
    }
}
