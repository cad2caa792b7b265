import Expressions
import WorkflowCore

/// Plays one scenario until its end or the first action that fails.
struct ScenarioPlayer {
    let scenario: Scenario
    private(set) var desk: Simulation
    private var main: RequestID?
    private var called: [String: RequestID] = [:]
    /// Notices before this one have been looked at.
    var firstNotice = 0
    /// The same of messages.
    var firstMessage = 0
    private(set) var failures: [ScenarioFailure] = []

    init(_ scenario: Scenario, configuration: Configuration, time: TimeFrame) {
        self.scenario = scenario
        desk = Simulation(
            configuration: configuration, directory: scenario.directory, time: time, now: scenario.clock,
            replies: scenario.replies)
    }

    mutating func play() {
        for action in scenario.actions {
            play(action)
            guard failures.isEmpty else { return }
        }
    }

    mutating func fail(
        _ location: SourceLocation, _ message: String, expected: String? = nil, actual: String? = nil
    ) {
        failures.append(ScenarioFailure(location: location, message: message, expected: expected, actual: actual))
    }

    private mutating func play(_ action: ScenarioAction) {
        do throws(Rejection) {
            try carryOut(action)
        } catch {
            return check(error, action)
        }
        if let refused = action.refused {
            fail(
                refused.location, "This was to be refused, but it was done.", expected: refused.value, actual: "done")
        }
    }

    private mutating func check(_ rejection: Rejection, _ action: ScenarioAction) {
        let problems = rejection.fields.map { "\n    \($0.field): \($0.message) [\($0.code)]" }.joined()
        guard let refused = action.refused else {
            let hint = rejection.hint.map { "\n    hint: \($0)" } ?? ""
            return fail(action.location, "This was refused.", actual: "\(rejection)\(problems)\(hint)")
        }
        let codes = [rejection.code] + rejection.fields.map(\.code)
        guard !codes.contains(refused.value) else { return }
        fail(
            refused.location, "This was refused for another reason.", expected: refused.value,
            actual: "\(rejection)\(problems)")
    }

    private mutating func carryOut(_ action: ScenarioAction) throws(Rejection) {
        switch action.kind {
        case .raise(let type, let entries, let beneficiary, let name):
            let actor = action.actor ?? somebody(for: type).map { .person($0) }
            guard let actor else { throw .nobody("Nobody of the people may raise this.") }
            let raised = try desk.raise(type, entries, by: actor, for: beneficiary)
            if let name { called[name] = raised } else { main = raised }
        case .work(let work, let name):
            let request = try target(action)
            if case .addElement = work { return try give(work.command(name), action) }
            if case .addStep = work { return try give(work.command(name), action) }
            let actor: Principal
            if let named = action.actor {
                actor = named.principal(of: request)
            } else {
                actor = .person(try asked(name, request))
            }
            if case .tick(let items, let isDone) = work {
                for item in items {
                    try desk.give(.tick(name, item: item, isDone: isDone), on: request, as: actor)
                }
            } else {
                try desk.give(work.command(name), on: request, as: actor)
            }
        case .child(let name, let reply):
            let request = try target(action)
            guard let child = desk.child(of: request, at: name) else {
                throw .nobody("The step `\(name)` has no child.")
            }
            try desk.end(child, reply)
        case .answer(let name, let report): try desk.answer(callAt: name, of: target(action), report)
        case .event(let event, key: let key, let entries):
            let outside = OutsideEvent(
                event: event, key: key, entries: entries.mapValues { .raw($0) }, receivedAt: desk.now)
            let request = try target(action)
            try desk.give(.receive(outside), on: request, as: action.actor?.principal(of: request) ?? .system(.event))
        case .amend(let entries): try give(.amend(entries: entries.mapValues { .raw($0) }), action)
        case .rate(let score, let comment): try give(.rate(score: score, comment: comment), action)
        case .reopen(let entries, let name):
            let request = try target(action)
            try give(.reopen(entries: entries.mapValues { .raw($0) }), action)
            guard let successor = desk[request]?.state.successor, desk[successor] != nil else {
                throw .nobody("The successor was refused.")
            }
            if let name { called[name] = successor } else { main = successor }
        case .comment(let text, to: let audience):
            try give(audience.map { .note(text, $0) } ?? .comment(text), action)
        case .cancel(let reason): try give(.cancel(reason: reason), action)
        case .restrict(let team, reason: let reason):
            try give(team.map { .restrict(to: $0, reason: reason) } ?? .unrestrict(reason: reason), action)
        case .leaves(let person): desk.directory = desk.directory.leaving(person)
        case .advance(let span): try desk.advance(by: span)
        case .until(let moment):
            guard moment >= desk.now else {
                throw Rejection(
                    .invalid, code: "scenario.past",
                    message: "It is \(ScenarioValues.moment(desk.now, in: desk)) already.")
            }
            try desk.advance(to: moment)
        case .nextTimer:
            guard desk.ringNext() != nil else { throw .nobody("No timer is set.") }
        case .expect(let expectations):
            let request = try target(action)
            for expectation in expectations { check(expectation, on: request) }
        }
    }

