public import Expressions

/// The first case whose condition holds runs; the steps of the others are skipped. It settles when the chosen steps have.
public struct ChooseStep: Sendable {
    /// In the order of the file; one without a condition is the last and means `else`.
    public let cases: [ChooseCase]
    /// Whether the checker demands that no two cases can hold at once.
    public let hit: Hit
    /// What the columns of a decision table read, in its order, as written; empty for plain cases.
    public var columns: [String] = []
    /// What people read for its outputs, where the file says so; without fields otherwise.
    public var outputs = Form(fields: [])

    /// How a decision table is read.
    public enum Hit: String, Hashable, Sendable, Codable {
        case first
        case unique
    }

    /// Takes the parts as they are.
    public init(cases: [ChooseCase], hit: Hit = .first) {
        self.cases = cases
        self.hit = hit
    }
}

/// One case of a choose.
public struct ChooseCase: Sendable {
    /// Nil for `else`.
    public let when: CheckedExpression?
    /// The choose step's outputs when this case is taken; every case of a choose gives the same names and types.
    public let gives: [Output]
    /// A partial order; may be empty.
    public let steps: [Step]
    /// Where the file says so.
    public let source: SourceLocation

    /// Takes the parts as they are.
    public init(when: CheckedExpression?, gives: [Output], steps: [Step], source: SourceLocation) {
        self.when = when
        self.gives = gives
        self.steps = steps
        self.source = source
    }
}

/// A loop: its steps run, then `until` is asked; in every round the instances are new.
public struct RepeatStep: Sendable {
    /// A partial order.
    public let steps: [Step]
    /// Asked when all steps of the round have settled.
    public let until: CheckedExpression
    /// How many rounds there may be, at least 1.
    public let maximum: Int
    /// What follows when the last round does not satisfy `until`; nil hands the failure on as any other.
    public let onExhausted: FailureHandler?

    /// Takes the parts as they are.
    public init(steps: [Step], until: CheckedExpression, maximum: Int, onExhausted: FailureHandler?) {
        self.steps = steps
        self.until = until
        self.maximum = maximum
        self.onExhausted = onExhausted
    }
}

/// The same steps for each element of a list.
public struct EachStep: Sendable {
    /// What the steps inside call the element.
    public let variable: String
    /// The list, frozen when the step starts.
    public let of: CheckedExpression
    /// A text, number or choice that names the element; unique among the elements. Nil takes the element itself.
    public let key: CheckedExpression?
    /// How many elements have to go well.
    public let need: EachNeed
    /// What becomes of the others once `need` is met.
    public let rest: Rest
    /// Who may add elements while it runs; nil for nobody.
    public let add: LateElements?
    /// A partial order, once for each element.
    public let steps: [Step]

    /// Takes the parts as they are.
    public init(
        variable: String, of: CheckedExpression, key: CheckedExpression?, need: EachNeed, rest: Rest,
        add: LateElements?, steps: [Step]
    ) {
        self.variable = variable
        self.of = of
        self.key = key
        self.need = need
        self.rest = rest
        self.add = add
        self.steps = steps
    }
}

/// How many elements of an each, or branches of a race, have to go well.
public enum EachNeed: Hashable, Sendable {
    case all
    case count(Int)
    /// 1...100; of the elements that were not cancelled, rounded up.
    case percent(Int)
}

/// What becomes of those that are not needed any more.
public enum Rest: String, Hashable, Sendable, Codable {
    case cancel
    /// They run on beside what follows; the request waits for them before it ends well.
    case `continue`
}

/// `add` of an each.
public struct LateElements: Sendable {
    /// Who may add. Never empty.
    public let by: [PeopleSource]
    /// From the start of this step on nothing can be added; nil means until all elements have settled.
    public let until: StepID?

    /// Takes the parts as they are.
    public init(by: [PeopleSource], until: StepID?) {
        self.by = by
        self.until = until
    }
}

/// Branches that run against each other; the losers are cancelled.
public struct RaceStep: Sendable {
    /// When a branch has won.
    public enum Win: String, Hashable, Sendable, Codable {
        /// When the first of its steps is done: the deferred choice. The winner runs on to its end.
        case firstStep = "first_step"
        /// When all of it has settled well.
        case finish
    }

    /// Each step is a branch; none has an `after`.
    public let branches: [Step]
    /// When a branch has won.
    public let win: Win
    /// How many have to win, at least 1.
    public let need: Int
    /// What becomes of the others.
    public let rest: Rest

    /// Takes the parts as they are.
    public init(branches: [Step], win: Win, need: Int, rest: Rest) {
        self.branches = branches
        self.win = win
        self.need = need
        self.rest = rest
    }
}

/// Steps that people may add while what surrounds it runs; it holds nothing open, what was added does.
public struct AdhocStep: Sendable {
    /// Who may add. Never empty.
    public let by: [PeopleSource]
    /// What may be added, each any number of times; they export nothing.
    public let templates: [Step]

    /// Takes the parts as they are.
    public init(by: [PeopleSource], templates: [Step]) {
        self.by = by
        self.templates = templates
    }
}
