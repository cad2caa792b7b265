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
///
/// Nothing is copied from one place to the next, and the steps that are known at a place are looked up when an expression names them.
struct Scope {
    /// Built-in names and fields, the same at many places.
    private let ground: [String: VariableDeclaration]
    /// Names of this place alone.
    private var own: [String: VariableDeclaration] = [:]
    /// Forms that are being filled in there, the innermost last.
    private var forms: [[DraftField]] = []
    /// Conditions that hold there.
    private var assuming: [Expression] = []
    /// Names that exist but are not known there yet.
    var later: [String: Unknown] = [:]
    /// The steps as they are seen from there.
    var steps: StepView?
    /// What has been checked before in scopes of the same ground; nil where nothing is remembered.
    var memo: CheckMemo?

    init(_ ground: [String: VariableDeclaration]) {
        self.ground = ground
    }

    /// The same with conditions that hold besides.
    func assuming(_ conditions: [Expression]) -> Scope {
        guard !conditions.isEmpty else { return self }
        var scope = self
        scope.assuming += conditions
        return scope
    }

    /// The same, seen from some place of the process.
    func seeing(_ steps: StepView) -> Scope {
        var scope = self
        scope.steps = steps
        return scope
    }

    /// The same with a form that is filled in there: its fields are declared one after the other.
    func filling(_ form: [DraftField]) -> Scope {
        var scope = self
        scope.forms.append(form)
        return scope
    }

    /// What the process sees behind the form: its fields, those that may be there only as long as what they were asked for still holds.
    func behindForm(where isFixed: (Expression) -> Bool) -> Scope {
        var all = ground
        for (name, field) in own {
            all[name] = field
            if case .when(let condition) = field.presence, !isFixed(condition) {
                all[name] = VariableDeclaration(type: field.type, presence: .sometimes)
            }
        }
        return Scope(all)
    }

    /// What a name means; nil when it means nothing there.
    func variable(_ name: String) -> VariableDeclaration? { own[name] ?? steps?.variable(name) ?? ground[name] }

    /// Whether a name that means something is none of the ground.
    fileprivate func isElsewhere(_ name: String) -> Bool {
        ground[name] == nil || own[name] != nil || steps?.variable(name) != nil
    }

    /// All names that mean something, in no particular order.
    var names: [String] { Array(ground.keys) + Array(own.keys) + (steps?.names ?? []) }

    /// Why a name that is not known here means nothing; nil when there is none like it.
    func unknown(_ name: String) -> Unknown? {
        if forms.contains(where: { $0.contains { $0.id.value == name } }) {
            return .because("It is asked later in the form; move it up.")
        }
        return later[name] ?? steps?.unknown(name)
    }

    /// Makes a name known.
    mutating func declare(_ name: String, _ declaration: VariableDeclaration) { own[name] = declaration }

    // MARK: Checking

    /// Checks an expression; nothing is told to the author.
    func check(_ expression: Expression, expecting type: ExpressionType? = nil) throws(ExpressionIssues)
        -> CheckedExpression
    {
        if own.isEmpty, let known = memo?.known(expression, expecting: type) { return known }
        return try expression.checked(against: Words(scope: self), expecting: type, assuming: assuming)
    }

    /// Checks an expression and what it costs at most; nothing is told to the author.
    func checkWithCost(_ expression: Expression, expecting type: ExpressionType? = nil) throws(ExpressionIssues)
        -> (checked: CheckedExpression, cost: ExpressionIssue?)
    {
        // Names of this place alone might hide those of the ground.
        let memo = own.isEmpty ? memo : nil
        if let known = memo?.known(expression, expecting: type) { return (known, nil) }
        let words = Words(scope: self)
        let checked = try expression.checked(against: words, expecting: type, assuming: assuming)
        let cost = words.allowsDynamic ? nil : checked.costIssue()
        if cost == nil, words.isOfGround { memo?.remember(checked, expecting: type) }
        return (checked, cost)
    }

    /// Checks a text and what its expressions cost at most; nothing is told to the author.
    func checkWithCost(_ template: TextTemplate) throws(ExpressionIssues) -> (
        checked: CheckedTemplate, costs: [ExpressionIssue]
    ) {
        let words = Words(scope: self)
        let checked = try template.checked(against: words, assuming: assuming)
        return (checked, words.allowsDynamic ? [] : checked.costIssues())
    }

    /// The scope as the checker of one expression or text sees it.
    private final class Words: Vocabulary {
        private let scope: Scope
        /// Not, unless it uses a name of unknown type: what declares that has been complained about, and a complaint would only repeat it.
        private(set) var allowsDynamic = false
        /// Whether all that it names means the same wherever the ground does, whatever is assumed there.
        private(set) var isOfGround = true
        var functions: [FunctionDeclaration] { StandardDeclarations.functions }
        /// Names of fields and steps have no dots.
        var hasQualifiedNames: Bool { false }

        init(scope: Scope) {
            self.scope = scope
        }

        func variable(_ name: String) -> VariableDeclaration? {
            let found = scope.variable(name)
            guard let found else { return nil }
            if found.type.isDynamic { allowsDynamic = true }
            if isOfGround, !found.type.isPlain || found.presence != .always || scope.isElsewhere(name) {
                isOfGround = false
            }
            return found
        }

        var variableNames: [String] { scope.names }
    }
}

extension ExpressionType {
    /// Whether nothing in it may be absent or unknown.
    fileprivate var isPlain: Bool {
        switch self {
        case .list(let element): element.isPlain
        case .record, .map, .optional, .dyn, .parameter, .type: false
        default: true
        }
    }
}
