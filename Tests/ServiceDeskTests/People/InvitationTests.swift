import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

/// Ivo administers the platform; Hal leads HR and administers it, Pia works for HR; Eve is an employee, and Boss leads Ada.
@Suite("Codes that administrators of the platform make")
struct InvitationTests {
    private static let secret = "the ferry leaves at nine"
    private static let files = TestOrganisation.files.merging([
        "shared/organisation.yaml":
            TestOrganisation.files["shared/organisation.yaml", default: ""] + "\nadministrators: [group:it-staff]\n"
    ]) { $1 }

    private func told(_ handle: String, _ harness: DeskHarness) async throws -> [String] {
        try await harness.desk.notifications(for: harness.viewer(handle), onlyUnread: false, cursor: nil, limit: 50)
            .page.items.map(\.kind)
    }

    private func invite(_ handle: String, _ harness: DeskHarness) async throws -> Invitation {
        try await harness.desk.invite(handle, by: harness.viewer("ivo"))
    }

    private func redeem(_ code: String, _ harness: DeskHarness) async throws -> String {
        try await refusal { _ = try await harness.desk.signIn(invitation: code, password: Self.secret, label: nil) }
    }

    private func confirm(_ handle: String, by viewer: String, _ harness: DeskHarness) async throws -> String {
        try await refusal { try await harness.desk.confirmInvitation(of: handle, by: harness.viewer(viewer)) }
    }

