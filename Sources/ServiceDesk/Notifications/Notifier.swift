import Expressions
import WorkflowCore

/// Who is told about a request, and in which words: only people who may see it, the step too, and nothing that they may not read.
struct Notifier {
    let directory: Directory
    let compiled: CompiledConfiguration
    let type: RequestType
    let state: RequestState
    let now: Instant

    private var configuration: Configuration { compiled.configuration }
    private var languages: [String] { configuration.organisation.languages }

    private var access: Access {
        Access(
            DecisionContext(
                now: now, principal: .system(.timer), configuration: configuration, type: type, directory: directory,
                time: compiled.time, seed: (0, 0)))
    }

    /// Who is told what.
    struct Told {
        let person: PersonID
        /// By language.
        let text: [String: String]
        var seesRequest = true
    }

    /// A notice for the people behind the parties who may see the request and, where it is about one, the step; each once, by identifier.
    func tell(_ notice: Notice, to parties: [Party], about instance: InstanceName?) -> [Told] {
        let (access, text) = (access, text(notice, about: instance))
        return people(behind: parties)
            .filter { person in instance.map { access.canSee($0, of: state, person) } ?? access.canSee(state, person) }
            .map { Told(person: $0, text: text) }
    }

    /// The text of a `notify` for the people behind the parties, each once, by identifier. Its author names them, so they need not see
    /// the request: then they are told the text alone, if they may read what it is made of. Of a request that is confidential nobody else is
    /// told, and of one that is kept from them nobody is.
    func tell(_ written: LocalizedText, to parties: [Party], of instance: InstanceName) -> [Told] {
        let access = access
        let isConfidential = state.isConfidential(type)
        return people(behind: parties).compactMap { person in
            if access.canSee(instance, of: state, person) {
                return Told(person: person, text: text(written, of: instance, for: person))
            }
            guard !isConfidential, !access.isHidden(state, from: person), mayRead(instance, person) else { return nil }
            let text = configuration.organisation.sentences { written.text(in: $0, fallbacks: languages) }
            return Told(person: person, text: text, seesRequest: false)
        }
    }

    private func people(behind parties: [Party]) -> [PersonID] {
        Set(parties.flatMap { directory.members(of: $0, in: configuration) }).sorted()
    }

    /// What a notice says.
    private func text(_ notice: Notice, about instance: InstanceName?) -> [String: String] {
        text { language in
            let step = instance.map { title(of: $0, in: language) } ?? ""
            return language.isGerman ? german(notice, "„\(step)“") : english(notice, "“\(step)”")
        }
    }

    /// The text of a `notify` as far as somebody may read what it is made of; else that there is one.
    private func text(_ written: LocalizedText, of instance: InstanceName, for person: PersonID) -> [String: String] {
        guard mayRead(instance, person) else {
            return text { language in
                let step = title(of: instance, in: language)
                return language.isGerman
                    ? "„\(step)“ enthält, was Sie nicht lesen dürfen." : "“\(step)” holds what you may not read."
            }
        }
        return text { written.text(in: $0, fallbacks: languages) }
    }

    private func mayRead(_ instance: InstanceName, _ person: PersonID) -> Bool {
        guard case .notify(let step)? = type.index[instance.step]?.kind else { return false }
        let names = step.message.byLanguage.values.reduce(into: Set<String>()) { $0.formUnion($1.references) }
        let access = access
        return type.sensitivePaths.allSatisfy { path, field in
            let parts = path.split(separator: ".", maxSplits: 1)
            guard let name = parts.first, names.contains(String(name)) else { return true }
            guard parts.count == 2 else { return access.canRead(field, of: state, person) }
            // Every instance of the step that the text may be about.
            let instances = state.steps.keys.filter { $0.step == StepID(String(name)) }
            return instances.allSatisfy { access.canRead(field, in: $0, of: state, person) }
        }
    }

    private func text(_ sentence: (String) -> String) -> [String: String] {
        configuration.organisation.sentences { language in
            "\(state.number) \(type.title.text(in: language, fallbacks: languages)): \(sentence(language))"
        }
    }

    /// The step's title, with dots for the values in it, which have readers of their own; of one that is values alone the identifier.
    private func title(of instance: InstanceName, in language: String) -> String {
        let plain = String(instance.step.text.map { $0 == "_" ? " " : $0 })
        let templates = type.index[instance.step]?.title?.byLanguage
        guard let template = templates?[language] ?? languages.lazy.compactMap({ templates?[$0] }).first else {
            return plain
        }
        guard template.references.isEmpty else {
            let words = template.outline { _ in "…" }
            return words.contains(where: \.isLetter) ? words : plain
        }
        // A title is no reason to fail.
        return (try? template.evaluate(in: ConstantActivation(time: compiled.time), naming: { $0 })) ?? plain
    }

    private func english(_ notice: Notice, _ step: String) -> String {
        switch notice {
        case .overdue: "\(step) is overdue."
        case .closed: "It has ended: \(outcome(in: "en"))."
        case .commented: "There is a new comment."
        case .noted: "There is a new note."
        case .restricted: "It is restricted to your team now."
        case .handedOver: "\(step) was handed to you."
        case .reminder: "\(step) still waits."
        case .escalated: "\(step) waits for you, too."
        case .targetWarning: "The time for a target runs out."
        case .targetMissed: "A target was missed."
        case .changeConfirmed: "Your change was confirmed."
        case .changeDropped: "Your change was not confirmed."
        case .changeRefused: "A change could not be passed on to \(step)."
        case .ruleViolated: "A rule stopped \(step)."
        case .reopeningRefused: "It could not be reopened."
        case .unreadable:
            "What the deadline or the conditions of \(step) read cannot be worked out any more; they stay as they were."
        }
    }

    private func german(_ notice: Notice, _ step: String) -> String {
        switch notice {
        case .overdue: "\(step) ist überfällig."
        case .closed: "Die Anfrage ist beendet: \(outcome(in: "de"))."
        case .commented: "Es gibt einen neuen Kommentar."
        case .noted: "Es gibt eine neue Notiz."
        case .restricted: "Die Anfrage ist nun auf Ihr Team beschränkt."
        case .handedOver: "\(step) wurde Ihnen übergeben."
        case .reminder: "\(step) wartet noch."
        case .escalated: "\(step) wartet nun auch auf Sie."
        case .targetWarning: "Die Zeit für ein Ziel läuft ab."
        case .targetMissed: "Ein Ziel wurde verfehlt."
        case .changeConfirmed: "Ihre Änderung wurde bestätigt."
        case .changeDropped: "Ihre Änderung wurde nicht bestätigt."
        case .changeRefused: "Eine Änderung konnte nicht an \(step) weitergegeben werden."
        case .ruleViolated: "Eine Regel hat \(step) aufgehalten."
        case .reopeningRefused: "Die Anfrage ließ sich nicht wieder aufnehmen."
        case .unreadable:
            "Was Frist oder Bedingungen von \(step) lesen, lässt sich nicht mehr ermitteln; sie bleiben, wie sie waren."
        }
    }

    private func outcome(in language: String) -> String {
        state.phase.outcome.map { type.title(of: $0.id, in: language, fallbacks: languages) } ?? ""
    }
}
