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
    /// The free conditions as they were written. Questions about one measure are one of them; any other has two cells: it holds, it does not.
    private(set) var freeTexts: [String] = []
    /// The same as they are.
    private(set) var freeFormulas: [Formula] = []
    /// The parts of those that measure something; nil for the others, which hold or do not.
    private var freeCells: [[Cell]?] = []
    /// What each variable is compared with.
    private var constants: [[Value]] = []
    private var free: [Formula: Int] = [:]
    private var measured: [Measure: Int] = [:]
    private var measures: [Measure: [Cell]] = [:]

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
        cutMeasures(conditions, domain)
    }

    /// Cuts each measure by what it is compared with, within what its function gives and the form allows.
    private mutating func cutMeasures(_ conditions: [Formula], _ domain: ([String]) -> VariableDomain) {
        var constants: [Measure: [Value]] = [:]
        for question in conditions.lazy.flatMap(\.freeConditions).compactMap(\.question) {
            constants[question.measure, default: []].append(.int(question.constant))
        }
        for (measure, constants) in constants {
            var own = VariableDomain(type: .int, mayBeAbsent: false)
            own.keep(within: measure.range(domain))
            measures[measure] = own.cells(cutBy: constants)
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
    func cellCount(_ variable: Int) -> Int {
        variable < names.count ? cells[variable].count : freeCells[variable - names.count]?.count ?? 2
    }

    /// Translates one of the conditions that the table was made of.
    mutating func compile(_ formula: Formula) -> Compiled {
        switch formula {
        case .constant(let value): return .constant(value)
        case .not(let operand): return .not(compile(operand))
        case .all(let operands): return .all(operands.map { compile($0) })
        case .any(let operands): return .any(operands.map { compile($0) })
        case .free(let condition):
            if let asked = condition.question, let cells = measures[asked.measure] {
                return question(formula, asked, cells)
            }
            return question(formula, condition.text)
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
        let number = free[formula] ?? add(formula, text, nil)
        free[formula] = number
        return .question(names.count + number, [true, false])
    }

    private mutating func question(_ formula: Formula, _ asked: MeasureQuestion, _ cells: [Cell]) -> Compiled {
        let answers = cells.map { $0.answer(.init([], .compares(asked.comparison, .int(asked.constant)))) }
        // What its range decides is free no more.
        if let first = answers.first, answers.allSatisfy({ $0 == first }) { return .constant(first) }
        let number = measured[asked.measure] ?? add(formula, asked.measure.text, cells)
        measured[asked.measure] = number
        return .question(names.count + number, answers)
    }

    private mutating func add(_ formula: Formula, _ text: String, _ cells: [Cell]?) -> Int {
        freeTexts.append(text)
        freeFormulas.append(formula)
        freeCells.append(cells)
        return freeTexts.count - 1
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
        var assumed: [(text: String, answer: String)] = []
        for (index, text) in freeTexts.enumerated() {
            guard let value = chosen[names.count + index] else { continue }
            assumed.append((text, freeCells[index]?[value].words ?? (value == 0 ? "holds" : "does not hold")))
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
    /// How free conditions and measures would have to turn out.
    let assumed: [(text: String, answer: String)]

    /// As people read it: `site is "remote" and privileged is no`.
    var words: String {
        let parts =
            known.map { "\($0.path.joined(separator: ".")) \($0.cell.words)" }
            + assumed.map { "`\($0.text)` \($0.answer)" }
        return parts.isEmpty ? "anything is so" : parts.joined(separator: " and ")
    }
}
