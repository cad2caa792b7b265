import Expressions
import JSONText
import WorkflowCore

extension SimulationSession {
    /// `answer STEP name=value …` answers the call that a step waits for, `answer STEP failed WHY` says that there is no answer.
    mutating func answer(_ line: SessionLine, _ request: SimulatedRequest) throws(SessionProblem) -> [String] {
        let name = try instance(line)
        let report: CallReport
        if line.words.count > 2, line.words[2] == "failed" {
            report = .failed(reason: line.text(from: 3))
        } else {
            let members = try SessionForm(fields: [], clock: clock, language: language).entries(line.words.dropFirst(2))
            report = .answered(
                status: 200,
                .object(Dictionary(members.map { ($0.key.text, $0.value) }, uniquingKeysWith: { first, _ in first })))
        }
        let start = desk.history.count
        do throws(Rejection) {
            try desk.answer(callAt: name, of: request.id, report)
        } catch {
            throw SessionProblem(error)
        }
        return news(since: start) + overview(try self.request())
    }

    /// `amend name=value …`, `reopen name=value …`, `event NAME name=value …` and `rate 5 why`.
    mutating func aboutRequest(
        _ verb: String, _ line: SessionLine, _ request: SimulatedRequest
    ) throws(SessionProblem) {
        let form = SessionForm(fields: request.type.form.fields, clock: clock, language: language)
        let person = (actor ?? request.state.requester).principal(of: request.id)
        let command: Command
        var principal = person
        switch verb {
        case "amend": command = .amend(entries: try form.entries(line.words.dropFirst()).mapValues { .raw($0) })
        case "reopen": command = .reopen(entries: try form.entries(line.words.dropFirst()).mapValues { .raw($0) })
        case "rate":
            guard line.words.count > 1, let score = Int(line.words[1]) else {
                throw SessionProblem(say("`rate 5 why`, from 1 to 5", "`rate 5 warum`, von 1 bis 5"))
            }
            command = .rate(score: score, comment: line.words.count > 2 ? line.text(from: 2) : nil)
        default:
            guard line.words.count > 1 else { throw SessionProblem("`event NAME name=value …`") }
            var entries = try form.entries(line.words.dropFirst(2))
            var key: String?
            if case .string(let text)? = entries.removeValue(forKey: "key") { key = text }
            command = .receive(
                OutsideEvent(
                    event: line.words[1], key: key, entries: entries.mapValues { .raw($0) }, receivedAt: desk.now))
            principal = actor?.principal(of: request.id) ?? .system(.event)
        }
        do throws(Rejection) {
            try desk.give(command, on: request.id, as: principal)
        } catch {
            throw SessionProblem(error)
        }
        if verb == "reopen", let successor = desk[request.id]?.state.successor, desk[successor] != nil {
            current = successor
        }
    }
}
