/// When a variable or a field has a value.
public enum Presence: Hashable, Sendable {
    /// Surely.
    case always
    /// Surely when the condition holds, perhaps otherwise.
    indirect case when(Expression)
    /// Perhaps.
    case sometimes
}

/// A variable's or a record field's type, and when it is there. What is not surely there is seen as optional.
public struct VariableDeclaration: Hashable, Sendable {
    /// The type of the value when there is one.
    public let type: ExpressionType
    /// When there is one.
    public let presence: Presence

    /// How large the value can be; nil when nothing is promised. It counts for the cost bound alone.
    public let size: SizeBound?

    /// A variable of that type, always there unless said otherwise.
    public init(type: ExpressionType, presence: Presence = .always, size: SizeBound? = nil) {
        self.type = type
        self.presence = presence
        self.size = size
    }
}

/// One signature of a function. Type parameters (`.parameter("T")`) stand for one type within it.
public struct FunctionDeclaration: Hashable, Sendable {
    /// The name, dotted for one in a namespace (`people.manager`).
    public let name: String
    /// The types of the arguments, in order; the first is the receiver's when `isMethod`.
    public let parameters: [ExpressionType]
    /// The type of the result.
    public let result: ExpressionType
    /// Whether it is called as `x.name(y)` instead of `name(x, y)`.
    public let isMethod: Bool
    /// How large the result of a host's function can be; nil when nothing is promised.
    public let size: SizeBound?
    /// The whole numbers that it can give; nil when nothing is promised.
    public let range: ClosedRange<Int64>?
    /// Whether a type parameter stands in it.
    let isGeneric: Bool

    /// A signature.
    public init(
        _ name: String, _ parameters: [ExpressionType], _ result: ExpressionType, isMethod: Bool = false,
        size: SizeBound? = nil, within range: ClosedRange<Int64>? = nil
    ) {
        self.size = size
        self.range = range
        self.name = name
        self.parameters = parameters
        self.result = result
        isGeneric = result.holdsParameter || parameters.contains(where: \.holdsParameter)
        self.isMethod = isMethod
    }

    /// Whether arguments of those types do not fit at the first look: most overloads are told apart so.
    func surelyRefuses(_ arguments: [ExpressionType]) -> Bool {
        guard arguments.count == parameters.count else { return true }
        for index in arguments.indices
        where arguments[index].isSimple && parameters[index].isSimple && arguments[index] != parameters[index] {
            return true
        }
        return false
    }
}

/// What an expression may use besides the standard functions, asked for name by name: of many variables an expression uses few.
package protocol Vocabulary {
    /// What a name means; nil when it means nothing. A dotted name (`a.b`) is one qualified variable, and the longest that fits wins.
    func variable(_ name: String) -> VariableDeclaration?
    /// Whether it may have dotted names; where it has none, nobody asks for them.
    var hasQualifiedNames: Bool { get }
    /// All names that mean something, in no particular order: to find what somebody may have meant.
    var variableNames: [String] { get }
    /// As `Declarations` has them.
    var functions: [FunctionDeclaration] { get }
    /// As `Declarations` has it; asked again at the end, when it is known which variables an expression uses.
    var allowsDynamic: Bool { get }
}

/// What an expression may use besides the standard functions.
public struct Declarations: Sendable {
    /// The variables by name. A dotted name (`a.b`) is one qualified variable, and the longest that fits wins.
    public var variables: [String: VariableDeclaration]
    /// The host's functions, called through `Activation.call`; several of one name are overloads.
    public var functions: [FunctionDeclaration]

    /// Whether values may be of a type that is known only at run time (CEL's `dyn`). Where they may not, a part whose
    /// type is or holds `dyn` is an issue, `expression.dynamic`.
    public var allowsDynamic: Bool

    /// Those variables and functions, with `dyn` unless said otherwise.
    public init(
        variables: [String: VariableDeclaration] = [:], functions: [FunctionDeclaration] = [],
        allowsDynamic: Bool = true
    ) {
        self.variables = variables
        self.functions = functions
        self.allowsDynamic = allowsDynamic
    }
}

extension Declarations: Vocabulary {
    package func variable(_ name: String) -> VariableDeclaration? { variables[name] }

    package var hasQualifiedNames: Bool { true }

    package var variableNames: [String] { Array(variables.keys) }
}
