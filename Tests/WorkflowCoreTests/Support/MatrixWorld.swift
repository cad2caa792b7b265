import Expressions
import Testing

@testable import WorkflowCore

/// What somebody can be to a request: the columns of the access matrix.
enum Relation: String, CaseIterable {
    case requester, beneficiary, participant, voter, deputy, assignee, offered, service, agent, excluded, lead,
        confidant
    case departmentAdministrator = "dep_admin"
    case otherAgent = "other_agent"
    case platform, auditor, leaver, insider, colleague

    var person: PersonID { Person.id(100 + UInt64(Self.allCases.firstIndex(of: self) ?? 0)) }

    /// Groups that make the relation, where it is one of the organisation.
    var groups: Set<GroupID> {
        switch self {
        case .requester, .beneficiary, .participant, .deputy, .colleague: []
        case .voter: ["voters"]
        case .assignee, .offered, .service: ["workers"]
        case .agent: ["hr-staff"]
        case .excluded: ["hr-staff", "voters"]
        case .lead: ["hr-leads"]
        case .confidant: ["confidants"]
        case .departmentAdministrator: ["hr-administrators"]
        case .otherAgent: ["it-staff"]
        case .platform: ["platform"]
        case .auditor: ["auditors"]
        case .insider: ["hr-inner"]
        case .leaver: ["hr-staff", "workers", "voters", "hr-leads", "platform", "auditors", "hr-administrators"]
        }
    }
}

/// What somebody can be to a request by how it was raised, or because it was opened to them: the columns of the table of others.
enum OtherRelation: String, CaseIterable {
    /// Whoever raised it without a name, and shows its receipt.
    case reporter
    /// An agent of the department who raised it themself.
    case ownAgent = "own_agent"
    /// An administrator of the platform to whom it is open by exception.
    case opened
    /// An agent of the department whom it is about.
    case hidden

    var principal: Principal {
        switch self {
        case .reporter: .anonymous(receiptFor: Story.id)
        case .ownAgent, .hidden: .person(Relation.agent.person)
        case .opened: .person(Relation.platform.person)
        }
    }
}

/// A real request with work of every kind open, and everybody of the matrix around it.
struct MatrixWorld {
    let story: Story

    /// - Parameter other: Whose relation it is raised for; nil for the ordinary requester's.
    init(confidential: Bool = false, restricted: Bool = false, for other: OtherRelation? = nil) throws {
        var world = World()
        world.organisation.administrators = [.group("platform")]
        world.organisation.auditors = [.group("auditors")]
        world.departments["hr"]?.leads = [.group("hr-leads")]
        world.departments["hr"]?.administrators = [.group("hr-administrators")]
        world.people = Relation.allCases.map { relation in
            var row = Directory.Person(
                id: relation.person, handle: relation.rawValue, name: relation.rawValue, email: "", language: nil,
                manager: nil, site: nil, isActive: relation != .leaver, groups: relation.groups)
            if relation == .service { row.kind = .service }
            if relation == .voter { row.deputies = [Directory.Deputy(Relation.deputy.person)] }
            return row
        }
        var type = Self.type
        type.onBehalf = [people("requester")]
        // A restriction takes a team that the type names.
        if confidential { type.confidential = [.group("confidants")] + (restricted ? [.team("hr-inner")] : []) }
        if other == .hidden { type.hiddenFrom = ["about"] }
        type.allowsAnonymous = other == .reporter
        var story = Story(type, world: world)
        if other == .reporter {
            try story.raiseAnonymously(["why": .string("x"), "salary": .string("1")])
        } else {
            let requester = other == .ownAgent ? Relation.agent.person : Relation.requester.person
            // Not Story.raise, which raises for the requester alone.
            try story.give(
                .raise(
                    Submission(
                        id: Story.id, type: type.id, number: "HR-1", requester: .person(requester),
                        beneficiary: Relation.beneficiary.person, parent: nil,
                        entries: [
                            "why": .raw(.string("x")), "salary": .raw(.string("1")), "about": .raw(.string("agent")),
                        ])),
                by: requester)
        }
        try story.give(.approve("first", comment: nil), by: Relation.participant.person)
        try story.give(.claim("record"), by: Relation.assignee.person)
        if restricted {
            try story.give(
                .restrict(to: "hr-inner", reason: "x"), by: (confidential ? Relation.confidant : .agent).person)
        }
        self.story = story
    }

