/// What may stand under a key. Said as data, so that the reader, the reference and JSON Schemas have one source.
indirect enum ValueShape: Sendable {
    /// Text, or text by language.
    case text
    /// Text with `{{ expressions }}`, or such text by language.
    case template
    /// An identifier.
    case name
    /// Plain characters with a form of their own: a zone, a time of day.
    case characters
    /// One of these words.
    case words([String])
    case yesNo
    case wholeNumber
    case number
    /// An expression of type yes or no.
    case condition
    case expression
    /// A person or set of people, or a list of such.
    case people
    /// One mapping with fixed keys.
    case mapping(MappingShape)
    /// A mapping whose keys the author chooses.
    case map(ValueShape)
    /// One value, or a list.
    case list(ValueShape)
    /// Any of these.
    case either([ValueShape])
}

/// One key of a mapping.
struct KeyShape: Sendable {
    let name: String
    let value: ValueShape
    let isRequired: Bool
    /// What it says, in one sentence.
    let doc: String

    init(_ name: String, _ value: ValueShape, required: Bool = false, _ doc: String) {
        self.name = name
        self.value = value
        isRequired = required
        self.doc = doc
    }
}

/// A mapping with fixed keys.
struct MappingShape: Sendable {
    /// As sentences call it: "a request type".
    let name: String
    let keys: [KeyShape]
    /// Keys of the language that this release does not carry out.
    let later: [String]

    init(_ name: String, _ keys: [KeyShape], later: [String] = []) {
        self.name = name
        self.keys = keys
        self.later = later
    }
}
