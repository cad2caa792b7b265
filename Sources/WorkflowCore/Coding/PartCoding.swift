import Expressions

// Forms of the parts that events, states and messages share. They are stored for ever: keys are added, never renamed.

extension Failure: Codable {
    private enum CodingKeys: String, CodingKey {
        case reason, outcome, step, sentence, rule, field
    }

    /// `{"reason": "child", "outcome": "refused"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .reason) {
        case "rejected": self = .rejected
        case "child": self = .child(outcome: try container.decode(String.self, forKey: .outcome))
        case "overdue": self = .overdue
        case "inner": self = .inner(try container.decode(StepID.self, forKey: .step))
        case "evaluation": self = .evaluation(try container.decode(String.self, forKey: .sentence))
        case "nobody": self = .nobody
        case "exhausted": self = .exhausted
        case "unmet": self = .unmet
        case "no_case": self = .noCase
        case "call": self = .call(try container.decode(String.self, forKey: .sentence))
        case "rule": self = .rule(try container.decode(String.self, forKey: .rule))
        case "changed": self = .changed(try container.decode(FieldID.self, forKey: .field))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .reason, in: container, debugDescription: "not a known reason")
        }
    }

    /// Writes the same form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reason, forKey: .reason)
        switch self {
        case .child(let outcome): try container.encode(outcome, forKey: .outcome)
        case .inner(let step): try container.encode(step, forKey: .step)
        case .evaluation(let sentence), .call(let sentence): try container.encode(sentence, forKey: .sentence)
        case .rule(let subject): try container.encode(subject, forKey: .rule)
        case .changed(let field): try container.encode(field, forKey: .field)
        case .rejected, .overdue, .nobody, .exhausted, .unmet, .noCase: break
        }
    }

    /// The kind of failure in one stable word: `overdue`.
    public var reason: String {
        switch self {
        case .rejected: "rejected"
        case .child: "child"
        case .overdue: "overdue"
        case .inner: "inner"
        case .evaluation: "evaluation"
        case .nobody: "nobody"
        case .exhausted: "exhausted"
        case .unmet: "unmet"
        case .noCase: "no_case"
        case .call: "call"
        case .rule: "rule"
        case .changed: "changed"
        }
    }
}

extension FailureHandling: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, block, asked
    }

    /// `{"kind": "left", "block": "prepare"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .kind) {
        case "continued": self = .continued
        case "outward": self = .outward
        case "ending": self = .ending
        case "left": self = .left(try container.decode(StepID.self, forKey: .block))
        case "retried": self = .retried
        case "asked": self = .asked(try container.decode([Party].self, forKey: .asked))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "not a known handling")
        }
    }

    /// Writes the same form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .continued: try container.encode("continued", forKey: .kind)
        case .outward: try container.encode("outward", forKey: .kind)
        case .ending: try container.encode("ending", forKey: .kind)
        case .left(let block):
            try container.encode("left", forKey: .kind)
            try container.encode(block, forKey: .block)
        case .retried: try container.encode("retried", forKey: .kind)
        case .asked(let parties):
            try container.encode("asked", forKey: .kind)
            try container.encode(parties, forKey: .asked)
        }
    }
}

extension ChildReport: Codable {
    private enum CodingKeys: String, CodingKey {
        case report, number, reason, outcome, outputs
    }

    /// `{"report": "submitted", "number": "IT-7"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .report) {
        case "submitted": self = .submitted(number: try container.decode(String.self, forKey: .number))
        case "refused": self = .refused(reason: try container.decode(String.self, forKey: .reason))
        case "closed":
            self = .closed(
                try container.decode(Outcome.self, forKey: .outcome),
                outputs: try container.decode([String: Value].self, forKey: .outputs))
        case "change_refused": self = .changeRefused(reason: try container.decode(String.self, forKey: .reason))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .report, in: container, debugDescription: "not a known report")
        }
    }

    /// Writes the same form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .submitted(let number):
            try container.encode("submitted", forKey: .report)
            try container.encode(number, forKey: .number)
        case .refused(let reason):
            try container.encode("refused", forKey: .report)
            try container.encode(reason, forKey: .reason)
        case .closed(let outcome, let outputs):
            try container.encode("closed", forKey: .report)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(outputs, forKey: .outputs)
        case .changeRefused(let reason):
            try container.encode("change_refused", forKey: .report)
            try container.encode(reason, forKey: .reason)
        }
    }
}