    /// The rules as they hold for somebody of the table of others.
    func access(of relation: OtherRelation) -> Access {
        var context = story.world.context(relation.principal, story.type, at: story.now)
        if relation == .opened { context.opened = [Story.id] }
        return Access(context)
    }

    private static let type: RequestType = {
        var type = requestType(
            form: [
                field("why"), field("about", .person, optional: true), field("salary", sensitive: [.group("hr-leads")]),
            ],
            cancel: Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn"),
            [
                step("first", approval(.person("participant"))).with { $0.visibleTo = [.group("hr-leads")] },
                step(
                    "decide",
                    approvalStep(.group("voters"), not: [.person("excluded")]) {
                        $0.addVoters = [.group("hr-leads")]
                    }),
                step("record", task(.group("workers"))),
                step("failed", task(.group("empty")), onFailure: .ask([.group("workers")])),
                step(
                    "every",
                    each(
                        "name", of: "['a']", add: LateElements(by: [.group("hr-leads")], until: nil),
                        [step("part", task(.group("workers")))])),
                step(
                    "extras",
                    .adhoc(AdhocStep(by: [.group("hr-leads")], templates: [step("errand", task(.group("workers")))]))),
                step("parcel", wait(event: "parcel")),
            ])
        type.amendments = [Amendment(field: "why", by: [people("requester")], until: nil)]
        return type
    }()

    /// The command of a kind on the request; nil for `raise`, which is on none.
    static func command(_ kind: Command.Kind) -> Command? {
        let someone = Relation.colleague.person
        let now = moment("2026-11-23T09:00:00Z")
        return switch kind {
        case .raise: nil
        case .claim: .claim("record")
        case .release: .release("record")
        case .complete: .complete("record", entries: [:])
        case .approve: .approve("decide", comment: nil)
        case .reject: .reject("decide", comment: nil)
        case .retry: .retry("failed")
        case .giveUp: .giveUp("failed", outcome: "rejected")
        case .accept: .accept("failed")
        case .addElement: .addElement("every", .raw(.string("b")))
        case .addStep: .addStep("extras", "errand")
        case .comment: .comment("Hello")
        case .note: .note("Hello", .workers)
        case .cancel: .cancel(reason: nil)
        case .restrict: .restrict(to: "hr-inner", reason: "x")
        case .unrestrict: .unrestrict(reason: "x")
        case .handOver: .handOver("record", to: someone)
        case .tick: .tick("record", item: "x", isDone: true)
        case .addVoter: .addVoter("decide", someone)
        case .amend: .amend(entries: ["why": .raw(.string("y"))])
        case .receive: .receive(OutsideEvent(event: "parcel", key: nil, entries: [:], receivedAt: now))
        case .rate: .rate(score: 5, comment: nil)
        case .reopen: .reopen(entries: [:])
        case .deadlinePassed: .deadlinePassed("record", due: now)
        case .childReported: .childReported("record", Story.id, .submitted(number: "X"))
        case .callAnswered: .callAnswered("record", CallID(UniqueID(high: 1, low: 1)), .failed(reason: "No."))
        case .amendFromParent: .amendFromParent(["why": .string("y")], version: 1)
        case .successorRefused: .successorRefused(Story.id, reason: "No.")
        case .peopleChanged: .peopleChanged
        }
    }

    /// Whether somebody's command passes the rules: `+`, `-` when they are told that they may not, `.` when nothing is there for them.
    func cell(_ kind: Command.Kind, as principal: Principal) -> Character {
        let access = Access(story.world.context(principal, story.type, at: story.now))
        return Self.mark { () throws(Rejection) in
            if let command = Self.command(kind) {
                try access.authorise(command, on: story.state)
            } else {
                let person = principal.person ?? Relation.requester.person
                try access.authorise(
                    .raise(
                        Submission(
                            id: Story.id, type: story.type.id, number: "HR-1", requester: .person(person),
                            beneficiary: person,
                            parent: principal.person == nil ? Parent(request: Story.id, instance: "a") : nil,
                            parentType: principal.person == nil ? "it.parent" : nil, entries: [:])), on: nil)
            }
        }
    }

    static func mark(_ attempt: () throws(Rejection) -> Void) -> Character {
        do throws(Rejection) {
            try attempt()
            return "+"
        } catch {
            return error.kind == .notFound ? "." : "-"
        }
    }
}
