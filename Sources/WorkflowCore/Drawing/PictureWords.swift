import Expressions

/// The words of pictures in one language: what a step does, for somebody who has never seen the file.
struct PictureWords {
    let configuration: Configuration
    let type: RequestType
    let language: String
    private var vocabulary: ExpressionWords

    init(configuration: Configuration, type: RequestType, language: String) {
        self.configuration = configuration
        self.type = type
        self.language = language
        vocabulary = ExpressionWords(isGerman: language.isGerman, choices: [:])
        vocabulary = Self.vocabulary(self)
    }

    private var isGerman: Bool { language.isGerman }

    /// One of two phrases: pictures speak English and German; other languages read the English words with their own titles.
    private func say(_ english: String, _ german: String) -> String { isGerman ? german : english }

    private var requester: String { say("the requester", "anfragende Person") }

    func text(_ text: LocalizedText) -> String {
        text.text(in: language, fallbacks: configuration.organisation.languages)
    }

    /// What people read for a step. The values in a title are the questions that they answer; where no question says it, there are
    /// dots, and of a title that has nothing else the identifier.
    func title(of step: Step) -> String {
        guard let template = step.title else { return Self.sentence(step.id.text) }
        let outlines = template.byLanguage.mapValues { $0.outline { vocabulary.question($0) ?? "…" } }
        let title = text(LocalizedText(outlines))
        return title.contains(where: \.isLetter) ? title : Self.sentence(step.id.text)
    }

    func title(of outcome: OutcomeID) -> String {
        type.title(of: outcome, in: language, fallbacks: configuration.organisation.languages)
    }

    /// What a case gives: `Risk: high`. In a language that files are not written in, what has no label stands in quotation marks.
    func given(_ output: Output, by choose: ChooseStep) -> String {
        guard let field = choose.outputs[FieldID(output.name)] else {
            let name = isGerman ? vocabulary.named(output.name) : Self.sentence(output.name)
            return "\(name): \(words(output.value))"
        }
        if case .choice(let list) = field.kind, case .string(let value)? = output.value.constantValue,
            let choice = list.choices.first(where: { $0.value == value })
        {
            return "\(text(field.label)): \(text(choice.label))"
        }
        return "\(text(field.label)): \(words(output.value))"
    }

    /// An identifier as words: `first_day` is `First day`.
    static func sentence(_ identifier: String) -> String { identifier.identifierInWords }

    // MARK: Expressions

    /// A condition or value in words as far as simple replacement goes: `site == "berlin"` is `site is Berlin`.
    func words(_ expression: CheckedExpression) -> String {
        let call = StandardDeclarations.managerOf + "("
        if expression.source.hasPrefix(call), expression.source.hasSuffix(")"),
            !expression.source.dropLast().contains(")")
        {
            let person = expression.source.dropFirst(call.count).dropLast()
            if person == "requester", isGerman { return "Führungskraft der anfragenden Person" }
            let name =
                person == "requester"
                ? requester : vocabulary.field(String(person)) ?? Self.sentence(String(person)).lowercased()
            return say("the manager of ", "Führungskraft von ") + name
        }
        return vocabulary.words(expression.source)
    }

    /// What people read for the names in expressions.
    private static func vocabulary(_ words: PictureWords) -> ExpressionWords {
        func labels(_ form: Form?) -> [String: String] {
            (form?.fields ?? []).reduce(into: [:]) { $0[$1.id.text] = words.text($1.label) }
        }
        var vocabulary = ExpressionWords(isGerman: words.isGerman, choices: words.choices)
        vocabulary.fields = labels(words.type.form)
        for step in words.type.index.all {
            vocabulary.steps[step.id.text] = (sentence(step.id.text), labels(step.kind.outputForm))
        }
        // Titles name what steps ask for.
        var naming = words
        naming.vocabulary = vocabulary
        for step in words.type.index.all { vocabulary.steps[step.id.text]?.title = naming.title(of: step) }
        return vocabulary
    }

