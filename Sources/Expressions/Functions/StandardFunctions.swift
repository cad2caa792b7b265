/// A function of the language: its signatures and its one implementation for all of them.
struct StandardFunction: Sendable {
    typealias Body = @Sendable (inout Evaluation, [Value]) throws(EvaluationError) -> Value

    let declarations: [FunctionDeclaration]
    /// The receiver of a method is the first argument. It checks the values' types, which `dyn` may hide from the
    /// checker.
    let body: Body

    init(_ declarations: [FunctionDeclaration], _ body: @escaping Body) {
        self.declarations = declarations
        self.body = body
    }
}

/// All standard functions by name. A library is an array of functions; a new one is added to the list below.
enum StandardFunctions {
    static let table: [String: StandardFunction] = {
        let libraries = [
            textFunctions, conversions, timeFunctions, optionalFunctions, amountFunctions, calendarFunctions,
            stringFunctions, [formatFunction], mathFunctions, encoderFunctions, listFunctions,
        ]
        var table: [String: StandardFunction] = [:]
        for function in libraries.joined() {
            for name in Set(function.declarations.map(\.name)) { table[name] = function }
        }
        return table
    }()

    /// The functions whose literal argument the checker tries, so that a bad date is found before it runs.
    static let literalConstructors: Set = ["timestamp", "duration", "date", "time", "money"]
}

/// Types as values.
enum StandardTypes {
    /// The names of types in expressions, and what `type(x)` gives for their values.
    static let names: [String: String] = Dictionary(uniqueKeysWithValues: types.keys.map { ($0, $0) })

    /// What dotted names of types begin with.
    static let qualifier = "google"

    static let types: [String: ExpressionType] = [
        "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
        "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn),
        "optional_type": .optional(.dyn), "google.protobuf.Timestamp": .timestamp,
        "google.protobuf.Duration": .duration,
    ]

    /// CEL's name of a value's type.
    static func name(of value: Value) -> String {
        switch value {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .map: "map"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .optional: "optional_type"
        case .date: "date"
        case .timeOfDay: "time"
        case .span: "span"
        case .money: "money"
        case .person: "person"
        }
    }
}

extension Expression {
    /// The words that already mean something in expressions and so can name no variable: operators, literals, reserved
    /// words, types and the namespaces of CEL's libraries.
    public static let reservedNames: Set<String> = Set(StandardTypes.names.keys).union([
        "and", "or", "not", "at", "in", "has", "true", "false", "null", "optional", "cel", "math", "base64", "strings",
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace",
        "return", "var", "void", "while",
    ])
}
