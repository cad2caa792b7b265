import Expressions
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

/// A generated request type on a desk in memory, driven by random commands.
struct Walk {
    static let zone = ZoneRules.fixed(offsetSeconds: 3600)
    static let requester = PersonID(UniqueID(high: 1, low: 1)), lead = PersonID(UniqueID(high: 1, low: 2))

    static let directory = Directory(
        revision: 1,
        people: [(requester, "rosa", ["staff"]), (lead, "mila", ["staff", "leads"])].map { id, handle, groups in
            Directory.Person(
                id: id, handle: handle, name: handle, email: "\(handle)@example.org", language: nil, manager: nil,
                site: nil, isActive: true, groups: Set(groups.map { GroupID($0) }))
        })

    struct NoTime: Error {}

    var desk: Simulation
    let request: RequestID

    /// Raises the case with these answers to its flags.
    init(_ configuration: Configuration, flags: [String: Bool], places: [String]) throws {
        guard let time = TimeFrame(configuration.organisation, zones: { _ in Self.zone }) else { throw NoTime() }
        let now = try #require(Instant(rfc3339: "2026-11-23T08:00:00Z"))
        desk = Simulation(configuration: configuration, directory: Self.directory, time: time, now: now)
        var entries: [FieldID: JSONValue] = ["places": .array(places.map { .string($0) })]
        for (flag, value) in flags { entries[FieldID(flag)] = .bool(value) }
        request = try desk.raise("hr.case", entries, by: Self.requester)
    }

    var state: RequestState { desk.requests[0].state }

    var isClosed: Bool {
        if case .closed = state.phase { true } else { false }
    }

    /// A person's move on one request of the desk, or the next timer.
    enum Move: Hashable {
        case command(RequestID, Command)
        case timer
    }

    /// All moves that are to be tried now: each way to finish each open step, and the next timer.
    var moves: [Move] {
        var moves: [Move] = []
        for request in desk.requests {
            for work in request.openWork {
                let name = work.instance
                switch work.kind {
                case "task":
                    let form = request.type.index[name.step].map { step in
                        if case .task(let task) = step.kind { task.form } else { Form(fields: []) }
                    }
                    for answer in form?.fields.first?.kind == .yesNo ? [true, false] : [true] {
                        var entries: [FieldID: Entry] = [:]
                        for field in form?.fields ?? [] {
                            entries[field.id] = .raw(field.kind == .yesNo ? .bool(answer) : .string("login"))
                        }
                        moves.append(.command(request.id, .complete(name, entries: entries)))
                    }
                case "approval":
                    moves.append(.command(request.id, .approve(name, comment: nil)))
                    moves.append(.command(request.id, .reject(name, comment: nil)))
                case "decision":
                    moves.append(.command(request.id, .retry(name)))
                    if let bad = request.type.outcomes.first(where: { !$0.isGood }) {
                        moves.append(.command(request.id, .giveUp(name, outcome: bad.id)))
                    }
                default: break
                }
            }
        }
        if desk.nextTimer != nil { moves.append(.timer) }
        return moves
    }

    /// Each flag the other way round.
    func amendments(of flags: [String]) -> [Move] {
        flags.compactMap { flag in
            guard case .bool(let value)? = state.values[flag] else { return nil }
            return .command(request, .amend(entries: [FieldID(flag): .raw(.bool(!value))]))
        }
    }

    /// Makes a move; what the rules refuse changes nothing.
    mutating func make(_ move: Move) {
        switch move {
        case .timer: desk.ringNext()
        case .command(let request, let command):
            // A refusal is an answer too: the walk goes on with other moves.
            _ = try? desk.give(command, on: request, as: .person(Self.lead))
        }
    }

    /// Finishes the request by doing whatever is open; false when that does not lead to its end.
    func canFinish() -> Bool {
        var walk = self
        for _ in 0..<400 {
            if walk.isClosed { return true }
            let good = walk.moves.first { move in
                switch move {
                case .command(_, .retry), .command(_, .reject): false
                default: true
                }
            }
            guard let good else { return false }
            walk.make(good)
        }
        return false
    }

    /// The state that the journal of the request replays to.
    var replayed: RequestState? {
        Engine.replay(desk.history.filter { $0.request == request }.map { ($0.event, $0.at) })
    }

    var closings: Int {
        desk.history.count { event in
            if event.request == request, case .closed = event.event { true } else { false }
        }
    }
}
