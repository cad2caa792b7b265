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

    /// Where a request stands: its state, what is open and with whom, what rings next.
    func overview(_ request: SimulatedRequest) -> [String] {
        let phase: String =
            switch request.state.phase {
            case .open: "open"
            case .ending(let outcome): "ending: \(outcome.id)"
            case .closed(let outcome, outputs: _):
                outcome.isGood ? style.green(outcome.id.text) : style.red(outcome.id.text)
            }
        let whom = request.state.beneficiary.map { desk.handle(of: $0) } ?? "somebody anonymous"
        var lines = [
            "\(style.bold(request.state.number))  \(request.type.id)  for \(whom)  \(phase)"
        ]
        var table = Table(["  STEP", "KIND", "WITH", "DUE"], flexible: 2)
        table.rows = request.openWork.map { work in
            [
                Table.Cell("  \(work.instance)") { $0.bold($1) }, Table.Cell(work.kind), Table.Cell(with(work)),
                Table.Cell(work.due.map { desk.text(of: $0) }) { work.isOverdue ? $0.red($1) : $1 },
            ]
        }
        if !table.rows.isEmpty { lines += table.lines(style: style) }
        if let timer = desk.nextTimer {
            let number = desk[timer.request]?.state.number ?? ""
            lines.append(style.dim("  next: \(desk.text(of: timer.due))  \(number) \(timer.instance)"))
        }
        return lines
    }

    private func with(_ work: SimulatedWork) -> String {
        if let assignee = work.assignee { return desk.handle(of: assignee) }
        if !work.offeredTo.isEmpty { return desk.text(of: work.offeredTo) }
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
            let outcome = request.state.phase.outcome?.id.text ?? "open"
            return "\(request.id == current ? "*" : " ") \(request.state.number)  \(request.type.id)  \(outcome)"
        }
    }

    /// What has happened since then, without moments.
    func news(since start: Int) -> [String] {
        desk.transcript(since: start).map { style.dim("  \(Output.safe($0))") }
    }
}
