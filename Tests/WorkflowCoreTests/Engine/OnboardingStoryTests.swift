import Expressions
import Testing

@testable import WorkflowCore

/// Onboarding: children in other departments, values from one to the next, failures that people are asked about.
@Suite("Onboarding with children")
struct OnboardingStoryTests {
    static let type = requestType(
        "hr.onboarding",
        form: [
            field("name"), field("start", .date), field("site"),
            field("salary", .integer(minimum: nil, maximum: nil), sensitive: [.team("hr")]),
        ],
        outputs: [("login", "account.login")],
        cancel: Cancellation(by: [people("requester"), .team("hr")], until: nil, outcome: "withdrawn"),
        [
            step("decide", approval(.role("hr-lead"), not: [people("requester")]), onFailure: .end("rejected")),
            step(
                "prepare",
                .block([
                    step(
                        "account", child("it.account", with: [("name", "name"), ("by", "start")]),
                        onFailure: .ask([.team("hr")])),
                    step(
                        "laptop", child("it.laptop", with: [("login", "account.login")]), after: ["account"],
                        onFailure: .retry(1)),
                    step("desk", child("facilities.desk"), when: "site == \"berlin\"", onFailure: .continue),
                    step("badge", child("security.badge", wait: .submitted), after: ["account", "desk"]),
                ]), after: ["decide"], due: "start - 2 working days", onOverdue: .tell([.role("hr-lead")]),
                onFailure: .ask([.team("hr")])),
            step("welcome", task(people("requester")), after: ["prepare"]),
        ])

    private func approved(site: String = "berlin") throws -> Story {
        var story = try Story(
            Self.type,
            raisedWith: [
                "name": .string("Ann"), "start": .string("2027-01-04"), "site": .string(site),
                "salary": .number("50000"),
            ])
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        return story
    }

