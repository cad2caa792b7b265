import Expressions
import Testing

@testable import WorkflowCore

/// Compares what the rules say with a table that people can read; see `Tests/AccessMatrix/matrix.txt`.
@Suite("The access matrix")
struct AccessMatrixTests {
    private static let seeing = ["see", "read_sensitive_field", "read_limited_step", "read_note", "read_team_note"]

    @Test(
        "On a request everybody may exactly what the table says",
        arguments: ["request", "confidential", "restricted", "confidential_restricted"])
    func requests(_ name: String) throws {
        let table = try #require(AccessMatrix.read().tables[name])
        let world = try MatrixWorld(
            confidential: name.hasPrefix("confidential"), restricted: name.hasSuffix("restricted"))
        let state = try #require(world.story.state)
        #expect(table.columns == Relation.allCases.map(\.rawValue))
        #expect(Set(table.rows.keys) == Set(Command.Kind.allCases.map(\.rawValue) + Self.seeing))
        let salary = try #require(world.story.type.form["salary"])
        for relation in Relation.allCases {
            let person = relation.person
            let principal: Principal = relation == .service ? .service(person) : .person(person)
            let access = Access(world.story.world.context(principal, world.story.type, at: world.story.now))
            let isSeen = access.canSee(state, person)
            func expect(_ row: String, _ found: Character) {
                let expected = table.rows[row]?[relation.rawValue]
                #expect(expected == found, "\(name): \(row) by \(relation.rawValue)")
            }
            expect("see", isSeen ? "+" : ".")
            expect("read_sensitive_field", isSeen ? access.canRead(salary, of: state, person) ? "+" : "-" : ".")
            expect("read_limited_step", isSeen ? access.canSee("first", of: state, person) ? "+" : "-" : ".")
            for (row, audience) in [("read_note", NoteAudience.workers), ("read_team_note", .team("hr"))] {
                let isRead = access.canRead(audience, by: nil, of: state, person)
                expect(row, isSeen ? isRead ? "+" : "-" : ".")
            }
            for kind in Command.Kind.allCases { expect(kind.rawValue, world.cell(kind, as: principal)) }
        }
    }

    @Test("Those whom a request makes something that nobody else is may exactly what the table says")
    func others() throws {
        let table = try #require(AccessMatrix.read().tables["others"])
        #expect(Set(table.columns) == Set(OtherRelation.allCases.map(\.rawValue)))
        #expect(Set(table.rows.keys) == Set(Command.Kind.allCases.map(\.rawValue) + Self.seeing).subtracting(["raise"]))
        for relation in OtherRelation.allCases {
            let world = try MatrixWorld(for: relation)
            let state = try #require(world.story.state)
            let salary = try #require(world.story.type.form["salary"])
            let access = world.access(of: relation)
            func expect(_ row: String, _ found: Character) {
                let expected = table.rows[row]?[relation.rawValue]
                #expect(expected == found, "others: \(row) by \(relation.rawValue)")
            }
            expect("see", access.canSee(state) ? "+" : ".")
            expect("read_sensitive_field", access.canRead(salary, of: state) ? "+" : "-")
            expect("read_limited_step", access.canSee("first", of: state) ? "+" : "-")
            expect("read_note", access.canRead(.workers, by: nil, of: state) ? "+" : "-")
            expect("read_team_note", access.canRead(.team("hr"), by: nil, of: state) ? "+" : "-")
            for kind in Command.Kind.allCases {
                guard let command = MatrixWorld.command(kind) else { continue }
                expect(
                    kind.rawValue, MatrixWorld.mark { () throws(Rejection) in try access.authorise(command, on: state) }
                )
            }
        }
    }

