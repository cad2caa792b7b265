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

    /// The people behind the parties who may see the request and, where it is about one, the step; each once, by identifier.
    func recipients(_ parties: [Party], about instance: InstanceName?) -> [PersonID] {
        let people = Set(parties.flatMap { directory.members(of: $0, in: configuration) })
        let access = access
        return people.sorted().filter { person in
            instance.map { access.canSee($0, of: state, person) } ?? access.canSee(state, person)
        }
    }

    /// The people behind the parties whom a `notify` tells its text; each once, by identifier. Its author names them, so they need not see
    /// the request: then the text is all they get. Of a request that is confidential nobody else is told.
    func readers(_ parties: [Party], of instance: InstanceName) -> [Reader] {
        let people = Set(parties.flatMap { directory.members(of: $0, in: configuration) }).sorted()
        let access = access
        let isConfidential = type.confidential != nil || state.restriction != nil
        return people.compactMap { person in
            let sees = access.canSee(instance, of: state, person)
            return sees || !isConfidential ? Reader(person: person, seesRequest: sees) : nil
        }
    }

    struct Reader: Hashable {
        let person: PersonID
        let seesRequest: Bool
    }

    /// What a notice says.
    func text(_ notice: Notice, about instance: InstanceName?) -> [String: String] {
        text { language in
            let step = instance.map { title(of: $0, in: language) } ?? ""
            return language.isGerman ? german(notice, "„\(step)“") : english(notice, "“\(step)”")
        }
    }

    /// The text of a `notify` as far as somebody may read what it is made of; else that there is one. Without the request's number for
    /// those who do not see it.
    func text(_ written: LocalizedText, of instance: InstanceName, for reader: Reader) -> [String: String] {
        let person = reader.person
        guard reader.seesRequest else {
            guard mayRead(instance, person) else { return [:] }
            return Dictionary(
                uniqueKeysWithValues: languages.map { ($0, written.text(in: $0, fallbacks: languages)) })
        }
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
        var texts: [String: String] = [:]
        for language in languages {
            texts[language] =
                "\(state.number) \(type.title.text(in: language, fallbacks: languages)): \(sentence(language))"
        }
        return texts
    }

    /// The step's title where no values stand in it, else its identifier: values have readers of their own.
    private func title(of instance: InstanceName, in language: String) -> String {
        let plain = String(instance.step.text.map { $0 == "_" ? " " : $0 })
        let templates = type.index[instance.step]?.title?.byLanguage
        guard let template = templates?[language] ?? languages.lazy.compactMap({ templates?[$0] }).first,
            template.references.isEmpty
        else { return plain }
        // A title is no reason to fail.
        return (try? template.evaluate(in: ConstantActivation(time: compiled.time), naming: { $0 })) ?? plain
    }

    private func english(_ notice: Notice, _ step: String) -> String {
        switch notice {
        case .overdue: "\(step) is overdue."
        case .closed: "It has ended: \(outcome)."
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
        }
    }

    private func german(_ notice: Notice, _ step: String) -> String {
        switch notice {
        case .overdue: "\(step) ist überfällig."
        case .closed: "Die Anfrage ist beendet: \(outcome)."
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
        }
    }

    private var outcome: String {
        String((state.phase.outcome?.id.text ?? "").map { $0 == "_" ? " " : $0 })
    }
}
