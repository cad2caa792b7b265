public import Expressions

extension Simulation {
    /// What happened, a line for each event that people care about: `Mon 2026-11-23 09:00  HR-1  decide started: leonard.adeyemi`.
    ///
    /// - Parameters:
    ///   - request: Only of that one; of all when nil.
    ///   - start: How many of `history` come before.
    ///   - language: German or, for every other, English. Steps, people and other names stay as files write them.
    public func transcript(of request: RequestID? = nil, since start: Int = 0, in language: String = "en") -> [String] {
        let words = TranscriptWords(desk: self, language: language)
        return history.dropFirst(start).compactMap { entry -> String? in
            guard request == nil || entry.request == request, let line = words.sentence(entry) else { return nil }
            return "\(text(of: entry.at, in: language))  \(self[entry.request]?.state.number ?? "")  \(line)"
        }
    }

    /// `Mon 2026-11-23 09:00` on the organisation's clocks.
    public func text(of moment: Instant, in language: String = "en") -> String {
        let local = time.home.civil(of: moment)
        let weekdays =
            language.isGerman
            ? ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let clock = TimeOfDay(hour: local.hour, minute: local.minute)?.description ?? ""
        return "\(weekdays[(local.date.weekday + 6) % 7]) \(local.date) \(clock)"
    }

    /// A party as files write it, a person by handle.
    public func text(of party: Party) -> String {
        switch party {
        case .person(let person): handle(of: person)
        case .group(let group): group.skill.map { "skill:\($0)" } ?? party.description
        case .team, .role, .anonymous: party.description
        }
    }

    /// Parties with commas between them; `nobody` without any.
    public func text(of parties: [Party], in language: String = "en") -> String {
        guard !parties.isEmpty else { return language.isGerman ? "niemand" : "nobody" }
        return parties.map { text(of: $0) }.joined(separator: ", ")
    }

    /// An instance of a step as scenarios write it, with people's handles: `ask[anna]`.
    public func text(of instance: InstanceName, in type: RequestType?) -> String {
        let named = type?.renamingPeople(of: instance) { PersonID($0).map(handle) }
        return (named ?? instance).description
    }

    /// What files call a person; the identifier of somebody unknown.
    public func handle(of person: PersonID) -> String { directory[person]?.handle ?? person.description }
}
