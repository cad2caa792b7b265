import Expressions

/// Fields that change while steps are under way: nobody writes against another, and whoever has read one says what follows.
struct ChangeChecks {
    let type: RequestType
    let flow: ProcessFlow
    let changes: FieldChanges

    func check(_ findings: inout CheckFindings) {
        let writers = self.writers
        checkRaces(writers, &findings)
        let changing = Set(changes.names.map { FieldID($0) })
        for (position, step) in flow.steps.enumerated() where !changing.isEmpty || !step.onChange.isEmpty {
            checkReader(step, position, writers, changing, &findings)
        }
    }

    /// What a step writes, and where the file says so.
    private struct Writer {
        let step: Int
        let place: SourceLocation
    }

    private var writers: [FieldID: [Writer]] {
        var found: [FieldID: [Writer]] = [:]
        for (position, step) in flow.steps.enumerated() {
            switch step.kind {
            case .set(let assignments):
                for assignment in assignments {
                    let place = step.places["fields.\(assignment.field)"] ?? step.source
                    found[assignment.field, default: []].append(Writer(step: position, place: place))
                }
            case .task(let task):
                for field in task.edit {
                    let place = step.places["edit.\(field)"] ?? step.place("edit")
                    found[field, default: []].append(Writer(step: position, place: place))
                }
            default: break
            }
        }
        return found
    }

    private func checkRaces(_ writers: [FieldID: [Writer]], _ findings: inout CheckFindings) {
        for (field, writers) in writers.sorted(by: { $0.key < $1.key }) {
            for (index, writer) in writers.enumerated() {
                let step = flow.steps[writer.step]
                switch repetition(of: writer.step) {
                case nil: break
                case .elements?:
                    findings.error(
                        .fieldRace, "`\(step.id)` runs for several elements at once, and each writes `\(field)`.",
                        hint: "Write it once, after them.", at: writer.place)
                case .additions?:
                    findings.error(
                        .fieldRace, "People may add `\(step.id)` several times at once, and each writes `\(field)`.",
                        hint: "Write it in a step that is not added.", at: writer.place)
                }
                for other in writers[..<index] where flow.areUnordered(writer.step, other.step) {
                    findings.error(
                        .fieldRace,
                        "`\(flow.steps[other.step].id)` and `\(step.id)` may both write `\(field)` at the same time.",
                        hint: "Put one `after` the other.", at: writer.place)
                }
            }
        }
    }

    /// Why several instances of one step run side by side.
    private enum Repetition {
        /// Of an each.
        case elements
        /// To an adhoc, by people.
        case additions
    }

    /// Nil when there is one at a time.
    private func repetition(of position: Int) -> Repetition? {
        for scope in flow.ancestors(of: position) {
            switch flow.steps[scope].kind {
            case .each where !flow.steps[scope].isOneAtATime: return .elements
            case .adhoc: return .additions
            default: continue
            }
        }
        return nil
    }

    // MARK: Readers

    private func checkReader(
        _ step: Step, _ position: Int, _ writers: [FieldID: [Writer]], _ changing: Set<FieldID>,
        _ findings: inout CheckFindings
    ) {
        // Of fields that nobody changes nothing is asked, unless the step answers their change.
        var reads: [(field: String, key: String)] = []
        // The closure is to hold the form alone: a request type has many parts, and all would be copied.
        let form = type.form
        step.forEachFrozenRead { name, key in
            let field = FieldID(name)
            guard changing.contains(field) || step.onChange[field] != nil, form[field] != nil else { return }
            reads.append((name, key))
        }
        var answered: Set<String> = []
        for read in reads where answered.insert(read.field).inserted {
            let field = FieldID(read.field)
            guard step.onChange[field] == nil, let cause = change(of: field, after: position, writers)
            else { continue }
            findings.error(
                .changeUnanswered, "`\(step.id)` has read `\(field)`, which may change later: \(cause).",
                hint: "Say what follows: `on_change: {\(field): keep}`, `forward` or `restart`.",
                at: step.place(read.key))
        }
        for (field, reaction) in step.onChange.sorted(by: { $0.key < $1.key }) {
            let place = step.places["on_change.\(field)"] ?? step.place("on_change")
            if reads.contains(where: { $0.field == field.text }) {
                checkAnswer(reaction, to: field, step, position, writers, at: place, &findings)
            } else if let key = step.reads.first(where: { $0.reads(field) })?.key {
                findings.error(
                    .changePointless,
                    "What `\(step.id)` reads of `\(field)` follows by itself: `\(key)` is worked out anew.",
                    hint: "Take it out of `on_change`.", at: place)
            } else {
                findings.error(
                    .changePointless, "`\(step.id)` does not read `\(field)`.", hint: "Take it out of `on_change`.",
                    at: place)
            }
        }
    }

