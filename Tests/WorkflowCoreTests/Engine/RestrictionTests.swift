import Expressions
import Testing

@testable import WorkflowCore

/// Hans and Greta are HR; Greta is also in its inner team, which is where the request goes. Ilse and Ivo are IT.
@Suite("Restricting a single request")
struct RestrictionTests {
    private static let world: World = {
        var world = World()
        world.departments["hr"]?.administrators = [.group("security")]
        world.people = world.people.map { row in
            guard row.id == Person.greta else { return row }
            return Directory.Person(
                id: row.id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                manager: row.manager, site: row.site, isActive: true, groups: row.groups.union(["hr-inner"]))
        }
        return world
    }()

    private func raised(_ steps: [Step]) throws -> Story {
        var story = Story(requestType(steps), world: Self.world)
        try story.raise()
        return story
    }

    private func seers(_ story: Story) throws -> Set<PersonID> {
        let state = try #require(story.state)
        let access = Access(story.world.context(.system(.timer), story.type, at: story.now))
        let seers = Set(story.world.people.map(\.id).filter { access.canSee(state, $0) })
        // Lists are made of the parties.
        let parties = access.audience(of: state)
        let listed = story.world.people.map(\.id).filter { person in
            person == state.requester.person || person == state.beneficiary
                || parties.contains { story.world.directory.contains(person, in: $0, of: story.world.configuration) }
        }
        #expect(Set(listed) == seers)
        return seers
    }

    @Test("It hides the request from the department, and the queue becomes the team's")
    func hiding() throws {
        var story = try raised([step("work", task(.team("hr"))), step("next", task(.team("it")), after: ["work"])])
        #expect(try seers(story) == [Person.rosa, Person.hans, Person.greta])
        let lines = try story.give(.restrict(to: "hr-inner", reason: "A suspicion."), by: Person.hans)
        #expect(lines == ["restricted to hr-inner", "told team:hr-inner restricted", "confined work to team:hr-inner"])
        #expect(try seers(story) == [Person.rosa, Person.greta])
        #expect(story.code(.claim("work"), by: Person.hans) == "request.not_found")
        // Whatever comes later stays inside, too: nobody in the team is IT.
        let after = try story.give(.complete("work", entries: [:]), by: Person.greta)
        #expect(after.contains("confined next to team:hr-inner"))
        #expect(try seers(story) == [Person.rosa, Person.greta])
    }

    @Test("An escalation does not reach past it: who is told is the team, also when nobody else may be asked")
    func escalation() throws {
        let kind = taskStep(.team("it")) {
            $0.nudges = nudges(escalate: ("2 hours", [people("manager_of(requester)")]))
        }
        var story = try raised([step("work", kind)])
        try story.give(.restrict(to: "hr-inner", reason: "A suspicion."), by: Person.hans)
        #expect(try story.ring("work") == ["alarm_rang work escalate", "told work team:hr-inner escalated"])
        #expect(try seers(story) == [Person.rosa, Person.greta])
    }

    @Test("Nor do its approvals: only the team may vote for who is silent, and hears of it where none of it may")
    func escalatingApproval() throws {
        for (manager, lines) in [
            ("greta", ["alarm_rang decide escalate", "reoffered decide", "told decide greta escalated"]),
            ("mila", ["alarm_rang decide escalate", "told decide team:hr-inner escalated"]),
        ] {
            let kind = approvalStep(.person("hans")) {
                $0.nudges = nudges(escalate: ("2 hours", [.person(manager)]))
            }
            var story = try raised([step("decide", kind), step("work", task(.team("hr")))])
            try story.give(.restrict(to: "hr-inner", reason: "A suspicion."), by: Person.greta)
            let rung = try story.ring("decide")
            #expect(rung.count == lines.count && zip(rung, lines).allSatisfy { $0.hasPrefix($1) }, "\(rung)")
            #expect(try !seers(story).contains(Person.mila))
        }
    }

    @Test("Whoever has a task keeps it and sees the request until it is done; then they do not")
    func holders() throws {
        var story = try raised([
            step("work", task(.team("it"))), step("decide", approval(.person("mila"))),
            step("more", task(.team("hr")), after: ["work", "decide"]),
        ])
        try story.give(.claim("work"), by: Person.ilse)
        try story.give(.restrict(to: "hr-inner", reason: "x"), by: Person.hans)
        #expect(try seers(story) == [Person.rosa, Person.greta, Person.ilse, Person.mila])
        try story.give(.complete("work", entries: [:]), by: Person.ilse)
        #expect(try seers(story) == [Person.rosa, Person.greta, Person.mila])
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(try seers(story) == [Person.rosa, Person.greta])
        // Handing a task over lets only that person see it, while they have it.
        try story.give(.handOver("more", to: Person.ivo), by: Person.greta)
        #expect(try seers(story) == [Person.rosa, Person.greta, Person.ivo])
        try story.give(.release("more"), by: Person.ivo)
        #expect(try seers(story) == [Person.rosa, Person.greta])
    }

