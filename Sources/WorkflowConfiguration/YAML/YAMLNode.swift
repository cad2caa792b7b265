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
    let source: SourceText
    /// Where it stands in the file, quotes included, in scalars.
    let range: Range<Int>
    let style: Style
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
    fileprivate let place: YAMLPlace

    init(entries: [Entry], place: YAMLPlace) {
        self.entries = entries
        self.place = place
    }

    var location: SourceLocation { place.location }

    /// A key with its value; nil when the key is not there.
    subscript(key: String) -> Entry? { entries.index(of: key).map { entries[$0] } }

    /// The value of a key; nil when the key is not there.
    func value(of key: String) -> YAMLNode? { entries.index(of: key).map { entries[$0].value } }

    /// Whether a key is there.
    func has(_ key: String) -> Bool { entries.index(of: key) != nil }
}

extension [YAMLMapping.Entry] {
    /// The place of a key of the language, which is plain ASCII; nil when it is not there.
    fileprivate func index(of key: String) -> Int? {
        // By index, so that no entry is copied to look at its key, and by length first, which nearly always tells them apart.
        let length = key.utf8.count
        for index in indices where self[index].key.text.utf8.count == length && self[index].key.text == key {
            return index
        }
        return nil
    }
}

/// Values in the order of the file.
struct YAMLSequence: Sendable {
    let items: [YAMLNode]
    fileprivate let place: YAMLPlace

    init(items: [YAMLNode], place: YAMLPlace) {
        self.items = items
        self.place = place
    }

    var location: SourceLocation { place.location }
}

/// Where a mapping or sequence stands. Lines and columns are worked out when somebody asks, which is seldom.
struct YAMLPlace: Sendable {
    let source: SourceText
    /// In scalars.
    let range: Range<Int>
    let isFlow: Bool

    /// Its beginning; all of its first line when it stands in `[]` or `{}`.
    var location: SourceLocation {
        let start = range.lowerBound
        return source.location(start..<(isFlow ? max(range.upperBound, start + 1) : start + 1))
    }
}
