import Expressions
import WorkflowConfiguration
import WorkflowCore

extension SimulationSession {
    static let stepVerbs = [
        "approve", "reject", "complete", "claim", "release", "retry", "give-up", "accept", "tick", "hand-over",
        "add-voter", "add",
    ]
    static let verbs =
        stepVerbs + [
            "raise", "form", "answer", "event", "amend", "rate", "reopen", "comment", "cancel", "as", "show", "fields",
            "timeline", "requests", "use", "advance",
            "until", "next", "help", "quit",
        ]

    static let help = [
        "raise name=value …            raise the request; values with blanks in quotes, lists with commas",
        "form [STEP]                   the questions of the request, or of a task",
        "approve STEP [why]            also: reject STEP [why], claim STEP, release STEP",
        "complete STEP name=value …    finish a task with what its form asks",
        "retry STEP, give-up STEP OUTCOME, accept STEP    answer about a step that failed",
        "tick STEP LINE, hand-over STEP HANDLE, add-voter STEP HANDLE",
        "add EACH VALUE, add ADHOC STEP    an element or a step more",
        "answer STEP name=value …      answer a call; answer STEP failed why",
        "event NAME [key=…] name=value …    something has happened outside",
        "amend name=value …, reopen name=value …, rate 5 [why]",
        "comment TEXT, cancel [why]    about the request",
        "as HANDLE [command]           be somebody, or do one thing as them; as alone: whoever is asked acts",
        "advance 3 working days        move the clock; until 2027-01-04T09:00; next moves it to the next timer",
        "show, fields, timeline        how the request stands, what was entered, what has happened",
        "requests, use HR-1            all requests, children too; go on with another",
        "quit",
    ]

    static let hilfe = [
        "raise name=wert …             stellt den Antrag; Werte mit Leerzeichen in Anführungszeichen, Listen mit Kommas",
        "form [SCHRITT]                die Fragen des Antrags oder einer Aufgabe",
        "approve SCHRITT [warum]       genehmigt; auch: reject SCHRITT [warum], claim SCHRITT, release SCHRITT",
        "complete SCHRITT name=wert …  schließt eine Aufgabe mit dem ab, was ihr Formular fragt",
        "retry SCHRITT, give-up SCHRITT AUSGANG, accept SCHRITT    antworten zu einem gescheiterten Schritt",
        "tick SCHRITT ZEILE, hand-over SCHRITT HANDLE, add-voter SCHRITT HANDLE",
        "add EACH WERT, add ADHOC SCHRITT    noch ein Element oder ein Schritt",
        "answer SCHRITT name=wert …    beantwortet einen Aufruf; answer SCHRITT failed warum",
        "event NAME [key=…] name=wert …    draußen ist etwas geschehen",
        "amend name=wert …, reopen name=wert …, rate 5 [warum]",
        "comment TEXT, cancel [warum]  zum Antrag",
        "as HANDLE [befehl]            jemand sein, oder eines als jemand tun; as allein: es handelt, wer gefragt ist",
        "advance 3 working days        stellt die Uhr vor; until 2027-01-04T09:00; next bis zur nächsten Frist",
        "show, fields, timeline        wie es steht, was eingetragen ist, was geschehen ist",
        "requests, use HR-1            alle Anträge, auch die der anderen Abteilungen; mit einem weitermachen",
        "quit",
    ]

    /// Where a request stands: its state, what is open and with whom, what rings next.
    func overview(_ request: SimulatedRequest) -> [String] {
        let phase: String =
            switch request.state.phase {
            case .open: say("open", "offen")
            case .ending(let outcome): say("ending: ", "endet: ") + title(of: outcome, request.type)
            case .closed(let outcome, outputs: _):
                outcome.isGood
                    ? style.green(title(of: outcome, request.type)) : style.red(title(of: outcome, request.type))
            }
        let whom = request.state.beneficiary.map { desk.handle(of: $0) } ?? say("somebody anonymous", "jemand Anonymes")
        var lines = [
            "\(style.bold(request.state.number))  \(request.type.id)  \(say("for", "für")) \(whom)  \(phase)"
        ]
        var table = Table(
            ["  " + say("STEP", "SCHRITT"), say("KIND", "ART"), say("WITH", "BEI"), say("DUE", "FÄLLIG")], flexible: 2)
        table.rows = request.openWork.map { work in
            [
                Table.Cell("  \(desk.text(of: work.instance, in: request.type))" + title(of: work, request)) {
                    $0.bold($1)
                },
                Table.Cell(language.isGerman ? Self.germanKinds[work.kind] ?? work.kind : work.kind),
                Table.Cell(with(work)),
                Table.Cell(work.due.map { moment($0) }) { work.isOverdue ? $0.red($1) : $1 },
            ]
        }
        if !table.rows.isEmpty { lines += table.lines(style: style) }
        if let timer = desk.nextTimer {
            let ringing = desk[timer.request]
            let number = ringing?.state.number ?? ""
            let instance = desk.text(of: timer.instance, in: ringing?.type)
            lines.append(
                style.dim("  \(say("next", "als Nächstes")): \(moment(timer.due))  \(number) \(instance)"))
        }
        return lines
    }

    private static let germanKinds = [
        "task": "Aufgabe", "approval": "Genehmigung", "decision": "Entscheidung", "request": "Antrag",
        "call": "Aufruf", "wait": "Warten", "undo": "Rücknahme",
    ]

    /// What people read for a step, behind its name; in English that name says as much.
    private func title(of work: SimulatedWork, _ request: SimulatedRequest) -> String {
        let values = ValueText(
            language: language, configuration: desk.configuration, directory: desk.directory, home: desk.time.home)
        let activation = RequestActivation(
            request.state, type: request.type, directory: desk.directory, time: desk.time, now: desk.now)
        guard language != "en",
            let title = request.type.index[work.instance.step]?.title?.text(values, in: activation.at(work.instance))
        else { return "" }
        return " „\(Output.safe(title))“"
    }

    /// What files call it, or in a language of its own what people read.
    private func title(of outcome: Outcome, _ type: RequestType) -> String {
        guard language != "en" else { return outcome.id.text }
        let title = type.title(of: outcome.id, in: language, fallbacks: desk.configuration.organisation.languages)
        return "\(Output.safe(title)) (\(outcome.id))"
    }

    private func with(_ work: SimulatedWork) -> String {
        if let assignee = work.assignee { return desk.handle(of: assignee) }
        if !work.offeredTo.isEmpty { return desk.text(of: work.offeredTo, in: language) }
        return work.child.flatMap { desk[$0]?.state.number } ?? ""
    }

    /// What was entered, by field.
    func fields(_ request: SimulatedRequest) -> [String] {
        let values = ValueText(
            language: language, configuration: desk.configuration, directory: desk.directory, home: desk.time.home)
        return request.type.form.fields.compactMap { field in
            request.state.values[field.id.text].map {
                "  \(field.id): \(Output.safe(values.text($0, field.kind), keepsLines: true))"
            }
        }
    }

    /// A line for each request, the oldest first.
    var requests: [String] {
        desk.requests.map { request in
            let outcome = request.state.phase.outcome?.id.text ?? say("open", "offen")
            return "\(request.id == current ? "*" : " ") \(request.state.number)  \(request.type.id)  \(outcome)"
        }
    }

    /// What has happened since then, without moments.
    func news(since start: Int) -> [String] {
        desk.transcript(since: start, in: language).map { style.dim("  \(Output.safe($0))") }
    }
}
