/// What may stand under a key. Said as data, so that the reader, the reference and JSON Schemas have one source.
indirect enum ValueShape: Sendable {
    /// Text, or text by language.
    case text
    /// Text with `{{ expressions }}`, or such text by language.
    case template
    /// An identifier.
    case name
    /// An instance of a step, as scenarios name it: `decide#2`, `grant[sap]`.
    case instance
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
    /// An expression that gives a date, a moment or a span of time.
    case moment
    /// An expression that gives a span of time, or of a few keys just such a span: `2 working days`.
    case span
    /// An expression, or `{text: Hello {{ name }}}`.
    case value
    /// What a cell of a decision table takes: a literal, a list of literals, `>= 5`, `5..10`.
    case cell
    /// Such as `60%`.
    case percentage
    /// A person or set of people, or a list of such.
    case people
    /// One mapping with fixed keys.
    case mapping(MappingShape)
    /// A mapping whose keys the author chooses.
    case map(ValueShape)
    /// A mapping from instances of steps.
    case instances(ValueShape)
    /// A form: a mapping from identifiers to `Shapes.field`. A case of its own, because rows hold fields again.
    case form
    /// A list of steps, each of one of `Shapes.kinds`. A case of its own, because steps hold steps.
    case steps
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
    /// What it says, in one sentence that begins with the key.
    let doc: String
    /// The value as an author may write it; nil where the sentence shows it already.
    let example: String?

    init(_ name: String, _ value: ValueShape, required: Bool = false, _ doc: String, example: String? = nil) {
        self.name = name
        self.value = value
        isRequired = required
        self.doc = doc
        self.example = example
    }
}

/// A mapping with fixed keys.
final class MappingShape: Sendable {
    /// As sentences call it: "a request type".
    let name: String
    let keys: [KeyShape]
    /// Whether the author chooses further keys, each with such a value: the columns of a decision table.
    let others: ValueShape?
    /// Keys that authors may look for and this release does not have, with what it does instead.
    let later: [String: String]
    /// Of the keys.
    let names: Set<String>
    /// Those that have to be there.
    let required: [KeyShape]

    init(_ name: String, _ keys: [KeyShape], others: ValueShape? = nil, later: [String: String] = [:]) {
        self.name = name
        self.keys = keys
        self.others = others
        self.later = later
        names = Set(keys.map(\.name))
        required = keys.filter(\.isRequired)
    }
}
