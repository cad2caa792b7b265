import Expressions

/// The variables of some conditions, each cut into the parts that the conditions can tell apart.
struct ConditionTable {
    /// A condition over numbered variables.
    indirect enum Compiled {
        case constant(Bool)
        case not(Compiled)
        case all([Compiled])
        case any([Compiled])
        /// A variable, and the answers by its cells.
        case question(Int, [Bool])
    }

    /// What is known of a condition when only some variables are.
    enum Truth { case yes, no, open }

    /// The variables' paths; behind them come the free conditions.
    private(set) var names: [[String]] = []
    /// The parts of each variable.
    private(set) var cells: [[Cell]] = []
    /// The free conditions as they were written; each has two cells: it holds, it does not.
    private(set) var freeTexts: [String] = []
    /// The same as they are.
    private(set) var freeFormulas: [Formula] = []
    /// What each variable is compared with.
    private var constants: [[Value]] = []
    private var free: [Formula: Int] = [:]

    /// - Parameter mayVanish: whether a variable gets a cell for being absent, although every question knows it to be there.
    init(
        _ conditions: [Formula], domain: ([String]) -> VariableDomain, mayVanish: ([String]) -> Bool = { _ in false }
    ) {
        var isUnsure: [Bool] = []
        var tests: [Formula.Test] = []
        for condition in conditions { condition.forEachTest { tests.append($0) } }
        for test in tests {
            let number = self.number(of: test.path)
            if number == names.count {
                names.append(test.path)
                constants.append([])
                isUnsure.append(false)
            }
            if !test.isSure { isUnsure[number] = true }
            if case .compares(_, let constant) = test.question, fits(constant, number) {
                constants[number].append(constant)
            }
        }
        for (number, path) in names.enumerated() {
            var domain = domain(path)
            if case .dyn = domain.type, !constants[number].isEmpty, constants[number].allSatisfy(\.isYesOrNo) {
                domain = VariableDomain(type: .bool, mayBeAbsent: domain.mayBeAbsent)
            }
            let own = domain.cells(cutBy: constants[number])
            cells.append((domain.mayBeAbsent && isUnsure[number]) || mayVanish(path) ? own + [.absent] : own)
        }
    }

    /// The number of a variable, or the next when it has none. Conditions ask for few.
    private func number(of path: [String]) -> Int { names.firstIndex(of: path) ?? names.count }

    /// Constants without an order among each other, such as amounts in two currencies, cannot cut a variable.
    private func fits(_ constant: Value, _ variable: Int) -> Bool {
        constants[variable].first.map { $0.order(to: constant) != nil } ?? true
    }

    /// How many variables there are, free conditions included.
    var count: Int { names.count + freeTexts.count }

    /// How many cells a variable has.
    func cellCount(_ variable: Int) -> Int { variable < names.count ? cells[variable].count : 2 }

    /// Translates one of the conditions that the table was made of.
    mutating func compile(_ formula: Formula) -> Compiled {
        switch formula {
        case .constant(let value): return .constant(value)
        case .not(let operand): return .not(compile(operand))
        case .all(let operands): return .all(operands.map { compile($0) })
        case .any(let operands): return .any(operands.map { compile($0) })
        case .free(let condition): return question(formula, condition.text)
        case .test(let test):
            let variable = number(of: test.path)
            guard variable < names.count else { return .constant(false) }
            if case .compares(_, let constant) = test.question, !fits(constant, variable) {
                return question(formula, test.path.joined(separator: "."))
            }
            return .question(variable, cells[variable].map { $0.answer(test) })
        }
    }

    private mutating func question(_ formula: Formula, _ text: String) -> Compiled {
        let number = free[formula] ?? freeTexts.count
        if free[formula] == nil {
            free[formula] = number
            freeTexts.append(text)
            freeFormulas.append(formula)
        }
        return .question(names.count + number, [true, false])
    }

    /// What the choices so far decide, and otherwise the variable to choose next: free ones last.
    func truth(_ node: Compiled, _ chosen: [Int?], _ next: inout Int?) -> Truth {
        switch node {
        case .constant(let value): return value ? .yes : .no
        case .not(let operand):
            switch truth(operand, chosen, &next) {
            case .yes: return .no
            case .no: return .yes
            case .open: return .open
            }
        case .all(let operands): return junction(operands, decisive: .no, otherwise: .yes, chosen, &next)
        case .any(let operands): return junction(operands, decisive: .yes, otherwise: .no, chosen, &next)
        case .question(let variable, let answers):
            if let cell = chosen[variable] { return answers[cell] ? .yes : .no }
            if let best = next, variable >= names.count || best < names.count { return .open }
            next = variable
            return .open
        }
    }

    private func junction(
        _ operands: [Compiled], decisive: Truth, otherwise: Truth, _ chosen: [Int?], _ next: inout Int?
    ) -> Truth {
        var isOpen = false
        for operand in operands {
            let truth = truth(operand, chosen, &next)
            if truth == decisive { return decisive }
            if truth == .open { isOpen = true }
        }
        return isOpen ? .open : otherwise
    }

    /// The choices as people read them.
    func witness(_ chosen: [Int?]) -> Witness {
        var known: [(path: [String], cell: Cell)] = []
        for (variable, path) in names.enumerated() {
            if let cell = chosen[variable] { known.append((path, cells[variable][cell])) }
        }
        var assumed: [(text: String, holds: Bool)] = []
        for (index, text) in freeTexts.enumerated() {
            if let value = chosen[names.count + index] { assumed.append((text, value == 0)) }
        }
        return Witness(known: known, assumed: assumed)
    }
}

extension Value {
    fileprivate var isYesOrNo: Bool {
        if case .bool = self { true } else { false }
    }
}

/// Values under which conditions hold.
struct Witness {
    /// In the order in which the conditions ask; a variable that does not matter is not here.
    let known: [(path: [String], cell: Cell)]
    /// How free conditions would have to turn out.
    let assumed: [(text: String, holds: Bool)]

    /// As people read it: `site is "remote" and privileged is no`.
    var words: String {
        let parts =
            known.map { "\($0.path.joined(separator: ".")) \($0.cell.words)" }
            + assumed.map { "`\($0.text)` \($0.holds ? "holds" : "does not hold")" }
        return parts.isEmpty ? "anything is so" : parts.joined(separator: " and ")
    }
}