    /// What a step answers to the change of a field that it has read.
    private func checkAnswer(
        _ reaction: ChangeReaction, to field: FieldID, _ step: Step, _ position: Int, _ writers: [FieldID: [Writer]],
        at place: SourceLocation, _ findings: inout CheckFindings
    ) {
        if change(of: field, after: position, writers) == nil, !isAmendedBeforeItBegins(field, position) {
            findings.error(
                .changePointless, "`\(field)` no longer changes once `\(step.id)` has started.",
                hint: "Take it out of `on_change`.", at: place)
        } else if reaction == .forward, !step.passes(field.text) {
            findings.error(
                .changeForward, "`\(step.id)` passes `\(field)` to no running request.",
                hint: "Only a `request` that passes it in `with` can forward it; write `keep` or `restart`.",
                at: place)
        }
    }

    /// How a field may change once a step has started, by itself or with what it follows; nil when it stays.
    private func change(of field: FieldID, after position: Int, _ writers: [FieldID: [Writer]]) -> String? {
        for origin in changes.origins(of: field) {
            guard let cause = directChange(of: origin, after: position, writers[origin] ?? []) else { continue }
            switch cause {
            case .amended where origin == field: return "it can be amended"
            case .amended: return "it follows `\(origin)`, which can be amended"
            case .written(let writer) where origin == field: return "`\(writer)` writes it"
            case .written(let writer): return "it follows `\(origin)`, which `\(writer)` writes"
            }
        }
        return nil
    }

    /// Whether a field that its `when` asks can be amended until the step starts, which may be put aside after its `when` was asked.
    private func isAmendedBeforeItBegins(_ field: FieldID, _ position: Int) -> Bool {
        let step = flow.steps[position]
        guard step.onlyWhile != nil, let when = step.when, when.reads(field.text) else { return false }
        return changes.origins(of: field).contains { origin in
            type.amendments.contains { $0.field == origin && $0.until == step.id }
        }
    }

    private enum Cause {
        case amended
        case written(by: StepID)
    }

    private func directChange(of field: FieldID, after position: Int, _ writers: [Writer]) -> Cause? {
        if let amendment = type.amendments.first(where: { $0.field == field }) {
            let closing = amendment.until.flatMap(flow.position)
            let isOver = closing.map { $0 == position || flow.isBefore($0, position) || flow.isInside(position, $0) }
            if isOver != true { return .amended }
        }
        let writer = writers.first { writer in
            writer.step != position && !flow.isBefore(writer.step, position)
                && !flow.areAlternatives(writer.step, position) && !flow.isInside(position, writer.step)
        }
        return writer.map { .written(by: flow.steps[$0.step].id) }
    }
}

extension Step {
    var isRepeat: Bool {
        if case .repeat = kind { true } else { false }
    }

    /// Visits the names that the step takes when it starts and keeps, with the key in which each is read. What settles at once, such as
    /// a message, has nothing left to change.
    fileprivate func forEachFrozenRead(_ visit: (_ field: String, _ key: String) -> Void) {
        func add(_ expression: CheckedExpression?, _ key: String) {
            if let expression { for name in expression.referenceNames { visit(name, key) } }
        }
        func add(_ template: CheckedTemplate, _ key: String) {
            for expression in template.expressions { add(expression, key) }
        }
        func add(_ value: PassedValue, _ key: @autoclosure () -> String) {
            switch value {
            case .expression(let expression): add(expression, key())
            case .text(let template): add(template, key())
            }
        }
        func add(_ people: [PeopleSource], _ key: String) {
            for case .expression(let expression) in people { add(expression, key) }
        }
        switch kind {
        case .notify, .set, .end, .wait(.until): return
        case .task(let task):
            add(task.assign, "assign")
            add(task.fallback, "assign")
        case .approval(let approval):
            add(approval.from, "from")
            add(approval.excluded, "from")
            add(approval.fallback, "from")
        case .request(let child): for input in child.inputs { add(input.value, "with.\(input.field)") }
        case .call(let call):
            for input in call.inputs { add(input.value, "with.\(input.name)") }
            add(call.path, "path")
        case .wait(.span(let span)): add(span, "for")
        case .wait(.event(let event)): add(event.key, "key")
        case .choose(let choose):
            for branch in choose.cases {
                add(branch.when, "cases")
                for output in branch.gives { add(output.value, "cases") }
            }
        case .each(let each): add(each.of, "of")
        case .block, .repeat, .race, .adhoc: break
        }
        add(when, "when")
    }

    /// Whether a child request gets a field.
    fileprivate func passes(_ field: String) -> Bool {
        guard case .request(let child) = kind else { return false }
        return child.inputs.contains { $0.value.references.contains(field) }
    }
}

extension PassedValue {
    /// The variables it reads.
    var references: Set<String> {
        switch self {
        case .expression(let expression): expression.references
        case .text(let template): template.references
        }
    }

    /// The variables and fields it reads, each as its path.
    package var selections: [[String]] {
        switch self {
        case .expression(let expression): expression.selections
        case .text(let template): template.selections
        }
    }
}
