import Expressions
import WorkflowConfiguration
import WorkflowCore

/// A request type played line by line: every line gives lines back. No terminal in it, so that scripts and tests play it, too.
struct SimulationSession {
    var desk: Simulation
    /// What `raise` raises.
    private let type: RequestType
    let clock: ScenarioClock
    private(set) var actor: Requester?
    /// The request that commands are about.
    var current: RequestID?
    private(set) var hasEnded = false
    let style: Style
    /// Of titles and answers; what files call things, and why something is refused, stays as it is.
    let language: String

    /// - Parameter language: The organisation's first when nil.
    init(_ type: RequestType, desk: Simulation, style: Style, language: String? = nil) {
        self.type = type
        self.language = language ?? desk.configuration.organisation.languages.first ?? "en"
        self.desk = desk
        self.style = style
        clock = ScenarioClock(desk.configuration.organisation, desk.time)
    }

    /// One of two sentences: it answers in German and, in every other language, in English.
    func say(_ english: String, _ german: String) -> String { language.isGerman ? german : english }

    func moment(_ moment: Instant) -> String { desk.text(of: moment, in: language) }

    /// What is said before the first line.
    var greeting: [String] {
        [
            "\(style.bold(type.id.text)): \(Output.safe(type.title.text(in: language))). "
                + say("It is \(moment(desk.now)).", "Es ist \(moment(desk.now))."),
            say(
                "`raise name=value …` begins, `form` shows the questions, `help` says more.",
                "`raise name=wert …` beginnt, `form` zeigt die Fragen, `help` sagt mehr."),
        ]
    }

    /// Carries a line out. An empty line and one that begins with `#` say nothing.
    mutating func take(_ line: String) -> [String] {
        guard let words = SessionLine(line) else {
            return [refusal(say("A quote is not closed.", "Ein Anführungszeichen fehlt."))]
        }
        guard let verb = words.words.first, !verb.hasPrefix("#") else { return [] }
        do throws(SessionProblem) {
            return try carryOut(verb, words)
        } catch {
            return [refusal(error.sentence)]
        }
    }

    private func refusal(_ sentence: String) -> String {
        style.red(say("refused: ", "abgelehnt: ")) + Output.safe(sentence, keepsLines: true)
    }

    private mutating func carryOut(_ verb: String, _ line: SessionLine) throws(SessionProblem) -> [String] {
        switch verb {
        case "help": return language.isGerman ? Self.hilfe : Self.help
        case "quit", "exit":
            hasEnded = true
            return []
        case "as": return try act(line)
        case "raise": return try raise(line)
        case "form": return try form(line)
        case "show": return overview(try request())
        case "fields": return fields(try request())
        case "timeline": return desk.transcript(in: language).map { Output.safe($0) }
        case "requests": return requests
        case "use": return try use(line)
        case "advance", "until", "next": return try move(verb, line)
        default: return try command(verb, line)
        }
    }

    // MARK: People

    private mutating func act(_ line: SessionLine) throws(SessionProblem) -> [String] {
        guard line.words.count > 1 else {
            actor = nil
            return [say("Whoever is asked acts.", "Es handelt, wer gefragt ist.")]
        }
        let person =
            line.words[1] == "\(Requester.anonymous)" ? .anonymous : Requester.person(try person(line.words[1]))
        if line.words.count == 2 {
            actor = person
            return [say("You are \(line.words[1]).", "Sie sind \(line.words[1]).")]
        }
        let before = actor
        actor = person
        defer { actor = before }
        return try carryOut(line.words[2], SessionLine(words: Array(line.words.dropFirst(2))))
    }

    func person(_ handle: String) throws(SessionProblem) -> PersonID {
        if let person = desk.directory.person(handle: handle) { return person.id }
        let hint = NearestName.hint(for: handle, among: desk.directory.everybody.map(\.handle)).map { " \($0)" } ?? ""
        throw SessionProblem(say("There is nobody called `\(handle)`.", "Niemand heißt `\(handle)`.") + hint)
    }

