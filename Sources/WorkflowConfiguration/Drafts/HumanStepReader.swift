import Expressions
import WorkflowCore

/// Tasks, approvals and child requests.
extension StepReader {
    func task(_ reader: MappingReader) -> DraftTask {
        DraftTask(
            assign: people(reader["assign"]), fallback: people(reader["fallback"]),
            fields: forms.fields(reader["form"]), edit: names(reader["edit"], "the name of a field"),
            checklist: reader["checklist"].map(checklist) ?? [], nudges: nudges(reader))
    }

    private func checklist(_ node: YAMLNode) -> [ChecklistItem] {
        let entries = node.mapping("a checklist is a mapping from names to texts", findings)?.entries ?? []
        return entries.compactMap { entry in
            guard let id = context.identifier(entry.key), let label = context.text(entry.value) else { return nil }
            return ChecklistItem(id: id.value, label: label)
        }
    }

    private func nudges(_ reader: MappingReader) -> DraftNudges {
        let escalation = reader["escalate"].flatMap { node in
            MappingReader(node, Shapes.escalation, at: reader.location(of: "escalate"), findings: findings)
        }
        return DraftNudges(
            remind: reader["remind"].flatMap(context.expression),
            escalation: escalation.map {
                DraftEscalation(after: $0["after"].flatMap(context.expression), to: people($0["to"]))
            })
    }

    func approval(_ reader: MappingReader) -> DraftApproval {
        DraftApproval(
            from: people(reader["from"]),
            need: reader["need"].flatMap(need) ?? .any,
            excluded: people(reader["not"]),
            fallback: people(reader["fallback"]),
            rejection: reader["reject_when"].flatMap { context.word($0, of: ["any", "unreachable"]) }?.value
                == "unreachable"
                ? .unreachable : .any,
            covers: reader["covers"].map { $0.items.compactMap { context.name($0, "the name of a field") } },
            addVoters: reader["add"].flatMap {
                MappingReader($0, Shapes.addVoters, at: reader.location(of: "add"), findings: findings)
            }.map { people($0["by"]) } ?? [],
            nudges: nudges(reader)
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
            if let percent = ReadingContext.percent(scalar.text) { return .percent(percent) }
            findings.error(
                .approvalNeed, "An approval cannot need `\(scalar.text)`.",
                hint: NearestName.hint(for: scalar.text, among: ["any", "all", "each"])
                    ?? "`any`, `all`, `each`, a number from 1, or a percentage such as 60%.",
                at: scalar.location)
            return nil
        }
    }

    func child(_ reader: MappingReader) -> DraftChild {
        DraftChild(
            type: reader["type"].flatMap { context.name($0, "the name of a request type") },
            inputs: inputs(reader["with"]),
            wait: reader.optional("wait").flatMap { context.word($0, of: ["submitted", "ended"]) }?.value == "submitted"
                ? .submitted : .ended
        )
    }
}
