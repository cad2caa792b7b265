import WorkflowCore

/// What a choose declares of its outputs: no questions, as nobody is asked, but what people read for them.
extension FormReader {
    func given(_ node: YAMLNode?) -> [DraftField] {
        let entries = node?.mapping("`gives` is a mapping from outputs to what they are", context.findings)?.entries
        return (entries ?? []).compactMap { entry in
            context.identifier(entry.key).flatMap { given($0, entry.value) }
        }
    }

    private func given(_ id: Located<String>, _ node: YAMLNode) -> DraftField? {
        guard let reader = MappingReader(node, Shapes.caseOutput, at: id.location, findings: context.findings) else {
            return nil
        }
        return DraftField(
            id: id, label: reader["label"].flatMap(context.text), help: nil, kind: kind(ofGiven: reader, id.value),
            isOptional: false, askWhen: nil, check: nil, message: nil, defaultValue: nil, sensitive: nil,
            computed: nil, isComputed: false, columns: [], places: Places(reader.mapping, except: []))
    }

    /// Without bounds: what the cases give bounds it. Nil after a complaint.
    private func kind(ofGiven reader: MappingReader, _ name: String) -> FieldKind? {
        guard let type = reader["type"].flatMap({ context.word($0, of: Shapes.caseOutputTypes) }) else { return nil }
        refuseBounds(reader, type: type, used: type.value == "choice" ? ["of"] : [])
        switch type.value {
        case "integer": return .integer(minimum: nil, maximum: nil)
        case "number": return .number(minimum: nil, maximum: nil)
        case "yes_no": return .yesNo
        case "choice": return choices(reader, name: name).map { .choice($0) }
        case "date": return .date
        case "datetime": return .datetime
        case "time": return .time
        case "person": return .person
        case "money": return .money(currency: currency)
        default: return .longText(maximumLength: 10_000)
        }
    }
}
