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
            id: Self.id, type: type.id, number: "HR-1", requester: person, beneficiary: person, parent: parent,
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
        let humanOrChild = open.filter { $0.value.status != .block }
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
        for name in state.steps.keys { #expect(type.index.instance(name)?.name == name, "no such instance: \(name)") }
    }

    /// What is open stands in containers that run, or that have settled and left it running; a child that was asked to end may stand
    /// anywhere.
    private func checkSurroundings(_ state: RequestState) {
        for (name, step) in state.steps where step.status.isOpen && !name.isUndo {
            if case .request(let child) = step.status, child.isCancelRequested { continue }
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
    var isChild: Bool { if case .request = self { true } else { false } }
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
            case .claimed(_, by: let person), .completed(_, by: let person, outputs: _): " by \(Person.handle(person))"
            case .voted(_, by: let person, let decision, comment: _): " \(decision) by \(Person.handle(person))"
            case .childSubmitted(_, let number): " as \(number)"
            case .childClosed(_, let outcome, outputs: _): " \(outcome.id)"
            case .done(_, let outcome): outcome.map { " \($0)" } ?? ""
            case .failed(_, let failure, let handling): " \(failure.reason) -> \(handling.shown)"
            case .retried(_, let attempt): " for attempt \(attempt)"
            case .deadlineSet(_, let due): " \(due)"
            case .told(let parties, let notice, about: _):
                " \(parties.map(\.shown).joined(separator: ", ")) \(notice.rawValue)"
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
