/// People whom one key of a step or of a request type names. The one list of such keys: whatever is checked of people is checked of all.
package struct NamedPeople {
    /// What these people are named for.
    package enum Purpose: Hashable, Sendable {
        /// They are asked, told, shown something or let do something.
        case turnedTo
        /// They lose a vote.
        case excluded
    }

    /// The path to the value, as in `Step.places`: `escalate.to`.
    package let key: String
    /// Whoever stands there.
    package let people: [PeopleSource]
    /// What for.
    package let purpose: Purpose

    init(_ key: String, _ people: [PeopleSource], _ purpose: Purpose = .turnedTo) {
        self.key = key
        self.people = people
        self.purpose = purpose
    }

    /// Where one of them stands, else where the key does; nil when the file does not say it.
    ///
    /// - Parameter item: As the file names them: `team:hr`, an expression.
    package func place(of item: String, in places: Places) -> SourceLocation? {
        var key = key
        while true {
            if let place = places.first(of: "\(key).\(item)", key) { return place }
            // A list stands at the key around it: `cancel.by` for `cancel`.
            guard let dot = key.lastIndex(of: ".") else { return nil }
            key = String(key[..<dot])
        }
    }
}

extension Step {
    /// The people whom the step itself names, by key; those of the steps inside it are left out, and keys that name nobody.
    package var whomItNames: [NamedPeople] {
        var found: [NamedPeople] = []
        func add(_ key: String, _ people: [PeopleSource], _ purpose: NamedPeople.Purpose = .turnedTo) {
            if !people.isEmpty { found.append(NamedPeople(key, people, purpose)) }
        }
        if let visibleTo { add("visible_to", visibleTo) }
        if case .tell(let people)? = onOverdue { add("on_overdue.tell", people) }
        if case .ask(let people)? = onFailure { add(kind.isApproval ? "on_rejected.ask" : "on_failed.ask", people) }
        switch kind {
        case .task(let task):
            add("assign", task.assign)
            add("fallback", task.fallback)
            if let escalation = task.nudges.escalation { add("escalate.to", escalation.to) }
        case .approval(let approval):
            add("from", approval.from)
            add("not", approval.excluded, .excluded)
            add("fallback", approval.fallback)
            add("add.by", approval.addVoters)
            if let escalation = approval.nudges.escalation { add("escalate.to", escalation.to) }
        case .notify(let notify): add("to", notify.to)
        case .repeat(let loop): if case .ask(let people)? = loop.onExhausted { add("on_exhausted.ask", people) }
        case .each(let each): if let addition = each.add { add("add.by", addition.by) }
        case .adhoc(let adhoc): add("by", adhoc.by)
        case .request, .call, .set, .wait, .block, .choose, .race, .end: break
        }
        return found
    }
}

extension RequestType {
    /// The people whom the type names for what happens to its requests, by key; its steps have their own. Who may raise it or have it
    /// raised for them is left out: then there is no request yet.
    package var whomItNames: [NamedPeople] {
        var found = [NamedPeople("cancel.by", cancellation?.by ?? []), NamedPeople("confidential", confidential ?? [])]
        found += amendments.map { NamedPeople("amend.\($0.field).by", $0.by) }
        found += targets.map { NamedPeople("targets.\($0.id).on_breach.tell", $0.onBreach) }
        return found.filter { !$0.people.isEmpty }
    }
}
