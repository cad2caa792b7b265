import Expressions

// Parts of events and states. They are stored for ever: keys are added, never renamed.

extension Electorate: Codable {
    private enum CodingKeys: String, CodingKey {
        case seats, need, rejection, standIns = "stand_ins"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var standIns: [PersonID: Set<PersonID>] = [:]
        for (text, others) in try container.decodeIfPresent([String: [PersonID]].self, forKey: .standIns) ?? [:] {
            guard let person = PersonID(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .standIns, in: container, debugDescription: "not a person")
            }
            standIns[person] = Set(others)
        }
        self.init(
            seats: try container.decode([[PersonID]].self, forKey: .seats),
            need: try container.decode(Need.self, forKey: .need),
            rejection: try container.decode(RejectionRule.self, forKey: .rejection), standIns: standIns)
    }

    /// Writes the same form, those who stand in sorted.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(seats, forKey: .seats)
        try container.encode(need, forKey: .need)
        try container.encode(rejection, forKey: .rejection)
        if !standIns.isEmpty {
            let named = standIns.map { ($0.key.description, $0.value.sorted()) }
            try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .standIns)
        }
    }
}

extension HeldChange: Codable {
    private enum CodingKeys: String, CodingKey {
        case number, author, instance, values, cleared, approvals
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            number: try container.decode(Int.self, forKey: .number),
            author: try container.decodeIfPresent(PersonID.self, forKey: .author),
            instance: try container.decodeIfPresent(InstanceName.self, forKey: .instance), values: [:],
            cleared: try container.decodeIfPresent([FieldID].self, forKey: .cleared) ?? [],
            approvals: try container.decode([InstanceName].self, forKey: .approvals))
    }

    /// Writes the stored form, without the values: what was entered stands beside it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encodeIfPresent(author, forKey: .author)
        try container.encodeIfPresent(instance, forKey: .instance)
        if !cleared.isEmpty { try container.encode(cleared, forKey: .cleared) }
        try container.encode(approvals, forKey: .approvals)
    }

    func replacingValues(_ values: [String: Value]) -> HeldChange {
        HeldChange(
            number: number, author: author, instance: instance, values: values, cleared: cleared,
            approvals: approvals)
    }
}

/// A held change as a state holds it: whole.
struct StoredHeldChange: Codable {
    let change: HeldChange
    let values: [String: Value]?

    init(_ change: HeldChange) {
        self.change = change
        values = change.values.isEmpty ? nil : change.values
    }

    var whole: HeldChange { change.replacingValues(values ?? [:]) }
}
