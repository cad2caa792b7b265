import Expressions

/// Compares a configuration with the one that is applied: what requests in flight and other departments rely on is still there.
public enum Compatibility {
    /// What the new version breaks, in the order of its files: steps that vanish without `was`, steps of another kind, fields of
    /// another type, and contracts that consumers of the old version use. Errors unless said as warnings.
    ///
    /// A type that is gone is a warning at its old place: its requests stay on the version they have.
    public static func compare(_ old: Configuration, _ new: Configuration) -> [Diagnostic] {
        var findings = CheckFindings()
        let consumers = Consumers(old)
        for (id, type) in old.requestTypes.sorted(by: { $0.key < $1.key }) {
            guard let next = new.requestTypes[id] else {
                findings.warning(
                    .compatibilityType, "`\(id)` is gone; its open requests stay on the version they have.",
                    hint: "Leave it in without `audience` until they have ended.", at: type.source)
                continue
            }
            TypeComparison(old: type, new: next).check(&findings)
            ContractComparison(old: type, new: next, uses: consumers.uses[id] ?? []).check(&findings)
        }
        return findings.found.sorted { ($0.location, $0.code, $0.message) < ($1.location, $1.code, $1.message) }
    }
}

/// One request type in two versions: what requests in flight rely on.
private struct TypeComparison {
    let old: RequestType
    let new: RequestType

    func check(_ findings: inout CheckFindings) {
        var named: [StepID: Step] = [:]
        for step in new.index.all {
            named[step.id] = step
            for former in step.formerIDs where named[former] == nil { named[former] = step }
        }
        for step in old.index.all {
            guard let next = named[step.id] else {
                findings.error(
                    .compatibilityStep, "The step `\(step.id)` is gone, and requests may stand there.",
                    hint: "If another took its place, write `was: \(step.id)` there.",
                    at: place(without: step, named))
                continue
            }
            if next.kind.word != step.kind.word {
                findings.error(
                    .compatibilityKind, "`\(step.id)` was a \(step.kind.word) and is a \(next.kind.word) now.",
                    hint: "Give the new step another name.", at: next.source)
            } else {
                checkPlace(of: step, next, named, &findings)
            }
        }
        for field in old.form.fields {
            guard let next = new.form[field.id] else {
                findings.warning(
                    .compatibilityField, "The field `\(field.id)` is gone; what was entered is no longer shown.",
                    hint: "Keep it with `ask_when: false` to go on showing it.",
                    at: new.places["form"] ?? new.source)
                continue
            }
            if !next.kind.accepts(field.kind) {
                findings.error(
                    .compatibilityField, "`\(field.id)` no longer takes what was entered in open requests.",
                    hint: "Give the new field another name.", at: next.source)
            }
        }
    }
}

extension TypeComparison {
    /// Where a step would stand that is gone: in what was around it, else among the steps.
    private func place(without step: Step, _ named: [StepID: Step]) -> SourceLocation {
        for around in old.index.ancestors(of: step.id) {
            if let scope = named[around] { return scope.source }
        }
        return new.places["steps"] ?? new.source
    }

    /// What runs several times is told apart by rounds and keys, so a step stays inside what gives it those, and gets no others.
    private func checkPlace(of step: Step, _ next: Step, _ named: [StepID: Step], _ findings: inout CheckFindings) {
        let before = old.index.node(step.id)?.around.map(\.step) ?? []
        let after = new.index.node(next.id)?.around.map(\.step) ?? []
        guard before.map({ named[$0.id]?.id ?? $0.id }) != after.map(\.id) else { return }
        // What moves together is said once, of the outermost.
        if let parent = old.index.parent(of: step.id), let moved = named[parent]?.id,
            moved == new.index.parent(of: next.id)
        {
            return
        }
        findings.error(
            .compatibilityPlace,
            "`\(step.id)` stood \(Self.place(in: before)) and stands \(Self.place(in: after)) now, where its runs have other names.",
            hint: "Leave it where it was; a step of another name can stand in the new place.", at: next.source)
    }

    private static func place(in around: [Step]) -> String {
        guard let inner = around.last else { return "in nothing that runs several times" }
        return "in the \(inner.kind.word) `\(inner.id)`"
    }
}

