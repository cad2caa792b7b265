import Expressions

/// What happened in a simulation, in English or German.
struct TranscriptWords {
    let desk: Simulation
    let language: String
    private let isGerman: Bool

    init(desk: Simulation, language: String) {
        self.desk = desk
        self.language = language
        isGerman = language.isGerman
    }

    private func say(_ english: String, _ german: String) -> String { isGerman ? german : english }

    private func list(_ parties: [Party]) -> String { desk.text(of: parties, in: language) }

    /// A sentence without a full stop; nil for what people need not read.
    func sentence(_ entry: SimulatedEvent) -> String? {
        let who =
            entry.by.person.map { desk.handle(of: $0) }
            ?? (entry.by.isSystem ? "Bureau" : say("the anonymous requester", "anonym"))
        let type = desk[entry.request]?.type
        let step = entry.event.instance.map { desk.text(of: $0, in: type) } ?? ""
        switch entry.event {
        case .raised(let raised):
            let requester =
                raised.requester.person.map { desk.handle(of: $0) } ?? say("somebody anonymous", "anonym")
            return say("raised \(raised.type) by \(requester)", "\(raised.type) gestellt von \(requester)")
        case .started(_, let started):
            return started.isStructure ? nil : say("\(step) started", "\(step) begonnen") + detail(started)
        case .reoffered(_, let started):
            return say("\(step) passed on", "\(step) weitergegeben") + detail(started)
        case .deadlineSet, .deadlineRemoved, .reset, .alarmSet, .alarmRemoved, .undoPrepared, .undoDue, .targetSet:
            return nil
        case .done(let name, outcome: let outcome):
            let ends = outcome.map { ": \(said($0, at: name, type))" } ?? ""
            return isStructure(name, entry.request) ? nil : say("\(step) done", "\(step) erledigt") + ends
        case .childSubmitted(_, number: let number): return say("\(step) is \(number)", "\(step) ist \(number)")
        case .childRefused(_, reason: let reason):
            return say("\(step) was refused: \(reason)", "\(step) wurde abgewiesen: \(reason)")
        case .childClosed(let name, let outcome, outputs: _):
            let outcome = said(outcome.id.text, at: name, type)
            return say("\(step) ended: \(outcome)", "\(step) beendet: \(outcome)")
        case .failed(_, let failure, handling: let handling):
            let follows =
                if case .asked(let parties) = handling {
                    say(", asks \(list(parties))", ", fragt \(list(parties))")
                } else { "" }
            return say("\(step) failed: \(failure.reason)", "\(step) gescheitert: \(failure.german)") + follows
        case .told(let parties, let notice, about: _):
            let about = step.isEmpty ? "" : " \(step)"
            return say("told \(list(parties)): \(notice.rawValue)", "an \(list(parties)): \(notice.german)") + about
        case .notified(_, let parties, text: _):
            return say("\(step) told \(list(parties))", "\(step) an \(list(parties))")
        case .alarmRang(_, let alarm): return "\(step) " + say(alarm.rawValue, alarm.german)
        case .callAnswered(_, status: let status, outputs: _):
            return say("\(step) answered with \(status)", "\(step) beantwortet mit \(status)")
        case .changed(_, values: let values, cleared: let cleared):
            let fields = (values.keys + cleared.map(\.text)).sorted().joined(separator: ", ")
            return (step.isEmpty ? who : step) + say(" changed \(fields)", " ändert \(fields)")
        case .changeHeld(let change):
            let voters = change.approvals.map { desk.text(of: $0, in: type) }.joined(separator: ", ")
            return say("a change waits for those of \(voters)", "eine Änderung wartet auf die von \(voters)")
        case .targetMet(let id), .targetMissed(let id), .targetDropped(let id), .targetWarned(let id, percent: _):
            return target(id, entry.event)
        case .restricted(let team, reason: _):
            return say("restricted to team:\(team) by \(who)", "beschränkt auf team:\(team) von \(who)")
        case .unrestricted: return say("no longer restricted, by \(who)", "nicht mehr beschränkt, von \(who)")
        case .cancelRequested: return say("cancelled by \(who)", "abgebrochen von \(who)")
        case .ending(let outcome): return say("ending: ", "endet: ") + said(outcome.id, of: type)
        case .closed(let outcome, outputs: _): return say("closed: ", "geschlossen: ") + said(outcome.id, of: type)
        default: return atStep(entry, step, who) ?? other(entry.event, step)
        }
    }

