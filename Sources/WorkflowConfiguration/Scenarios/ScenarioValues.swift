import Expressions
import WorkflowCore

/// Between what stands in scenarios, where every scalar is text, and typed values.
enum ScenarioValues {
    /// What a client would send: texts, lists and objects.
    static func json(_ node: YAMLNode) -> JSONValue {
        switch node {
        case .scalar(let scalar): .string(scalar.text)
        case .sequence(let sequence): .array(sequence.items.map(json))
        case .mapping(let mapping):
            .object(
                Dictionary(
                    mapping.entries.map { ($0.key.text, json($0.value)) }, uniquingKeysWith: { first, _ in first }))
        case .broken: .null
        }
    }

    /// The value of that type; nil when the text is none.
    ///
    /// - Parameter people: Where handles are looked up; nil takes identifiers alone.
    static func value(of node: YAMLNode, as type: ExpressionType, people: Directory?) -> Value? {
        switch (type, node) {
        case (.optional(let type), _): return value(of: node, as: type, people: people).map { .optional($0) }
        case (.list(let element), _):
            var values: [Value] = []
            for item in node.items {
                guard let value = value(of: item, as: element, people: people) else { return nil }
                values.append(value)
            }
            return .list(values)
        case (.record(let record), .mapping(let mapping)):
            var members: [Value: Value] = [:]
            for entry in mapping.entries {
                guard let field = record.fields[entry.key.text],
                    let value = value(of: entry.value, as: field.type, people: people)
                else { return nil }
                members[.string(entry.key.text)] = value
            }
            return .map(members)
        case (_, .scalar(let scalar)): return value(of: scalar.text, as: type, people: people)
        default: return nil
        }
    }

    private static func value(of text: String, as type: ExpressionType, people: Directory?) -> Value? {
        switch type {
        case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .int: Int64(text).map { .int($0) }
        case .uint: UInt64(text).map { .uint($0) }
        case .double: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
        case .string: .string(text)
        case .choice(let choice): choice.members.contains(text) ? .string(text) : nil
        case .timestamp: Instant(rfc3339: text).map { .timestamp($0) }
        case .date: CivilDate(iso8601: text).map { .date($0) }
        case .timeOfDay: TimeOfDay(text).map { .timeOfDay($0) }
        case .span: Span(text).map { .span($0) }
        case .money: Money(text).map { .money($0) }
        case AttachedFile.expressionType: FileSource.madeUp.file(text)?.value
        case .person: (people?.person(handle: text)?.id ?? PersonID(text)).map { .person($0.description) }
        default: nil
        }
    }

    /// Whether a value is what was written: `none` for nothing, people by handle, money with or without its currency, moments with an
    /// offset or on the organisation's clocks.
    static func matches(_ node: YAMLNode, _ value: Value?, in desk: Simulation) -> Bool {
        guard let value = value?.unwrapped else {
            if case .scalar(let scalar) = node { return scalar.text == "none" }
            return false
        }
        switch (node, value) {
        case (.sequence(let sequence), .list(let values)):
            return sequence.items.count == values.count
                && zip(sequence.items, values).allSatisfy { matches($0, $1, in: desk) }
        case (.mapping(let mapping), .map(let members)):
            return members.allSatisfy { key, member in
                guard case .string(let name) = key, member.unwrapped != nil else { return true }
                return mapping[name] != nil
            } && mapping.entries.allSatisfy { matches($0.value, members[.string($0.key.text)], in: desk) }
        case (.scalar(let scalar), _):
            if scalar.text == text(value, in: desk) { return true }
            switch value {
            case .double(let number): return Double(scalar.text) == number
            case .money(let money): return "\(scalar.text) \(money.currency)" == money.description
            case .timestamp(let instant): return Instant(rfc3339: scalar.text) == instant
            default: return false
            }
        default: return false
        }
    }

    /// A value as it may be written in a scenario.
    static func text(_ value: Value?, in desk: Simulation) -> String {
        guard let value = value?.unwrapped else { return "none" }
        switch value {
        case .person(let id): return PersonID(id).map { desk.handle(of: $0) } ?? id
        case .timestamp(let instant): return moment(instant, in: desk)
        case .list(let values): return "[\(values.map { text($0, in: desk) }.joined(separator: ", "))]"
        case .map(let members):
            if let file = AttachedFile(value) { return file.name }
            let texts = members.compactMap { key, member -> String? in
                guard case .string(let name) = key else { return nil }
                return "\(name): \(text(member, in: desk))"
            }
            return "{\(texts.sorted().joined(separator: ", "))}"
        default:
            switch value.json {
            case .string(let text), .number(let text): return text
            case .bool(let isTrue): return isTrue ? "true" : "false"
            case .object(let members):
                let parts = ["amount", "currency"].compactMap { name -> String? in
                    if case .string(let text)? = members[name] { text } else { nil }
                }
                return parts.joined(separator: " ")
            default: return "\(value)"
            }
        }
    }

    /// `2027-01-04T09:00` on the organisation's clocks.
    static func moment(_ instant: Instant, in desk: Simulation) -> String {
        let local = desk.time.home.civil(of: instant)
        return "\(local.date)T\(TimeOfDay(hour: local.hour, minute: local.minute)?.description ?? "")"
    }
}

extension Value {
    /// The value without the shell of an optional; nil when there is none.
    fileprivate var unwrapped: Value? {
        switch self {
        case .null, .optional(nil): nil
        case .optional(let value?): value.unwrapped
        default: self
        }
    }
}
