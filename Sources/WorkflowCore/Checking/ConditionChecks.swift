import Expressions

/// No condition is always the same, and every choose finds a case.
struct ConditionChecks {
    let type: RequestType
    let facts: ProcessFacts

    private var flow: ProcessFlow { facts.flow }

    func check(_ findings: inout CheckFindings) {
        for field in type.form.fields {
            guard let asked = field.askWhen else { continue }
            check(asked, asked.formula, knowing: [], at: field.places["ask_when"] ?? field.source, &findings)
        }
        for position in flow.steps.indices {
            let step = flow.steps[position]
            if let when = step.when {
                check(when, when.formula, knowing: facts.around(position), at: step.place("when"), &findings)
            }
            if let condition = step.onlyWhile { checkOpening(condition, of: step, &findings) }
            switch step.kind {
            case .repeat(let loop) where loop.maximum > 1:
                check(loop.until, loop.until.formula, knowing: [], at: step.place("until"), &findings)
            case .choose(let choose):
                check(
                    choose, facts.conditions(of: position), of: step, knowing: facts.start(of: position), &findings)
            case .task(let task):
                for field in task.form.fields {
                    guard let asked = field.askWhen else { continue }
                    check(
                        asked, asked.formula.renamed(step.id.text, task.form), knowing: [],
                        at: field.places["ask_when"] ?? field.source, &findings)
                }
            default: break
            }
        }
    }

    /// A condition that reads nothing is complained about where it is compiled.
    private func check(
        _ expression: CheckedExpression, _ condition: Formula, knowing known: [Formula],
        at location: @autoclosure () -> SourceLocation, _ findings: inout CheckFindings
    ) {
        guard !expression.isConstant else { return }
        let known = ProcessFacts.relevant(known, to: [condition])
        let verdict = facts.verdict(on: condition, knowing: known)
        if verdict.never {
            findings.error(
                .conditionNever, "This never holds" + because(known, condition) + ".",
                hint: "What it guards never happens: correct the condition, or take it out.", at: location())
        } else if verdict.always {
            findings.error(
                .conditionAlways, "This always holds" + because(known, condition) + ".", hint: "Take it out.",
                at: location())
        }
    }

    /// Of a step that is open while something holds nothing is known: everything may change meanwhile.
    private func checkOpening(_ condition: CheckedExpression, of step: Step, _ findings: inout CheckFindings) {
        guard !condition.isConstant else { return }
        let verdict = facts.verdict(on: condition.formula, knowing: [])
        if verdict.never {
            findings.error(
                .stepNeverOpens, "This never holds, so `\(step.id)` never begins.",
                hint: "Correct the condition, or take the step out.", at: step.place("only_while"))
        } else if verdict.always {
            findings.error(
                .conditionAlways, "This always holds.", hint: "Take it out.", at: step.place("only_while"))
        }
    }

    /// Whether the condition by itself could go either way.
    private func because(_ known: [Formula], _ condition: Formula) -> String {
        guard !known.isEmpty else { return "" }
        if case .never = facts.solve([condition]) { return "" }
        if case .never = facts.solve([.not(condition)]) { return "" }
        return " where it stands, after what was asked and decided before"
    }

    // MARK: Chooses

    private func check(
        _ choose: ChooseStep, _ conditions: [Formula?], of step: Step, knowing known: [Formula],
        _ findings: inout CheckFindings
    ) {
        let known = ProcessFacts.relevant(known, to: conditions.compactMap(\.self))
        for (number, branch) in choose.cases.enumerated() {
            guard let condition = conditions[number] else {
                checkElse(number, conditions, branch, knowing: known, &findings)
                continue
            }
            let earlier = conditions[..<number].compactMap { $0.map { Formula.not($0) } }
            if case .never = facts.solve(known + [condition]) {
                findings.error(
                    .chooseDeadCase, "This case of `\(step.id)` never holds.", hint: "Correct its condition.",
                    at: branch.source)
            } else if choose.hit == .first, !earlier.isEmpty, case .never = facts.solve(known + earlier + [condition]) {
                findings.error(
                    .chooseDeadCase,
                    "This case of `\(step.id)` is never reached: whenever it holds, one before it does.",
                    hint: "Put it further up, or take it out.", at: branch.source)
            }
            guard choose.hit == .unique else { continue }
            for other in 0..<number {
                guard let first = conditions[other] else { continue }
                checkOverlap(step, [other, number], known + [first, condition], at: branch.source, &findings)
            }
        }
        guard !conditions.contains(where: { $0 == nil }) else { return }
        checkGap(step, known + conditions.compactMap { $0.map { Formula.not($0) } }, &findings)
    }

    private func checkElse(
        _ number: Int, _ conditions: [Formula?], _ branch: ChooseCase, knowing known: [Formula],
        _ findings: inout CheckFindings
    ) {
        let others = conditions[..<number].compactMap { $0.map { Formula.not($0) } }
        guard !others.isEmpty, case .never = facts.solve(known + others) else { return }
        findings.warning(
            .chooseDeadCase, "`else` is never taken: the cases before it are all there are.", hint: "Take it out.",
            at: branch.source)
    }

    private func checkOverlap(
        _ step: Step, _ rows: [Int], _ conditions: [Formula], at location: SourceLocation,
        _ findings: inout CheckFindings
    ) {
        let names = rows.map { "\($0 + 1)" }.joined(separator: " and ")
        switch facts.solve(conditions) {
        case .never: break
        case .holds(let witness), .mayHold(let witness):
            findings.error(
                .chooseOverlap, "Cases \(names) of `\(step.id)` both hold when \(witness.words).",
                hint: "With `hit: unique` at most one may hold; narrow one of them, or write `hit: first`.",
                at: location)
        case .tooHard:
            findings.error(
                .chooseOverlap, "Whether cases \(names) of `\(step.id)` can both hold takes too long to find out.",
                hint: "Use simpler conditions, or `hit: first`.", at: location)
        }
    }

    private func checkGap(_ step: Step, _ none: [Formula], _ findings: inout CheckFindings) {
        switch facts.solve(none) {
        case .never: break
        case .holds(let witness):
            findings.error(
                .chooseGap, "No case of `\(step.id)` holds when \(witness.words).",
                hint: "Add a case for that, or `else`.", at: step.source)
        case .mayHold(let witness):
            findings.error(
                .chooseUnproven,
                "That some case of `\(step.id)` always holds cannot be proven: perhaps none does when \(witness.words).",
                hint: "Add `else`. Proven is what compares one field with constants.", at: step.source)
        case .tooHard:
            findings.error(
                .chooseUnproven, "Whether some case of `\(step.id)` always holds takes too long to find out.",
                hint: "Add `else`.", at: step.source)
        }
    }
}

extension Formula {
    /// The same where the fields of a step's form go by the step's name: `site` in the form of `visit` is `visit.site`.
    func renamed(_ step: String, _ form: Form) -> Formula {
        switch self {
        case .constant, .free: self
        case .not(let operand): .not(operand.renamed(step, form))
        case .all(let operands): .all(operands.map { $0.renamed(step, form) })
        case .any(let operands): .any(operands.map { $0.renamed(step, form) })
        case .test(let test):
            if let name = test.path.first, form[FieldID(name)] != nil {
                .test(Test([step] + test.path, test.question, whenAbsent: test.whenAbsent, isSure: test.isSure))
            } else {
                self
            }
        }
    }
}
