import Expressions
import WorkflowCore

/// Events as sentences. What was entered never appears in them, so that a timeline hides nothing by accident and shows nothing
/// that has readers of its own; comments and reasons stand beside the sentence.
struct TimelineText {
    let reading: Reading
    let state: RequestState

    /// The line for an event; nil for what only the machinery needs, and for what happens in a step that the viewer may not see.
    func entry(for replayed: ReplayedEvent) -> TimelineEntry? {
        if let instance = replayed.event.instance, !Rules.canSee(instance, on: state, in: reading.context) {
            return nil
        }
        var audience: NoteAudience?
        if case .noted(_, let readers) = replayed.event {
            guard Rules.canRead(readers, by: replayed.principal.person, on: state, in: reading.context) else {
                return nil
            }
            audience = readers
        }
        guard let text = sentence(for: replayed) else { return nil }
        var entry = TimelineEntry(
            sequence: replayed.sequence, at: replayed.at, kind: replayed.event.kind,
            by: author(of: replayed), text: text, instance: replayed.event.instance,
            comment: comment(of: replayed.event), audience: audience)
        if case .commented(_, files: let files) = replayed.event { entry.files = files }
        return entry
    }

    /// The line for somebody who opened the request for reading. It is for those who work on the request.
    func entry(for glass: StoredGlass) -> TimelineEntry {
        let who = reading.person(glass.person)
        let minutes = glass.minutes
        return TimelineEntry(
            sequence: glass.event, at: glass.openedAt, kind: StoredGlass.kind, by: who,
            text: say(
                "\(who.name) opened it for reading by exception, for \(minutes) minutes.",
                "\(who.name) hat sie ausnahmsweise zum Lesen geöffnet, für \(minutes) Minuten."),
            instance: nil, comment: glass.reason.isEmpty ? nil : glass.reason, audience: .workers)
    }

    /// Nil for Bureau itself.
    private func author(of replayed: ReplayedEvent) -> PersonReference? {
        if case .anonymous = replayed.principal { return reading.anonymous }
        return replayed.principal.person.map(reading.person)
    }

    private func name(_ person: PersonID?) -> String {
        person.map { reading.person($0).name } ?? reading.anonymous.name
    }

    /// Of the type of request that a step raises.
    private func childTitle(_ instance: InstanceName) -> String {
        guard case .request(let child)? = reading.type.index[instance.step]?.kind else { return instance.description }
        return reading.configuration.requestTypes[child.type].map { reading.text($0.title) } ?? child.type.text
    }

    private func comment(of event: Event) -> String? {
        switch event {
        case .voted(_, _, _, let comment): comment
        case .commented(let text, files: _), .noted(let text, _): text.isEmpty ? nil : text
        case .rated(score: _, let comment): comment
        case .cancelRequested(let reason): reason
        // Why is for those who work on it, as notes are.
        case .restricted(_, let reason), .unrestricted(let reason):
            Rules.canRead(.workers, by: nil, on: state, in: reading.context) && !reason.isEmpty ? reason : nil
        // Nothing else reaches whoever is anonymous.
        case .notified(_, let parties, let text) where reading.isAnonymous && parties.contains(.anonymous):
            reading.text(LocalizedText(text))
        default: nil
        }
    }

    /// One row of the table: the sentence in English and in German.
    private func say(_ english: String, _ german: String) -> String {
        reading.language.isGerman ? german : english
    }

