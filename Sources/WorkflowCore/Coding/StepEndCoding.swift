import Expressions

// Parts of events and states. They are stored for ever: keys are added, never renamed.

extension StepEnd: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, outcome, status, reason
    }

    /// Reads the stored form. What was entered is empty afterwards; `replacingEntered` puts it back.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .kind) {
        case "closed": self = .closed(try container.decode(Outcome.self, forKey: .outcome), outputs: [:])
        case "refused": self = .refused(reason: "")
        case "answered": self = .answered(status: try container.decode(Int.self, forKey: .status), outputs: [:])
        case "failed": self = .failed(reason: try container.decode(String.self, forKey: .reason))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "not how a child or a call ends")
        }
    }

    /// Writes the stored form, without what was entered.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .closed(let outcome, outputs: _):
            try container.encode("closed", forKey: .kind)
            try container.encode(outcome, forKey: .outcome)
        case .refused: try container.encode("refused", forKey: .kind)
        case .answered(let status, outputs: _):
            try container.encode("answered", forKey: .kind)
            try container.encode(status, forKey: .status)
        case .failed(let reason):
            try container.encode("failed", forKey: .kind)
            try container.encode(reason, forKey: .reason)
        }
    }

    /// See `Event.entered`.
    var entered: [String: Value] {
        switch self {
        case .closed(_, let outputs), .answered(status: _, let outputs): outputs
        case .refused(let reason): ["reason": .string(reason)]
        case .failed: [:]
        }
    }

    /// See `Event.replacingEntered`.
    func replacingEntered(_ entered: [String: Value]) -> StepEnd {
        switch self {
        case .closed(let outcome, outputs: _): return .closed(outcome, outputs: entered)
        case .answered(let status, outputs: _): return .answered(status: status, outputs: entered)
        case .refused:
            guard case .string(let reason)? = entered["reason"] else { return .refused(reason: "") }
            return .refused(reason: reason)
        case .failed: return self
        }
    }
}

extension KeptEnd: Codable {
    private enum CodingKeys: String, CodingKey {
        case end, at, entered
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let entered = try container.decodeIfPresent([String: Value].self, forKey: .entered) ?? [:]
        self.init(
            try container.decode(StepEnd.self, forKey: .end).replacingEntered(entered),
            at: try container.decode(Instant.self, forKey: .at))
    }

    /// Writes it whole: a state holds what was entered.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(end, forKey: .end)
        try container.encode(at, forKey: .at)
        if !end.entered.isEmpty { try container.encode(end.entered, forKey: .entered) }
    }
}
