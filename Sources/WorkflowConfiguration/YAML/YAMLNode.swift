import WorkflowCore

/// A value of a YAML file. Every scalar is text: the key that it stands under says what it means.
indirect enum YAMLNode: Sendable {
    case scalar(YAMLScalar)
    case mapping(YAMLMapping)
    case sequence(YAMLSequence)
    /// Something that has been complained about already; readers pass over it in silence.
    case broken(SourceLocation)

    /// Where the value begins.
    var location: SourceLocation {
        switch self {
        case .scalar(let scalar): scalar.location
        case .mapping(let mapping): mapping.location
        case .sequence(let sequence): sequence.location
        case .broken(let location): location
        }
    }
}

/// A piece of text in a file.
struct YAMLScalar: Sendable {
    enum Style: Sendable {
        case plain
        case singleQuoted
        case doubleQuoted
        /// `|`
        case literal
        /// `>`
        case folded
    }

    /// Decoded: without quotes, escapes and folding.
    let text: String
    let style: Style
    let source: SourceText
    /// Where it stands in the file, quotes included, in scalars.
    let range: Range<Int>
    /// Whether it stands in `[]` or `{}`, where a comma ends it.
    let isInFlow: Bool

    var location: SourceLocation { source.location(range) }
}

/// Keys and values in the order of the file; the keys are unique.
struct YAMLMapping: Sendable {
    struct Entry: Sendable {
        let key: YAMLScalar
        let value: YAMLNode
    }

    let entries: [Entry]
    let location: SourceLocation

    /// A key with its value; nil when the key is not there.
    subscript(key: String) -> Entry? { index(of: key).map { entries[$0] } }

    /// The value of a key; nil when the key is not there.
    func value(of key: String) -> YAMLNode? { index(of: key).map { entries[$0].value } }

    private func index(of key: String) -> Int? {
        // By index, so that no entry is copied to look at its key.
        for index in entries.indices where entries[index].key.text == key { return index }
        return nil
    }
}

/// Values in the order of the file.
struct YAMLSequence: Sendable {
    let items: [YAMLNode]
    let location: SourceLocation
}