    /// What happens to a step that runs, and what people say.
    private func atStep(_ entry: SimulatedEvent, _ step: String, _ who: String) -> String? {
        switch entry.event {
        case .deadlinePassed: return say("\(step) is overdue", "\(step) ist überfällig")
        case .claimed: return say("\(step) claimed by \(who)", "\(step) übernommen von \(who)")
        case .released: return say("\(step) released by \(who)", "\(step) zurückgegeben von \(who)")
        case .completed: return say("\(step) completed by \(who)", "\(step) abgeschlossen von \(who)")
        case .voted(_, by: let person, let decision, comment: _):
            let voter = desk.handle(of: person)
            return decision == .approve
                ? say("\(step) approved by \(voter)", "\(step) genehmigt von \(voter)")
                : say("\(step) rejected by \(voter)", "\(step) abgelehnt von \(voter)")
        case .elementAdded(let name, let element):
            let added = InstanceName(name.step, scopes: name.scopes + [.key(element.key)])
            let text = desk.text(of: added, in: desk[entry.request]?.type)
            return say("\(text) added by \(who)", "\(text) hinzugefügt von \(who)")
        case .stepAdded(_, let template, key: let key):
            return say("\(template)[\(key)] added by \(who)", "\(template)[\(key)] hinzugefügt von \(who)")
        case .won(_, branch: let branch): return say("\(step) won by \(branch)", "\(step): \(branch) kam zuerst")
        case .roundStarted(_, round: let round):
            return say("\(step) begins round \(round)", "\(step) beginnt Runde \(round)")
        case .ticked(_, item: let item, isDone: let isDone, by: _):
            return isDone
                ? say("\(step) \(item) ticked by \(who)", "\(step) \(item) abgehakt von \(who)")
                : say("\(step) \(item) not ticked any more by \(who)", "\(step) \(item) nicht mehr abgehakt von \(who)")
        case .handedOver(_, to: let person, by: _):
            let heir = desk.handle(of: person)
            return say("\(step) handed to \(heir) by \(who)", "\(step) an \(heir) übergeben von \(who)")
        case .stoodIn(_, by: let person, for: let absent):
            let names = absent.map(desk.handle).joined(separator: ", ")
            return say(
                "\(desk.handle(of: person)) stands in for \(names) at \(step)",
                "\(desk.handle(of: person)) vertritt \(names) bei \(step)")
        case .returned: return say("\(step) is back in its queue", "\(step) ist wieder in der Warteschlange")
        case .askedOthers(_, let parties): return say("\(step) asks \(list(parties))", "\(step) fragt \(list(parties))")
        case .voterAdded(_, let person, by: _):
            return say("\(step) asks \(desk.handle(of: person)), too", "\(step) fragt auch \(desk.handle(of: person))")
        case .unreadable(_, let key, reason: _):
            return say(
                "\(step): its \(key.rawValue) cannot be worked out any more",
                "\(step): \(key.rawValue) lässt sich nicht mehr ausrechnen")
        case .readable(_, let key):
            return say("\(step): its \(key.rawValue) counts again", "\(step): \(key.rawValue) gilt wieder")
        case .endKept: return say("\(step) ended, and is put aside", "\(step) beendet und zurückgestellt")
        case .kept(let kept): return say("event \(kept.event) is kept", "Ereignis \(kept.event) wird aufgehoben")
        case .commented: return say("comment by \(who)", "Kommentar von \(who)")
        case .noted(_, let audience): return say("note (\(audience)) by \(who)", "Notiz (\(audience)) von \(who)")
        case .confined(_, to: let parties):
            return say("\(step) asks only \(list(parties))", "\(step) fragt nur \(list(parties))")
        default: return nil
        }
    }

    /// In English what files call it, in German what people read.
    private func said(_ outcome: OutcomeID, of type: RequestType?) -> String {
        guard isGerman, let type else { return outcome.text }
        return type.title(of: outcome, in: language, fallbacks: desk.configuration.organisation.languages)
    }

