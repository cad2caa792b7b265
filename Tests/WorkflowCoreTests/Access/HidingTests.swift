import Expressions
import Testing

@testable import WorkflowCore

@Suite("Kept from whom it is about")
struct HidingTests {
    /// A case about somebody, with work for HR and a vote of IT's.
    private func type(_ steps: [Step]? = nil) -> RequestType {
        var type = requestType(
            form: [
                field("about", .person, optional: true),
                field("others", .list(of: .person, minimum: 0, maximum: 5, unique: true), optional: true),
            ],
            steps ?? [
                step("look", task(.team("hr"), fallback: [.role("hr-lead")])),
                step("agree", approval(.group("it-staff"), need: .all, fallback: [.role("hr-lead")])),
            ])
        type.hiddenFrom = ["about", "others"]
        type.amendments = [Amendment(field: "about", by: [people("requester"), .team("hr")], until: nil)]
        return type
    }

    private func story(_ entries: [FieldID: JSONValue], _ steps: [Step]? = nil, world: World = World()) throws -> Story
    {
        var world = world
        world.departments["hr"]?.leads = [.role("hr-lead")]
        return try Story(type(steps), world: world, raisedWith: entries)
    }

    private func sees(_ story: Story, _ person: PersonID) throws -> Bool {
        Access(story.world.context(.person(person), story.type, at: story.now)).canSee(
            try #require(story.state), person)
    }

    private func code(_ story: inout Story, _ command: Command, by person: PersonID) -> String? {
        do throws(Rejection) {
            try story.give(command, by: person)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Neither team nor office nor what they are asked shows it to them; others of the team see it")
    func wall() throws {
        let story = try story(["about": .string("greta")])
        #expect(try !sees(story, Person.greta))
        #expect(try sees(story, Person.hans))
        #expect(try sees(story, Person.rosa))
        let plain = try self.story([:])
        #expect(try sees(plain, Person.greta))
    }

    @Test("What is confidential and kept from all whom its type names is not raised: it would wait for nobody")
    func everybody() throws {
        var confidential = type(nil)
        confidential.confidential = [.team("hr")]
        let entries: [FieldID: JSONValue] = ["others": .array([.string("greta"), .string("hans")])]
        let rejection = #expect(throws: Rejection.self) { _ = try Story(confidential, raisedWith: entries) }
        #expect(rejection?.code == "request.kept_from_everybody")
        #expect(rejection?.fields.map(\.field) == ["others"])
        var world = World()
        world.move(Person.ivo, to: ["hr-staff"])
        #expect(try sees(Story(confidential, world: world, raisedWith: entries), Person.ivo))
    }

    @Test("A list keeps it from everybody in it")
    func list() throws {
        let story = try story(["others": .array([.string("greta"), .string("ilse")])])
        #expect(try !sees(story, Person.greta))
        #expect(try !sees(story, Person.ilse))
        #expect(try sees(story, Person.ivo))
    }

    @Test("What is their own, they see")
    func own() throws {
        let story = try story(["about": .string("rosa")])
        #expect(try sees(story, Person.rosa))
        #expect(try #require(story.state).hidden(by: story.type).isEmpty)
    }

    @Test("Every command of theirs is answered as for a request that does not exist")
    func commands() throws {
        var story = try story(["about": .string("greta")])
        let commands: [Command] = [
            .claim("look"), .complete("look", entries: [:]), .comment("x"), .note("x", .workers),
            .approve("agree", comment: nil),
            .restrict(to: "hr-inner", reason: "x"), .amend(entries: ["about": .raw(.null)]),
        ]
        for command in commands {
            #expect(code(&story, command, by: Person.greta) == Rejection.unknownRequest.code, "\(command)")
        }
    }

    @Test("Nobody gives them work of it, and they have no vote")
    func work() throws {
        var story = try story(["about": .string("ilse")])
        guard case .approval(let agree)? = story.state?.steps["agree"]?.status else {
            Issue.record("no vote")
            return
        }
        #expect(Set(agree.electorate.voters) == [Person.ivo])
        try story.give(.claim("look"), by: Person.hans)
        #expect(code(&story, .handOver("look", to: Person.ilse), by: Person.hans) == "request.kept_from_person")
    }

    @Test("Where nobody else is left, the fallback is asked, and nobody whom they chose")
    func fallback() throws {
        var world = World()
        world.people = world.people.map { row in
            guard row.id == Person.ivo else { return row }
            var row = row
            row.deputies = [Directory.Deputy(Person.sina)]
            return row
        }
        world.leave(Person.ilse)
        let story = try story(["about": .string("ivo")], world: world)
        guard case .approval(let agree)? = story.state?.steps["agree"]?.status else {
            Issue.record("no vote")
            return
        }
        #expect(Set(agree.electorate.voters) == [Person.greta])
    }

    @Test("A task of a team that is nobody but them goes to the fallback")
    func emptyTeam() throws {
        var world = World()
        world.leave(Person.hans)
        let steps = [step("look", task(.team("hr"), fallback: [.team("it")]))]
        let story = try story(["about": .string("greta")], steps, world: world)
        #expect(story.state?.workItems["look"]?.offeredTo == [.team("it")])
    }

    @Test("When it turns out to be about whoever works on it, the work goes back")
    func amended() throws {
        var story = try story([:])
        try story.give(.claim("look"), by: Person.greta)
        try story.give(.amend(entries: ["about": .raw(.string("greta"))]), by: Person.rosa)
        #expect(try !sees(story, Person.greta))
        #expect(story.state?.workItems["look"]?.assignee == nil)
        // Whom it is kept from can still be named, and it can be taken back.
        #expect(
            code(&story, .amend(entries: ["about": .raw(.string("greta"))]), by: Person.hans)
                == "request.amend.nothing")
        try story.give(.amend(entries: ["about": .raw(.string("ilse"))]), by: Person.rosa)
        #expect(try sees(story, Person.greta))
    }

    @Test("Neither for somebody absent nor by a broken glass")
    func otherWays() throws {
        var world = World()
        world.people = world.people.map { row in
            guard row.id == Person.ivo else { return row }
            var row = row
            row.deputies = [Directory.Deputy(Person.sina)]
            return row
        }
        let seen = try story([:], world: world)
        #expect(try sees(seen, Person.sina))
        let story = try story(["about": .string("sina")], world: world)
        #expect(try !sees(story, Person.sina))
        var context = story.world.context(.person(Person.sina), story.type, at: story.now)
        context.opened = [Story.id]
        #expect(!Access(context).canSee(try #require(story.state), Person.sina))
    }

    @Test("An explanation names nothing that would show it to them but that it is theirs")
    func explanation() throws {
        let story = try story(["about": .string("greta")])
        let access = Access(story.world.context(.person(Person.hans), story.type, at: story.now))
        let explanation = access.explain(Person.greta, try #require(story.state))
        #expect(explanation.seeing == .refused(unless: [AccessRule(.requester), AccessRule(.beneficiary)]))
    }
}
