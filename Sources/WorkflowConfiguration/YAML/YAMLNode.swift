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

    /// The value of a key; nil when the key is not there.
    subscript(key: String) -> Entry? { entries.first { $0.key.text == key } }
}

/// Values in the order of the file.
struct YAMLSequence: Sendable {
    let items: [YAMLNode]
    let location: SourceLocation
}
