import Expressions

/// One place of a step that reads something: which key, and what.
struct StepRead {
    /// As in `Step.places`.
    let key: String
    /// The key of what reads it, where that is a part of the key's value.
    var part: String?
    /// The variables and fields, each as its path.
    let selections: [[String]]

    /// Whether that is, or is in, a field.
    func reads(_ field: FieldID) -> Bool { selections.contains { $0.first == field.text } }
}

extension Step {
    /// Everything that the step itself reads, in no particular order; what the steps inside it read is left out.
    var reads: [StepRead] {
        var found: [StepRead] = []
        func add(_ key: String, _ expression: CheckedExpression?) {
            if let expression { found.append(StepRead(key: key, selections: expression.selections)) }
        }
        func add(_ key: String, _ form: Form) {
            for field in form.fields {
                for expression in [field.askWhen, field.check, field.defaultValue, field.computed] {
                    add(key, expression)
                }
            }
        }
        func add(_ key: String, _ nudges: Nudges) {
            add(key, nudges.remind)
            add(key, nudges.escalation?.after)
        }
        add("when", when)
        add("due", due)
        add("only_while", onlyWhile)
        add("hold", hold)
        for named in whomItNames {
            for case .expression(let expression) in named.people {
                found.append(
                    StepRead(
                        key: named.key, part: "\(named.key).\(expression.source)", selections: expression.selections))
            }
        }
        for text in title?.byLanguage.values.map(\.selections) ?? [] {
            found.append(StepRead(key: "title", selections: text))
        }
        switch undo {
        case .request(let child)?:
            found += child.inputs.map { StepRead(key: "undo.with.\($0.field)", selections: $0.value.selections) }
        case .call(let call)?: found += call.reads.map { StepRead(key: "undo.\($0.key)", selections: $0.selections) }
        case Undo.none?, nil: break
        }
        switch kind {
        case .task(let task):
            add("form", task.form)
            add("remind", task.nudges)
        case .approval(let approval):
            add("remind", approval.nudges)
        case .request(let child):
            found += child.inputs.map { StepRead(key: "with.\($0.field)", selections: $0.value.selections) }
        case .call(let call): found += call.reads
        case .notify(let notify):
            found += notify.message.byLanguage.values.map { StepRead(key: "message", selections: $0.selections) }
        case .set(let assignments):
            found += assignments.map { StepRead(key: "fields.\($0.field)", selections: $0.value.selections) }
        case .wait(.until(let moment)): add("until", moment)
        case .wait(.span(let span)): add("for", span)
        case .wait(.event(let event)): add("key", event.key)
        case .choose(let choose):
            for branch in choose.cases {
                add("cases", branch.when)
                for output in branch.gives { add("gives", output.value) }
            }
        case .repeat(let loop): add("until", loop.until)
        case .each(let each):
            add("of", each.of)
            add("key", each.key)
        case .block, .race, .adhoc, .end: break
        }
        return found
    }
}

extension CallStep {
    /// What the call reads.
    var reads: [StepRead] {
        [StepRead(key: "path", selections: path.selections)]
            + inputs.map { StepRead(key: "with.\($0.name)", selections: $0.value.selections) }
    }
}

extension RequestType {
    /// Everything that the steps, outputs, targets and rules read.
    var selections: [[String]] {
        let goals = targets.map { target in
            switch target.goal {
            case .within(let expression), .by(let expression): expression
            }
        }
        return index.all.flatMap { $0.reads.flatMap(\.selections) }
            + (outputs.map(\.value) + goals + rules.map(\.unless)).flatMap(\.selections)
    }
}