    @Test(
        "To whom a request was opened, they read of it what its agents read, and do nothing", arguments: [false, true])
    func opened(isRestricted: Bool) throws {
        let world = try MatrixWorld(confidential: !isRestricted, restricted: isRestricted)
        let state = try #require(world.story.state)
        let salary = try #require(world.story.type.form["salary"])
        for relation in [Relation.platform, .colleague] {
            var context = world.story.world.context(.person(relation.person), world.story.type, at: world.story.now)
            #expect(!Access(context).canSee(state, relation.person))
            context.opened = [state.id]
            let access = Access(context)
            #expect(access.reason(for: relation.person, toSee: state) == .opened)
            #expect(access.canRead(.workers, by: nil, of: state, relation.person))
            #expect(!access.canRead(.team("hr"), by: nil, of: state, relation.person))
            #expect(!access.canRead(salary, of: state, relation.person))
            #expect(!access.canSee("first", of: state, relation.person))
            // It was opened to nobody else.
            #expect(!access.canSee(state, Relation.auditor.person))
            for kind in Command.Kind.allCases {
                guard let command = MatrixWorld.command(kind) else { continue }
                #expect(rejectionCode { try access.authorise(command, on: state) } == "request.not_found", "\(kind)")
            }
            let explanation = access.explain(relation.person, state)
            #expect(explanation.seeing.rules.map(\.code) == [.opened])
            #expect(explanation.commands.allSatisfy { !$0.verdict.isAllowed })
        }
    }

    @Test("Those who answer for a request are told of exceptions: administrators, leads, and who else sees it alone")
    func guardians() throws {
        for (isConfidential, isRestricted, more) in [
            (false, false, []), (true, false, [Party.group("confidants")]), (false, true, [.team("hr-inner")]),
        ] {
            let world = try MatrixWorld(confidential: isConfidential, restricted: isRestricted)
            let access = Access(world.story.world.context(.system(.timer), world.story.type, at: world.story.now))
            let parties = access.guardians(of: try #require(world.story.state))
            #expect(parties == Set([.group("hr-administrators"), .group("hr-leads")] + more))
        }
    }

    @Test("Bureau itself does exactly what the table says, each purpose its own")
    func system() throws {
        let table = try #require(AccessMatrix.read().tables["system"])
        #expect(table.columns == SystemPurpose.allCases.map(\.rawValue))
        #expect(Set(table.rows.keys) == Set(Command.Kind.allCases.map(\.rawValue)))
        var story = Story(requestType(offeredTo: .everyone, [step("record", task(.group("it-staff")))]))
        try story.raise(parent: Parent(request: RequestID(UniqueID(high: 8, low: 8)), instance: "a"))
        let context = { (purpose: SystemPurpose) in story.world.context(.system(purpose), story.type, at: story.now) }
        for purpose in SystemPurpose.allCases {
            for kind in Command.Kind.allCases {
                let command =
                    MatrixWorld.command(kind)
                    ?? .raise(
                        Submission(
                            id: Story.id, type: story.type.id, number: "HR-1", requester: .person(Person.rosa),
                            beneficiary: Person.rosa, parent: Parent(request: Story.id, instance: "a"),
                            parentType: "it.parent", entries: [:]))
                let isAllowed =
                    rejectionCode { try Access(context(purpose)).authorise(command, on: story.state) } == nil
                #expect(
                    table.rows[kind.rawValue]?[purpose.rawValue] == (isAllowed ? "+" : "-"),
                    "\(kind.rawValue) for \(purpose.rawValue)")
            }
        }
    }

    @Test("What is no command on a request is for exactly those whom the table names")
    func permissions() throws {
        let table = try #require(AccessMatrix.read().tables["permissions"])
        let world = try MatrixWorld(confidential: false).story.world
        let columns: [String: Relation] = [
            "employee": .colleague, "agent": .agent, "lead": .lead, "dep_admin": .departmentAdministrator,
            "platform": .platform, "auditor": .auditor, "service": .service, "leaver": .leaver,
        ]
        #expect(Set(table.columns) == Set(columns.keys))
        #expect(Set(table.rows.keys) == Set(Permission.Kind.allCases.map(\.rawValue)))
        for (column, relation) in columns {
            let authority = Authority(of: relation.person, in: world.directory, world.configuration)
            for kind in Permission.Kind.allCases {
                let isAllowed = Access.may(authority, Self.permission(kind))
                #expect(table.rows[kind.rawValue]?[column] == (isAllowed ? "+" : "-"), "\(kind.rawValue) by \(column)")
            }
        }
    }

