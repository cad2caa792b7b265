import Expressions
import WorkflowCore

/// Whoever reads: a viewer, or the anonymous requester of one request.
struct Reader: Sendable {
    let principal: Principal
    /// The same, as storage knows who asks.
    let asker: Asker
    /// Requests that were opened to them by exception.
    let opened: Set<RequestID>
    /// The language to answer in.
    let language: String
    /// The zone in which moments are shown; nil for the organisation's.
    let zone: ZoneRules?

    init(_ viewer: Viewer) {
        principal = viewer.principal
        asker = Asker(reading: viewer)
        opened = Set(viewer.opened)
        language = viewer.language
        zone = viewer.zone
    }

    /// Whoever has no name, and sees the request whose receipt they showed; any other principal sees nothing.
    init(principal: Principal, language: String) {
        self.principal = principal
        var granted: [RequestID] = []
        if case .anonymous(let request?) = principal { granted = [request] }
        asker = Asker(person: nil, parties: [], readerOf: [], granted: granted)
        opened = []
        self.language = language
        zone = nil
    }
}

/// One reader looking at requests of one type and configuration: names, texts and what they may see.
struct Reading {
    let reader: Reader
    let directory: Directory
    let compiled: CompiledConfiguration
    let type: RequestType
    let now: Instant
    /// Requests that they may read, although no rule shows them to them.
    var opened: Set<RequestID>
    /// The files that entries may name; none but where a form is filled.
    var files = FileSource.uploaded([:])

    init(reader: Reader, directory: Directory, compiled: CompiledConfiguration, type: RequestType, now: Instant) {
        self.reader = reader
        self.directory = directory
        self.compiled = compiled
        self.type = type
        self.now = now
        opened = reader.opened
    }

    init(viewer: Viewer, directory: Directory, compiled: CompiledConfiguration, type: RequestType, now: Instant) {
        self.init(reader: Reader(viewer), directory: directory, compiled: compiled, type: type, now: now)
    }

    var configuration: Configuration { compiled.configuration }
    var language: String { reader.language }

    /// What the rules need to judge the viewer's commands; nothing in it is stored.
    var context: DecisionContext {
        var context = DecisionContext(
            now: now, principal: reader.principal, configuration: configuration, type: type,
            directory: directory, time: compiled.time, seed: (0, 0), files: files)
        context.opened = opened
        return context
    }

    /// Whether they see a request because they have opened it, and for no other reason.
    func isByException(of state: RequestState) -> Bool {
        guard reader.opened.contains(state.id), let person = reader.principal.person else { return false }
        return Rules.reason(for: person, toSee: state, in: context) == .opened
    }

    /// By what a step is due, in words.
    func dueWords(of step: StepID) -> String? {
        Drawing.due(of: step, in: type, configuration, language: language)
    }

    func text(_ text: LocalizedText) -> String {
        text.text(in: language, fallbacks: configuration.organisation.languages)
    }

    /// Values in the viewer's language, and moments in their zone.
    var values: ValueText {
        ValueText(
            language: language, configuration: configuration,
            directory: isAnonymous ? Directory(revision: directory.revision, people: []) : directory,
            home: reader.zone ?? compiled.time.home)
    }

    /// Whether a value may be shown as far as it names people.
    func mayShow(_ value: Value) -> Bool { !isAnonymous || !value.namesSomebody }

    /// Somebody, also when the directory does not know them any more. Who is anonymous does not learn who they are, but where they work.
    func person(_ id: PersonID) -> PersonReference {
        if isAnonymous { return PersonReference(id: nil, handle: "", name: place(of: id)) }
        return PersonReference(id, in: directory, language: language)
    }

    /// The anonymous requester by what people call them.
    var anonymous: PersonReference {
        PersonReference(id: nil, handle: "", name: language.isGerman ? "Anonym" : "Anonymous")
    }

    func requester(_ requester: Requester) -> PersonReference { requester.person.map(person) ?? anonymous }

    /// Whether they learn nobody's name.
    var isAnonymous: Bool { if case .anonymous = reader.principal { true } else { false } }

    /// Of whom the request's type is confidential to: the first team that somebody is in; else the department.
    private func place(of person: PersonID) -> String {
        if let title = team(of: person).flatMap({ configuration.teams[$0]?.title }) { return text(title) }
        return configuration.departments[type.department].map { text($0.title) } ?? type.department.text
    }

    private func team(of person: PersonID) -> TeamID? {
        let confidants = (type.confidential ?? []).compactMap { source -> TeamID? in
            if case .team(let team) = source { team } else { nil }
        }
        let agents = configuration.departments[type.department]?.agents ?? []
        return (confidants + agents).first { directory.contains(person, in: .team($0), of: configuration) }
    }

