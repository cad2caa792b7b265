import Expressions
import Testing

@testable import WorkflowCore

@Suite("Roles and permissions")
struct AuthorityTests {
    /// The test organisation with offices: IT administers the platform, security audits, HR leads lead and administer HR; IT as a
    /// department names no administrators.
    private static let world: (Directory, Configuration) = {
        var world = World()
        let sync = Person.id(20)
        var program = Directory.Person(
            id: sync, handle: "sync", name: "Sync", email: "", language: nil, manager: nil, site: nil, isActive: true,
            groups: ["it-staff"])
        program.kind = .service
        world.people.append(program)
        let base = world.configuration
        var organisation = base.organisation
        organisation.administrators = [.group("it-staff")]
        organisation.auditors = [.group("security")]
        var departments = base.departments
        departments["hr"]?.leads = [.role("hr-lead")]
        departments["hr"]?.administrators = [.role("hr-lead")]
        let configuration = Configuration(
            version: base.version, organisation: organisation, groups: base.groups, roles: base.roles,
            lists: base.lists, departments: departments, teams: base.teams, requestTypes: base.requestTypes)
        return (world.directory, configuration)
    }()

    private func authority(_ person: PersonID) -> Authority {
        Authority(of: person, in: Self.world.0, Self.world.1)
    }

    @Test("Offices come from the files and from who belongs to what")
    func offices() {
        let greta = authority(Person.greta)
        #expect(greta.agentOf == ["hr"] && greta.leadOf == ["hr"] && greta.administratorOf == ["hr"])
        #expect(!greta.isPlatformAdministrator && !greta.isAuditor)
        let ilse = authority(Person.ilse)
        #expect(ilse.agentOf == ["it"] && ilse.leadOf.isEmpty && ilse.isPlatformAdministrator)
        #expect(authority(Person.sina).isAuditor)
        let rosa = authority(Person.rosa)
        #expect(rosa.isActive && rosa.readerOf.isEmpty && rosa.administratorOf.isEmpty)
        let carl = authority(Person.carl)
        #expect(!carl.isActive && carl.agentOf.isEmpty && !carl.isPlatformAdministrator && !carl.isAuditor)
    }

    @Test("A service account acts as itself, belongs to groups, and is not among everyone, managers or voters")
    func serviceAccount() throws {
        let sync = Person.id(20)
        let (directory, configuration) = Self.world
        #expect(authority(sync).principal == .service(sync))
        #expect(Principal("service:\(sync)") == .service(sync))
        #expect(authority(sync).agentOf == ["it"])
        #expect(!directory.contains(sync, in: .role("employee"), of: configuration))
        #expect(!directory.members(of: .everyone, in: configuration).contains(sync))
        #expect(directory.members(of: "it-staff").contains(sync))
        #expect(directory.serviceAccounts == [sync])
    }

    @Test("A department's administrators own its files; the platform's own the shared files and what nobody owns")
    func files() {
        let (greta, ilse) = (authority(Person.greta), authority(Person.ilse))
        #expect(Access.may(greta, .applyDepartment("hr")) && !Access.may(greta, .applyDepartment("it")))
        #expect(!Access.may(greta, .applyShared) && Access.may(ilse, .applyShared))
        #expect(!Access.may(ilse, .applyDepartment("hr")))
        #expect(Access.may(ilse, .applyDepartment("it")) && Access.may(ilse, .applyDepartment("legal")))
    }

    @Test("Nobody makes themself somebody's deputy by administering the platform")
    func deputies() {
        let (greta, ilse) = (authority(Person.greta), authority(Person.ilse))
        #expect(Access.may(ilse, .appointDeputy(for: Person.ilse, in: nil)))
        #expect(!Access.may(ilse, .appointDeputy(for: Person.greta, in: nil)))
        #expect(!Access.may(ilse, .appointDeputy(for: Person.hans, in: "hr")))
        #expect(Access.may(greta, .appointDeputy(for: Person.hans, in: "hr")))
        #expect(!Access.may(greta, .appointDeputy(for: Person.hans, in: nil)))
        #expect(!Access.may(authority(Person.id(20)), .appointDeputy(for: Person.id(20), in: nil)))
    }

    @Test("What is refused says so in one way")
    func refused() {
        #expect(throws: Rejection.self) { try Access.require(.readAudit, of: authority(Person.ilse)) }
        #expect(throws: Never.self) { try Access.require(.readAudit, of: authority(Person.sina)) }
    }
}
