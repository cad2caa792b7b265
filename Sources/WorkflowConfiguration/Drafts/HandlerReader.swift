import Expressions
import WorkflowCore

/// What follows: lateness, failures and undoing.
extension StepReader {
    func overdue(_ node: YAMLNode, at location: SourceLocation) -> DraftOverdue? {
        if case .scalar = node {
            let others = "Or one of {tell: …}, {end: …} and {leave: …}."
            switch context.word(node, of: ["reject", "fail"], or: others)?.value {
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
        case "leave":
            return context.name(entry.value, "the name of a step")
                .map { DraftOverdue(action: .leave($0), location: location) }
        default: return nil
        }
    }

    func handler(_ node: YAMLNode, at location: SourceLocation) -> DraftHandler? {
        if case .scalar = node {
            return context.word(node, of: ["continue"], or: "Or one of {end: …}, {leave: …}, {retry: …} and {ask: …}.")
                .map { _ in DraftHandler(action: .continue, location: location) }
        }
        guard let reader = MappingReader(node, Shapes.handler, at: location, findings: findings),
            let entry = single(reader, location)
        else { return nil }
        let action: DraftHandler.Action?
        switch entry.key.text {
        case "end": action = context.name(entry.value, "the name of an outcome").map { .end($0) }
        case "leave": action = context.name(entry.value, "the name of a step").map { .leave($0) }
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

    func undo(_ node: YAMLNode, at location: SourceLocation) -> DraftUndo? {
        if case .scalar = node {
            return context.word(node, of: ["none"]).map { _ in DraftUndo(action: .none, location: location) }
        }
        guard let reader = MappingReader(node, Shapes.undoing, at: location, findings: findings) else { return nil }
        switch (reader["type"], reader["call"]) {
        case (.some, nil): return DraftUndo(action: .request(child(reader)), location: location)
        case (nil, .some(let call)) where reader["with"] == nil:
            return MappingReader(call, Shapes.calling, at: reader.location(of: "call"), findings: findings)
                .map { DraftUndo(action: .call(self.call($0)), location: location) }
        default:
            findings.error(
                .configBadValue, "Something is taken back by a request or by a call.",
                hint: "Write {type: …, with: …} or {call: …}.", at: location)
            return nil
        }
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
