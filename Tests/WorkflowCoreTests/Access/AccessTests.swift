import Expressions
import Testing

@testable import WorkflowCore

@Suite("Who may do and see what")
struct AccessTests {
    private static let type = requestType(
        form: [field("why"), field("salary", optional: true, sensitive: [.group("hr-leads")])],
        audience: [.role("manager"), people("manager_of(requester)")],
        [
            step("decide", approval(people("manager_of(requester)"))),
            step(
                "record", task(.team("it"), form: [field("iban", sensitive: [.group("hr-leads")]), field("note")]),
                after: ["decide"]),
        ])

    private func raised() throws -> Story {
        try Story(
            requestType(
                form: Self.type.form.fields, audience: [.role("employee")], Self.type.steps),
            raisedWith: ["why": .string("x"), "salary": .string("100")])
    }

    private func access(_ story: Story) -> Access {
        Access(story.world.context(.system(.timer), story.type, at: story.now))
    }

    @Test(
        "A request is seen by those it concerns and the department's agents, by nobody else",
        arguments: [
            (Person.rosa, true), (Person.mila, true), (Person.hans, true), (Person.greta, true), (Person.ilse, false),
            (Person.sina, false), (Person.carl, false), (Person.id(99), false),
        ])
    func visibility(_ person: PersonID, _ isVisible: Bool) throws {
        var story = try raised()
        #expect(try access(story).canSee(#require(story.state), person) == isVisible)
        #expect((story.code(.comment("hello"), by: person) == "request.not_found") == !isVisible)
    }

    @Test("Work that is offered opens the request, and what was done keeps it open")
    func involvement() throws {
        var story = try raised()
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        let access = access(story)
        let state = try #require(story.state)
        #expect(access.reason(for: Person.ilse, toSee: state) == .involved(.team("it")))
        #expect(access.reason(for: Person.mila, toSee: state) == .participant)
        #expect(access.reason(for: Person.hans, toSee: state) == .agent("hr"))
        #expect(access.reason(for: Person.rosa, toSee: state) == .requester)
        #expect(state.viewers == [.team("it"), .person(Person.mila)])
        try story.give(
            .complete("record", entries: ["iban": .raw(.string("1")), "note": .raw(.string("2"))]), by: Person.ivo)
        #expect(try access.reason(for: Person.ilse, toSee: #require(story.state)) == .involved(.team("it")))
    }