    /// Who acts on a step: the one who was named, else who has claimed it, else the first by handle of those who are asked.
    private func actor(for instance: InstanceName, of request: SimulatedRequest) throws(SessionProblem) -> Requester {
        if let actor { return actor }
        let work = request.state.workItems[instance]
        if let assignee = work?.assignee { return .person(assignee) }
        let people = (work?.offeredTo ?? []).flatMap { desk.directory.members(of: $0, in: desk.configuration) }
        guard let first = people.min(by: { desk.handle(of: $0) < desk.handle(of: $1) }) else {
            throw SessionProblem(
                say(
                    "`\(instance)` waits for nobody; say `as HANDLE` before.",
                    "`\(instance)` wartet auf niemanden; sagen Sie vorher `as HANDLE`."))
        }
        return .person(first)
    }

    // MARK: Requests

    func request() throws(SessionProblem) -> SimulatedRequest {
        guard let request = current.flatMap({ desk[$0] }) else {
            throw SessionProblem(
                say(
                    "Nothing has been raised yet; `form` shows the questions, `raise name=value …` begins.",
                    "Noch ist nichts gestellt; `form` zeigt die Fragen, `raise name=wert …` beginnt."))
        }
        return request
    }

    private mutating func raise(_ line: SessionLine) throws(SessionProblem) -> [String] {
        let entries = try SessionForm(fields: type.form.fields, clock: clock, language: language).entries(
            line.words.dropFirst())
        let raiser =
            actor
            ?? desk.directory.everybody.first { person in
                Access(desk.reading(.person(person.id), type)).mayRaise(person.id)
            }.map { .person($0.id) }
        guard let raiser else {
            throw SessionProblem(say("Nobody of the people may raise this.", "Niemand darf das stellen."))
        }
        do throws(Rejection) {
            current = try desk.raise(type.id, entries, by: raiser)
        } catch {
            throw SessionProblem(error)
        }
        return overview(try request())
    }

    private func form(_ line: SessionLine) throws(SessionProblem) -> [String] {
        guard line.words.count > 1 else {
            return SessionForm(fields: type.form.fields, clock: clock, language: language).lines
        }
        let name = try instance(line)
        guard case .task(let task)? = try request().type.index[name.step]?.kind else {
            throw SessionProblem(say("`\(name.step)` is no task.", "`\(name.step)` ist keine Aufgabe."))
        }
        let lines = SessionForm(fields: task.form.fields, clock: clock, language: language).lines
        return lines.isEmpty ? [say("  Nothing is asked.", "  Nichts wird gefragt.")] : lines
    }

    private mutating func use(_ line: SessionLine) throws(SessionProblem) -> [String] {
        guard line.words.count == 2, let request = desk.request(numbered: line.words[1]) else {
            throw SessionProblem(
                say("There is no such request; `requests` lists them.", "Die gibt es nicht; `requests` zählt alle auf.")
            )
        }
        current = request.id
        return overview(request)
    }

    private mutating func move(_ verb: String, _ line: SessionLine) throws(SessionProblem) -> [String] {
        let start = desk.history.count
        do throws(Rejection) {
            switch verb {
            case "next":
                guard desk.ringNext() != nil else {
                    throw SessionProblem(say("No timer is set.", "Keine Uhr läuft.")).rejection
                }
            case "advance":
                guard let span = Span(line.text(from: 1)), span.amount >= 0 else {
                    throw SessionProblem(
                        say(
                            "`\(line.text(from: 1))` is no span of time, such as 3 working days.",
                            "`\(line.text(from: 1))` ist keine Zeitspanne wie 3 working days.")
                    ).rejection
                }
                try desk.advance(by: span)
            default:
                guard let moment = clock.moment(line.text(from: 1), bareDate: .opening), moment >= desk.now else {
                    throw SessionProblem(
                        say(
                            "`\(line.text(from: 1))` is no moment to come, such as 2027-01-04T09:00.",
                            "`\(line.text(from: 1))` ist kein künftiger Zeitpunkt wie 2027-01-04T09:00.")
                    ).rejection
                }
                try desk.advance(to: moment)
            }
        } catch {
            throw SessionProblem(error)
        }
        let lines = [say("It is \(moment(desk.now)).", "Es ist \(moment(desk.now)).")] + news(since: start)
        return current == nil ? lines : lines + overview(try request())
    }

    // MARK: Commands

