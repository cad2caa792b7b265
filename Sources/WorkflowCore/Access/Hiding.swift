import Expressions

/// `hidden_from`: a request is kept from whoever it is about, whatever else would show it to them. Only what is their own, or for them,
/// they see all the same.
extension RequestState {
    /// Whom the fields of the type's `hidden_from` name now.
    public func hidden(by type: RequestType) -> Set<PersonID> {
        guard !type.hiddenFrom.isEmpty else { return [] }
        let named = type.hiddenFrom.compactMap { values[$0.text] }.flatMap(\.people)
        return Set(named).subtracting([requester.person, beneficiary].compactMap { $0 })
    }
}

extension Access {
    /// Whether the request is kept from somebody because it is about them.
    public func isHidden(_ state: RequestState, from person: PersonID) -> Bool {
        !context.type.hiddenFrom.isEmpty && state.hidden(by: context.type).contains(person)
    }
}

extension Value {
    /// The persons that it holds, in its order.
    fileprivate var people: [PersonID] {
        switch self {
        case .person(let text): PersonID(text).map { [$0] } ?? []
        case .optional(let value?): value.people
        case .list(let values): values.flatMap(\.people)
        default: []
        }
    }
}
