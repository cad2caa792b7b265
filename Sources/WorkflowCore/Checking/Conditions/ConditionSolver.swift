import Expressions

/// Finds values under which conditions hold together, or proves that there are none.
///
/// Each variable has finitely many parts that the conditions can tell apart (`Cell`), so the search is exact for conditions that
/// compare single variables with constants. A free condition may hold or not.
struct ConditionSolver {
    /// How an attempt ends.
    enum Answer {
        /// They never hold together.
        case never
        /// They hold for these values, whatever else.
        case holds(Witness)
        /// They hold for these values if free conditions turn out as it needs; nothing better was found.
        case mayHold(Witness)
        /// Too many combinations to try.
        case tooHard
    }

    /// What a search may try before it gives up.
    static let budget = 20_000

    private let table: ConditionTable
    private let root: ConditionTable.Compiled
    /// The same with one of the conditions negated.
    private let opposite: ConditionTable.Compiled

    /// Takes conditions that shall hold together, and what their variables can be.
    init(_ conditions: [Formula], domain: ([String]) -> VariableDomain) {
        var table = ConditionTable(conditions, domain: domain)
        root = table.compile(.all(conditions))
        opposite = root
        self.table = table
    }

    /// The same, and `negated` is ready to ask for the opposite of one of them, so that the others are translated once.
    init(_ conditions: [Formula], negating asked: Int, domain: ([String]) -> VariableDomain) {
        var table = ConditionTable(conditions, domain: domain)
        var compiled = conditions.map { table.compile($0) }
        root = .all(compiled)
        compiled[asked] = .not(compiled[asked])
        opposite = .all(compiled)
        self.table = table
    }

    private init(_ table: ConditionTable, _ root: ConditionTable.Compiled, _ opposite: ConditionTable.Compiled) {
        self.table = table
        self.root = root
        self.opposite = opposite
    }

    /// The same with the condition that was named negated.
    var negated: ConditionSolver { ConditionSolver(table, opposite, root) }

    /// Tries to make them hold. Cost: bounded by the budget times the size of the conditions.
    func solve() -> Answer {
        var search = Search(table: table, root: root, isUsingFree: false)
        switch search.run() {
        case .found: return .holds(table.witness(search.chosen))
        case .tooHard: return .tooHard
        case .none: break
        }
        guard !table.freeTexts.isEmpty else { return .never }
        search = Search(table: table, root: root, isUsingFree: true)
        switch search.run() {
        case .found: return .mayHold(table.witness(search.chosen))
        case .tooHard: return .tooHard
        case .none: return .never
        }
    }

    private enum Outcome { case none, found, tooHard }

    private struct Search {
        let table: ConditionTable
        let root: ConditionTable.Compiled
        let isUsingFree: Bool
        var left = ConditionSolver.budget
        var chosen: [Int?]

        init(table: ConditionTable, root: ConditionTable.Compiled, isUsingFree: Bool) {
            self.table = table
            self.root = root
            self.isUsingFree = isUsingFree
            chosen = Array(repeating: nil, count: table.count)
        }

        mutating func run() -> Outcome {
            left -= 1
            guard left > 0 else { return .tooHard }
            var next: Int?
            switch table.truth(root, chosen, &next) {
            case .yes: return .found
            case .no: return .none
            case .open: break
            }
            guard let next, isUsingFree || next < table.names.count else { return .none }
            for cell in 0..<table.cellCount(next) {
                chosen[next] = cell
                let outcome = run()
                if case .none = outcome { continue }
                return outcome
            }
            chosen[next] = nil
            return .none
        }
    }
}
