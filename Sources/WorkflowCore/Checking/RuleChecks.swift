import Expressions

/// Declared rules hold on every way the process can go; where one does not, a way is shown.
struct RuleChecks {
    let type: RequestType
    let facts: ProcessFacts

    private var flow: ProcessFlow { facts.flow }

    func check(_ findings: inout CheckFindings) {
        for rule in type.rules {
            var isOfUse = false
            for position in flow.steps.indices {
                if isAbout(position, rule) {
                    check(rule, at: position, &findings)
                    isOfUse = true
                }
                if case .type(let never) = rule.never, case .request(let child)? = flow.steps[position].undo,
                    child.type == never
                {
                    checkUndo(of: position, rule, &findings)
                    isOfUse = true
                }
            }
            checkUse(rule, isOfUse, &findings)
        }
    }

    /// A rule that nothing could break gives a feeling of safety and none.
    private func checkUse(_ rule: Rule, _ isOfUse: Bool, _ findings: inout CheckFindings) {
        if case .type(let id) = rule.never, !isOfUse {
            findings.error(
                .rulePointless, "This rule guards nothing: no step starts `\(id)`.",
                hint: "Name a request type that a step or an undo starts, or take the rule out.", at: rule.source)
        } else if case .never = facts.solve([.not(rule.unless.formula)]) {
            findings.error(
                .rulePointless, "This rule guards nothing: `\(rule.unless.source)` always holds.",
                hint: "Say under which condition the step may start, or take the rule out.", at: rule.source)
        }
    }

    private func isAbout(_ position: Int, _ rule: Rule) -> Bool {
        switch rule.never {
        case .step(let id): return flow.steps[position].id == id
        case .type(let id):
            if case .request(let child) = flow.steps[position].kind { return child.type == id }
            return false
        }
    }

    /// First by what surely holds at the start; where that does not suffice, by going every way.
    private func check(_ rule: Rule, at position: Int, _ findings: inout CheckFindings) {
        let unless = rule.unless.formula
        if case .never = facts.solve(facts.start(of: position) + [.not(unless)]) { return }
        let step = flow.steps[position].id
        var answer = explore(position, unless, isUsingFree: false)
        if case .fails(let path, let witness) = answer {
            findings.error(
                .ruleViolated,
                "`\(step)` can start although `\(rule.unless.source)` does not hold: \(Self.way(path, witness)).",
                hint: isImpossible(unless)
                    ? "`\(rule.unless.source)` never holds, so the rule would never let it start."
                    : "Let it wait for what makes the rule hold, or give it a `when`.", at: rule.source)
            return
        }
        answer = explore(position, unless, isUsingFree: true)
        switch answer {
        case .holds: break
        case .fails(let path, let witness):
            findings.error(
                .ruleNotProven,
                "That `\(step)` never starts unless `\(rule.unless.source)` cannot be proven: \(Self.way(path, witness)).",
                hint:
                    "Moments and fields that change may be others by then, and what compares two values may hold or not; "
                    + "repeat the rule in `when`.",
                at: rule.source)
        case .tooMany:
            findings.error(
                .ruleNotProven,
                """
                That `\(step)` never starts unless `\(rule.unless.source)` is not proven: after \
                \(ProcessExplorer.budget) states not every way was gone.
                """,
                hint: "Repeat the rule in the step's `when`, which proves it at once.", at: rule.source)
        }
    }

    private func isImpossible(_ condition: Formula) -> Bool {
        if case .never = facts.solve([condition]) { true } else { false }
    }

    private func explore(_ subject: Int, _ unless: Formula, isUsingFree: Bool) -> ProcessExplorer.Answer {
        ProcessExplorer(facts: facts, .breaking(subject, unless: unless), isUsingFree: isUsingFree).explore()
    }

    /// A way that was found, in words: what happens in order, and with which values.
    static func way(_ path: [String], _ witness: Witness) -> String {
        let isPlain = witness.known.isEmpty && witness.assumed.isEmpty
        let values = isPlain ? "" : ", when \(witness.words)"
        return (path.isEmpty ? "at once" : path.joined(separator: ", then ")) + values
    }

    /// An undo runs at any time after its step was done, so only what stays true helps.
    private func checkUndo(of position: Int, _ rule: Rule, _ findings: inout CheckFindings) {
        let unless = rule.unless.formula.weakened { !facts.domains.isLasting($0) }
        let isLasting = unless == rule.unless.formula
        let known = facts.start(of: position).map { $0.weakened { !facts.domains.isLasting($0) } }
        if isLasting, case .never = facts.solve(known + [.not(unless)]) { return }
        let step = flow.steps[position].id
        findings.error(
            .ruleNotProven, "That `\(step)` is undone only when `\(rule.unless.source)` holds cannot be proven.",
            hint:
                "An undo runs whenever the request is cancelled or ends badly; take it out of the rule, or undo otherwise.",
            at: rule.source)
    }
}