    @Test("Everything goes well: outputs flow from child to child and out to the parent")
    func everythingGoesWell() throws {
        var story = try approved()
        #expect(
            story.journal.suffix(4).map(\.event.line) == [
                "started prepare", "started account as it.account", "started desk as facilities.desk",
                "deadline_set prepare 2026-12-31T16:00:00Z",
            ])
        #expect(
            story.effects.contains { effect in
                guard case .raiseChild(let order) = effect, order.type == "it.account" else { return false }
                return order.inputs == ["name": .string("Ann"), "by": .date(date("2027-01-04"))]
                    && order.parent == Parent(request: Story.id, instance: "account")
                    && order.parentType == "hr.onboarding"
            })
        #expect(try story.report("account", .submitted(number: "IT-1")) == ["child_submitted account as IT-1"])
        #expect(
            try story.report("account", .closed(.done, outputs: ["login": .string("ann")])) == [
                "child_closed account done", "started laptop as it.laptop",
            ])
        #expect(story.outputs("account") == ["login": .string("ann"), "outcome": .string("done")])
        #expect(
            try story.report("desk", .closed(.rejected, outputs: [:])) == [
                "child_closed desk rejected", "failed desk child -> continued", "started badge as security.badge",
            ])
        #expect(
            try story.report("badge", .submitted(number: "SEC-9")) == [
                "child_submitted badge as SEC-9", "done badge",
            ])
        #expect(story.outputs("badge") == ["number": .string("SEC-9")])
        #expect(story.state?.steps["badge"]?.child?.child == story.ledger.children["badge"])
        #expect(story.state?.steps["decide"]?.votes.map(\.voter) == [Person.greta])
        #expect(
            try story.report("laptop", .closed(.done, outputs: [:])) == [
                "child_closed laptop done", "done prepare", "started welcome for rosa (assigned)",
            ])
        try story.give(.complete("welcome", entries: [:]), by: Person.rosa)
        #expect(story.state?.phase == .closed(.done, outputs: ["login": .string("ann")]))
    }

    @Test("A child's second failure after a retry goes outward, and people are asked about the block")
    func retriesThenAsks() throws {
        var story = try approved(site: "porto")
        try story.report("account", .closed(.done, outputs: ["login": .string("ann")]))
        let first = try #require(story.ledger.children["laptop"])
        #expect(
            try story.report("laptop", .closed(.rejected, outputs: [:])) == [
                "child_closed laptop rejected", "failed laptop child -> retried", "retried laptop for attempt 2",
                "started laptop as it.laptop",
            ])
        let second = try #require(story.ledger.children["laptop"])
        #expect(first != second)
        #expect(
            story.code(.childReported("laptop", first, .closed(.done, outputs: [:])), as: .system(.child))
                == "request.stale")
        #expect(
            try story.report("laptop", .closed(.rejected, outputs: [:])) == [
                "child_closed laptop rejected", "failed laptop child -> outward",
                "failed prepare inner -> asked team:hr",
                "child_cancel_requested badge",
            ])
        #expect(story.ledger.work.keys.sorted() == ["prepare"])
        #expect(story.code(.retry("prepare"), by: Person.rosa) == "request.step.not_asked")
        #expect(try story.give(.retry("prepare"), by: Person.hans) == ["retried prepare for attempt 2"])
        // The badge may exist by now; the block waits for what becomes of it.
        #expect(story.ledger.cancelled.isEmpty)
        let badge = try #require(story.ledger.children["badge"])
        #expect(try story.report("badge", .submitted(number: "SEC-9")) == ["child_submitted badge as SEC-9"])
        #expect(story.effects == [.cancelChild(badge)])
        #expect(
            try story.report("badge", .closed(.withdrawn, outputs: [:])) == [
                "child_closed badge withdrawn", "cancelled badge", "reset account", "reset laptop", "reset desk",
                "reset badge", "started prepare", "started account as it.account", "skipped desk",
                "deadline_set prepare 2026-12-31T16:00:00Z",
            ])
    }

    @Test("A refused child asks people, who may give up")
    func refused() throws {
        var story = try approved()
        #expect(
            try story.report("account", .refused(reason: "`name` is too long.")) == [
                "child_refused account", "failed account child -> asked team:hr",
            ])
        #expect(story.state?.workItems["account"]?.kind == .decision)
        #expect(story.code(.giveUp("account", outcome: "done"), by: Person.hans) == "request.outcome.not_bad")
        #expect(story.code(.giveUp("account", outcome: "lost"), by: Person.hans) == "request.outcome.unknown")
        #expect(
            try story.give(.giveUp("account", outcome: "rejected"), by: Person.hans) == [
                "failed account child -> ending", "cancelled prepare", "cancelled laptop",
                "child_cancel_requested desk",
                "cancelled badge", "cancelled welcome", "ending rejected",
            ])
        #expect(story.code(.cancel(reason: nil), by: Person.rosa) == "request.ending")
        #expect(story.code(.complete("welcome", entries: [:]), by: Person.rosa) == "request.step.not_open")
        #expect(
            try story.report("desk", .refused(reason: "no")) == [
                "child_refused desk", "cancelled desk", "closed rejected", "told rosa closed",
            ])
    }

    @Test("Cancelling waits for a child that refuses to be cancelled, whatever becomes of it")
    func cancelling() throws {
        var story = try approved()
        let account = try #require(story.ledger.children["account"])
        let desk = try #require(story.ledger.children["desk"])
        try story.report("account", .submitted(number: "IT-1"))
        #expect(
            try story.give(.cancel(reason: nil), by: Person.hans) == [
                "cancel_requested", "cancelled prepare", "child_cancel_requested account", "cancelled laptop",
                "child_cancel_requested desk", "cancelled badge", "cancelled welcome", "ending withdrawn",
            ])
        #expect(story.ledger.cancelled == [account])
        try story.report("account", .closed(.done, outputs: ["login": .string("ann")]))
        #expect(story.status("account") == "cancelled")
        #expect(story.state?.phase == .ending(.withdrawn))
        try story.report("desk", .submitted(number: "FAC-1"))
        #expect(story.ledger.cancelled == [account, desk])
        try story.report("desk", .closed(.withdrawn, outputs: [:]))
        #expect(story.outcome == "withdrawn")
    }

    @Test("A child tells its parent that it exists and how it ended, and nothing to its requester")
    func reporting() throws {
        let type = requestType(
            "it.account", offeredTo: .departments(["hr"]), outputs: [("login", "create.login")],
            [step("create", task(.team("it"), form: [field("login")]))])
        var story = Story(type)
        let parent = Parent(request: Story.id, instance: "account")
        try story.raise(parent: parent)
        #expect(story.effects.last == .report(.submitted(number: "HR-1"), to: parent, from: Story.id))
        try story.give(.complete("create", entries: ["login": .raw(.string("ann"))]), by: Person.ilse)
        #expect(
            story.ledger.reports == [
                .submitted(number: "HR-1"), .closed(.done, outputs: ["login": .string("ann")]),
            ])
        #expect(story.ledger.told.isEmpty)
    }

    @Test("A parent may cancel its child until the child has gone too far")
    func cancelledByParent() throws {
        let type = requestType(
            "it.laptop", offeredTo: .everyone,
            cancel: Cancellation(by: [.team("it")], until: "ship", outcome: "withdrawn"),
            [step("pick", task(.team("it"))), step("ship", task(.team("it")), after: ["pick"])])
        var story = Story(type)
        try story.raise(parent: Parent(request: Story.id, instance: "laptop"))
        var early = story
        try early.give(.cancel(reason: nil), as: .system(.parent))
        #expect(early.outcome == "withdrawn")
        #expect(early.code(.cancel(reason: nil), as: .system(.parent)) == "request.stale")
        try story.give(.complete("pick", entries: [:]), by: Person.ilse)
        #expect(story.code(.cancel(reason: nil), as: .system(.parent)) == "request.cancel.too_late")
    }
}
