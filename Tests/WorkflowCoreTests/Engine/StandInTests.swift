import Expressions
import Testing

@testable import WorkflowCore

/// Deputies of today act on work that is open now, also when it began before their appointment.
@Suite("Deputies of today")
struct StandInTests {
    private func started(_ kind: StepKind) throws -> Story {
        try Story(requestType([step("work", kind, onFailure: .end("rejected"))]), raisedWith: [:])
    }

    private func reason(_ story: Story, _ person: PersonID) throws -> Access.Reason? {
        Access(story.world.context(.system(.timer), story.type, at: story.now))
            .reason(for: person, toSee: try #require(story.state))
    }

    @Test("A deputy appointed today receives yesterday's approval, and fills the seat")
    func yesterday() throws {
        var story = try started(approval(people("manager_of(requester)")))
        #expect(try reason(story, Person.ivo) == nil)
        story.now = moment("2026-11-24T09:00:00Z")
        story.world.deputise(Person.mila, by: Person.ivo, from: date("2026-11-24"), until: date("2026-11-24"))
        #expect(try reason(story, Person.ivo) == .standIn(for: Person.mila))
        #expect(
            try story.give(.approve("work", comment: nil), by: Person.ivo) == [
                "stood_in work by ivo for mila", "voted work approve by ivo", "done work approved", "closed done",
                "told rosa closed",
            ])
        #expect(try reason(story, Person.ivo) == .participant)
    }

    @Test("An appointment holds on its days and in its department only")
    func bounds() throws {
        var story = try started(approval(people("manager_of(requester)")))
        story.world.deputise(Person.mila, by: Person.ivo, from: date("2026-11-24"))
        story.world.deputise(Person.mila, by: Person.ilse, department: "it")
        story.world.deputise(Person.mila, by: Person.sina, department: "hr")
        for stranger in [Person.ivo, Person.ilse] {
            #expect(story.code(.approve("work", comment: nil), by: stranger) == "request.not_found")
        }
        #expect(try story.give(.approve("work", comment: nil), by: Person.sina).contains("closed done"))
    }

    @Test("Nobody approves their own request, not as a deputy and not through one")
    func ownRequest() throws {
        var asDeputy = try started(approval(people("manager_of(requester)")))
        asDeputy.world.deputise(Person.mila, by: Person.rosa)
        #expect(asDeputy.code(.approve("work", comment: nil), by: Person.rosa) == "request.vote.not_a_voter")
        var throughDeputy = try started(approval(people("requester")))
        throughDeputy.world.deputise(Person.rosa, by: Person.hans)
        #expect(throughDeputy.code(.approve("work", comment: nil), by: Person.hans) == "request.vote.not_a_voter")
        var atStart = Story(requestType([step("work", approval(people("requester")), onFailure: .end("rejected"))]))
        atStart.world.deputise(Person.rosa, by: Person.hans)
        #expect(try atStart.raise().contains("started work by rosa"))
    }

    @Test("The seat of a leaver does not pass to whoever wants the approval")
    func leaver() throws {
        var story = try started(approval(people("manager_of(requester)"), fallback: [.role("hr-lead")]))
        story.world.deputise(Person.mila, by: Person.rosa)
        story.world.leave(Person.mila)
        #expect(try story.give(.peopleChanged, as: .system(.directory)) == ["reoffered work by greta"])
    }

    @Test(
        "What is confidential is done by deputies who see it anyway, and passes only to them", arguments: [false, true])
    func confidential(hasLeft: Bool) throws {
        var type = requestType([
            step(
                "work", approval(people("manager_of(requester)"), fallback: [.role("hr-lead")]),
                onFailure: .end("rejected"))
        ])
        type.confidential = [.group("hr-leads")]
        var story = try Story(type, raisedWith: [:])
        story.world.deputise(Person.mila, by: Person.ivo)
        #expect(try reason(story, Person.ivo) == nil)
        #expect(story.code(.approve("work", comment: nil), by: Person.ivo) == "request.not_found")
        if hasLeft {
            story.world.leave(Person.mila)
            #expect(try story.give(.peopleChanged, as: .system(.directory)) == ["reoffered work by greta"])
        } else {
            story.world.deputise(Person.mila, by: Person.greta)
            #expect(try reason(story, Person.greta) == .confidant)
            #expect(
                try story.give(.approve("work", comment: nil), by: Person.greta).first
                    == "stood_in work by greta for mila")
        }
    }

    @Test("Whoever stands under `not` stands in for nobody")
    func excluded() throws {
        var story = try started(approval(people("manager_of(requester)"), not: [.person("hans")]))
        story.world.deputise(Person.mila, by: Person.hans)
        #expect(story.code(.approve("work", comment: nil), by: Person.hans) == "request.vote.not_a_voter")
    }

    @Test("One person has one vote, however many they stand in for")
    func oneVote() throws {
        var story = try started(approval(.team("hr"), need: .count(2)))
        story.world.deputise(Person.hans, by: Person.ivo)
        story.world.deputise(Person.greta, by: Person.ivo)
        #expect(
            try story.give(.approve("work", comment: nil), by: Person.ivo) == [
                "stood_in work by ivo for hans, greta", "voted work approve by ivo",
            ])
        #expect(story.code(.approve("work", comment: nil), by: Person.ivo) == "request.vote.already_cast")
        #expect(try story.give(.approve("work", comment: nil), by: Person.hans).contains("closed done"))
    }

    @Test("A deputy does, takes over and gives back what is given to a person by name")
    func personalTask() throws {
        let kind = task(people("manager_of(requester)"))
        var doing = try started(kind)
        doing.world.deputise(Person.mila, by: Person.ivo)
        #expect(
            try doing.give(.complete("work", entries: [:]), by: Person.ivo).prefix(2) == [
                "stood_in work by ivo for mila", "completed work by ivo",
            ])
        var taking = try started(kind)
        taking.world.deputise(Person.mila, by: Person.ivo)
        #expect(
            try taking.give(.claim("work"), by: Person.ivo) == [
                "stood_in work by ivo for mila", "handed_over work to ivo by ivo",
            ])
        #expect(try taking.give(.peopleChanged, as: .system(.directory)).isEmpty)
        #expect(try taking.give(.complete("work", entries: [:]), by: Person.ivo).contains("completed work by ivo"))
    }

    @Test("A deputy may give back what the other has taken from a queue, and sees nothing of the queue itself")
    func queue() throws {
        var story = try started(task(.team("hr")))
        story.world.deputise(Person.hans, by: Person.ivo)
        #expect(try reason(story, Person.ivo) == nil)
        try story.give(.claim("work"), by: Person.hans)
        #expect(try reason(story, Person.ivo) == .standIn(for: Person.hans))
        #expect(
            try story.give(.release("work"), by: Person.ivo) == ["stood_in work by ivo for hans", "released work"])
        #expect(story.code(.claim("work"), by: Person.ivo) == "request.task.not_offered")
    }

    @Test("Deputies of deputies are no deputies, and leavers stand in for nobody")
    func chains() throws {
        var story = try started(approval(people("manager_of(requester)")))
        story.world.deputise(Person.mila, by: Person.carl)
        story.world.deputise(Person.mila, by: Person.ivo)
        story.world.deputise(Person.ivo, by: Person.ilse)
        for stranger in [Person.carl, Person.ilse] {
            #expect(story.code(.approve("work", comment: nil), by: stranger) == "request.not_found")
        }
    }
}