    private func sentence(for replayed: ReplayedEvent) -> String? {
        let who = author(of: replayed)?.name ?? "Bureau"
        let step = replayed.event.instance.map { "“\(reading.title(of: $0, in: state))”" } ?? ""
        let schritt = replayed.event.instance.map { "„\(reading.title(of: $0, in: state))“" } ?? ""
        switch replayed.event {
        case .raised(let raised):
            guard let beneficiary = raised.beneficiary, beneficiary != raised.requester.person else {
                return say("\(who) raised \(raised.number).", "\(who) hat \(raised.number) gestellt.")
            }
            let whom = reading.person(beneficiary).name
            return say(
                "\(who) raised \(raised.number) for \(whom).", "\(who) hat \(raised.number) für \(whom) gestellt.")
        case .started(_, .task), .started(_, .approval):
            return say("\(step) started.", "\(schritt) hat begonnen.")
        case .started(_, .call):
            return say("Another system is asked for \(step).", "Für \(schritt) wird ein anderes System gefragt.")
        case .started(_, .wait): return say("\(step) is waited for.", "Es wird auf \(schritt) gewartet.")
        case .reoffered(_, .call), .reoffered(_, .wait): return nil
        // What a step asks of others is told once it has a number.
        case .started(_, .request), .started(_, .block), .started(_, .choice), .started(_, .rounds),
            .started(_, .elements),
            .reoffered(_, .block), .reoffered(_, .request), .reoffered(_, .choice), .reoffered(_, .rounds),
            .reoffered(_, .elements):
            return nil
        case .reoffered:
            return say(
                "\(step) passed to others, because those who were asked have left.",
                "\(schritt) ging an andere über, weil die Gefragten nicht mehr da sind.")
        case .skipped(let instance):
            return isWork(instance)
                ? say("\(step) was not needed.", "\(schritt) war nicht nötig.") : nil
        case .claimed(_, let person):
            let name = reading.person(person).name
            return say("\(name) took \(step).", "\(name) hat \(schritt) übernommen.")
        case .released: return say("\(who) gave \(step) back.", "\(who) hat \(schritt) zurückgegeben.")
        case .completed(_, let person, _):
            let name = name(person)
            return say("\(name) completed \(step).", "\(name) hat \(schritt) erledigt.")
        case .voted(_, let person, .approve, _):
            let name = reading.person(person).name
            return say("\(name) approved \(step).", "\(name) hat \(schritt) genehmigt.")
        case .voted(_, let person, .reject, _):
            let name = reading.person(person).name
            return say("\(name) rejected \(step).", "\(name) hat \(schritt) abgelehnt.")
        case .childSubmitted(let instance, let number):
            let what = childTitle(instance)
            return say(
                "“\(what)” (\(number)) was raised by the step \(step).",
                "Der Schritt \(schritt) hat „\(what)“ (\(number)) gestellt.")
        case .childRefused:
            return say(
                "What \(step) requested was refused.", "Die Anforderung von \(schritt) wurde nicht angenommen.")
        case .childClosed(_, let outcome, _):
            return outcome.isGood
                ? say("What \(step) requested is done.", "Die Anforderung von \(schritt) ist erledigt.")
                : say(
                    "What \(step) requested ended without success.",
                    "Die Anforderung von \(schritt) endete ohne Erfolg.")
        case .done(let instance, _):
            return isWork(instance) ? say("\(step) is done.", "\(schritt) ist erledigt.") : nil
        case .failed(let instance, let failure, let handling):
            return isWork(instance) ? failed(failure, handling, step, schritt) : nil
        case .retried: return say("\(step) starts again.", "\(schritt) beginnt erneut.")
        case .cancelled(let instance):
            return isWork(instance)
                ? say("\(step) is no longer needed.", "\(schritt) wird nicht mehr gebraucht.") : nil
        case .deadlinePassed: return say("\(step) is overdue.", "\(schritt) ist überfällig.")
        case .commented: return say("\(who) commented.", "\(who) hat kommentiert.")
        case .noted(_, .workers): return say("\(who) wrote a note.", "\(who) hat eine Notiz geschrieben.")
        case .noted(_, .team(let team)):
            let name = reading.party(.team(team)).name
            return say("\(who) wrote a note for \(name).", "\(who) hat eine Notiz für \(name) geschrieben.")
        case .restricted(let team, reason: _):
            let name = reading.party(.team(team)).name
            return say("\(who) restricted the request to \(name).", "\(who) hat die Anfrage auf \(name) beschränkt.")
        case .unrestricted:
            return say("The request is no longer restricted.", "Die Anfrage ist nicht mehr beschränkt.")
        case .cancelRequested: return say("\(who) cancelled the request.", "\(who) hat die Anfrage zurückgezogen.")
        case .childCancelRequested:
            return say(
                "What \(step) requested is being cancelled.", "Die Anforderung von \(schritt) wird zurückgezogen.")
        case .roundStarted(_, let round):
            return say("Round \(round) of \(step) began.", "Runde \(round) von \(schritt) hat begonnen.")
        case .elementAdded(_, let element):
            return say(
                "\(who) added “\(element.key)” to \(step).", "\(who) hat „\(element.key)“ zu \(schritt) hinzugefügt.")
        case .stepAdded(_, let template, _):
            let added = reading.title(of: template, in: state)
            return say("\(who) added “\(added)”.", "\(who) hat „\(added)“ hinzugefügt.")
        case .suspended: return say("\(step) was put aside.", "\(schritt) ruht.")
        case .postponed: return say("\(step) is put aside for now.", "\(schritt) ruht vorerst.")
        case .endKept:
            return say(
                "What \(step) waited for has ended; it is put aside for now.",
                "Worauf \(schritt) wartete, ist beendet; der Schritt ruht vorerst.")
        case .unreadable(_, .due, reason: _):
            return say(
                "Until when \(step) is due cannot be worked out any more; the last deadline stays.",
                "Bis wann \(schritt) fällig ist, lässt sich nicht mehr ermitteln; die letzte Frist bleibt.")
        case .unreadable(_, .onlyWhile, reason: _):
            return say(
                "Whether \(step) is put aside cannot be worked out any more; it stays as it is.",
                "Ob \(schritt) ruht, lässt sich nicht mehr ermitteln; es bleibt, wie es ist.")
        case .readable: return nil
        case .resumed: return say("\(step) goes on.", "\(schritt) geht weiter.")
        case .undoDue:
            return say("What \(step) did has to be taken back.", "Was \(schritt) bewirkt hat, wird zurückgenommen.")
        case .changed: return say("The request was changed.", "Die Anfrage wurde geändert.")
        case .changeHeld:
            return say(
                "A change waits to be confirmed by those who have approved.",
                "Eine Änderung wartet auf die Bestätigung derer, die genehmigt haben.")
        case .changeConfirmed: return say("The change was confirmed.", "Die Änderung wurde bestätigt.")
        case .changeDropped: return say("The change was not confirmed.", "Die Änderung wurde nicht bestätigt.")
        case .changeForwarded:
            return say("The change was passed on to \(step).", "Die Änderung wurde an \(schritt) weitergegeben.")
        case .childChangeRefused:
            return say("\(step) did not take the change.", "\(schritt) hat die Änderung nicht übernommen.")
        case .parentChangeRefused:
            return say("A change could not be taken over.", "Eine Änderung konnte nicht übernommen werden.")
        case .notified: return say("People were told: \(step).", "Es wurde mitgeteilt: \(schritt).")
        case .received, .taken: return say("\(step) has happened.", "\(schritt) ist eingetreten.")
        case .kept: return say("News came in early and is kept.", "Eine Nachricht kam früh und wird aufgehoben.")
        case .callAnswered:
            return say("The other system has done \(step).", "Das andere System hat \(schritt) erledigt.")
        case .callCancelRequested:
            return say("\(step) is being called off.", "\(schritt) wird abgeblasen.")
        case .ticked(_, item: _, let isDone, by: let person):
            let name = name(person)
            return isDone
                ? say("\(name) ticked a line of \(step).", "\(name) hat einen Punkt von \(schritt) abgehakt.")
                : say("\(name) took back a tick of \(step).", "\(name) hat einen Haken von \(schritt) entfernt.")
        case .handedOver(_, to: let heir, by: let person):
            let (from, to) = (reading.person(person).name, reading.person(heir).name)
            return say("\(from) handed \(step) to \(to).", "\(from) hat \(schritt) an \(to) übergeben.")
        case .voterAdded(_, let voter, by: let person):
            let (by, name) = (reading.person(person).name, reading.person(voter).name)
            return say("\(by) gave \(name) a vote on \(step).", "\(by) hat \(name) bei \(schritt) stimmen lassen.")
        case .stoodIn(_, by: let person, for: let absent):
            let (by, names) = (reading.person(person).name, absent.map { reading.person($0).name })
            return say(
                "\(by) stands in for \(names.joined(separator: ", ")) at \(step).",
                "\(by) vertritt \(names.joined(separator: ", ")) bei \(schritt).")
        case .returned:
            return say(
                "\(step) is back in its queue, because whoever had it is there no longer.",
                "\(schritt) ist wieder offen, weil nicht mehr da ist, wer damit befasst war.")
        case .askedOthers:
            return say(
                "Others can decide about \(step), because those who were asked have left.",
                "Andere können über \(schritt) entscheiden, weil die Gefragten nicht mehr da sind.")
        case .targetMissed(let id):
            let title = reading.title(ofTarget: id)
            return say("The promise “\(title)” was missed.", "Die Zusage „\(title)“ wurde verfehlt.")
        case .targetMet(let id):
            let title = reading.title(ofTarget: id)
            return say("The promise “\(title)” was kept.", "Die Zusage „\(title)“ wurde eingehalten.")
        case .rated: return say("\(who) said how it went.", "\(who) hat gesagt, wie es lief.")
        case .reopened: return say("\(who) reopened the request.", "\(who) hat die Anfrage wieder aufgenommen.")
        case .successorRefused:
            return say("The request could not be reopened.", "Die Anfrage ließ sich nicht wieder aufnehmen.")
        case .erased(.retention):
            return say(
                "What had been entered was deleted: its time was over.",
                "Die Angaben wurden gelöscht: Ihre Zeit war um.")
        case .erased:
            return say(
                "What a person had entered was deleted.", "Die Angaben einer Person wurden gelöscht.")
        case .alarmSet, .alarmRemoved, .alarmRang, .expired, .parentChanged, .targetSet, .targetWarned, .targetDropped:
            return nil
        case .ending: return say("The request is ending.", "Die Anfrage wird beendet.")
        case .closed(let outcome, _):
            return outcome.isGood
                ? say("The request was closed.", "Die Anfrage wurde abgeschlossen.")
                : say("The request ended: \(plain(outcome)).", "Die Anfrage endete: \(plain(outcome)).")
        case .confined, .deadlineSet, .deadlineRemoved, .told, .reset, .won, .held, .undoPrepared: return nil
        }
    }