    /// The outcome of a step: of an approval, or of the child that it has started.
    private func said(_ outcome: String, at name: InstanceName, _ type: RequestType?) -> String {
        guard isGerman else { return outcome }
        let words = ["approved": "genehmigt", "rejected": "abgelehnt"]
        guard case .request(let child)? = type?.index[name.step]?.kind, !name.isUndo else {
            return words[outcome] ?? outcome
        }
        return said(OutcomeID(outcome), of: desk.configuration.requestTypes[child.type])
    }

    private func target(_ id: String, _ event: Event) -> String {
        let word =
            switch event {
            case .targetMet: say("met", "eingehalten")
            case .targetMissed: say("missed", "verfehlt")
            case .targetDropped: say("dropped", "entfallen")
            default: say("warned", "gewarnt")
            }
        return say("target ", "Ziel ") + "\(id) \(word)"
    }

    /// Any other event by its kind.
    private func other(_ event: Event, _ step: String) -> String {
        let german: [String: String] = [
            "skipped": "übersprungen", "cancelled": "abgebrochen", "retried": "noch einmal begonnen",
            "suspended": "zurückgestellt", "postponed": "zurückgestellt", "resumed": "wieder aufgenommen",
            "received": "empfangen", "taken": "empfangen", "rated": "bewertet", "reopened": "wieder eröffnet",
            "expired": "verfallen", "held": "hält etwas", "child_cancel_requested": "soll enden",
            "call_cancel_requested": "soll enden",
        ]
        let word = isGerman ? german[event.kind] : nil
        return (step.isEmpty ? "" : "\(step) ") + (word ?? String(event.kind.map { $0 == "_" ? " " : $0 }))
    }

    private func detail(_ started: StartedStep) -> String {
        switch started {
        case .task(let offeredTo, assignee: _): ": \(list(offeredTo))"
        case .approval(let electorate): ": \(list(electorate.voters.map(Party.person)))"
        case .request(child: _, let type, inputs: _, wait: _): ": \(type)"
        case .call(let call): ": \(call.service)"
        case .wait(event: let event?, key: let key): ": \(event)" + (key.map { " \($0)" } ?? "")
        default: ""
        }
    }

    private func isStructure(_ name: InstanceName, _ request: RequestID) -> Bool {
        desk[request]?.type.index[name.step]?.kind.isStructure == true
    }
}

extension Failure {
    fileprivate var german: String {
        switch self {
        case .rejected: "abgelehnt"
        case .child: "die andere Anfrage ist nicht gut ausgegangen"
        case .overdue: "überfällig"
        case .inner: "ein Schritt darin ist gescheitert"
        case .evaluation: "etwas lässt sich nicht ausrechnen"
        case .nobody: "niemand ist da"
        case .exhausted: "auch das letzte Mal war nicht genug"
        case .unmet: "zu wenige sind gelungen"
        case .noCase: "kein Fall trifft zu"
        case .call: "der Aufruf"
        case .rule: "eine Regel verbietet es"
        case .changed: "etwas, das gelesen wurde, ist nun anders"
        }
    }
}

extension Notice {
    fileprivate var german: String {
        switch self {
        case .overdue: "überfällig"
        case .closed: "beendet"
        case .commented: "Kommentar"
        case .noted: "Notiz"
        case .restricted: "beschränkt"
        case .handedOver: "übergeben"
        case .reminder: "Erinnerung"
        case .escalated: "wartet auch auf sie"
        case .targetWarning: "Ziel in Gefahr"
        case .targetMissed: "Ziel verfehlt"
        case .changeConfirmed: "Änderung bestätigt"
        case .changeDropped: "Änderung verworfen"
        case .changeRefused: "Änderung abgewiesen"
        case .ruleViolated: "Regel verletzt"
        case .reopeningRefused: "nicht wieder eröffnet"
        case .unreadable: "nicht mehr auszurechnen"
        }
    }
}

extension Alarm {
    fileprivate var german: String {
        switch self {
        case .wake: "ist so weit"
        case .remind: "erinnert"
        case .escalate: "fragt weitere"
        case .look: "wird noch einmal angesehen"
        }
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
