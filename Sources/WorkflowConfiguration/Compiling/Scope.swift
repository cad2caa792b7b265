import Expressions
import WorkflowCore

/// Why a name that exists means nothing at some place.
enum Unknown {
    case itself
    /// Of a step that need not have settled.
    case unordered(String)
    /// Inside a step that runs it for each element, or whenever somebody adds it.
    case hidden(in: String)
    case because(String)

    /// What to do about it.
    var hint: String {
        switch self {
        case .itself: "It is this step itself."
        case .unordered(let step): "It need not have settled before: add `after: \(step)`."
        case .hidden(let container): "It stands inside `\(container)`, where there may be any number of it."
        case .because(let reason): reason
        }
    }
}

/// What expressions can use at one place of a request type.
struct Scope {
    /// Fields, steps and built-in names that are known there.
    var variables: [String: VariableDeclaration]
    /// Conditions that hold there.
    var assuming: [Expression] = []
    /// Names that exist but are not known there yet.
    var later: [String: Unknown] = [:]
    /// The same of steps, worked out only when somebody uses such a name.
    var laterStep: ((String) -> Unknown?)?
    /// Whether the type of some name is not known, because what declares it has been complained about.
    private var isOpen = false

    init(variables: [String: VariableDeclaration]) {
        self.variables = variables
    }

    /// Without `dyn`, unless a complaint would only repeat another.
    var declarations: Declarations {
        Declarations(variables: variables, functions: Self.functions, allowsDynamic: isOpen)
    }

    private static let functions = StandardDeclarations.functions

    /// The same with conditions that hold besides.
    func assuming(_ conditions: [Expression]) -> Scope {
        var scope = self
        scope.assuming += conditions
        return scope
    }

    /// Why a name that is not known here means nothing; nil when there is none like it.
    func unknown(_ name: String) -> Unknown? { later[name] ?? laterStep?(name) }

    /// Makes a name known.
    ///
    /// - Parameter isTyped: whether its type is known to be known.
    mutating func declare(_ name: String, _ declaration: VariableDeclaration, isTyped: Bool = false) {
        variables[name] = declaration
        if later[name] != nil { later[name] = nil }
        if !isTyped, declaration.type.isDynamic { isOpen = true }
    }
}
