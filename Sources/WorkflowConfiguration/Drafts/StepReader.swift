import Expressions
import WorkflowCore

/// Reads steps, and the steps in them.
struct StepReader {
    let context: ReadingContext
    let forms: FormReader

    var findings: Findings { context.findings }

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
            let reader = MappingReader(
                node, kind.shape, at: kind.key.location, meaning: kind.word, by: kind.key, findings: findings),
            let scalar = reader[kind.word]?.scalar("the step's identifier", findings),
            let id = context.identifier(scalar)
        else { return nil }
        if !reader.has("title") { context.missText(of: id.value, "title", at: id.location) }
        let failureKey = kind.word == "approval" ? "on_rejected" : "on_failed"
        return DraftStep(
            id: id,
            title: reader["title"].flatMap(context.template),
            when: reader["when"].flatMap(context.expression),
            isConditional: reader.has("when"),
            after: names(reader["after"], "the name of a step"),
            stage: reader["stage"].flatMap(context.text),
            due: reader.optional("due").flatMap(context.expression),
            isDue: reader.optional("due") != nil,
            hasUnreadKeys: reader.hasUnreadKeys,
            waitsForever: reader.optional("forever").flatMap(context.yesNo) ?? false,
            onOverdue: reader.optional("on_overdue").flatMap { overdue($0, at: reader.location(of: "on_overdue")) },
            onFailure: reader.optional(failureKey).flatMap { handler($0, at: reader.location(of: failureKey)) },
            saysOverdue: reader.has("on_overdue"),
            saysFailure: reader.has("on_failed") || reader.has("on_rejected"),
            undo: reader.optional("undo").flatMap { undo($0, at: reader.location(of: "undo")) },
            onChange: reader.optional("on_change").map(reactions) ?? [],
            onlyWhile: reader.optional("only_while").flatMap(context.expression),
            hold: reader.optional("hold").flatMap(context.expression),
            visibleTo: reader["visible_to"].map(context.people),
            formerIDs: names(reader["was"], "the former name of a step"),
            isOneAtATime: reader.optional("one_at_a_time").flatMap(context.yesNo) ?? false,
            kind: body(kind.word, reader),
            places: Places(mapping, except: Self.definitions)
        )
    }

    /// Keys whose values hold definitions with places of their own.
    private static let definitions: Set = ["steps", "cases", "table", "else", "allow", "form", "answer", "gives"]

    /// The step's one kind; nil after a complaint. A misspelt one is read as the kind that is meant, so that it hides nothing else.
    private func kind(of mapping: YAMLMapping) -> (word: String, key: YAMLScalar, shape: MappingShape)? {
        var found: [YAMLScalar] = []
        // By index, so that no entry is copied to look at its key.
        for index in mapping.entries.indices where Shapes.isKind(mapping.entries[index].key.text) {
            found.append(mapping.entries[index].key)
        }
        // `wait: submitted` is also a key of a child request.
        if found.count > 1 {
            for wait in found where wait.text == "wait" && !found.contains(where: { $0.text == "request" }) {
                guard mapping["wait"]?.value.isWord("forever") == true else { continue }
                findings.error(
                    .configUnknownKey, "A step that is never due says so with `forever`.",
                    hint: "Write `forever: true`.", at: wait.location)
                return nil
            }
            if found.contains(where: { $0.text == "request" }) { found.removeAll { $0.text == "wait" } }
        }
        guard let key = found.first, let shape = Shapes.shapesOfKinds[key.text] else { return meantKind(of: mapping) }
        guard found.count == 1 else {
            findings.error(
                .stepKind, "A step has one kind, not `\(found.map(\.text).joined(separator: "` and `"))`.",
                hint: "Begin another step with `- `.", at: found[1].location)
            return nil
        }
        return (key.text, key, shape)
    }

    /// The kind that a step without one is meant to have, after the complaint.
    private func meantKind(of mapping: YAMLMapping) -> (word: String, key: YAMLScalar, shape: MappingShape)? {
        for entry in mapping.entries {
            guard let word = NearestName.of(entry.key.text, among: Shapes.kindWords),
                let shape = Shapes.shapesOfKinds[word], !shape.names.contains(entry.key.text)
            else { continue }
            findings.error(
                .stepKind, "`\(entry.key.text)` is no kind of step.", hint: "Did you mean `\(word)`?",
                at: entry.key.location,
                leavesProcessWhole: true)
            return (word, entry.key, shape)
        }
        findings.error(
            .stepKind, "The step has no kind.",
            hint:
                "Its first key is one of \(Shapes.kindWords.joined(separator: ", ")), and the value is its identifier.",
            at: mapping.entries.first?.key.location ?? mapping.location)
        return nil
    }

    private func body(_ kind: String, _ reader: MappingReader) -> DraftStepKind {
        switch kind {
        case "task": .task(task(reader))
        case "approval": .approval(approval(reader))
        case "request": .request(child(reader))
        case "call": .call(call(reader))
        case "notify":
            .notify(to: people(reader["to"]), message: reader["message"].flatMap(context.template))
        case "set": .set(inputs(reader["fields"], "`fields`"))
        case "wait": .wait(wait(reader))
        case "block": .block(reader["steps"].map(steps) ?? [])
        case "choose": .choose(choose(reader))
        case "repeat": .repeat(loop(reader))
        case "each": .each(each(reader))
        case "race": .race(race(reader))
        case "adhoc":
            .adhoc(by: people(reader["by"]), templates: reader["allow"].map(steps) ?? [])
        default: .end(reader["outcome"].flatMap { context.name($0, "the name of an outcome") })
        }
    }

    // MARK: Parts

    func names(_ node: YAMLNode?, _ expectation: String) -> [Located<String>] {
        node.map { $0.items.compactMap { context.name($0, expectation) } } ?? []
    }

    func people(_ node: YAMLNode?) -> [DraftPeople] { node.map(context.people) ?? [] }

    func inputs(_ node: YAMLNode?, _ key: String = "`with`") -> [DraftInput] {
        let entries = node?.mapping("\(key) is a mapping from names to values", findings)?.entries ?? []
        return entries.map { entry in
            DraftInput(
                field: Located(value: entry.key.text, location: entry.key.location), value: context.value(entry.value))
        }
    }

    private func reactions(_ node: YAMLNode) -> [(field: Located<String>, reaction: ChangeReaction)] {
        let entries = node.mapping("`on_change` is a mapping from fields to what follows", findings)?.entries ?? []
        return entries.compactMap { entry in
            guard let word = context.word(entry.value, of: ["keep", "forward", "restart"]),
                let reaction = ChangeReaction(rawValue: word.value)
            else { return nil }
            return (Located(value: entry.key.text, location: entry.key.location), reaction)
        }
    }

    /// A count in a range; nil after a complaint.
    func count(_ node: YAMLNode, in range: ClosedRange<Int64>, _ thing: String) -> Int? {
        guard let count = context.wholeNumber(node) else { return nil }
        guard range.contains(count.value) else {
            findings.error(
                .configBadValue, "\(thing) is between \(range.lowerBound) and \(range.upperBound).", at: count.location)
            return nil
        }
        return Int(count.value)
    }
}

extension YAMLNode {
    fileprivate func isWord(_ word: String) -> Bool {
        if case .scalar(let scalar) = self { scalar.text == word } else { false }
    }
}
