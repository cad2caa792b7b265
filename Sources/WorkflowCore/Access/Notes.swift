extension Access {
    /// Whether somebody works on the request: they see it, and neither raised it nor is it for them. Whoever stands in for those two is
    /// treated as they are, and so is an agent whose own request it is.
    public func worksOn(_ state: RequestState, _ person: PersonID) -> Bool {
        let concerned = [state.requester.person, state.beneficiary]
        guard !concerned.contains(person), let reason = reason(for: person, toSee: state) else { return false }
        if case .standIn(let absentee) = reason { return !concerned.contains(absentee) }
        return true
    }

    /// Whether somebody may read a note.
    public func canRead(
        _ audience: NoteAudience, by author: PersonID?, of state: RequestState, _ person: PersonID
    ) -> Bool {
        guard worksOn(state, person) else { return false }
        return switch audience {
        case .workers: true
        case .team(let team): person == author || belongs(person, to: [.team(team)])
        }
    }

    /// Whether the context's principal may read a note. Who is anonymous has raised the request.
    public func canRead(_ audience: NoteAudience, by author: PersonID?, of state: RequestState) -> Bool {
        switch context.principal {
        case .person(let person), .service(let person): canRead(audience, by: author, of: state, person)
        case .anonymous, .system: false
        }
    }
}