    @Test("The team and administrators, who do not see it, end it; then everything is as before")
    func ending() throws {
        var story = try raised([step("work", task(.team("it")))])
        try story.give(.restrict(to: "hr-inner", reason: "x"), by: Person.hans)
        for (person, code) in [
            (Person.hans, "request.not_found"), (Person.rosa, "request.restrict.not_allowed"),
            (Person.ilse, "request.not_found"),
        ] {
            #expect(story.code(.unrestrict(reason: "x"), by: person) == code)
        }
        #expect(story.code(.unrestrict(reason: " "), by: Person.sina) == "request.restrict.reason")
        let lines = try story.give(.unrestrict(reason: "Over."), by: Person.sina)
        #expect(lines == ["unrestricted", "reoffered work for team:it"])
        #expect(try seers(story) == [Person.rosa, Person.hans, Person.greta, Person.ilse, Person.ivo])
        #expect(story.code(.unrestrict(reason: "x"), by: Person.sina) == "request.not_found")
    }

    @Test("What cannot be is refused")
    func refusals() throws {
        var story = try raised([step("work", task(.team("hr")))])
        #expect(story.code(.restrict(to: "it", reason: "x"), by: Person.hans) == "request.restrict.unknown_team")
        #expect(story.code(.restrict(to: "hr-inner", reason: ""), by: Person.hans) == "request.restrict.reason")
        #expect(story.code(.restrict(to: "hr-inner", reason: "x"), by: Person.rosa) == "request.restrict.not_allowed")
        try story.give(.restrict(to: "hr-inner", reason: "x"), by: Person.hans)
        #expect(story.code(.restrict(to: "hr-inner", reason: "x"), by: Person.greta) == "request.restrict.already")
        story.world.leave(Person.greta)
        // The team is empty: nobody else is asked instead.
        #expect(try story.give(.peopleChanged, as: .system(.directory)).isEmpty)
        var other = try raised([step("work", task(.team("hr")))])
        other.world.leave(Person.greta)
        #expect(other.code(.restrict(to: "hr-inner", reason: "x"), by: Person.hans) == "request.restrict.nobody")
    }

    @Test("Of a confidential type it takes one of the teams that the type names, and ends without a trace")
    func confidential() throws {
        var type = requestType([step("work", task(.team("hr-inner")))])
        type.confidential = [.team("hr-inner"), .group("security")]
        var story = Story(type, world: Self.world)
        try story.raise()
        #expect(try seers(story) == [Person.rosa, Person.greta, Person.sina])
        #expect(story.code(.restrict(to: "hr", reason: "x"), by: Person.greta) == "request.restrict.wider")
        try story.give(.restrict(to: "hr-inner", reason: "x"), by: Person.greta)
        #expect(try seers(story) == [Person.rosa, Person.greta])
        try story.give(.unrestrict(reason: "x"), by: Person.greta)
        #expect(try seers(story) == [Person.rosa, Person.greta, Person.sina])
        // Nor does a transfer widen it.
        try story.give(.claim("work"), by: Person.greta)
        #expect(story.code(.handOver("work", to: Person.hans), by: Person.greta) == "request.confidential.outsider")
        try story.give(.handOver("work", to: Person.sina), by: Person.greta)
        #expect(try seers(story) == [Person.rosa, Person.greta, Person.sina])
    }

    @Test("Whom it asked in the meantime sees the request no longer than the restriction lasts")
    func traces() throws {
        var story = try raised([step("work", task(.team("it"))), step("next", task(.team("it")), after: ["work"])])
        try story.give(.restrict(to: "hr-inner", reason: "x"), by: Person.hans)
        try story.give(.unrestrict(reason: "x"), by: Person.greta)
        #expect(story.state?.viewers.contains(.team("hr-inner")) == false)
    }

    @Test("The successor of a restricted request is restricted as well")
    func successors() throws {
        var type = requestType([step("work", task(.team("hr")))])
        type.reopen = Span(amount: 10, unit: .workingDays)
        var story = Story(type, world: Self.world)
        try story.raise()
        try story.give(.restrict(to: "hr-inner", reason: "x"), by: Person.hans)
        try story.give(.complete("work", entries: [:]), by: Person.greta)
        try story.give(.reopen(entries: [:]), by: Person.rosa)
        let orders = story.effects.compactMap { effect in
            if case .raiseSuccessor(let order) = effect { order } else { nil }
        }
        #expect(orders.map(\.restriction) == ["hr-inner"])
        var submission = Submission(
            id: Story.id, type: type.id, number: "HR-2", requester: .person(Person.rosa), beneficiary: Person.rosa,
            parent: nil, entries: [:])
        submission.successorOf = RequestID(UniqueID(high: 9, low: 9))
        submission.restriction = "hr-inner"
        var next = Story(type, world: Self.world)
        try next.give(.raise(submission), as: .system(.successor))
        #expect(next.state?.restriction == "hr-inner")
        #expect(try seers(next) == [Person.rosa, Person.greta])
        submission.successorOf = nil
        var own = Story(type, world: Self.world)
        #expect(own.code(.raise(submission), by: Person.rosa) == "catalogue.unknown_type")
    }
}
