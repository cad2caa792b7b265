public import Expressions

extension Simulation {
    /// What happened, a line for each event that people care about: `Mon 2026-11-23 09:00  HR-1  decide started: leonard.adeyemi`.
    ///
    /// - Parameters:
    ///   - request: Only of that one; of all when nil.
    ///   - start: How many of `history` come before.
    public func transcript(of request: RequestID? = nil, since start: Int = 0) -> [String] {
        history.dropFirst(start).compactMap { entry -> String? in
            guard request == nil || entry.request == request, let line = sentence(entry) else { return nil }
            return "\(text(of: entry.at))  \(self[entry.request]?.state.number ?? "")  \(line)"
        }
    }

    /// `Mon 2026-11-23 09:00` on the organisation's clocks.
    public func text(of moment: Instant) -> String {
        let local = time.home.civil(of: moment)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let clock = TimeOfDay(hour: local.hour, minute: local.minute)?.description ?? ""
        return "\(weekdays[(local.date.weekday + 6) % 7]) \(local.date) \(clock)"
    }

    /// A party as files write it, a person by handle.
    public func text(of party: Party) -> String {
        switch party {
        case .person(let person): handle(of: person)
        case .group(let group): group.skill.map { "skill:\($0)" } ?? party.description
        case .team, .role, .anonymous: party.description
        }
    }

    /// Parties with commas between them; `nobody` without any.
    public func text(of parties: [Party]) -> String {
        parties.isEmpty ? "nobody" : parties.map { text(of: $0) }.joined(separator: ", ")
    }

    /// What files call a person; the identifier of somebody unknown.
    public func handle(of person: PersonID) -> String { directory[person]?.handle ?? person.description }

    private func sentence(_ entry: SimulatedEvent) -> String? {
        let who = entry.by.person.map { handle(of: $0) } ?? (entry.by.isSystem ? "Bureau" : "the anonymous requester")
        let step = entry.event.instance?.description ?? ""
        switch entry.event {
        case .raised(let raised):
            return "raised \(raised.type) by \(raised.requester.person.map { handle(of: $0) } ?? "somebody anonymous")"
        case .started(_, let started): return started.isStructure ? nil : "\(step) started\(detail(started))"
        case .reoffered(_, let started): return "\(step) passed on\(detail(started))"
        case .deadlineSet, .deadlineRemoved, .reset, .alarmSet, .alarmRemoved, .undoPrepared, .undoDue, .targetSet:
            return nil
        case .deadlinePassed: return "\(step) is overdue"
        case .claimed: return "\(step) claimed by \(who)"
        case .released: return "\(step) released by \(who)"
        case .completed: return "\(step) completed by \(who)"
        case .voted(_, by: let person, let decision, comment: _):
            return "\(step) \(decision == .approve ? "approved" : "rejected") by \(handle(of: person))"
        case .childSubmitted(_, number: let number): return "\(step) is \(number)"
        case .childRefused(_, reason: let reason): return "\(step) was refused: \(reason)"
        case .childClosed(_, let outcome, outputs: _): return "\(step) ended: \(outcome.id)"
        case .done(let name, outcome: let outcome):
            return isStructure(name, entry.request) ? nil : "\(step) done" + (outcome.map { ": \($0)" } ?? "")
        case .failed(_, let failure, handling: let handling):
            let follows = if case .asked(let parties) = handling { ", asks \(text(of: parties))" } else { "" }
            return "\(step) failed: \(failure.reason)\(follows)"
        case .told(let parties, let notice, about: _):
            return "told \(text(of: parties)): \(notice.rawValue)" + (step.isEmpty ? "" : " \(step)")
        case .notified(_, let parties, text: _): return "\(step) told \(text(of: parties))"
        case .elementAdded(_, let element): return "\(step)[\(element.key)] added by \(who)"
        case .stepAdded(_, let template, key: let key): return "\(template)[\(key)] added by \(who)"
        case .won(_, branch: let branch): return "\(step) won by \(branch)"
        case .roundStarted(_, round: let round): return "\(step) begins round \(round)"
        case .alarmRang(_, let alarm): return "\(step) \(alarm.rawValue)"
        case .callAnswered(_, status: let status, outputs: _): return "\(step) answered with \(status)"
        case .changed(_, values: let values, cleared: let cleared):
            let fields = (values.keys + cleared.map(\.text)).sorted().joined(separator: ", ")
            return (step.isEmpty ? who : step) + " changed \(fields)"
        case .changeHeld(let change):
            let voters = change.approvals.map(\.description).joined(separator: ", ")
            return "a change waits for those of \(voters)"
        case .ticked(_, item: let item, isDone: let isDone, by: _):
            return "\(step) \(item) \(isDone ? "ticked" : "not ticked any more") by \(who)"
        case .handedOver(_, to: let person, by: _): return "\(step) handed to \(handle(of: person)) by \(who)"
        case .stoodIn(_, by: let person, for: let absent):
            return "\(handle(of: person)) stands in for \(absent.map(handle).joined(separator: ", ")) at \(step)"
        case .returned: return "\(step) is back in its queue"
        case .askedOthers(_, let parties): return "\(step) asks \(text(of: parties))"
        case .voterAdded(_, let person, by: _): return "\(step) asks \(handle(of: person)), too"
        case .targetMet(let id), .targetMissed(let id), .targetDropped(let id), .targetWarned(let id, percent: _):
            return "target \(id) " + String(entry.event.kind.dropFirst("target_".count))
        case .unreadable(_, let key, reason: _): return "\(step): its \(key.rawValue) cannot be worked out any more"
        case .readable(_, let key): return "\(step): its \(key.rawValue) counts again"
        case .endKept: return "\(step) ended, and is put aside"
        case .kept(let kept): return "event \(kept.event) is kept"
        case .commented: return "comment by \(who)"
        case .noted(_, let audience): return "note (\(audience)) by \(who)"
        case .restricted(let team, reason: _): return "restricted to team:\(team) by \(who)"
        case .unrestricted: return "no longer restricted, by \(who)"
        case .confined(_, to: let parties): return "\(step) asks only \(text(of: parties))"
        case .cancelRequested: return "cancelled by \(who)"
        case .ending(let outcome): return "ending: \(outcome.id)"
        case .closed(let outcome, outputs: _): return "closed: \(outcome.id)"
        default:
            let word = entry.event.kind.map { $0 == "_" ? " " : $0 }
            return (step.isEmpty ? "" : "\(step) ") + String(word)
        }
    }

    private func detail(_ started: StartedStep) -> String {
        switch started {
        case .task(let offeredTo, assignee: _): ": \(text(of: offeredTo))"
        case .approval(let electorate): ": \(text(of: electorate.voters.map(Party.person)))"
        case .request(child: _, let type, inputs: _, wait: _): ": \(type)"
        case .call(let call): ": \(call.service)"
        case .wait(event: let event?, key: let key): ": \(event)" + (key.map { " \($0)" } ?? "")
        default: ""
        }
    }

    private func isStructure(_ name: InstanceName, _ request: RequestID) -> Bool {
        self[request]?.type.index[name.step]?.kind.isStructure == true
    }
}

extension StartedStep {
    /// Whether it only holds other steps together.
    fileprivate var isStructure: Bool {
        switch self {
        case .block, .choice, .rounds, .elements: true
        case .task, .approval, .request, .call, .wait: false
        }
    }
}