    /// A command of somebody named, else of the requester.
    private mutating func give(_ command: Command, _ action: ScenarioAction) throws(Rejection) {
        let request = try target(action)
        guard let actor = action.actor ?? desk[request]?.state.requester else { throw .unknownRequest }
        try desk.give(command, on: request, as: actor.principal(of: request))
    }

    private func target(_ action: ScenarioAction) throws(Rejection) -> RequestID {
        var path = action.target[...]
        var request = main
        if let first = path.first, let named = called[first] {
            request = named
            path = path.dropFirst()
        }
        guard var request else { throw .nobody("Nothing has been raised yet.") }
        for name in path {
            guard let child = InstanceName(name).flatMap({ desk.child(of: request, at: $0) }) else {
                throw .nobody("The step `\(name)` has no child.")
            }
            guard desk[child] != nil else {
                throw .nobody("The child of `\(name)` is stood in for; say `children: run`.")
            }
            request = child
        }
        return request
    }

    /// Whoever a step waits for: who has claimed it, else the first by handle of those who are asked.
    private func asked(_ name: InstanceName, _ request: RequestID) throws(Rejection) -> PersonID {
        let work = desk[request]?.state.workItems[name]
        if let assignee = work?.assignee { return assignee }
        let people = (work?.offeredTo ?? []).flatMap { desk.directory.members(of: $0, in: desk.configuration) }
        guard let first = people.min(by: { desk.handle(of: $0) < desk.handle(of: $1) }) else {
            throw .nobody("The step `\(name)` waits for nobody.")
        }
        return first
    }

    private func somebody(for type: RequestTypeID) -> PersonID? {
        guard let type = desk.configuration.requestTypes[type] else { return nil }
        return desk.directory.everybody.first { person in
            Access(desk.reading(.person(person.id), type)).mayRaise(person.id)
        }?.id
    }
}

extension Rejection {
    /// The play asks for something that is not there.
    fileprivate static func nobody(_ message: String) -> Rejection {
        Rejection(.invalid, code: "scenario.not_there", message: message)
    }
}

extension ScenarioAction.Work {
    fileprivate func command(_ name: InstanceName) -> Command {
        switch self {
        case .approve(let comment): .approve(name, comment: comment)
        case .reject(let comment): .reject(name, comment: comment)
        case .complete(let entries): .complete(name, entries: entries.mapValues { .raw($0) })
        case .claim: .claim(name)
        case .release: .release(name)
        case .retry: .retry(name)
        case .giveUp(let outcome): .giveUp(name, outcome: outcome)
        case .accept: .accept(name)
        case .handOver(let person): .handOver(name, to: person)
        case .tick(let items, let isDone): .tick(name, item: items.first ?? "", isDone: isDone)
        case .addVoter(let person): .addVoter(name, person)
        case .addElement(let element): .addElement(name, .raw(element))
        case .addStep(let template): .addStep(name, template)
        }
    }
}

extension Directory {
    /// The same people without somebody who has left.
    fileprivate func leaving(_ person: PersonID) -> Directory {
        Directory(
            revision: revision + 1,
            people: everybody.map { row in
                guard row.id == person else { return row }
                var left = Person(
                    id: row.id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                    manager: row.manager, site: row.site, isActive: false, groups: row.groups)
                left.deputies = row.deputies
                return left
            })
    }
}
