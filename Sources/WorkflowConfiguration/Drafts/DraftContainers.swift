import WorkflowCore

struct DraftChoose {
    /// What the file declares of the outputs; empty where it leaves that to the cases.
    let outputs: [DraftField]
    /// In the order of the file; `else` is the last.
    let cases: [DraftCase]
    let hit: ChooseStep.Hit
    /// What the columns of a table are called, in the order in which they appear; empty for plain cases.
    let columns: [DraftColumn]
    /// Whether the file has an `else`, `none` too.
    let saysElse: Bool
    /// `else: none`: it may be that no case is taken.
    let mayTakeNone: Bool
}

/// A column of a decision table: what its cells are compared with.
struct DraftColumn {
    let expression: DraftExpression

    var name: String { expression.scalar.text }
}

struct DraftCase {
    enum Condition {
        case expression(DraftExpression?)
        /// All of them hold; none for a row that always does.
        case row([DraftCell])
        case `else`
    }

    let condition: Condition
    let gives: [DraftGiven]
    let steps: [DraftStep]
    let location: SourceLocation

    var isElse: Bool {
        if case .else = condition { true } else { false }
    }

    /// Whether it asks nothing: an `else`, or a row without cells.
    var isUnconditional: Bool {
        switch condition {
        case .else: true
        case .row(let cells): cells.isEmpty
        case .expression: false
        }
    }
}

/// What a row asks of a column.
struct DraftCell {
    enum Test {
        /// One of these.
        case literals([YAMLScalar])
        /// `>= 5`: the operator and where its operand begins in the scalar, in UTF-8.
        case comparison(String, YAMLScalar, operand: Range<Int>)
        /// `5..10`, both ends included.
        case range(YAMLScalar, lower: Range<Int>, upper: Range<Int>)
    }

    /// As the key of the cell has it.
    let column: DraftExpression
    let test: Test
}

/// One entry of `gives`.
struct DraftGiven {
    let name: Located<String>
    let value: DraftValue?
}

struct DraftRepeat {
    let steps: [DraftStep]
    let until: DraftExpression?
    let maximum: Int
    let onExhausted: DraftHandler?
}

struct DraftEach {
    /// What the steps inside call the element; nil after a complaint.
    let variable: Located<String>?
    let of: DraftExpression?
    let key: DraftExpression?
    let need: EachNeed
    let rest: Rest
    let add: DraftLateElements?
    let steps: [DraftStep]
}

struct DraftLateElements {
    let by: [DraftPeople]
    let until: Located<String>?
}

struct DraftRace {
    let branches: [DraftStep]
    let win: RaceStep.Win
    let need: Int
    let rest: Rest
    /// Where `need` stands, or the step.
    let needLocation: SourceLocation
}
