import Expressions
import Testing

@testable import WorkflowCore

/// One request on its way through commands, with everything that ever came out of it. Each command checks what must always hold.
struct Story {
    var world: World
    let type: RequestType
    /// Monday, 10:00 on the organisation's clocks.
    var now = moment("2026-11-23T09:00:00Z")
    private(set) var state: RequestState?
    private(set) var journal: [(event: Event, at: Instant)] = []
    private(set) var ledger = Ledger()
    /// Effects of the last command.
    private(set) var effects: [Effect] = []
    private var seed: UInt64 = 1

    static let id = RequestID(UniqueID(high: 7, low: 7))

    init(_ type: RequestType, world: World = World()) {
        self.type = type
        self.world = world
    }

    /// A story whose request is raised by Rosa.
    init(_ type: RequestType, world: World = World(), raisedWith entries: [FieldID: JSONValue]) throws {
        self.init(type, world: world)
        try raise(entries)
    }

    @discardableResult
    mutating func raise(
        _ entries: [FieldID: JSONValue] = [:], by person: PersonID = Person.rosa, parent: Parent? = nil
    ) throws(Rejection) -> [String] {
        let submission = Submission(
            id: Self.id, type: type.id, number: "HR-1", requester: .person(person), beneficiary: person, parent: parent,
            parentType: parent.map { _ in "hr.parent" }, entries: entries.mapValues { .raw($0) })
        return try give(.raise(submission), as: parent == nil ? .person(person) : .system(.parent))
    }

    /// Authorises and carries out; gives the transcript of what happened.
    @discardableResult
    mutating func give(_ command: Command, as principal: Principal) throws(Rejection) -> [String] {
        seed += 1
        let context = world.context(principal, type, at: now, seed: seed)
        try Access(context).authorise(command, on: state)
        return record(try Engine.decide(state, command, context))
    }

    @discardableResult
    mutating func give(_ command: Command, by person: PersonID) throws(Rejection) -> [String] {
        try give(command, as: .person(person))
    }

    /// Lets the timer of a step ring when it is due.
    @discardableResult
    mutating func ring(_ step: InstanceName) throws -> [String] {
        let due = try #require(state?.timers[step])
        now = max(now, due)
        return try give(.deadlinePassed(step, due: due), as: .system(.timer))
    }

