import Testing

@testable import WorkflowCore

/// Who must agree before somebody gets a code to sign in as a person of the access matrix, made by its platform administrator.
@Suite("Codes to sign in that take two people")
struct InvitationRuleTests {
    private func rule() throws -> InvitationRule {
        let world = try MatrixWorld(confidential: false).story.world
        return InvitationRule(world.directory, world.configuration)
    }

    @Test(
        "An employee's is the inviter's alone; that of whoever sees more takes an administrator of their department",
        arguments: [
            (Relation.colleague, nil), (.requester, nil), (.platform, nil),
            (.agent, [Relation.departmentAdministrator]), (.lead, [.departmentAdministrator]),
            (.insider, [.departmentAdministrator]), (.departmentAdministrator, [.auditor]), (.auditor, []),
        ] as [(Relation, [Relation]?)])
    func confirmers(_ invited: Relation, _ expected: [Relation]?) throws {
        let found = try rule().confirmers(of: invited.person, invitedBy: Relation.platform.person)
        #expect(found == expected.map { Set($0.map(\.person)) }, "\(invited)")
    }

    @Test("Whoever administers the department invites its people alone")
    func own() throws {
        let inviter = Relation.departmentAdministrator.person
        #expect(try rule().confirmers(of: Relation.agent.person, invitedBy: inviter) == nil)
        #expect(try rule().confirmers(of: Relation.auditor.person, invitedBy: inviter) == [Relation.platform.person])
    }

    @Test("Those who administer somebody's departments are told of their codes")
    func watchers() throws {
        #expect(try rule().watchers(of: Relation.agent.person) == [Relation.departmentAdministrator.person])
        // For whom nobody else answers, the platform does.
        let platform: Set = [Relation.platform.person, Relation.auditor.person]
        #expect(try rule().watchers(of: Relation.departmentAdministrator.person) == platform)
        #expect(try rule().watchers(of: Relation.colleague.person) == platform)
        #expect(try rule().watchers(of: Relation.platform.person) == [Relation.auditor.person])
    }

    @Test("Of somebody with offices in two departments, nobody of one alone confirms it")
    func twoDepartments() throws {
        var world = World()
        world.organisation.administrators = [.person(Person.carl)]
        for (id, administrator) in [(DepartmentID("hr"), Person.greta), ("it", Person.ilse)] {
            world.departments[id]?.administrators = [.person(administrator)]
        }
        world.move(Person.hans, to: ["hr-staff", "it-staff"])
        func confirmers() -> Set<PersonID>? {
            InvitationRule(world.directory, world.configuration)
                .confirmers(of: Person.hans, invitedBy: Person.sina)
        }
        #expect(confirmers() == [])
        world.move(Person.hans, to: ["hr-staff"])
        #expect(confirmers() == [Person.greta])
        // What the inviter administers counts for nothing.
        world.move(Person.hans, to: ["hr-staff", "it-staff"])
        let rule = InvitationRule(world.directory, world.configuration)
        #expect(rule.confirmers(of: Person.hans, invitedBy: Person.ilse) == [Person.greta])
    }
}
