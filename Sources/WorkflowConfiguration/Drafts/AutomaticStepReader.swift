import Expressions
import WorkflowCore

/// Calls and waits.
extension StepReader {
    func call(_ reader: MappingReader) -> DraftCall {
        let retry = reader["retry"].flatMap { node in
            MappingReader(node, Shapes.retry, at: reader.location(of: "retry"), findings: findings)
        }
        let method = reader["method"].flatMap { context.word($0, of: CallMethod.allCases.map(\.rawValue)) }
        return DraftCall(
            service: reader["service"].flatMap { context.name($0, "the name of a service") },
            method: method.flatMap { CallMethod(rawValue: $0.value) } ?? .post,
            path: reader["path"].flatMap(path),
            inputs: inputs(reader["with"]),
            answer: forms.fields(reader.optional("answer"), Shapes.answerField),
            timeout: reader["timeout"].flatMap { seconds($0, atMost: 600) } ?? 30,
            retries: retry?["times"].flatMap { count($0, in: 0...20, "The number of repetitions") } ?? 5,
            firstPause: retry?["first"].flatMap { seconds($0, atMost: 3_600) } ?? 10,
            location: reader.location)
    }

    private func path(_ node: YAMLNode) -> (template: TextTemplate, scalar: YAMLScalar)? {
        guard let scalar = node.scalar("a path", findings) else { return nil }
        guard scalar.text.hasPrefix("/"), !scalar.text.unicodeScalars.contains(where: { $0 == "#" || $0 == "\n" })
        else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not a path.",
                hint: "It begins with `/` and has one line and no `#`.",
                at: scalar.location)
            return nil
        }
        return context.template(of: scalar).map { ($0, scalar) }
    }

    /// A short time such as `20 seconds`; nil after a complaint.
    private func seconds(_ node: YAMLNode, atMost most: Int) -> Int? {
        guard let scalar = node.scalar("a short time", findings) else { return nil }
        let parts = scalar.text.split(separator: " ")
        let units = ["second": 1, "seconds": 1, "minute": 60, "minutes": 60, "hour": 3_600, "hours": 3_600]
        guard parts.count == 2, let amount = Int(parts[0]), let unit = units[String(parts[1])],
            (1...most).contains(amount), (1...most).contains(amount * unit)
        else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not a time of at most \(most) seconds.",
                hint: "Such as `20 seconds` or `2 minutes`.", at: scalar.location)
            return nil
        }
        return amount * unit
    }

    func wait(_ reader: MappingReader) -> DraftWait {
        let said = ["until", "for", "event"].filter { reader[$0] != nil }
        guard let what = said.first, said.count == 1 else {
            findings.error(
                .configMissingKey,
                said.isEmpty ? "A wait says what it waits for." : "A wait waits for one thing, not \(said.count).",
                hint: "Write `until`, `for` or `event`.",
                at: said.isEmpty ? reader.location : reader.location(of: said[1]))
            return .unreadable
        }
        if what != "event" {
            for key in ["key", "gives", "keep"] where reader[key] != nil {
                findings.error(
                    .configUnknownKey, "Only a wait for an event has `\(key)`.", at: reader.location(of: key))
            }
        }
        switch what {
        case "until": return .until(reader["until"].flatMap(context.expression))
        case "for": return .span(reader["for"].flatMap(context.expression))
        default:
            guard let scalar = reader["event"]?.scalar("the name of an event", findings),
                let event = context.identifier(scalar)
            else { return .unreadable }
            return .event(
                DraftEvent(
                    event: event.value, key: reader["key"].flatMap(context.expression),
                    fields: forms.fields(reader["gives"], Shapes.answerField),
                    keep: reader["keep"].flatMap(context.span) ?? Span(amount: 7, unit: .days)))
        }
    }
}
