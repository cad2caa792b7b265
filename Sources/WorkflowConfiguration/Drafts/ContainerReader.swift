import Expressions
import WorkflowCore

/// Steps that hold others.
extension StepReader {
    func loop(_ reader: MappingReader) -> DraftRepeat {
        DraftRepeat(
            steps: reader["steps"].map(steps) ?? [],
            until: reader["until"].flatMap(context.expression),
            maximum: reader["max"].flatMap { count($0, in: 1...1_000, "The number of rounds") } ?? 1,
            onExhausted: reader["on_exhausted"].flatMap { handler($0, at: reader.location(of: "on_exhausted")) })
    }

    func each(_ reader: MappingReader) -> DraftEach {
        var variable: Located<String>?
        var list: DraftExpression?
        if let mapping = reader["of"]?.mapping("`of` is a name and the list, such as {app: apps}", findings) {
            if let entry = mapping.entries.first, mapping.entries.count == 1 {
                variable = context.identifier(entry.key)
                list = context.expression(entry.value)
            } else {
                findings.error(
                    .configBadValue, "`of` has one name and one list.", hint: "Such as {app: apps}.",
                    at: reader.location(of: "of"))
            }
        }
        let late = reader["add"].flatMap { node in
            MappingReader(node, Shapes.lateElements, at: reader.location(of: "add"), findings: findings)
        }
        return DraftEach(
            variable: variable, of: list, key: reader["key"].flatMap(context.expression),
            need: reader["need"].flatMap(eachNeed) ?? .all, rest: rest(reader),
            add: late.map { late in
                DraftLateElements(
                    by: people(late["by"]), until: late["until"].flatMap { context.name($0, "the name of a step") })
            },
            steps: reader["steps"].map(steps) ?? [])
    }

    func race(_ reader: MappingReader) -> DraftRace {
        let win = reader["win"].flatMap { context.word($0, of: ["first_step", "finish"]) }
        return DraftRace(
            branches: reader["steps"].map(steps) ?? [],
            win: win.flatMap { RaceStep.Win(rawValue: $0.value) } ?? .finish,
            need: reader["need"].flatMap { count($0, in: 1...100, "The number of winners") } ?? 1,
            rest: rest(reader), needLocation: reader.location(of: "need"))
    }

    private func rest(_ reader: MappingReader) -> Rest {
        reader["rest"].flatMap { context.word($0, of: ["cancel", "continue"]) }.flatMap { Rest(rawValue: $0.value) }
            ?? .cancel
    }

    private func eachNeed(_ node: YAMLNode) -> EachNeed? {
        guard let scalar = node.scalar("`all`, a number or a percentage", findings) else { return nil }
        if scalar.text == "all" { return .all }
        if let count = Int(scalar.text), (1...1_000).contains(count) { return .count(count) }
        if let percent = ReadingContext.percent(scalar.text) { return .percent(percent) }
        findings.error(
            .configBadValue, "An each cannot need `\(scalar.text)`.",
            hint: NearestName.hint(for: scalar.text, among: ["all"])
                ?? "`all`, a number from 1, or a percentage such as 60%.",
            at: scalar.location)
        return nil
    }

    // MARK: Choose

    func choose(_ reader: MappingReader) -> DraftChoose {
        let (cases, table) = (reader["cases"], reader["table"])
        var read: [DraftCase] = []
        var columns: [DraftColumn] = []
        switch (cases, table) {
        case (.some(let node), nil): read = node.items.compactMap(chooseCase)
        case (nil, .some(let node)): (read, columns) = TableReader(steps: self).rows(node)
        default:
            findings.error(
                .configMissingKey,
                cases == nil ? "A choose has `cases` or a `table`." : "A choose has `cases` or a `table`, not both.",
                at: cases == nil ? reader.location : reader.location(of: "table"))
        }
        var mayTakeNone = false
        if let node = reader["else"] {
            if case .scalar = node {
                mayTakeNone = context.word(node, of: ["none"]) != nil
            } else if let otherwise = MappingReader(
                node, Shapes.otherwise, at: reader.location(of: "else"), findings: findings)
            {
                read.append(outcome(of: otherwise, .else))
            }
        }
        if !reader.has("gives"), let given = read.lazy.flatMap(\.gives).first {
            context.missText(
                of: given.name.value, "label",
                "Declare it beside the cases: `gives: {\(given.name.value): {label: {\(context.languageKeys)}, type: …}}`.",
                at: given.name.location)
        }
        let hit = reader["hit"].flatMap { context.word($0, of: ["first", "unique"]) }
        return DraftChoose(
            outputs: forms.given(reader["gives"]), cases: read,
            hit: hit.flatMap { ChooseStep.Hit(rawValue: $0.value) } ?? .first, columns: columns,
            saysElse: reader["else"] != nil, mayTakeNone: mayTakeNone)
    }

    private func chooseCase(_ node: YAMLNode) -> DraftCase? {
        MappingReader(node, Shapes.chooseCase, findings: findings).map { reader in
            outcome(of: reader, .expression(reader["when"].flatMap(context.expression)))
        }
    }

    /// What a case comes to: `gives` and `steps`.
    func outcome(of reader: MappingReader, _ condition: DraftCase.Condition) -> DraftCase {
        let gives = reader["gives"]?.mapping("`gives` is a mapping from names to values", findings)?.entries ?? []
        return DraftCase(
            condition: condition,
            gives: gives.compactMap { entry in
                context.identifier(entry.key).map { DraftGiven(name: $0, value: context.value(entry.value)) }
            },
            steps: reader["steps"].map(steps) ?? [], location: reader.location)
    }
}
