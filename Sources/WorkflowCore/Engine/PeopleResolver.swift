public import Expressions

/// Turns people as the files say them into parties and persons, now.
public struct PeopleResolver: Sendable {
    let activation: RequestActivation
    let configuration: Configuration
    let directory: Directory

    /// People as that request's expressions give them.
    public init(activation: RequestActivation, configuration: Configuration, directory: Directory) {
        self.activation = activation
        self.configuration = configuration
        self.directory = directory
    }

    init(activation: RequestActivation, context: DecisionContext) {
        self.init(activation: activation, configuration: context.configuration, directory: context.directory)
    }

    /// Roles, groups and teams as they are, persons one by one; each once, in the order of the sources. Unknown people are left out, leavers are not.
    public func parties(_ sources: [PeopleSource]) throws(EvaluationError) -> [Party] {
        var parties: [Party] = []
        var seen: Set<Party> = []
        for source in sources {
            for party in try self.parties(source) where seen.insert(party).inserted { parties.append(party) }
        }
        return parties
    }

    /// Those parties behind which somebody stands: an active person, or the anonymous requester.
    public func reachable(_ sources: [PeopleSource]) throws(EvaluationError) -> [Party] {
        try parties(sources).filter { directory.hasMembers($0, in: configuration) }
    }

    /// The active people of all sources.
    public func members(of sources: [PeopleSource]) throws(EvaluationError) -> Set<PersonID> {
        var members: Set<PersonID> = []
        for party in try parties(sources) { members.formUnion(directory.members(of: party, in: configuration)) }
        return members
    }

    /// Whether an active person is among the people of the sources. A source whose expression cannot be evaluated holds nobody.
    public func contains(_ person: PersonID, in sources: [PeopleSource]) -> Bool {
        sources.contains { source in
            do throws(EvaluationError) {
                return try parties(source).contains { directory.contains(person, in: $0, of: configuration) }
            } catch {
                return false
            }
        }
    }

    /// Who may vote in no seat of an approval: whom `not` names, programs, and whoever raised the request or whom it is for: nobody
    /// approves what they ask for. Only a `from` that says `requester` or `beneficiary` in so many words asks them all the same.
    func excluded(by approval: ApprovalStep) throws(EvaluationError) -> Set<PersonID> {
        var excluded = try members(of: approval.excluded).union(directory.serviceAccounts)
        let asked = Set(approval.from.compactMap(\.expressionText))
        if let requester = activation.requester.person, !asked.contains("requester") { excluded.insert(requester) }
        if let beneficiary = activation.beneficiary, !asked.contains("beneficiary"),
            beneficiary != activation.requester.person || !asked.contains("requester")
        {
            excluded.insert(beneficiary)
        }
        return excluded
    }

    /// The same: everybody when it cannot be worked out, so that nobody new is asked.
    func excludedForSure(by approval: ApprovalStep) -> Set<PersonID> {
        do throws(EvaluationError) {
            return try excluded(by: approval)
        } catch {
            return Set(directory.everybody.map(\.id))
        }
    }

    /// Whether the sources name the requester, and the requester is anonymous.
    public func containsAnonymous(in sources: [PeopleSource]) -> Bool {
        activation.requester == .anonymous && sources.contains(where: \.isRequester)
    }

    private func parties(_ source: PeopleSource) throws(EvaluationError) -> [Party] {
        switch source {
        case .role(let role): [.role(role)]
        case .group(let group): [.group(group)]
        case .team(let team): [.team(team)]
        case .person(let handle): directory.person(handle: handle).map { [.person($0.id)] } ?? []
        case .expression where source.isRequester: [activation.requester.party]
        case .expression(let expression): persons(in: try expression.evaluate(in: activation))
        }
    }

    private func persons(in value: Value) -> [Party] {
        switch value {
        case .person(let text): PersonID(text).map { [.person($0)] } ?? []
        case .optional(let value?): persons(in: value)
        case .list(let values): values.flatMap { persons(in: $0) }
        default: []
        }
    }
}

extension Directory {
    /// What a person of an expression is called in texts; empty for somebody unknown or erased.
    public var naming: @Sendable (String) -> String {
        { text in PersonID(text).flatMap { self[$0]?.name } ?? "" }
    }

    /// What a person is called in texts; empty for somebody unknown or erased.
    public func name(of person: PersonID) -> String { self[person]?.name ?? "" }
}