    /// The permission of a kind, in the department of the matrix.
    private static func permission(_ kind: Permission.Kind) -> Permission {
        switch kind {
        case .readOwnProfile: .readOwnProfile
        case .browseCatalogue: .browseCatalogue
        case .listRequests: .listRequests
        case .readInbox: .readInbox
        case .upload: .upload
        case .readNotifications: .readNotifications
        case .tellOutsideEvents: .tellOutsideEvents(in: "hr")
        case .explain: .explain
        case .explainOthers: .explainOthers(in: "hr")
        case .manageOwnSessions: .manageOwnSessions
        case .manageOwnTokens: .manageOwnTokens
        case .keepOwnPreferences: .keepOwnPreferences
        case .appointOwnDeputy: .appointOwnDeputy
        case .appointDeputy: .appointDeputy(for: Relation.requester.person, in: "hr")
        case .readDeputies: .readDeputies(in: "hr")
        case .readDashboard: .readDashboard(in: "hr")
        case .readConfiguration: .readConfiguration
        case .readPeople: .readPeople
        case .applyShared: .applyShared
        case .applyDepartment: .applyDepartment("hr")
        case .importPeople: .importPeople
        case .manageAccounts: .manageAccounts
        case .confirmInvitations: .confirmInvitations
        case .manageServiceAccounts: .manageServiceAccounts
        case .eraseAPerson: .eraseAPerson
        case .breakGlass: .breakGlass
        case .endBreakGlass: .endBreakGlass(in: "hr")
        case .readAudit: .readAudit
        case .exportAudit: .exportAudit
        }
    }

    @Test("An explanation says exactly what the rules say", arguments: Relation.allCases)
    func explanations(_ relation: Relation) throws {
        for (isConfidential, isRestricted) in [(false, false), (true, false), (false, true)] {
            let world = try MatrixWorld(confidential: isConfidential, restricted: isRestricted)
            let state = try #require(world.story.state)
            let person = relation.person
            let access = Access(world.story.world.context(.person(person), world.story.type, at: world.story.now))
            let explanation = access.explain(person, state)
            #expect(explanation.seeing.isAllowed == access.canSee(state, person))
            #expect(explanation.fields.map(\.id) == ["salary"] && explanation.steps.map(\.id) == ["first"])
            // Ended requests alone are rated and reopened, and only Bureau gives its own commands.
            let explained = Set(explanation.commands.map(\.command))
            #expect(
                explained.isSuperset(of: [.claim, .approve, .retry, .addStep, .addElement, .amend, .cancel, .receive]))
            for act in explanation.commands {
                if ["part", "errand"].contains(act.instance?.step) { continue }
                let cell = world.cell(act.command, as: .person(person))
                #expect(act.verdict.isAllowed == (cell == "+"), "\(act.command) \(String(describing: act.instance))")
                #expect(act.verdict.rules.isEmpty == false)
            }
        }
    }

    @Test("What nobody has taken nobody gives back")
    func untaken() throws {
        let world = try MatrixWorld(confidential: false)
        let state = try #require(world.story.state)
        let access = Access(
            world.story.world.context(.person(Relation.agent.person), world.story.type, at: world.story.now))
        let released = Set(
            access.explain(Relation.offered.person, state).commands.filter { $0.command == .release }.map(\.instance))
        let taken = state.steps.compactMap { name, step -> InstanceName? in
            if case .task(let task) = step.status, task.assignee != nil { name } else { nil }
        }
        #expect(!taken.isEmpty && released == Set(taken.map(Optional.some)))
    }

    @Test("Nobody explains what the asker may not read")
    func unspoken() throws {
        let world = try MatrixWorld(confidential: false)
        let state = try #require(world.story.state)
        let access = Access(
            world.story.world.context(.person(Relation.agent.person), world.story.type, at: world.story.now))
        let explanation = access.explain(Relation.lead.person, state) {
            access.canSee($0, of: state, Relation.agent.person)
        }
        #expect(explanation.steps.isEmpty)
        #expect(explanation.commands.allSatisfy { $0.instance != "first" })
    }
}