    /// Lets every timer ring that is due by then, the earliest first, and moves the clock there.
    @discardableResult
    mutating func advance(to moment: Instant) throws -> [String] {
        var lines: [String] = []
        while let next = state?.timers.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }), next.value <= moment {
            lines += try ring(next.key)
        }
        now = moment
        return lines
    }

    /// Lets the timer of a target ring.
    @discardableResult
    mutating func ring(target: String) throws -> [String] { try ring(InstanceName(target: target)) }

    /// Answers the call that an instance made last.
    @discardableResult
    mutating func answer(_ step: InstanceName, _ report: CallReport) throws -> [String] {
        let call = try #require(ledger.calls[step]).call.id
        return try give(.callAnswered(step, call, report), as: .system(.call))
    }

    /// Tells the request what has happened outside, now unless said otherwise.
    @discardableResult
    mutating func happens(
        _ event: String, key: String? = nil, _ entries: [FieldID: JSONValue] = [:], at moment: Instant? = nil
    ) throws(Rejection) -> [String] {
        let event = OutsideEvent(
            event: event, key: key, entries: entries.mapValues { .raw($0) }, receivedAt: moment ?? now)
        return try give(.receive(event), as: .system(.event))
    }

    @discardableResult
    mutating func report(_ step: InstanceName, _ report: ChildReport) throws -> [String] {
        let child = try #require(ledger.children[step])
        return try give(.childReported(step, child, report), as: .system(.child))
    }

    private mutating func record(_ events: [Event]) -> [String] {
        let before = state
        for event in events {
            Engine.apply(event, at: now, to: &state)
            journal.append((event, now))
        }
        guard let after = state else { return [] }
        effects = Engine.effects(of: events, from: before, to: after)
        ledger.take(effects)
        checkInvariants(after)
        return events.map(\.line)
    }

    private func checkInvariants(_ state: RequestState) {
        #expect(Engine.replay(journal) == state)
        #expect(state.version == journal.count)
        #expect(ledger.work == state.workItems)
        #expect(ledger.timers == state.timers)
        let open = state.steps.filter { $0.value.status.isOpen }
        let humanOrChild = open.filter { $0.value.status != .block || $0.value.isSuspended }
        switch state.phase {
        case .open: #expect(!humanOrChild.isEmpty, "an open request that nobody can move")
        case .ending:
            // A child is waited for, or an undo that failed.
            #expect(!open.isEmpty && open.allSatisfy { $0.value.status.isChild || $0.key.isUndo })
        case .closed:
            #expect(open.isEmpty)
            #expect(state.timers.isEmpty && state.workItems.isEmpty)
            #expect(state.steps.values.allSatisfy { $0.status.isFinal })
            for root in type.steps { #expect(state.steps[InstanceName(root.id)]?.status.isFinal == true) }
        }
        checkUndos(state)
        checkSurroundings(state)
        for name in state.steps.keys {
            #expect(type.index.instance(name.confirmed)?.name == name.confirmed, "no such instance: \(name)")
        }
        #expect(Set(state.held.map(\.number)).count == state.held.count)
        if case .open = state.phase {} else { #expect(state.held.isEmpty, "what is held is dropped at the end") }
    }

    /// What is open stands in containers that run, or that have settled and left it running; a child that was asked to end may stand
    /// anywhere.
    private func checkSurroundings(_ state: RequestState) {
        for (name, step) in state.steps where step.status.isOpen && !name.isUndo {
            if case .request(let child) = step.status, child.isCancelRequested { continue }
            if case .call(let call) = step.status, call.isCancelRequested { continue }
            guard let parent = type.index.instance(name)?.parent, let around = state.steps[parent.name] else {
                continue
            }
            #expect(around.status == .block || around.isDone, "\(name) is open in \(parent.name)")
        }
    }

    /// One undo at a time, none for what is not due; after the end all that is due has been taken back, and after a bad one all.
    private func checkUndos(_ state: RequestState) {
        let undos = state.steps.filter(\.key.isUndo)
        #expect(undos.count { $0.value.status.isOpen } <= 1)
        for name in undos.keys {
            #expect(state.steps[InstanceName(name.step, scopes: name.scopes.dropLast())]?.undo?.isDue == true)
        }
        guard case .closed(let outcome, _) = state.phase else { return }
        for (name, step) in state.steps where step.undo?.isDue == true || (step.undo != nil && !outcome.isGood) {
            let undo = InstanceName(name.step, scopes: name.scopes + [.undo])
            #expect(state.steps[undo]?.status.isFinal == true, "\(name) was not taken back")
        }
    }

    /// The word of an instance's status; `waiting` when it has not started.
    func status(of instance: InstanceName) -> String { state?.steps[instance]?.status.word ?? "waiting" }

    /// The word of a step's status; `waiting` when it has not started.
    func status(_ step: StepID) -> String { state?.steps[InstanceName(step)]?.status.word ?? "waiting" }

    func outputs(_ step: StepID) -> [String: Value] {
        if case .settled(.done(_, let outputs))? = state?.steps[InstanceName(step)]?.status { outputs } else { [:] }
    }

    var outcome: String? { if case .closed(let outcome, _)? = state?.phase { outcome.id.text } else { nil } }
}

extension StepStatus {
    /// Whether it waits for something outside that has to come to its end: a child or a call.
    var isChild: Bool {
        switch self {
        case .request, .call: true
        default: false
        }
    }
}

/// What the outside world holds after carrying out all effects.
struct Ledger {
    private(set) var work: [InstanceName: WorkItem] = [:]
    private(set) var timers: [InstanceName: Instant] = [:]
    /// The child last raised for each instance.
    private(set) var children: [InstanceName: RequestID] = [:]
    private(set) var raised: [RequestID: ChildOrder] = [:]
    private(set) var cancelled: Set<RequestID> = []
    private(set) var reports: [ChildReport] = []
    private(set) var told: [(parties: [Party], notice: Notice)] = []
    private(set) var texts: [(parties: [Party], text: LocalizedText)] = []
    /// The call last ordered for each instance.
    private(set) var calls: [InstanceName: CallOrder] = [:]
    private(set) var calledOff: Set<CallID> = []
    private(set) var amended: [(child: RequestID, fields: [FieldID: Value?])] = []
    private(set) var successors: [SuccessorOrder] = []
    private var ordered: Set<CallID> = []

    mutating func take(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .offer(let item): work[item.instance] = item
            case .withdraw(let name):
                #expect(work.removeValue(forKey: name) != nil, "nothing to withdraw for \(name)")
            case .setTimer(let name, let due): timers[name] = due
            case .clearTimer(let name):
                #expect(timers.removeValue(forKey: name) != nil, "no timer to clear for \(name)")
            case .raiseChild(let order):
                #expect(raised.updateValue(order, forKey: order.child) == nil, "raised twice")
                children[order.parent.instance] = order.child
            case .cancelChild(let child):
                #expect(raised[child] != nil, "cancels a child that was never raised")
                #expect(cancelled.insert(child).inserted, "cancelled twice")
            case .report(let report, to: _, from: _): reports.append(report)
            case .tell(let parties, let notice, about: _): told.append((parties, notice))
            case .notify(let parties, let text, about: _): texts.append((parties, text))
            case .call(let order):
                #expect(ordered.insert(order.call.id).inserted, "called twice")
                calls[order.instance] = order
            case .cancelCall(let call):
                #expect(ordered.contains(call), "calls off what was never called")
                #expect(calledOff.insert(call).inserted, "called off twice")
            case .amendChild(let child, let fields, version: _): amended.append((child, fields))
            case .raiseSuccessor(let order): successors.append(order)
            }
        }
    }
}

