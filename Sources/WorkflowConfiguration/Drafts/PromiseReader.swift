import Expressions
import WorkflowCore

/// Reads what a request type promises: amendments, targets, rules and what follows its end.
struct PromiseReader {
    let context: ReadingContext

    private var findings: Findings { context.findings }

    func promises(_ reader: MappingReader) -> DraftPromises {
        DraftPromises(
            amendments: reader["amend"].map(amendments) ?? [],
            targets: reader["targets"].map(targets) ?? [],
            rules: reader["rules"].map { $0.items.compactMap(rule) } ?? [],
            asksForFeedback: reader["feedback"].flatMap { context.word($0, of: ["ask"]) } != nil,
            reopen: reader["reopen"].flatMap { reopening($0, at: reader.location(of: "reopen")) },
            confidential: reader["confidential"].map(confidants),
            hiddenFrom: reader["hidden_from"].map(hiding) ?? [],
            allowsAnonymous: reader["anonymous"].flatMap { context.word($0, of: ["allowed"]) } != nil,
            onBehalf: reader["on_behalf"].map(context.people),
            retention: reader["retention"].flatMap(retention))
    }

    /// Who alone sees its requests, without expressions: lists and searches know them by what they belong to, whatever a request says later.
    private func confidants(_ node: YAMLNode) -> [DraftPeople] {
        context.people(node).filter { source in
            guard case .expression(let draft) = source else { return true }
            findings.error(
                .confidentialExpression, "Who sees confidential requests is made of roles, groups, teams and persons.",
                hint: "Whoever is asked by a step sees the request by that.", at: draft.scalar.location)
            return false
        }
    }

    /// The fields that name from whom its requests are kept.
    private func hiding(_ node: YAMLNode) -> [Located<String>] {
        if node.items.isEmpty {
            findings.error(
                .configEmpty, "No field stands here.", hint: "Name a field with people, or leave the key out.",
                at: node.location)
        }
        return node.items.compactMap { context.name($0, "the name of a field") }
    }

    private func amendments(_ node: YAMLNode) -> [DraftAmendment] {
        let entries = node.mapping("`amend` is a mapping from fields to who may change them", findings)?.entries ?? []
        return entries.compactMap { entry in
            MappingReader(entry.value, Shapes.amendment, at: entry.key.location, findings: findings).map { reader in
                DraftAmendment(
                    field: Located(value: entry.key.text, location: entry.key.location),
                    by: reader["by"].map(context.people) ?? [], until: step(reader["until"]))
            }
        }
    }

    private func targets(_ node: YAMLNode) -> [DraftTarget] {
        let entries = node.mapping("`targets` is a mapping from names to promises", findings)?.entries ?? []
        return entries.compactMap { entry in
            guard let id = context.identifier(entry.key),
                let reader = MappingReader(entry.value, Shapes.target, at: entry.key.location, findings: findings)
            else { return nil }
            if !reader.has("title") { context.missText(of: id.value, "title", at: id.location) }
            let breach = reader["on_breach"].flatMap { node in
                MappingReader(node, Shapes.breach, at: reader.location(of: "on_breach"), findings: findings)
            }
            return DraftTarget(
                id: id, title: reader["title"].flatMap(context.text), of: step(reader["of"]),
                within: reader["within"].flatMap(context.expression), by: reader["by"].flatMap(context.expression),
                pause: reader["pause"]?.items.compactMap(step) ?? [],
                warn: reader["warn"].map { percents($0) } ?? [],
                onBreach: breach?["tell"].map(context.people) ?? [])
        }
    }

    /// In ascending order.
    private func percents(_ node: YAMLNode) -> [Int] {
        let percents = node.items.compactMap { item -> Int? in
            guard let scalar = item.scalar("a percentage", findings) else { return nil }
            guard let percent = ReadingContext.percent(scalar.text) else {
                findings.error(
                    .configBadValue, "`\(scalar.text)` is not a percentage.", hint: "Such as 80%.", at: scalar.location)
                return nil
            }
            return percent
        }
        return Set(percents).sorted()
    }

    private func rule(_ node: YAMLNode) -> DraftRule? {
        guard let reader = MappingReader(node, Shapes.rule, findings: findings),
            let never = reader["never"].flatMap({ context.name($0, "the name of a step or of a request type") })
        else { return nil }
        return DraftRule(never: never, unless: reader["unless"].flatMap(context.expression))
    }

    private func reopening(_ node: YAMLNode, at location: SourceLocation) -> Span? {
        MappingReader(node, Shapes.reopening, at: location, findings: findings)?["within"].flatMap(context.span)
    }

    /// Calendar time, and at most a century: nobody means minutes or working days, and no date lies beyond.
    private func retention(_ node: YAMLNode) -> Span? {
        guard let scalar = node.scalar("a span of time", findings) else { return nil }
        let longest: [Span.Unit: Int64] = [.days: 36_525, .weeks: 5218, .months: 1200]
        guard let span = Span(scalar.text), let most = longest[span.unit], (1...most).contains(span.amount) else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not how long something is kept.",
                hint: "Such as `90 days`, `6 weeks` or `36 months`; at most a hundred years.", at: scalar.location)
            return nil
        }
        return span
    }

    private func step(_ node: YAMLNode?) -> Located<String>? {
        node.flatMap { context.name($0, "the name of a step") }
    }
}
