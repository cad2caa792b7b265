public import Expressions

/// The questions of a request type or of a task, in the order in which people see them.
public struct Form: Sendable {
    /// Identifiers are unique.
    public let fields: [Field]

    /// Takes the parts as they are.
    public init(fields: [Field]) {
        self.fields = fields
    }

    /// The field of that name; nil when there is none.
    public subscript(id: FieldID) -> Field? { fields.first { $0.id == id } }
}

/// One question.
public struct Field: Sendable {
    /// Unique in its form; expressions use it as a name.
    public let id: FieldID
    /// The question as people read it.
    public let label: LocalizedText
    /// What stands below the question; nil for nothing.
    public let help: LocalizedText?
    /// What may be entered.
    public let kind: FieldKind
    /// `optional: true`: it may be left empty although it is asked.
    public let isOptional: Bool
    /// Asked only when this holds; nil means always. It may use fields that stand before it.
    public let askWhen: CheckedExpression?
    /// What an entered value must satisfy.
    public let check: CheckedExpression?
    /// What people read when `check` does not hold; nil means a general sentence.
    public let message: LocalizedTemplate?
    /// Taken when nothing was entered.
    public let defaultValue: CheckedExpression?
    /// Who may read it besides the one who entered it; nil means whoever may read the request.
    public let sensitive: [PeopleSource]?
    /// Computed from the fields before it and shown, never entered; nil for a field that people fill in. Live.
    public var computed: CheckedExpression?
    /// Where the values of its keys stand in the file: `check`, `ask_when`, `value`.
    public var places = Places()
    /// Where the file says so.
    public let source: SourceLocation

    /// Takes the parts as they are.
    public init(
        id: FieldID, label: LocalizedText, help: LocalizedText?, kind: FieldKind, isOptional: Bool,
        askWhen: CheckedExpression?, check: CheckedExpression?, message: LocalizedTemplate?,
        defaultValue: CheckedExpression?, sensitive: [PeopleSource]?, source: SourceLocation
    ) {
        self.id = id
        self.label = label
        self.help = help
        self.kind = kind
        self.isOptional = isOptional
        self.askWhen = askWhen
        self.check = check
        self.message = message
        self.defaultValue = defaultValue
        self.sensitive = sensitive
        self.source = source
    }
}

/// What a field holds and its bounds.
public indirect enum FieldKind: Hashable, Sendable {
    /// One line, at most that many characters (Unicode scalars).
    case text(maximumLength: Int)
    /// Several lines.
    case longText(maximumLength: Int)
    case integer(minimum: Int64?, maximum: Int64?)
    case number(minimum: Double?, maximum: Double?)
    case yesNo
    /// One of the choices.
    case choice(ChoiceList)
    /// Several of the choices, each once, in the order entered.
    case choices(ChoiceList, minimum: Int, maximum: Int?)
    case date
    case datetime
    case person
    case email
    /// An amount in that currency (ISO 4217).
    case money(currency: String)
    case time
    /// A telephone number: digits with `+`, spaces and `-()/.`.
    case phone
    /// An address that begins with `https://` or `http://`.
    case url
    /// A file that was uploaded before.
    case file(FileKind)
    /// Values of one kind (not itself a list), in the order entered.
    case list(of: FieldKind, minimum: Int, maximum: Int, unique: Bool)
    /// Rows with the same columns, in the order entered: a small table.
    case rows(RowsKind)

    /// The type that expressions see.
    public var expressionType: ExpressionType {
        switch self {
        case .text, .longText, .email: .string
        case .integer: .int
        case .number: .double
        case .yesNo: .bool
        case .choice(let list): .choice(list.expressionType)
        case .choices(let list, _, _): .list(.choice(list.expressionType))
        case .date: .date
        case .datetime: .timestamp
        case .person: .person
        case .money: .money
        case .list(let kind, _, _, _): .list(kind.expressionType)
        case .time: .timeOfDay
        case .phone, .url: .string
        case .file: AttachedFile.expressionType
        case .rows(let rows): rows.expressionType
        }
    }
}

extension ChoiceList {
    /// The list as expressions see it.
    public var expressionType: ChoiceType { ChoiceType(name: id.text, members: choices.map(\.value)) }
}

/// The columns of a repeating row and how many rows there may be.
public struct RowsKind: Sendable {
    /// Each column is a field: required, optional or computed from the columns before it.
    public let columns: Form
    /// At least so many rows.
    public let minimum: Int
    /// At most so many rows.
    public let maximum: Int

    /// Takes the parts as they are.
    public init(columns: Form, minimum: Int, maximum: Int) {
        self.columns = columns
        self.minimum = minimum
        self.maximum = maximum
    }

    /// A list of objects with a member for each column.
    public var expressionType: ExpressionType {
        var fields: [String: VariableDeclaration] = [:]
        for column in columns.fields {
            fields[column.id.text] = VariableDeclaration(
                type: column.kind.expressionType, presence: presence(of: column), size: column.kind.size)
        }
        // Records of one name are taken for one another, so the name tells the columns.
        let shape = columns.fields.map { column in
            let mark = column.isOptional || column.askWhen != nil ? "?" : ""
            return "\(column.id)\(mark) \(column.kind.expressionType)"
        }
        return .list(.record(RecordType(name: "a row (\(shape.joined(separator: ", ")))", fields: fields)))
    }
}

extension RowsKind {
    /// A column that is asked under a condition about its own row is there when that holds of the row.
    private func presence(of column: Field) -> Presence {
        if column.isOptional, column.defaultValue == nil { return .sometimes }
        guard let condition = column.askWhen else { return .always }
        guard condition.referenceNames.allSatisfy({ columns[FieldID($0)] != nil }),
            // A checked expression parses.
            let expression = try? Expression.parse(condition.source)
        else { return .sometimes }
        return .when(expression)
    }
}

extension RowsKind: Hashable {
    private var shape: [String] { columns.fields.map { "\($0.id) \($0.isOptional)" } }
    private var kinds: [FieldKind] { columns.fields.map(\.kind) }

    /// By the columns' names and kinds and by the number of rows, not by what is asked when.
    public static func == (left: RowsKind, right: RowsKind) -> Bool {
        left.minimum == right.minimum && left.maximum == right.maximum && left.shape == right.shape
            && left.kinds == right.kinds
    }

    /// By what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(shape)
        hasher.combine(kinds)
    }
}