/// One request type in two versions: what those that start it rely on.
private struct ContractComparison {
    let old: RequestType
    let new: RequestType
    let uses: [Consumers.Use]

    func check(_ findings: inout CheckFindings) {
        for use in uses {
            let who = "`\(use.consumer)` (step `\(use.step)`)"
            if !new.offeredTo.includes(use.consumer.department) {
                report("\(who) starts it, and it is no longer offered to \(use.consumer.department).", &findings)
            }
            for field in new.form.fields where field.isNeeded && !use.inputs.contains(field.id) {
                report(
                    "`\(field.id)` is needed now, and \(who) does not pass it.", at: field.source,
                    hint: "Make it optional, or give it a default.", &findings)
            }
            for input in use.inputs {
                guard let before = old.form[input] else { continue }
                guard let after = new.form[input] else {
                    report("The field `\(input)` is gone, and \(who) passes it.", &findings)
                    continue
                }
                if !after.kind.accepts(before.kind) {
                    report("`\(input)` no longer takes what \(who) passes.", at: after.source, &findings)
                }
            }
            for output in old.outputs where use.outputs.contains(output.name) {
                let same = new.outputs.first { $0.name == output.name }
                guard let after = same else {
                    report("The output `\(output.name)` is gone, and \(who) uses it.", &findings)
                    continue
                }
                if after.value.type != output.value.type {
                    report(
                        "The output `\(output.name)` is \(after.value.type) now, not \(output.value.type), and \(who) uses it.",
                        at: after.source, &findings)
                }
            }
            for outcome in old.outcomes {
                guard let after = new.outcome(outcome.id) else {
                    if use.outputs.contains("outcome") {
                        report("The outcome `\(outcome.id)` is gone, and \(who) asks for it.", &findings)
                    }
                    continue
                }
                if after.isGood != outcome.isGood {
                    let now = after.isGood ? "good" : "bad"
                    report("The outcome `\(outcome.id)` is \(now) now, for \(who) too.", &findings)
                }
            }
        }
    }

    private func report(
        _ message: String, at location: SourceLocation? = nil,
        hint: String = "Keep it until its consumers do without.", _ findings: inout CheckFindings
    ) {
        findings.error(.compatibilityContract, message, hint: hint, at: location ?? new.source)
    }
}

/// Which steps start which types, and what they use of them.
private struct Consumers {
    struct Use {
        let consumer: RequestTypeID
        let step: StepID
        let inputs: [FieldID]
        let outputs: Set<String>
    }

    private(set) var uses: [RequestTypeID: [Use]] = [:]

    init(_ configuration: Configuration) {
        for (id, type) in configuration.requestTypes.sorted(by: { $0.key < $1.key }) {
            let selections = type.selections
            for step in type.index.all {
                if case .request(let child) = step.kind {
                    let outputs = selections.compactMap { path -> String? in
                        let path = path.first == "previous" ? Array(path.dropFirst()) : path
                        return path.count > 1 && path[0] == step.id.text ? path[1] : nil
                    }
                    add(child, id, step, Set(outputs))
                }
                if case .request(let child)? = step.undo { add(child, id, step, []) }
            }
        }
    }

    private mutating func add(_ child: ChildStep, _ id: RequestTypeID, _ step: Step, _ outputs: Set<String>) {
        uses[child.type, default: []].append(
            Use(consumer: id, step: step.id, inputs: child.inputs.map(\.field), outputs: outputs))
    }
}

extension Field {
    /// Whether a parent has to pass it.
    var isNeeded: Bool { !isOptional && defaultValue == nil && askWhen == nil && computed == nil }
}

extension FieldKind {
    /// Whether every value of an older kind is one of this kind, bounds left aside.
    func accepts(_ older: FieldKind) -> Bool {
        let (new, old) = (expressionType, older.expressionType)
        return switch (new, old) {
        case (.choice(let new), .choice(let old)), (.list(.choice(let new)), .list(.choice(let old))):
            Set(old.members).isSubset(of: new.members)
        default: new == old
        }
    }
}