    @Test("Sensitive values are for their readers and for whoever entered them")
    func sensitive() throws {
        var story = try raised()
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        try story.give(
            .complete("record", entries: ["iban": .raw(.string("1")), "note": .raw(.string("2"))]), by: Person.ivo)
        let state = try #require(story.state)
        let access = access(story)
        func readers(_ name: FieldID, _ instance: InstanceName?) throws -> [PersonID] {
            guard case .task(let task)? = story.type.index["record"]?.kind else { return [] }
            let field = try #require(instance == nil ? story.type.form[name] : task.form[name])
            return Person.all.map(\.id).filter { person in
                instance.map { access.canRead(field, in: $0, of: state, person) }
                    ?? access.canRead(field, of: state, person)
            }
        }
        #expect(
            try readers("why", nil) == [Person.rosa, Person.mila, Person.hans, Person.greta, Person.ilse, Person.ivo])
        #expect(try readers("salary", nil) == [Person.rosa, Person.greta])
        #expect(try readers("iban", "record") == [Person.greta, Person.ivo])
        #expect(story.type.sensitivePaths.keys.sorted() == ["record.iban", "salary"])
    }

    @Test("Sensitive values can be taken out of a state and put back")
    func removing() throws {
        var story = try raised()
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        try story.give(
            .complete("record", entries: ["iban": .raw(.string("1")), "note": .raw(.string("2"))]), by: Person.ivo)
        let state = try #require(story.state)
        let (bare, removed) = state.removing(
            Set(story.type.sensitivePaths.keys).union(["lost", "record.lost", "gone.x"]))
        #expect(removed == ["salary": .string("100"), "record.iban": .string("1")])
        #expect(bare.values == ["why": .string("x")])
        #expect(bare.restoring(removed) == state)
    }

    @Test("The catalogue is for its audience; what is not offered does not exist")
    func audience() {
        let world = World()
        func offered(_ person: PersonID) -> Bool {
            Access(world.context(.person(person), Self.type, at: moment("2026-11-23T09:00:00Z"))).mayRaise(person)
        }
        #expect(Person.all.map(\.id).filter(offered) == [Person.mila, Person.greta, Person.ilse])
        var story = Story(Self.type)
        #expect(rejectionCode { try story.raise(["why": .string("x")]) } == "catalogue.unknown_type")
        #expect(rejectionCode { try story.raise(["why": .string("x")], by: Person.mila) } == nil)
    }

    @Test("Nobody raises in somebody else's name, and a parent only what is offered to its department")
    func raising() throws {
        func code(_ type: RequestType, _ principal: Principal, parentType: RequestTypeID?) -> String? {
            let parent = parentType.map { _ in Parent(request: Story.id, instance: "a") }
            let submission = Submission(
                id: Story.id, type: type.id, number: "HR-1", requester: .person(Person.rosa), beneficiary: Person.rosa,
                parent: parent,
                parentType: parentType, entries: [:])
            var story = Story(type)
            return story.code(.raise(submission), as: principal)
        }
        let open = requestType(offeredTo: .departments(["it"]), [])
        #expect(code(open, .person(Person.rosa), parentType: nil) == nil)
        #expect(code(open, .person(Person.mila), parentType: nil) == "catalogue.unknown_type")
        #expect(code(open, .person(Person.rosa), parentType: "it.x") == "catalogue.unknown_type")
        #expect(code(open, .system(.parent), parentType: "it.x") == nil)
        #expect(code(open, .system(.parent), parentType: "hr.x") == "catalogue.unknown_type")
        #expect(code(open, .system(.parent), parentType: nil) == "catalogue.unknown_type")
        #expect(code(open, .system(.timer), parentType: nil) == "principal.not_a_person")
    }

    /// Every command on an existing request; a test fails when one is missing.
    private static let commands: [Command] = [
        .claim("record"), .release("record"), .complete("record", entries: [:]), .approve("decide", comment: nil),
        .reject("decide", comment: nil), .retry("decide"), .giveUp("decide", outcome: "rejected"), .accept("decide"),
        .addElement("record", .raw(.null)), .addStep("record", "record"), .comment("x"),
        .note("x", .workers), .restrict(to: "hr", reason: "x"), .unrestrict(reason: "x"), .cancel(reason: nil),
        .handOver("record", to: Person.ilse), .tick("record", item: "x", isDone: true),
        .addVoter("decide", Person.hans), .amend(entries: ["why": .raw(.string("y"))]),
        .receive(OutsideEvent(event: "x", key: nil, entries: [:], receivedAt: moment("2026-11-23T09:00:00Z"))),
        .rate(score: 5, comment: nil), .reopen(entries: [:]),
        .deadlinePassed("decide", due: moment("2026-11-23T09:00:00Z")),
        .childReported("decide", Story.id, .submitted(number: "X")),
        .callAnswered("decide", CallID(UniqueID(high: 1, low: 1)), .failed(reason: "No.")),
        .amendFromParent(["why": .string("y")], version: 1), .successorRefused(Story.id, reason: "No."),
        .peopleChanged,
    ]

    @Test("Every command has its check")
    func everyCommand() {
        #expect(Set(Self.commands.map(\.kind)).union([.raise]) == Set(Command.Kind.allCases))
        #expect(Set(Self.commands.map(\.kind)).count == Self.commands.count)
    }

    @Test("A stranger's command is answered as if there were no request", arguments: commands)
    func strangers(_ command: Command) throws {
        var story = try raised()
        for person in [Person.sina, Person.carl] { #expect(story.code(command, by: person) == "request.not_found") }
    }

    @Test("Bureau itself does its own work and no human's", arguments: commands)
    func system(_ command: Command) throws {
        var story = try raised()
        for purpose in SystemPurpose.allCases {
            let code = story.code(command, as: .system(purpose))
            switch (command, purpose) {
            case (.deadlinePassed, .timer), (.childReported, .child), (.callAnswered, .call),
                (.successorRefused, .successor):
                #expect(code == "request.stale")
            case (.receive, .event): #expect(code == "request.event.unknown")
            case (.peopleChanged, .directory): #expect(code == nil)
            case (.cancel, .parent), (.amendFromParent, .parent): #expect(code == "request.cancel.not_allowed")
            default: #expect(code == "principal.not_a_person")
            }
        }
    }

    @Test("People do not ring timers or speak for children, services and parents")
    func people_() throws {
        var story = try raised()
        let own: Set<Command.Kind> = [
            .deadlinePassed, .childReported, .callAnswered, .amendFromParent, .successorRefused,
        ]
        for command in Self.commands where own.contains(command.kind) {
            #expect(story.code(command, by: Person.rosa) == "principal.not_the_system")
        }
    }

    @Test(
        "Who may give the new commands is said by the type, by work or by who asked",
        arguments: [
            (Command.Kind.amend, Person.rosa, "request.amend.not_allowed"),
            (.receive, Person.rosa, "request.event.not_allowed"), (.receive, Person.hans, "request.event.unknown"),
            (.rate, Person.mila, "request.not_the_requester"), (.rate, Person.rosa, "request.open"),
            (.reopen, Person.mila, "request.not_the_requester"), (.reopen, Person.rosa, "request.open"),
            (.addVoter, Person.rosa, "request.vote.not_added"),
        ])
    func newCommands(_ kind: Command.Kind, _ person: PersonID, _ code: String) throws {
        var story = try raised()
        let command = try #require(Self.commands.first { $0.kind == kind })
        #expect(story.code(command, by: person) == code)
    }

    @Test("A confidential request is for those whom its type names and for those who work on it, not for the agents")
    func confidential() throws {
        var type = Self.type
        type = requestType(form: type.form.fields, audience: [.role("employee")], type.steps)
        type.confidential = [.group("hr-leads")]
        var story = try Story(type, raisedWith: ["why": .string("x"), "salary": .string("100")])
        func reason(_ person: PersonID) throws -> Access.Reason? {
            try access(story).reason(for: person, toSee: #require(story.state))
        }
        #expect(try reason(Person.hans) == nil)
        #expect(try reason(Person.greta) == .confidant)
        #expect(try reason(Person.rosa) == .requester)
        #expect(try reason(Person.mila) == .involved(.person(Person.mila)))
        #expect(try access(story).audience(of: #require(story.state)) == [.group("hr-leads"), .person(Person.mila)])
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(try reason(Person.ilse) == .involved(.team("it")))
        // Whose part is over sees it no more.
        #expect(try reason(Person.mila) == nil)
        #expect(try access(story).audience(of: #require(story.state)) == [.group("hr-leads"), .team("it")])
        #expect(story.code(.comment("Well?"), by: Person.mila) == "request.not_found")
    }

    @Test("A step with readers of its own is for them and for whoever does it")
    func visibleTo() throws {
        let decide = step("decide", approval(people("manager_of(requester)")))
            .with { $0.visibleTo = [.group("hr-leads")] }
        let block = step("inner", .block([step("record", task(.team("it")))]), after: ["decide"])
            .with { $0.visibleTo = [.group("hr-leads")] }
        var story = try Story(requestType([decide, block]), raisedWith: [:])
        func readers(_ name: InstanceName) throws -> [PersonID] {
            let (access, state) = (access(story), try #require(story.state))
            return Person.all.map(\.id).filter { access.canSee(name, of: state, $0) }
        }
        #expect(try readers("decide") == [Person.mila, Person.greta])
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(try readers("decide") == [Person.mila, Person.greta])
        #expect(try readers("record") == [Person.greta, Person.ilse, Person.ivo])
    }

    @Test("What a person may do now is what would be carried out, or only needs entries")
    func permits() throws {
        var story = try raised()
        func permits(_ command: Command, _ person: PersonID) throws -> Bool {
            Engine.permits(
                command, on: try #require(story.state), story.world.context(.person(person), story.type, at: story.now))
        }
        #expect(try permits(.approve("decide", comment: nil), Person.mila))
        #expect(try !permits(.approve("decide", comment: nil), Person.hans))
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(try permits(.complete("record", entries: [:]), Person.ilse))
        #expect(try !permits(.complete("record", entries: [:]), Person.mila))
        #expect(try !permits(.cancel(reason: nil), Person.rosa))
    }

    @Test("Agents serve their departments")
    func agents() {
        let world = World()
        #expect(Authority(of: Person.greta, in: world.directory, world.configuration).agentOf == ["hr"])
        #expect(Authority(of: Person.carl, in: world.directory, world.configuration).agentOf == [])
    }
}
