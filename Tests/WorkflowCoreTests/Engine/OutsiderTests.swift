import Expressions
import Testing

@testable import WorkflowCore

/// Of a confidential type, whoever belongs no longer to those whom the type or the step names has no part in what waits.
@Suite("Outsiders of confidential requests")
struct OutsiderTests {
    /// HR does it, Hans and Greta; the type is for the inner team, and Sina alone is in that.
    private func story(_ steps: [Step], isConfidential: Bool = true) throws -> Story {
        var type = requestType(steps)
        if isConfidential { type.confidential = [.team("hr-inner")] }
        var story = Story(type)
        story.world.move(Person.sina, to: ["hr-inner"])
        try story.raise()
        return story
    }

    private func approving(_ kind: StepKind, isConfidential: Bool = true) throws -> Story {
        try story([step("decide", kind, onFailure: .end("rejected"))], isConfidential: isConfidential)
    }

    private func reason(_ story: Story, _ person: PersonID) throws -> Access.Reason? {
        Access(story.world.context(.system(.timer), story.type, at: story.now))
            .reason(for: person, toSee: try #require(story.state))
    }

    private func passOn(_ story: inout Story) throws -> [String] {
        try story.give(.peopleChanged, as: .system(.directory))
    }

    @Test("Whoever moves elsewhere votes no more, and sees it no more")
    func moved() throws {
        var story = try approving(approval(.team("hr")))
        #expect(try reason(story, Person.hans) == .involved(.person(Person.hans)))
        story.world.move(Person.hans, to: ["it-staff"])
        #expect(try passOn(&story) == ["reoffered decide by greta"])
        #expect(try reason(story, Person.hans) == nil)
        #expect(story.code(.approve("decide", comment: nil), by: Person.hans) == "request.not_found")
        #expect(try story.give(.approve("decide", comment: nil), by: Person.greta).contains("closed done"))
    }

    @Test("Without anybody telling it, the vote itself is refused")
    func late() throws {
        var story = try approving(approval(.team("hr"), need: .all))
        story.world.move(Person.hans, to: [])
        try story.give(.comment("Well?"), by: Person.rosa)
        #expect(story.code(.approve("decide", comment: nil), by: Person.hans) == "request.not_found")
    }

    @Test("An empty seat goes to whom it is given now, else to those whom the type names")
    func seat() throws {
        var story = try approving(approval(.role("hr-lead")))
        story.world.move(Person.greta, to: ["hr-staff"])
        story.world.move(Person.ivo, to: ["hr-leads"])
        #expect(try passOn(&story) == ["reoffered decide by ivo"])
        story.world.move(Person.ivo, to: [])
        #expect(try passOn(&story) == ["reoffered decide by sina"])
        // She moves, too: nobody is left, and it waits as it is.
        story.world.move(Person.sina, to: [])
        #expect(try passOn(&story) == [])
    }

    @Test("Too few who are left are filled up")
    func tooFew() throws {
        var story = try approving(approval(.team("hr"), need: .count(2)))
        story.world.move(Person.hans, to: [])
        #expect(try passOn(&story) == ["reoffered decide by sina, greta"])
    }

    @Test("A vote that was cast stands, but whoever cast it and left is no reader")
    func cast() throws {
        var story = try approving(approval(.team("hr"), need: .all))
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        #expect(try reason(story, Person.hans) == nil)
        story.world.move(Person.hans, to: [])
        #expect(try passOn(&story) == [])
        #expect(try story.give(.approve("decide", comment: nil), by: Person.greta).contains("closed done"))
    }

    @Test("Whom an expression named keeps the vote, and so does everybody where nothing is confidential")
    func kept() throws {
        var named = try approving(approval(people("manager_of(requester)")))
        named.world.move(Person.mila, to: ["it-staff"])
        #expect(try passOn(&named) == [])
        #expect(try named.give(.approve("decide", comment: nil), by: Person.mila).contains("closed done"))

        var open = try approving(approval(.team("hr")), isConfidential: false)
        open.world.move(Person.hans, to: [])
        #expect(try passOn(&open) == [])
        #expect(try open.give(.approve("decide", comment: nil), by: Person.hans).contains("closed done"))
    }

    @Test("A deputy who has moved stands in no more")
    func deputy() throws {
        var story = try approving(approval(.role("hr-lead")))
        story.world.deputise(Person.greta, by: Person.sina)
        try story.give(.comment("Well?"), by: Person.rosa)
        story.world.move(Person.sina, to: [])
        #expect(story.code(.approve("decide", comment: nil), by: Person.sina) == "request.not_found")
    }

    @Test("A vote is added only for those whom the type or the step names")
    func added() throws {
        var story = try story([
            step("decide", approvalStep(.role("hr-lead")) { $0.addVoters = [.role("hr-lead")] }),
            step("help", task(.team("it"))),
        ])
        #expect(try reason(story, Person.ivo) == .involved(.team("it")))
        #expect(
            story.code(.addVoter("decide", Person.ivo), by: Person.greta) == "request.confidential.outsider")
        #expect(try story.give(.addVoter("decide", Person.sina), by: Person.greta).contains { $0.contains("sina") })
        // Her vote is another's when she belongs to it no longer.
        story.world.move(Person.sina, to: [])
        story.world.move(Person.ivo, to: ["hr-inner"])
        #expect(try passOn(&story) == ["reoffered decide by ivo, greta"])
    }

    @Test("A claimed task goes back, also to a team that is empty now; then those are asked whom the type names")
    func claimed() throws {
        var story = try story([step("work", task(.team("it")))])
        try story.give(.claim("work"), by: Person.ivo)
        story.world.move(Person.ivo, to: [])
        #expect(try passOn(&story) == ["returned work"])
        try story.give(.claim("work"), by: Person.ilse)
        story.world.move(Person.ilse, to: [])
        #expect(try passOn(&story) == ["returned work", "reoffered work for team:hr-inner"])
        #expect(try reason(story, Person.ilse) == nil)
        #expect(try story.give(.complete("work", entries: [:]), by: Person.sina).contains("closed done"))
    }

    @Test("What was handed to somebody of the inner team goes back when they leave it")
    func handedOver() throws {
        var story = try story([
            step("work", task(.team("hr"))), step("help", task(.team("it"))),
        ])
        #expect(story.code(.handOver("work", to: Person.ivo), by: Person.hans) == "request.confidential.outsider")
        try story.give(.handOver("work", to: Person.greta), by: Person.hans)
        try story.give(.handOver("work", to: Person.sina), by: Person.greta)
        story.world.move(Person.sina, to: [])
        #expect(try passOn(&story) == ["returned work"])
        #expect(try reason(story, Person.sina) == nil)
    }

    @Test("Those who confirm a change are asked in their seats of now")
    func confirmation() throws {
        var type = requestType(
            form: [field("note", default: "\"x\"")],
            [
                step("decide", approval(.role("hr-lead"))),
                step("work", task(.team("hr")), after: ["decide"]),
            ])
        type.confidential = [.team("hr-inner")]
        type.amendments = [Amendment(field: "note", by: [people("requester")], until: nil)]
        var story = Story(type)
        story.world.move(Person.sina, to: ["hr-inner"])
        try story.raise()
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        story.world.move(Person.greta, to: ["hr-staff"])
        let held = try story.give(.amend(entries: ["note": .raw(.string("y"))]), by: Person.rosa)
        #expect(held.contains { $0.contains("decide!change1") && $0.contains("sina") }, "\(held)")
        #expect(
            try story.give(.approve("decide!change1", comment: nil), by: Person.sina).contains { $0.contains("note") })
    }
}