    /// What people read for the choices of the forms and for the outcomes of children; none where two call the same otherwise.
    private var choices: [String: String] {
        var found: [String: String] = [:]
        var doubtful: Set<String> = []
        func add(_ value: String, _ label: String) {
            if let other = found[value], other != label { doubtful.insert(value) }
            found[value] = label
        }
        func add(_ form: Form) {
            for field in form.fields {
                switch field.kind {
                case .choice(let list), .choices(let list, _, _), .list(.choice(let list), _, _, _):
                    for choice in list.choices { add(choice.value, text(choice.label)) }
                case .rows(let rows): add(rows.columns)
                default: break
                }
            }
        }
        add(type.form)
        for step in type.index.all {
            if let form = step.kind.outputForm { add(form) }
            guard case .request(let child) = step.kind, let type = configuration.requestTypes[child.type] else {
                continue
            }
            for (outcome, title) in type.outcomeTitles { add(outcome.text, text(title)) }
        }
        return found.filter { !doubtful.contains($0.key) }
    }

    func people(_ sources: [PeopleSource]) -> String {
        sources.map { source in
            switch source {
            case .role(let id): configuration.roles[id].map { text($0.title) } ?? id.text
            case .group(let id): configuration.groups[id].map { text($0.title) } ?? id.text
            case .team(let id): configuration.teams[id].map { text($0.title) } ?? id.text
            case .person(let handle): handle
            case .expression(let expression) where expression.source == "requester":
                requester
            case .expression(let expression): words(expression)
            }
        }.joined(separator: ", ")
    }

    // MARK: Steps

    /// What kind of step it is and who does it.
    func details(of step: Step) -> [String] {
        var lines = [activity(of: step)].compactMap(\.self)
        if let when = step.when { lines.append(say("only if ", "nur wenn ") + words(when)) }
        if let only = step.onlyWhile { lines.append(say("only while ", "nur solange ") + words(only)) }
        if let hold = step.hold { lines.append(say("one at a time: ", "nacheinander: ") + words(hold)) }
        if step.isOneAtATime {
            lines.append(say("one after the other, in any order", "nacheinander, in beliebiger Reihenfolge"))
        }
        let far = step.after.filter { !isNeighbour($0, of: step.id) }.compactMap { type.index[$0] }
        if !far.isEmpty {
            lines.append(say("waits for ", "wartet auf ") + far.map { "“\(title(of: $0))”" }.joined(separator: ", "))
        }
        if let due = step.due { lines.append(say("due: ", "fällig: ") + words(due)) }
        return lines
    }

    private func isNeighbour(_ other: StepID, of step: StepID) -> Bool {
        type.index.parent(of: other) == type.index.parent(of: step)
    }

    private func activity(of step: Step) -> String? {
        switch step.kind {
        case .task(let task): people(task.assign)
        case .approval(let approval): votes(approval)
        case .request(let child): request(child.type)
        case .call(let call):
            say("asks ", "fragt ") + (configuration.services[call.service].map { text($0.title) } ?? call.service.text)
        case .notify(let notify): say("tells ", "benachrichtigt ") + people(notify.to)
        case .set(let assignments):
            say("fills in ", "füllt aus: ")
                + assignments.map { field in type.form[field.field].map { text($0.label) } ?? field.field.text }
                .joined(separator: ", ")
        case .wait(.until(let moment)): say("until ", "bis ") + words(moment)
        case .wait(.span(let span)): say("for ", "für ") + words(span)
        case .wait(.event): say("until word of it comes from outside", "bis es von außen gemeldet wird")
        case .repeat(let loop):
            say("again until ", "wiederholt bis ") + words(loop.until)
                + say(", at most \(loop.maximum) times", ", höchstens \(loop.maximum)-mal")
        case .each(let each):
            say("for each of ", "für jedes von ") + words(each.of) + "; " + need(each.need)
        case .race(let race):
            switch race.win {
            case .firstStep: say("what happens first counts", "was zuerst geschieht, zählt")
            case .finish:
                race.need == 1
                    ? say("the first to finish counts", "wer zuerst fertig ist, zählt")
                    : say("the first \(race.need) to finish count", "die ersten \(race.need) zählen")
            }
        case .adhoc(let adhoc): say("may be added by ", "kann hinzugefügt werden von ") + people(adhoc.by)
        case .end(let outcome): say("ends: ", "endet: ") + title(of: outcome)
        case .block, .choose: nil
        }
    }

    private func votes(_ approval: ApprovalStep) -> String {
        let people = people(approval.from)
        return switch approval.need {
        case .any: say("one of: ", "eine Stimme von: ") + people
        case .all: say("all of: ", "alle von: ") + people
        case .each: say("each of: ", "je eine Stimme von: ") + people
        case .count(let count): say("\(count) of: ", "\(count) von: ") + people
        case .percent(let share): say("\(share) % of: ", "\(share) % von: ") + people
        }
    }