    private func failed(
        _ failure: Failure, _ handling: FailureHandling, _ step: String, _ schritt: String
    ) -> String {
        let (reason, grund): (String, String) =
            switch failure {
            case .rejected: ("was rejected", "wurde abgelehnt")
            case .child: ("did not get what it requested", "hat das Angeforderte nicht bekommen")
            case .overdue: ("was not done in time", "wurde nicht rechtzeitig erledigt")
            case .inner: ("failed inside", "ist im Inneren gescheitert")
            case .evaluation: ("could not be worked out from the request", "ließ sich aus der Anfrage nicht bestimmen")
            case .nobody: ("found nobody who could do it", "fand niemanden, der es tun könnte")
            case .exhausted: ("used up its rounds", "hat alle Runden verbraucht")
            case .unmet: ("did not go well often enough", "ist nicht oft genug gelungen")
            case .call: ("got no good answer from the other system", "bekam vom anderen System keine gute Antwort")
            case .rule: ("is forbidden by a rule", "ist durch eine Regel verboten")
            case .changed:
                ("starts again, because the request was changed", "beginnt erneut, weil die Anfrage geändert wurde")
            case .noCase: ("found no case that fits", "fand keinen Fall, der passt")
            }
        if case .asked(let parties) = handling {
            let names = reading.parties(parties).map(\.name).joined(separator: ", ")
            return say(
                "\(step) \(reason); \(names) can decide what to do.",
                "\(schritt) \(grund); \(names) kann entscheiden, wie es weitergeht.")
        }
        return say("\(step) \(reason).", "\(schritt) \(grund).")
    }

    private func plain(_ outcome: Outcome) -> String {
        reading.title(of: outcome.id)
    }

    /// Whether the step is somebody's work, rather than structure.
    private func isWork(_ instance: InstanceName) -> Bool {
        switch reading.type.index[instance.step]?.kind {
        case .task, .approval, .request: true
        case .call, .notify, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end, nil: false
        }
    }
}