    /// Parties by the names that people read. Who is anonymous reads of a person only their team, and each team once.
    func parties(_ parties: [Party]) -> [PartyView] {
        guard isAnonymous else { return parties.map(party) }
        var seen: Set<Party> = []
        return parties.compactMap { party in
            guard case .person(let person) = party else { return party }
            return team(of: person).map(Party.team)
        }.filter { seen.insert($0).inserted }.map(party)
    }

    /// A party by the name that people read; for readers who learn names.
    func party(_ party: Party) -> PartyView {
        let name =
            switch party {
            case .person(let id): person(id).name
            case .team(let id): configuration.teams[id].map { text($0.title) } ?? id.text
            case .role(let id): configuration.roles[id].map { text($0.title) } ?? id.text
            case .group(let id): group(id)
            case .anonymous: anonymous.name
            }
        return PartyView(party: party, name: name)
    }

    /// What people read for an outcome of the request's type.
    func title(of outcome: OutcomeID) -> String { title(of: outcome, in: type) }

    func title(of outcome: OutcomeID, in type: RequestType) -> String {
        type.title(of: outcome, in: language, fallbacks: configuration.organisation.languages)
    }

    /// What people read for a target of the request's type.
    func title(ofTarget id: String) -> String {
        type.targets.first { $0.id == id }?.title.map(text) ?? id.identifierInWords
    }

    /// Those who have a skill are called by it.
    private func group(_ id: GroupID) -> String {
        let title = configuration.groups[id].map { text($0.title) } ?? id.skill ?? id.text
        guard id.skill != nil else { return title }
        return language.isGerman ? "\(title) (Fähigkeit)" : "\(title) (skill)"
    }

    /// What people read for a step outside of all rounds and elements.
    func title(of step: StepID, in state: RequestState?) -> String { title(of: InstanceName(step), in: state) }

    /// What people read for an instance: the step's title, rendered with the values that the instance sees; else its identifier with
    /// spaces. Of what undoes a step, or confirms a change, it says so.
    func title(of instance: InstanceName, in state: RequestState?) -> String {
        let title = plainTitle(of: instance, in: state)
        if instance.isUndo { return language.isGerman ? "\(title) (zurücknehmen)" : "\(title) (take back)" }
        guard instance.confirmedChange != nil else { return title }
        return language.isGerman ? "\(title) (Änderung bestätigen)" : "\(title) (confirm the change)"
    }

    private func plainTitle(of instance: InstanceName, in state: RequestState?) -> String {
        let step = instance.step
        let plain = String(step.text.map { $0 == "_" ? " " : $0 })
        guard let title = type.index[step]?.title, let template = template(of: step) else { return plain }
        if template.references.isEmpty {
            // A title is no reason to fail.
            return (try? template.evaluate(in: ConstantActivation(time: compiled.time), naming: { $0 })) ?? plain
        }
        guard let state else { return plain }
        return Rules.render(title, for: values, at: instance, on: state, in: context) ?? plain
    }

    /// Whether the step's title needs the request's values.
    func needsState(for step: StepID) -> Bool {
        template(of: step).map { !$0.references.isEmpty } ?? false
    }

    private func template(of step: StepID) -> CheckedTemplate? {
        type.index[step]?.title?.template(for: values)
    }

    func summary(_ row: RequestRow) -> RequestSummary {
        summary(row.head, raisedAt: row.raisedAt, changedAt: row.changedAt, version: row.version)
    }

    func summary(_ head: RequestHead, raisedAt: Instant, changedAt: Instant, version: Int) -> RequestSummary {
        var summary = RequestSummary(
            id: head.id, number: head.number, type: head.type, title: text(type.title), department: head.department,
            phase: head.phase, outcome: head.outcome.map { type.outcome($0) ?? Outcome(id: $0, isGood: false) },
            requester: requester(head.requester), beneficiary: head.beneficiary.map(person), raisedAt: raisedAt,
            changedAt: changedAt, version: version)
        summary.outcomeTitle = head.outcome.map { title(of: $0) }
        return summary
    }
}

extension PersonReference {
    init(_ id: PersonID, in directory: Directory, language: String) {
        if let person = directory[id] {
            self.init(id: id, handle: person.handle, name: person.name)
        } else {
            self.init(id: id, handle: "", name: language.isGerman ? "Unbekannte Person" : "Unknown person")
        }
    }
}

/// For expressions that need nothing but themselves.
struct ConstantActivation: Activation {
    let time: TimeFrame

    func value(of name: String) -> Value? { nil }

    func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value {
        throw EvaluationError(code: "evaluation.unknown_function", message: "\(function) needs a request.")
    }
}

extension Value {
    /// Whether a person is anywhere in it.
    var namesSomebody: Bool {
        switch self {
        case .person: true
        case .list(let values): values.contains(where: \.namesSomebody)
        case .map(let values): values.contains { $0.key.namesSomebody || $0.value.namesSomebody }
        case .optional(let value): value?.namesSomebody ?? false
        default: false
        }
    }
}