    private func need(_ need: EachNeed) -> String {
        switch need {
        case .all: say("all have to go well", "alle müssen gelingen")
        case .count(let count): say("\(count) have to go well", "\(count) müssen gelingen")
        case .percent(let share): say("\(share) % have to go well", "\(share) % müssen gelingen")
        }
    }

    private func request(_ id: RequestTypeID) -> String {
        guard let child = configuration.requestTypes[id] else { return id.text }
        let department = configuration.departments[child.department].map { text($0.title) } ?? child.department.text
        return "\(department): \(text(child.title))"
    }

    /// What happens when it does not go as it should.
    func exceptions(of step: Step) -> [String] {
        var lines: [String] = []
        if let overdue = step.onOverdue { lines.append(say("if late: ", "wenn verspätet: ") + words(overdue)) }
        if case .repeat(let loop) = step.kind, let handler = loop.onExhausted {
            lines.append(say("after the last time: ", "nach dem letzten Mal: ") + words(handler))
        }
        if let handler = step.onFailure {
            let isApproval = if case .approval = step.kind { true } else { false }
            let word =
                isApproval ? say("if rejected: ", "bei Ablehnung: ") : say("if it fails: ", "wenn es misslingt: ")
            lines.append(word + words(handler))
        }
        switch step.undo {
        case .request(let child)?: lines.append(say("taken back by ", "rückgängig durch ") + request(child.type))
        case .call(let call)?:
            let service = configuration.services[call.service].map { text($0.title) } ?? call.service.text
            lines.append(say("taken back by ", "rückgängig durch ") + service)
        case .some(.none), nil: break
        }
        return lines
    }

    private func words(_ action: OverdueAction) -> String {
        switch action {
        case .tell(let sources): say("tells ", "benachrichtigt ") + people(sources)
        case .reject: say("counts as rejected", "gilt als abgelehnt")
        case .fail: say("counts as failed", "gilt als misslungen")
        case .end(let outcome): say("ends: ", "endet: ") + title(of: outcome)
        case .leave(let id): say("leaves ", "verlässt ") + name(id)
        }
    }

    private func words(_ handler: FailureHandler) -> String {
        switch handler {
        case .continue: say("goes on", "geht weiter")
        case .end(let outcome): say("ends: ", "endet: ") + title(of: outcome)
        case .leave(let id): say("leaves ", "verlässt ") + name(id)
        case .retry(let count): say("up to \(count) more tries", "bis zu \(count) weitere Versuche")
        case .ask(let sources): say("asks ", "fragt ") + people(sources)
        }
    }

    private func name(_ id: StepID) -> String { "“" + (type.index[id].map { title(of: $0) } ?? id.text) + "”" }

    func caption(of choice: ChooseCase) -> String {
        choice.when.map { say("if ", "wenn ") + words($0) } ?? say("otherwise", "sonst")
    }

    func nothing() -> String { say("nothing to do", "nichts zu tun") }

    /// How it may end, and who may cancel it.
    func endings() -> [ProcessWords.Ending] {
        let good = type.outcomes.filter(\.isGood), bad = type.outcomes.filter { !$0.isGood }
        func list(_ outcomes: [Outcome]) -> String {
            outcomes.map { title(of: $0.id) }.joined(separator: ", ")
        }
        var endings: [ProcessWords.Ending] = []
        func add(_ label: String, _ text: String) { endings.append(ProcessWords.Ending(label: label, text: text)) }
        if !good.isEmpty { add(say("Ends well", "Endet gut"), list(good)) }
        if !bad.isEmpty { add(say("Or else", "Oder sonst"), list(bad)) }
        if let cancellation = type.cancellation {
            add(say("May be cancelled by", "Kann abgebrochen werden von"), people(cancellation.by))
        }
        return endings
    }

    /// What the colours mean, in the order of the legend.
    func legend() -> [(Picture.Box.Style, String)] {
        [
            (.human, say("People", "Menschen")), (.child, say("Another request", "Anderer Antrag")),
            (.automatic, say("By itself", "Von selbst")), (.ending, say("Ends here", "Endet hier")),
        ]
    }
}
