public import Expressions

extension RequestState: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, type, number, configuration, requester, beneficiary, parent, version, phase, outcome, outputs
        case values, steps, participants, involved
        case kept, keptCount = "kept_count", held, heldCount = "held_count", targets, closedAt = "closed_at"
        case successorOf = "successor_of", successor, score, parentVersion = "parent_version"
        case restriction, isErased = "is_erased"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(RequestID.self, forKey: .id)
        type = try container.decode(RequestTypeID.self, forKey: .type)
        number = try container.decode(String.self, forKey: .number)
        configuration = try container.decode(ConfigurationVersion.self, forKey: .configuration)
        requester = try container.decode(Requester.self, forKey: .requester)
        beneficiary = try container.decodeIfPresent(PersonID.self, forKey: .beneficiary)
        parent = try container.decodeIfPresent(Parent.self, forKey: .parent)
        version = try container.decode(Int.self, forKey: .version)
        switch try container.decode(String.self, forKey: .phase) {
        case "open": phase = .open
        case "ending": phase = .ending(try container.decode(Outcome.self, forKey: .outcome))
        case "closed":
            phase = .closed(
                try container.decode(Outcome.self, forKey: .outcome),
                outputs: try container.decodeIfPresent([String: Value].self, forKey: .outputs) ?? [:])
        default:
            throw DecodingError.dataCorruptedError(forKey: .phase, in: container, debugDescription: "not a phase")
        }
        values = try container.decodeIfPresent([String: Value].self, forKey: .values) ?? [:]
        var steps: [InstanceName: StepState] = [:]
        for (text, step) in try container.decodeIfPresent([String: StepState].self, forKey: .steps) ?? [:] {
            guard let name = InstanceName(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .steps, in: container, debugDescription: "not the name of a step instance")
            }
            steps[name] = step
        }
        self.steps = steps
        participants = Set(try container.decodeIfPresent([PersonID].self, forKey: .participants) ?? [])
        involved = Set(try container.decodeIfPresent([Party].self, forKey: .involved) ?? [])
        kept = try container.decodeIfPresent([KeptEvent].self, forKey: .kept) ?? []
        keptCount = try container.decodeIfPresent(Int.self, forKey: .keptCount) ?? 0
        held = try container.decodeIfPresent([StoredHeldChange].self, forKey: .held)?.map(\.whole) ?? []
        heldCount = try container.decodeIfPresent(Int.self, forKey: .heldCount) ?? 0
        parentVersion = try container.decodeIfPresent(Int.self, forKey: .parentVersion) ?? 0
        targets = try container.decodeIfPresent([String: TargetState].self, forKey: .targets) ?? [:]
        closedAt = try container.decodeIfPresent(Instant.self, forKey: .closedAt)
        successorOf = try container.decodeIfPresent(RequestID.self, forKey: .successorOf)
        successor = try container.decodeIfPresent(RequestID.self, forKey: .successor)
        score = try container.decodeIfPresent(Int.self, forKey: .score)
        restriction = try container.decodeIfPresent(TeamID.self, forKey: .restriction)
        isErased = try container.decodeIfPresent(Bool.self, forKey: .isErased) ?? false
    }

    /// Writes the stored form: empty collections are left out, sets are sorted, so that equal states give equal JSON under sorted keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(type, forKey: .type)
        try container.encode(number, forKey: .number)
        try container.encode(configuration, forKey: .configuration)
        try container.encode(requester, forKey: .requester)
        try container.encodeIfPresent(beneficiary, forKey: .beneficiary)
        try container.encodeIfPresent(parent, forKey: .parent)
        try container.encode(version, forKey: .version)
        switch phase {
        case .open: try container.encode("open", forKey: .phase)
        case .ending(let outcome):
            try container.encode("ending", forKey: .phase)
            try container.encode(outcome, forKey: .outcome)
        case .closed(let outcome, let outputs):
            try container.encode("closed", forKey: .phase)
            try container.encode(outcome, forKey: .outcome)
            if !outputs.isEmpty { try container.encode(outputs, forKey: .outputs) }
        }
        if !values.isEmpty { try container.encode(values, forKey: .values) }
        if !steps.isEmpty {
            var named: [String: StepState] = [:]
            for (name, step) in steps { named[name.description] = step }
            try container.encode(named, forKey: .steps)
        }
        if !participants.isEmpty { try container.encode(participants.sorted(), forKey: .participants) }
        if !involved.isEmpty { try container.encode(involved.sorted(), forKey: .involved) }
        if !kept.isEmpty { try container.encode(kept, forKey: .kept) }
        if keptCount > 0 { try container.encode(keptCount, forKey: .keptCount) }
        if !held.isEmpty { try container.encode(held.map(StoredHeldChange.init), forKey: .held) }
        if heldCount > 0 { try container.encode(heldCount, forKey: .heldCount) }
        if parentVersion > 0 { try container.encode(parentVersion, forKey: .parentVersion) }
        if !targets.isEmpty { try container.encode(targets, forKey: .targets) }
        try container.encodeIfPresent(closedAt, forKey: .closedAt)
        try container.encodeIfPresent(successorOf, forKey: .successorOf)
        try container.encodeIfPresent(successor, forKey: .successor)
        try container.encodeIfPresent(score, forKey: .score)
        try container.encodeIfPresent(restriction, forKey: .restriction)
        if isErased { try container.encode(true, forKey: .isErased) }
    }
}

