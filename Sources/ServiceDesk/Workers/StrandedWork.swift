import Expressions
import WorkflowCore

/// Work that waits for nobody, although the request has passed on what it could: its people have left, or the team is not there any more.
struct StrandedWork {
    /// Somebody who is told of it.
    struct Responsible: Hashable {
        let person: PersonID
        /// Whether they are told which request it is.
        let mayKnowRequest: Bool
    }

    let state: RequestState
    /// By what is decided who sees the request.
    let context: DecisionContext
    /// The current one: who is there to do it, and who answers for the department.
    let configuration: Configuration
    /// Without those from whom the request is kept: they do nothing in it, and are told nothing of it.
    let directory: Directory

    init(state: RequestState, context: DecisionContext, configuration: Configuration) {
        self.state = state
        self.context = context
        self.configuration = configuration
        directory = context.directory.hiding(state.hidden(by: context.type))
    }

    /// Whether there is some.
    var exists: Bool {
        state.workItems.values.contains { item in
            !(item.assignee.map { directory.isActive($0) } ?? false)
                && !item.offeredTo.contains { directory.hasMembers($0, in: configuration) }
        }
    }

    /// The people who can put it right, each once: the department's administrators; where there are none, its leads, else the platform's
    /// administrators. Of a confidential or restricted request those of the department who see it, else whoever else sees it by its type or
    /// restriction; where nobody does, the same people as of any other, but not which request it is.
    var responsible: [Responsible] {
        let department = configuration.departments[context.type.department]
        let inCharge = [department?.administrators ?? [], department?.leads ?? []]
        let everybody = inCharge + [configuration.organisation.administrators]
        guard state.isConfidential(context.type) else {
            return first(of: everybody).map { Responsible(person: $0, mayKnowRequest: true) }
        }
        let seeing = first(of: inCharge + [Array(Rules.guardians(of: state, in: context))]) { person in
            Rules.reason(for: person, toSee: state, in: context) != nil
        }
        guard seeing.isEmpty else { return seeing.map { Responsible(person: $0, mayKnowRequest: true) } }
        return first(of: everybody).map { Responsible(person: $0, mayKnowRequest: false) }
    }

    /// The people behind the first of the offices behind whom there is somebody who is meant, by identifier.
    private func first(of offices: [[Party]], where isMeant: (PersonID) -> Bool = { _ in true }) -> [PersonID] {
        for parties in offices {
            let people = directory.people(behind: parties, in: configuration).filter(isMeant)
            if !people.isEmpty { return people.sorted() }
        }
        return []
    }

    /// What they are told. They need not see the request, so that is no more than its number; of what they may not know, its department.
    func text(for responsible: Responsible) -> [String: String] {
        let title = configuration.departments[context.type.department]?.title
        return configuration.organisation.sentences { language in
            if responsible.mayKnowRequest {
                return language.isGerman
                    ? "In \(state.number) wartet Arbeit auf niemanden: Die dafür Vorgesehenen gibt es nicht mehr."
                    : "In \(state.number) work waits for nobody: those who were asked are not there any more."
            }
            let name =
                title?.text(in: language, fallbacks: configuration.organisation.languages)
                ?? context.type.department.text
            return language.isGerman
                ? "In einer vertraulichen Anfrage an „\(name)“ wartet Arbeit auf niemanden: Die dafür Vorgesehenen gibt es "
                    + "nicht mehr."
                : "In a confidential request to “\(name)” work waits for nobody: those who were asked are not there any "
                    + "more."
        }
    }
}