    func instance(_ line: SessionLine) throws(SessionProblem) -> InstanceName {
        guard line.words.count > 1 else {
            throw SessionProblem(
                say("Which step? `show` lists what is open.", "Welcher Schritt? `show` zeigt, was offen ist."))
        }
        let request = try request()
        let text = line.words[1]
        guard let name = InstanceName(text), request.type.index[name.step] != nil else {
            let known =
                request.openInstances.map { desk.text(of: $0, in: request.type) }
                + request.type.index.all.map(\.id.text)
            let hint = NearestName.hint(for: text, among: known).map { " \($0)" } ?? ""
            throw SessionProblem(say("There is no step `\(text)`.", "Es gibt keinen Schritt `\(text)`.") + hint)
        }
        return request.type.renamingPeople(of: name) { desk.directory.person(handle: $0)?.id.description }
    }

    private mutating func command(_ verb: String, _ line: SessionLine) throws(SessionProblem) -> [String] {
        let request = try request()
        let command: Command
        let person: Requester
        switch verb {
        case "answer": return try answer(line, request)
        case "amend", "reopen", "event", "rate":
            let start = desk.history.count
            try aboutRequest(verb, line, request)
            return news(since: start) + overview(try self.request())
        case "comment":
            command = .comment(line.text(from: 1))
            person = actor ?? request.state.requester
        case "cancel":
            let reason = line.text(from: 1)
            command = .cancel(reason: reason.isEmpty ? nil : reason)
            person = actor ?? request.state.requester
        default:
            guard Self.stepVerbs.contains(verb) else {
                let hint =
                    NearestName.hint(for: verb, among: Self.verbs).map { " \($0)" }
                    ?? say(" `help` lists them.", " `help` zählt sie auf.")
                throw SessionProblem(say("There is no command `\(verb)`.", "Es gibt keinen Befehl `\(verb)`.") + hint)
            }
            let name = try instance(line)
            command = try stepCommand(verb, name, line, request)
            person = verb == "add" ? actor ?? request.state.requester : try actor(for: name, of: request)
        }
        let start = desk.history.count
        do throws(Rejection) {
            try desk.give(command, on: request.id, as: person.principal(of: request.id))
        } catch {
            throw SessionProblem(error)
        }
        return news(since: start) + overview(try self.request())
    }

    private func stepCommand(
        _ verb: String, _ name: InstanceName, _ line: SessionLine, _ request: SimulatedRequest
    ) throws(SessionProblem) -> Command {
        let comment = line.words.count > 2 ? line.text(from: 2) : nil
        switch verb {
        case "approve": return .approve(name, comment: comment)
        case "reject": return .reject(name, comment: comment)
        case "claim": return .claim(name)
        case "release": return .release(name)
        case "retry": return .retry(name)
        case "accept": return .accept(name)
        case "tick":
            guard line.words.count == 3 else { throw SessionProblem("`tick STEP LINE`") }
            return .tick(name, item: line.words[2], isDone: true)
        case "hand-over", "add-voter":
            guard line.words.count == 3 else { throw SessionProblem("`\(verb) STEP HANDLE`") }
            let person = try person(line.words[2])
            return verb == "add-voter" ? .addVoter(name, person) : .handOver(name, to: person)
        case "add":
            guard line.words.count == 3 else { throw SessionProblem("`add EACH VALUE` or `add ADHOC STEP`") }
            if case .adhoc? = request.type.index[name.step]?.kind { return .addStep(name, StepID(line.words[2])) }
            return .addElement(name, .raw(.string(line.words[2])))
        case "give-up":
            guard line.words.count == 3 else { throw SessionProblem("`give-up STEP OUTCOME`") }
            return .giveUp(name, outcome: OutcomeID(line.words[2]))
        default:
            var fields: [Field] = []
            if case .task(let task)? = request.type.index[name.step]?.kind { fields = task.form.fields }
            let form = SessionForm(fields: fields, clock: clock, language: language)
            return .complete(name, entries: try form.entries(line.words.dropFirst(2)).mapValues { .raw($0) })
        }
    }
}

extension SessionLine {
    init(words: [String]) { self.words = words }
}

extension SessionProblem {
    /// A rejection with everything that it says.
    init(_ rejection: Rejection) {
        let fields = rejection.fields.map { "\n  \($0.field): \($0.message) [\($0.code)]" }.joined()
        self.init("\(rejection)\(fields)" + (rejection.hint.map { "\n  hint: \($0)" } ?? ""))
    }

    fileprivate var rejection: Rejection { Rejection(.invalid, code: "simulation.line", message: sentence) }
}
