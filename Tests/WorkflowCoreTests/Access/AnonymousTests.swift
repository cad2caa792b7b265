import Expressions
import Testing

@testable import WorkflowCore

@Suite("Requests whose requester nobody knows")
struct AnonymousTests {
    private static let receipt = Principal.anonymous(receiptFor: Story.id)

    private static func type(allows: Bool = true, audience: [PeopleSource] = [.role("employee")]) -> RequestType {
        var type = requestType(
            form: [field("why"), field("who", optional: true, sensitive: [.group("hr-leads")])], audience: audience,
            offeredTo: .departments(["it"]),
            cancel: Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn"),
            [
                step(
                    "look", task(.team("hr"), form: [field("finding", optional: true)])
                ).with { $0.visibleTo = [.team("hr")] },
                step("ask", task(people("requester"), fallback: [.team("hr")], form: [field("answer")])),
            ])
        type.allowsAnonymous = allows
        type.asksForFeedback = true
        type.amendments = [Amendment(field: "who", by: [people("requester")], until: nil)]
        return type
    }

    private func raised(_ type: RequestType = type()) throws -> Story {
        var story = Story(type)
        try story.raiseAnonymously(["why": .string("x"), "who": .string("y")])
        return story
    }

    private func access(_ story: Story, _ principal: Principal) -> Access {
        Access(story.world.context(principal, story.type, at: story.now))
    }