extension RequestState {
    /// The state without the values at those paths, and the values by path.
    ///
    /// A path is a field (`salary`), an output of a settled step (`record.iban`), what its undo will be given (`record!undo.iban`), a field of a
    /// held change (`held:1.salary`) or what a kept event brought (`kept:1.iban`). Paths at which nothing stands are passed over.
    public func removing(_ paths: Set<String>) -> (state: RequestState, removed: [String: Value]) {
        var state = self
        var removed: [String: Value] = [:]
        for path in paths {
            if let (done, input) = Self.undoPath(path) {
                guard let undo = state.steps[done]?.undo, let value = undo.inputs[input] else { continue }
                state.steps[done]?.undo = undo.replacing(input, with: nil)
                removed[path] = value
            } else if let (name, field) = Self.outputPath(path), name.isPutAside {
                removed[path] = state.replacePutAside(field, of: name, with: nil)
            } else if let (name, output) = Self.outputPath(path) {
                guard case .settled(.done(let outcome, var outputs))? = state.steps[name]?.status,
                    let value = outputs.removeValue(forKey: output)
                else { continue }
                state.steps[name]?.status = .settled(.done(outcome: outcome, outputs: outputs))
                removed[path] = value
            } else if let value = state.values.removeValue(forKey: path) {
                removed[path] = value
            }
        }
        return (state, removed)
    }

    /// The state with values put back at their paths. Outputs of steps that are not there or not done are passed over.
    public func restoring(_ removed: [String: Value]) -> RequestState {
        var state = self
        for (path, value) in removed {
            if let (done, input) = Self.undoPath(path) {
                guard let undo = state.steps[done]?.undo else { continue }
                state.steps[done]?.undo = undo.replacing(input, with: value)
            } else if let (name, field) = Self.outputPath(path), name.isPutAside {
                _ = state.replacePutAside(field, of: name, with: value)
            } else if let (name, output) = Self.outputPath(path) {
                guard case .settled(.done(let outcome, var outputs))? = state.steps[name]?.status else { continue }
                outputs[output] = value
                state.steps[name]?.status = .settled(.done(outcome: outcome, outputs: outputs))
            } else {
                state.values[path] = value
            }
        }
        return state
    }

    /// The step that was done, and what its undo will be given; nil for other paths.
    private static func undoPath(_ path: String) -> (InstanceName, String)? {
        // What a call gets has a dot in its name (`with.iban`), so that the last dot does not divide here.
        guard let mark = path.ranges(of: "!undo.").last, let name = InstanceName(path[..<mark.lowerBound]) else {
            return nil
        }
        return (name, String(path[mark.upperBound...]))
    }

    /// Output names hold no dot, keys in instance names may: the last dot divides.
    private static func outputPath(_ path: String) -> (InstanceName, String)? {
        guard let dot = path.lastIndex(of: "."), let name = InstanceName(path[..<dot]) else { return nil }
        return (name, String(path[path.index(after: dot)...]))
    }
}

extension RequestState {
    /// Replaces a value of a held change or of a kept event; gives the one that was there.
    fileprivate mutating func replacePutAside(_ field: String, of name: InstanceName, with value: Value?) -> Value? {
        if let place = held.firstIndex(where: { InstanceName(held: $0.number) == name }) {
            var values = held[place].values
            defer { held[place] = held[place].replacingValues(values) }
            return values.replace(field, with: value)
        }
        if let place = kept.firstIndex(where: { InstanceName(kept: $0.number) == name }) {
            var values = kept[place].values
            defer { kept[place] = kept[place].replacingValues(values) }
            return values.replace(field, with: value)
        }
        return nil
    }
}

extension [String: Value] {
    fileprivate mutating func replace(_ name: String, with value: Value?) -> Value? {
        defer { self[name] = value }
        return self[name]
    }
}

extension InstanceName {
    private static let heldPrefix = "held:"
    private static let keptPrefix = "kept:"

    /// Where paths say that the values of a held change lie; no step has that name.
    public init(held number: Int) { self.init(StepID("\(Self.heldPrefix)\(number)")) }

    /// Where paths say that the values of a kept event lie; no step has that name.
    public init(kept number: Int) { self.init(StepID("\(Self.keptPrefix)\(number)")) }

    fileprivate var isPutAside: Bool {
        step.text.hasPrefix(Self.heldPrefix) || step.text.hasPrefix(Self.keptPrefix)
    }
}