    @Test("An employee's code is good at once; they and their manager are told that it was made and used")
    func employee() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let invitation = try await invite("ada", harness)
            #expect(!invitation.needsConfirmation)
            #expect(try await told("ada", harness) == ["account_invited"])
            // What is told at one moment is in no order.
            harness.clock.advance(by: .seconds(1))
            #expect(try await redeem(invitation.code, harness) == "nothing")
            for handle in ["ada", "boss"] {
                #expect(try await told(handle, harness) == ["invitation_used", "account_invited"])
            }
            #expect(try await told("hal", harness).isEmpty)
        }
    }

    @Test("Nobody becomes somebody of another department alone: an administrator of it confirms first")
    func confirmed() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let invitation = try await invite("pia", harness)
            #expect(invitation.needsConfirmation)
            #expect(try await told("hal", harness).sorted() == ["account_invited", "invitation_to_confirm"])
            #expect(try await redeem(invitation.code, harness) == "invitation.unconfirmed")
            #expect(try await confirm("pia", by: "ivo", harness) == "invitation.none")
            #expect(try await confirm("pia", by: "ida", harness) == "invitation.none")
            for handle in ["pia", "eve"] {
                #expect(try await confirm("pia", by: handle, harness) == "access.not_allowed")
            }
            #expect(try await confirm("nobody", by: "hal", harness) == "invitation.none")
            #expect(try await redeem(invitation.code, harness) == "invitation.unconfirmed")
            #expect(try await confirm("pia", by: "hal", harness) == "nothing")
            #expect(try await confirm("pia", by: "hal", harness) == "invitation.none")
            #expect(try await redeem(invitation.code, harness) == "nothing")
            let audit = try await harness.storage.auditEntries(AuditQuery(log: .administration, limit: 50))
                .map(\.entry.text)
            for kind in ["account.invited", "account.invitation_confirmed", "password.set"] {
                #expect(audit.contains { $0.contains(kind) })
            }
        }
    }

    @Test("A new code takes the place of a confirmed one, and is to be confirmed anew; an operator's is good at once")
    func renewed() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await invite("pia", harness)
            #expect(try await confirm("pia", by: "hal", harness) == "nothing")
            let second = try await invite("pia", harness)
            #expect(try await redeem(second.code, harness) == "invitation.unconfirmed")
            let third = try await harness.desk.invite("pia", lifetime: nil, by: "operator")
            #expect(!third.needsConfirmation)
            #expect(try await redeem(third.code, harness) == "nothing")
        }
    }

    @Test("Whoever comes into an office before the code is used needs the second person as well")
    func promoted() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let invitation = try await invite("eve", harness)
            let people = TestOrganisation.people.replacing(
                "eve,Eve,eve@test.example,,berlin,en,", with: "eve,Eve,eve@test.example,,berlin,en,payroll")
            _ = try await harness.desk.importPeople(csv: people, by: "tests")
            #expect(try await redeem(invitation.code, harness) == "invitation.unconfirmed")
            #expect(try await confirm("eve", by: "hal", harness) == "nothing")
            #expect(try await redeem(invitation.code, harness) == "nothing")
        }
    }

    @Test("A code is good no longer than its maker may make codes", arguments: [true, false])
    func madeByFormer(_ hasLeft: Bool) async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let (own, confirmed) = (try await invite("eve", harness), try await invite("pia", harness))
            #expect(try await confirm("pia", by: "hal", harness) == "nothing")
            let ivo = "\nivo,Ivo,ivo@test.example,,berlin,en,it-staff"
            let people = TestOrganisation.people.replacing(
                ivo, with: hasLeft ? "" : "\nivo,Ivo,ivo@test.example,,berlin,en,")
            _ = try await harness.desk.importPeople(csv: people, by: AuditRecord.operator)
            for code in [own.code, confirmed.code] {
                #expect(try await redeem(code, harness) == "invitation.unknown")
            }
        }
    }

    @Test("Whoever confirmed a code and has lost the office since answers for it no more")
    func confirmedByFormer() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let invitation = try await invite("pia", harness)
            #expect(try await confirm("pia", by: "hal", harness) == "nothing")
            let people = TestOrganisation.people.replacing("berlin,en,hr-staff", with: "berlin,en,")
            _ = try await harness.desk.importPeople(csv: people, by: AuditRecord.operator)
            #expect(try await redeem(invitation.code, harness) == "invitation.unconfirmed")
        }
    }

    @Test("Whoever has lost an office a moment ago is guarded by its department for another month")
    func demoted() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let team = TestOrganisation.people
                .replacing("eve@test.example,,berlin,en,", with: "eve@test.example,,berlin,en,hr-staff")
            _ = try await harness.desk.importPeople(csv: team, by: AuditRecord.operator)
            _ = try await harness.desk.importPeople(csv: TestOrganisation.people, by: harness.viewer("ivo"))
            // Both hear of it: who lost it, and who answers for the department.
            #expect(try await told("eve", harness) == ["membership_changed"])
            #expect(try await told("hal", harness) == ["membership_changed", "membership_changed"])
            let invitation = try await invite("eve", harness)
            #expect(invitation.needsConfirmation)
            #expect(try await redeem(invitation.code, harness) == "invitation.unconfirmed")
            #expect(try await told("hal", harness).contains("invitation_to_confirm"))
            #expect(try await confirm("eve", by: "ida", harness) == "invitation.none")
            harness.clock.advance(by: .seconds(32 * 86_400))
            #expect(try await !invite("eve", harness).needsConfirmation)
        }
    }

    @Test("What an operator takes away is gone at once")
    func demotedByOperator() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let people = TestOrganisation.people.replacing("berlin,en,hr-staff", with: "berlin,en,")
            _ = try await harness.desk.importPeople(csv: people, by: AuditRecord.operator)
            #expect(try await !invite("hal", harness).needsConfirmation)
        }
    }

    @Test("Of somebody for whom nobody answers the platform's other administrators are told")
    func unwatched() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            _ = try await invite("eve", harness)
            #expect(try await told("ida", harness) == ["account_invited"])
        }
    }

    @Test("No session that begins in the moment of a lock outlives it")
    func locked() async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada").person.id
            for _ in 0..<10 {
                async let locked = harness.desk.lockAccount(of: "ada", by: "operator")
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            // Some come before the lock, some are refused; what counts is what is left.
                            _ = try? await harness.desk.startSession(for: ada, method: .demo, label: nil)
                        }
                    }
                }
                #expect(try await locked)
                #expect(try await harness.storage.sessions(of: ada).isEmpty)
                _ = try await harness.desk.unlockAccount(of: "ada", by: "operator")
            }
        }
    }

    @Test(
        "Where nobody could confirm there is no code but an operator's; else another administrator of the platform does"
    )
    func alone() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            #expect(try await invite("hal", harness).needsConfirmation)
            #expect(try await confirm("hal", by: "ida", harness) == "nothing")
            let alone = TestOrganisation.people.replacing(
                "ida,Ida,ida@test.example,,berlin,en,it-staff", with: "ida,Ida,ida@test.example,,berlin,en,")
            _ = try await harness.desk.importPeople(csv: alone, by: "tests")
            #expect(try await refusal { _ = try await invite("hal", harness) } == "invitation.nobody_confirms")
        }
    }
}