    @Test("What is open without a name is raised without one; what is not does not exist")
    func raising() throws {
        var story = Story(Self.type())
        #expect(
            try story.raiseAnonymously(["why": .string("x")]) == [
                "raised", "started look for team:hr", "started ask for anonymous, team:hr",
            ])
        #expect(story.state?.requester == .anonymous)
        #expect(story.state?.beneficiary == nil)
        #expect(story.state?.viewers == [.team("hr")])
        var closed = Story(Self.type(allows: false))
        #expect(rejectionCode { try closed.raiseAnonymously(["why": .string("x")]) } == "catalogue.unknown_type")
        var inner = Story(Self.type(audience: []))
        #expect(rejectionCode { try inner.raiseAnonymously(["why": .string("x")]) } == "catalogue.unknown_type")
    }

    @Test("Nobody raises for somebody else, in a name of theirs or with a receipt in the hand")
    func inAName() {
        func code(_ requester: Requester, _ beneficiary: PersonID?, _ principal: Principal) -> String? {
            let submission = Submission(
                id: Story.id, type: "hr.leave", number: "HR-1", requester: requester, beneficiary: beneficiary,
                parent: nil, entries: ["why": .raw(.string("x"))])
            var story = Story(Self.type())
            return story.code(.raise(submission), as: principal)
        }
        #expect(code(.anonymous, nil, .anonymous(receiptFor: nil)) == nil)
        #expect(code(.anonymous, Person.rosa, .anonymous(receiptFor: nil)) == "catalogue.unknown_type")
        #expect(code(.anonymous, nil, Self.receipt) == "catalogue.unknown_type")
        #expect(code(.person(Person.rosa), Person.rosa, .anonymous(receiptFor: nil)) == "catalogue.unknown_type")
        #expect(code(.anonymous, nil, .person(Person.rosa)) == "catalogue.unknown_type")
        #expect(code(.person(Person.rosa), nil, .person(Person.rosa)) == "request.unknown_beneficiary")
    }

    @Test("A child inherits it where its type says so, and is refused elsewhere")
    func children() throws {
        func code(_ type: RequestType) -> String? {
            let submission = Submission(
                id: Story.id, type: type.id, number: "HR-1", requester: .anonymous, beneficiary: nil,
                parent: Parent(request: Story.id, instance: "a"), parentType: "it.x",
                entries: ["why": .value(.string("x"))])
            var story = Story(type)
            return story.code(.raise(submission), as: .system(.parent))
        }
        #expect(code(Self.type(audience: [])) == nil)
        #expect(code(Self.type(allows: false)) == "catalogue.unknown_type")
        let parent = requestType([step("a", child("it.account"))])
        var story = Story(parent.with { $0.allowsAnonymous = true })
        try story.raiseAnonymously()
        guard
            case .raiseChild(let order)? = story.effects.first(where: {
                if case .raiseChild = $0 { true } else { false }
            })
        else { throw Missing() }
        #expect((order.requester, order.beneficiary) == (.anonymous, nil))
    }

    private struct Missing: Error {}

    @Test("The receipt opens its request as its requester sees it, and no other")
    func sight() throws {
        let story = try raised()
        let state = try #require(story.state)
        let reporter = access(story, Self.receipt)
        #expect(reporter.canSee(state))
        #expect(reporter.canSee("ask", of: state))
        #expect(!reporter.canSee("look", of: state))
        #expect(try reporter.canRead(#require(story.type.form["who"]), of: state))
        let other = Principal.anonymous(receiptFor: RequestID(UniqueID(high: 1, low: 1)))
        for principal in [other, .anonymous(receiptFor: nil), .person(Person.carl), .system(.timer)] {
            #expect(!access(story, principal).canSee(state))
            #expect(!access(story, principal).canSee("ask", of: state))
        }
        // The receipt of a request that somebody raised by name would open nothing.
        var named = Story(Self.type())
        try named.raise(["why": .string("x")])
        #expect(try !access(named, Self.receipt).canSee(#require(named.state)))
        #expect(named.code(.comment("x"), as: Self.receipt) == "request.not_found")
    }

    @Test("Nobody among the people is the requester of it")
    func nobody() throws {
        let story = try raised()
        let state = try #require(story.state)
        for person in Person.all.map(\.id) {
            let reason = access(story, .person(person)).reason(for: person, toSee: state)
            #expect(reason != .requester && reason != .beneficiary)
        }
        #expect(access(story, .person(Person.hans)).canSee(state, Person.hans))
        #expect(!access(story, .person(Person.rosa)).canSee(state, Person.rosa))
    }

    @Test("They answer what they are asked, change what is theirs to change, comment and cancel")
    func commands() throws {
        var story = try raised()
        #expect(
            try story.give(.comment("More."), as: Self.receipt) == ["commented", "told team:hr commented"])
        #expect(try story.give(.comment("Thanks."), by: Person.hans).last == "told anonymous commented")
        try story.give(.amend(entries: ["who": .raw(.string("z"))]), as: Self.receipt)
        #expect(story.state?.values["who"] == .string("z"))
        #expect(
            try story.give(.complete("ask", entries: ["answer": .raw(.string("No."))]), as: Self.receipt)
                == ["completed ask by nobody known"])
        #expect(story.state?.participants == [])
        let state = try #require(story.state)
        #expect(access(story, Self.receipt).canSee("ask", of: state))
        try story.give(.cancel(reason: "Never mind."), as: Self.receipt)
        #expect(story.state?.phase.outcome == .withdrawn)
        try story.give(.rate(score: 5, comment: nil), as: Self.receipt)
        #expect(story.state?.score == 5)
    }

    @Test("What the requester does not answer the fallback may")
    func fallback() throws {
        var story = try raised()
        #expect(
            try story.give(.complete("ask", entries: ["answer": .raw(.string("?"))]), by: Person.hans)
                == ["completed ask by hans"])
        #expect(story.code(.complete("ask", entries: [:]), as: Self.receipt) == "request.step.not_open")
    }

    @Test("Everything else needs a name")
    func needsAName() throws {
        var story = try raised()
        let commands: [Command] = [
            .claim("ask"), .release("ask"), .approve("ask", comment: nil), .reject("ask", comment: nil), .retry("ask"),
            .giveUp("ask", outcome: "rejected"), .accept("ask"), .addElement("ask", .raw(.null)),
            .addStep("ask", "ask"), .note("x", .workers), .restrict(to: "hr", reason: "x"), .unrestrict(reason: "x"),
            .handOver("ask", to: Person.ilse),
            .addVoter("ask", Person.hans),
            .receive(OutsideEvent(event: "x", key: nil, entries: [:], receivedAt: story.now)), .reopen(entries: [:]),
            .deadlinePassed("ask", due: story.now), .childReported("ask", Story.id, .submitted(number: "X")),
            .callAnswered("ask", CallID(UniqueID(high: 1, low: 1)), .failed(reason: "No.")),
            .amendFromParent([:], version: 1), .successorRefused(Story.id, reason: "No."), .peopleChanged,
        ]
        for command in commands { #expect(story.code(command, as: Self.receipt) == "principal.anonymous") }
        #expect(story.code(.complete("look", entries: [:]), as: Self.receipt) == "request.task.not_offered")
        #expect(
            story.code(.amend(entries: ["why": .raw(.string("z"))]), as: Self.receipt) == "request.amend.not_allowed")
        let answered: Set<Command.Kind> = [.complete, .tick, .amend, .comment, .cancel, .rate, .raise]
        #expect(Set(commands.map(\.kind)).union(answered) == Set(Command.Kind.allCases))
    }

    @Test("In expressions the requester is absent, and excludes nobody")
    func expressions() throws {
        var story = Story(
            requestType([
                step(
                    "decide", approval(.team("it"), not: [people("requester")])),
                step("tell", notify(people("requester"), message: "Hello")),
            ]).with { $0.allowsAnonymous = true })
        let lines = try story.raiseAnonymously()
        #expect(lines.contains("started decide by ilse, ivo"))
        #expect(lines.contains("notified tell anonymous"))
        let state = try #require(story.state)
        let context = story.world.context(Self.receipt, story.type, at: story.now)
        #expect(RequestActivation(state, context).value(of: "requester") == nil)
        #expect(RequestActivation(state, context).value(of: "beneficiary") == nil)
    }
}

extension RequestType {
    /// The type, changed.
    fileprivate func with(_ change: (inout RequestType) -> Void) -> RequestType {
        var type = self
        change(&type)
        return type
    }
}

extension Story {
    @discardableResult
    mutating func raiseAnonymously(_ entries: [FieldID: JSONValue] = [:]) throws(Rejection) -> [String] {
        let submission = Submission(
            id: Self.id, type: type.id, number: "HR-1", requester: .anonymous, beneficiary: nil, parent: nil,
            entries: entries.mapValues { .raw($0) })
        return try give(.raise(submission), as: .anonymous(receiptFor: nil))
    }
}
