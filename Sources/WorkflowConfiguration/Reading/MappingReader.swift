import Expressions
import WorkflowCore

/// Reads one mapping by its shape: complains about keys that are unknown, missing or of a later release, hands out the others.
struct MappingReader {
    let mapping: YAMLMapping
    private let place: SourceLocation?
    private let shape: MappingShape
    /// Keys that the author has misspelt, as far as it is clear which they mean: they are read as those, so that what else is wrong is
    /// found as well. By index of the entry.
    private var meant: [(key: String, index: Int)] = []
    /// Whether there are keys of which it is not clear what they mean: any that is missing may be among them.
    private(set) var hasUnreadKeys = false

    /// Nil when the node is no mapping, which is then complained about.
    ///
    /// - Parameters:
    ///   - meaning: A key that is known to be meant, and has been complained about where it is misspelt.
    ///   - scalar: As the author wrote it.
    init?(
        _ node: YAMLNode, _ shape: MappingShape, at location: SourceLocation? = nil, meaning key: String? = nil,
        by scalar: YAMLScalar? = nil, findings: Findings
    ) {
        guard let mapping = node.mapping("\(shape.name) is a mapping", findings) else { return nil }
        self.mapping = mapping
        self.shape = shape
        place = location
        if shape.others == nil {
            // By index, so that no entry is copied to look at its key.
            for index in mapping.entries.indices where !shape.names.contains(mapping.entries[index].key.text) {
                if let key, let scalar, mapping.entries[index].key.text == scalar.text {
                    meant.append((key, index))
                    continue
                }
                let near = complain(about: mapping.entries[index].key, findings)
                if let near, !has(near) { meant.append((near, index)) } else if near == nil { hasUnreadKeys = true }
            }
        }
        for key in shape.required where !has(key.name) {
            findings.error(
                .configMissingKey, "\(shape.name.capitalizedFirst) needs `\(key.name)`.", hint: key.doc,
                at: self.location)
        }
    }

    /// Where the mapping is said to be when something is missing in it: its key, or its beginning.
    var location: SourceLocation { place ?? mapping.location }

    /// The value of a key; nil when the key is not there. Asking for a key that the shape does not declare is a bug of ours.
    subscript(key: String) -> YAMLNode? {
        assert(shape.names.contains(key), "\(shape.name) does not declare \(key)")
        return entry(key)?.value
    }

    private func entry(_ key: String) -> YAMLMapping.Entry? {
        if let entry = mapping[key] { return entry }
        return meant.first { $0.key == key }.map { mapping.entries[$0.index] }
    }

    /// The value of a key that not every shape has; nil when the key is not there or not declared.
    func optional(_ key: String) -> YAMLNode? {
        guard shape.names.contains(key) else { return nil }
        return entry(key)?.value
    }

    /// Whether a key is there.
    func has(_ key: String) -> Bool { mapping.has(key) || meant.contains { $0.key == key } }

    /// The key itself; the mapping's place when it is not there.
    func location(of key: String) -> SourceLocation { entry(key)?.key.location ?? location }

    /// The key that is meant instead; nil where that is not clear.
    private func complain(about key: YAMLScalar, _ findings: Findings) -> String? {
        if let instead = shape.later[key.text] {
            findings.error(.configNotYet, "This release has no `\(key.text)`.", hint: instead, at: key.location)
            return nil
        }
        let known = shape.keys.map(\.name)
        let near = NearestName.of(key.text, among: known)
        findings.error(
            .configUnknownKey, "\(shape.name.capitalizedFirst) has no `\(key.text)`.",
            hint: near.map { "Did you mean `\($0)`?" } ?? "It takes \(known.joined(separator: ", ")).",
            at: key.location,
            leavesProcessWhole: true)
        return near
    }
}

extension YAMLNode {
    /// The mapping; nil after a complaint that begins with `expectation` when it is something else.
    func mapping(_ expectation: @autoclosure () -> String, _ findings: Findings) -> YAMLMapping? {
        switch self {
        case .mapping(let mapping): return mapping
        case .broken: return nil
        case .scalar, .sequence:
            findings.error(
                .configWrongType, "\(expectation().capitalizedFirst), not \(kindName).", hint: spaceHint, at: location)
            return nil
        }
    }

    /// The scalar; nil after a complaint when it is something else.
    func scalar(_ expectation: @autoclosure () -> String, _ findings: Findings) -> YAMLScalar? {
        switch self {
        case .scalar(let scalar): return scalar
        case .broken: return nil
        case .mapping, .sequence:
            findings.error(
                .configWrongType, "\(expectation().capitalizedFirst) belongs here, not \(kindName).", at: location)
            return nil
        }
    }

    /// The items of a list; anything else is a list of one.
    var items: [YAMLNode] {
        if case .sequence(let sequence) = self { sequence.items } else { [self] }
    }

    var kindName: String {
        switch self {
        case .scalar: "a text"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .broken: "nothing"
        }
    }

    private var spaceHint: String? {
        guard case .scalar(let scalar) = self, scalar.style == .plain, scalar.text.contains(":") else { return nil }
        return "A space follows the colon of a key."
    }
}

extension String {
    /// With a capital at the beginning.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
