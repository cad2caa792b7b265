/// A condition as something to reason about: questions about single variables, joined by and, or and not.
///
/// What compares one variable with a constant is exact. Everything else is `free`: it may hold or not, the same wherever the same
/// is asked of the same values.
package indirect enum Formula: Hashable, Sendable {
    case constant(Bool)
    case not(Formula)
    case all([Formula])
    case any([Formula])
    case test(Test)
    case free(FreeCondition)

    /// A question about one variable or field.
    package struct Test: Hashable, Sendable {
        /// What a question asks of a value.
        package enum Question: Hashable, Sendable {
            case isPresent
            case compares(Comparison, Value)
        }
        /// The variable, and the fields down from it.
        package let path: [String]
        package let question: Question
        /// The answer when the variable is absent.
        package let whenAbsent: Bool
        /// Whether the variable was known to be there where the question stands.
        package let isSure: Bool

        package init(_ path: [String], _ question: Question, whenAbsent: Bool = false, isSure: Bool = false) {
            self.path = path
            self.question = question
            self.whenAbsent = whenAbsent
            self.isSure = isSure
        }
    }

    /// How a value compares with a constant.
    package enum Comparison: Hashable, Sendable {
        case equal, less, lessOrEqual, greater, greaterOrEqual
    }
}

/// A condition that is not about one variable and constants. Equal when its structure is, wherever it stands.
package struct FreeCondition: Hashable, Sendable {
    let node: Node
    /// As it was written.
    package let text: String
    /// What it asks when that is how a measure compares with a constant; nil when nothing is known of it.
    package let question: MeasureQuestion?
    /// The variables it reads, those that macros bind included.
    package var names: Set<String> { node.names }
    /// Whether a function of the host is asked, which may answer otherwise at another moment.
    package var asksHost: Bool { node.asksHost }

    package static func == (left: FreeCondition, right: FreeCondition) -> Bool { left.node == right.node }

    package func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension Formula {
    /// A value equals a constant.
    package static func equals(_ path: [String], _ value: Value) -> Formula {
        .test(Test(path, .compares(.equal, value)))
    }

    /// A value is one of these texts.
    package static func isOne(of members: [String], _ path: [String]) -> Formula {
        .any(members.map { .equals(path, .string($0)) })
    }

    /// The variables and fields that it asks for, in the order of asking; those of free conditions left out.
    package var paths: [[String]] {
        var found: [[String]] = []
        forEachTest { found.append($0.path) }
        return found
    }

    /// The names of the variables that it reads, those of free conditions too.
    package var names: Set<String> {
        var found: Set<String> = []
        collect(&found)
        return found
    }

    private func collect(_ found: inout Set<String>) {
        switch self {
        case .constant: break
        case .not(let operand): operand.collect(&found)
        case .all(let operands), .any(let operands): for operand in operands { operand.collect(&found) }
        case .test(let test): if let name = test.path.first { found.insert(name) }
        case .free(let condition): found.formUnion(condition.names)
        }
    }

    /// The free conditions in it.
    package var freeConditions: [FreeCondition] {
        switch self {
        case .constant, .test: []
        case .not(let operand): operand.freeConditions
        case .all(let operands), .any(let operands): operands.flatMap(\.freeConditions)
        case .free(let condition): [condition]
        }
    }

    /// Every question about single variables in it.
    package var tests: [Test] {
        var found: [Test] = []
        forEachTest { found.append($0) }
        return found
    }

    /// Visits every question about single variables in it, in the order of asking.
    package func forEachTest(_ visit: (Test) -> Void) {
        switch self {
        case .constant, .free: break
        case .not(let operand): operand.forEachTest(visit)
        case .all(let operands), .any(let operands): for operand in operands { operand.forEachTest(visit) }
        case .test(let test): visit(test)
        }
    }

    /// What surely holds of it when nothing is known any more of some of its questions: those become true where they stand
    /// as they are, and false under a `not`, so that the result holds wherever the formula did.
    package func weakened(_ isForgotten: (Formula) -> Bool) -> Formula { weakened(isForgotten, isNegated: false) }

    private func weakened(_ isForgotten: (Formula) -> Bool, isNegated: Bool) -> Formula {
        switch self {
        case .constant: self
        case .not(let operand): .not(operand.weakened(isForgotten, isNegated: !isNegated))
        case .all(let operands): .all(operands.map { $0.weakened(isForgotten, isNegated: isNegated) })
        case .any(let operands): .any(operands.map { $0.weakened(isForgotten, isNegated: isNegated) })
        case .test, .free: isForgotten(self) ? .constant(!isNegated) : self
        }
    }
}

extension CheckedExpression {
    /// Whether it asks a function of the host, which may answer otherwise at another moment.
    package var asksHost: Bool { root.asksHost }
}

extension Node {
    fileprivate var asksHost: Bool {
        if case .hostCall = kind { return true }
        return kind.children.contains(where: \.asksHost)
    }
}