extension Event {
    /// One line of a transcript: `failed decide rejected -> ending`.
    var line: String {
        let name = instance.map { " \($0)" } ?? ""
        let detail: String =
            switch self {
            case .started(_, .task(let offeredTo, let assignee)), .reoffered(_, .task(let offeredTo, let assignee)):
                " for " + offeredTo.map(\.shown).joined(separator: ", ") + (assignee == nil ? "" : " (assigned)")
            case .started(_, .approval(let electorate)), .reoffered(_, .approval(let electorate)):
                " by " + electorate.voters.map(Person.handle).joined(separator: ", ")
            case .started(_, .request(_, let type, _, _)): " as \(type)"
            case .started(_, .choice(let taken, gives: _)): " case \(taken.map { "\($0)" } ?? "none")"
            case .started(_, .elements(let elements)): " of \(elements.map(\.key).joined(separator: ", "))"
            case .roundStarted(_, let round): " \(round)"
            case .elementAdded(_, let element): " \(element.key)"
            case .stepAdded(_, let template, let key): " \(template) as \(key)"
            case .won(_, let branch): " by \(branch)"
            case .held(_, let resource): " \(resource)"
            case .claimed(_, by: let person): " by \(Person.handle(person))"
            case .completed(_, by: let person, outputs: _): " by \(person.map(Person.handle) ?? "nobody known")"
            case .voted(_, by: let person, let decision, comment: _): " \(decision) by \(Person.handle(person))"
            case .childSubmitted(_, let number): " as \(number)"
            case .childClosed(_, let outcome, outputs: _): " \(outcome.id)"
            case .done(_, let outcome): outcome.map { " \($0)" } ?? ""
            case .failed(_, let failure, let handling): " \(failure.reason) -> \(handling.shown)"
            case .retried(_, let attempt): " for attempt \(attempt)"
            case .deadlineSet(_, let due): " \(due)"
            case .told(let parties, let notice, about: _):
                " \(parties.map(\.shown).joined(separator: ", ")) \(notice.rawValue)"
            case .started(_, .call(let call)): " \(call.method.rawValue) \(call.path)"
            case .started(_, .wait(let event, let key)):
                (event.map { " for \($0)" } ?? "") + (key.map { "[\($0)]" } ?? "")
            case .changed(_, let values, let cleared), .changeForwarded(_, let values, let cleared):
                " " + (values.keys.sorted() + cleared.map { "-\($0)" }).joined(separator: ", ")
            case .changeHeld(let change):
                " \(change.number) \(change.values.keys.sorted().joined(separator: ", ")) for "
                    + change.approvals.map(\.description).joined(separator: ", ")
            case .changeConfirmed(let number), .changeDropped(let number), .expired(let number): " \(number)"
            case .taken(_, let number, outputs: _): " \(number)"
            case .kept(let event): " \(event.number) \(event.event)"
            case .alarmSet(_, let alarm, let moment): " \(alarm.rawValue) \(moment)"
            case .alarmRemoved(_, let alarm), .alarmRang(_, let alarm): " \(alarm.rawValue)"
            case .callAnswered(_, let status, outputs: _): " \(status)"
            case .unreadable(_, let key, reason: _), .readable(_, let key): " \(key.rawValue)"
            case .ticked(_, let item, let isDone, by: let person):
                " \(item) \(isDone) by \(person.map(Person.handle) ?? "nobody known")"
            case .handedOver(_, to: let heir, by: let person):
                " to \(Person.handle(heir)) by \(Person.handle(person))"
            case .stoodIn(_, by: let person, for: let absent):
                " by \(Person.handle(person)) for \(absent.map(Person.handle).joined(separator: ", "))"
            case .noted(_, let audience): " \(audience)"
            case .restricted(let team, reason: _): " to \(team)"
            case .confined(_, to: let parties): " to " + parties.map(\.shown).joined(separator: ", ")
            case .askedOthers(_, let parties): " " + parties.map(\.shown).joined(separator: ", ")
            case .voterAdded(_, let voter, by: let person):
                " \(Person.handle(voter)) by \(Person.handle(person))"
            case .notified(_, let parties, text: _): " " + parties.map(\.shown).joined(separator: ", ")
            case .targetSet(let id, let clock): " \(id) " + (clock.due.map { "\($0)" } ?? "paused")
            case .targetWarned(let id, let percent): " \(id) \(percent)%"
            case .targetMet(let id), .targetMissed(let id), .targetDropped(let id): " \(id)"
            case .ending(let outcome), .closed(let outcome, outputs: _): " \(outcome.id)"
            default: ""
            }
        return kind + name + detail
    }
}

extension Party {
    fileprivate var shown: String {
        if case .person(let person) = self { Person.handle(person) } else { description }
    }
}

extension FailureHandling {
    fileprivate var shown: String {
        switch self {
        case .continued: "continued"
        case .outward: "outward"
        case .ending: "ending"
        case .left(let block): "left \(block)"
        case .retried: "retried"
        case .asked(let parties): "asked \(parties.map(\.shown).joined(separator: ", "))"
        }
    }
}
