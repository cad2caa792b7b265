import Expressions
import PostgresClient
import ServiceDesk
import Synchronization
import TestSupport
import Testing
import WorkflowCore

/// A provider that believes every code: its protocol has tests of its own.
private final class Believer: IdentityProvider {
    let identity: Mutex<Result<ProvenIdentity, IdentityTrouble>>
    let challenges = Mutex<[SignInChallenge]>([])

    init(_ identity: Result<ProvenIdentity, IdentityTrouble>) {
        self.identity = Mutex(identity)
    }

    func address(of challenge: SignInChallenge) async throws(IdentityTrouble) -> String {
        challenges.withLock { $0.append(challenge) }
        return "https://id.example/authorize"
    }

    func identity(
        _ answer: SignInAnswer, to challenge: SignInChallenge
    ) async throws(IdentityTrouble) -> ProvenIdentity {
        // What went along and what is shown now belong together.
        guard challenges.withLock({ $0.last }) == challenge else { throw .untrusted("another challenge") }
        return try identity.withLock { $0 }.get()
    }

    func signOutAddress(returnTo: String) async -> String? { "https://id.example/out" }

    /// The answer that brings the last state back.
    var answer: SignInAnswer {
        SignInAnswer(state: challenges.withLock { $0.last?.state }, code: "code", error: nil, issuer: nil)
    }
}

@Suite("Signing in at a provider")
struct ProviderSignInTests {
    private static func identity(
        _ name: ProvenIdentity.Name = .handle("ada"), subject: String = "1", groups: Set<String> = []
    ) -> Result<ProvenIdentity, IdentityTrouble> {
        .success(ProvenIdentity(issuer: "https://id.example", subject: subject, name: name, groups: groups))
    }

    private static func with<R: Sendable>(
        _ provider: Believer, files: [String: String] = TestOrganisation.files,
        _ body: (DeskHarness) async throws -> R
    ) async throws -> R {
        try await DeskHarness.with(files: files, provider: provider, body)
    }

    @Test("Whoever the provider names gets a session and goes where they wanted to")
    func success() async throws {
        let provider = Believer(Self.identity())
        try await Self.with(provider) { harness in
            let start = try await harness.desk.beginProviderSignIn(returnTo: "/requests/HR-1?tab=2")
            #expect(start.address == "https://id.example/authorize")
            let end = try await harness.desk.finishProviderSignIn(provider.answer, browserSecret: start.browserSecret)
            #expect(end.returnTo == "/requests/HR-1?tab=2")
            #expect(end.session.viewer.person.handle == "ada")
            let visit = try await harness.desk.visit(session: end.session.secret)
            #expect(visit?.viewer.person.handle == "ada")
            #expect(
                try await refusal {
                    _ = try await harness.desk.finishProviderSignIn(
                        provider.answer, browserSecret: start.browserSecret)
                } == "sign_in.not_current")
        }
    }

    @Test("State, nonce and verifier tell nothing of each other, and each sign-in has its own")
    func challenges() async throws {
        let provider = Believer(Self.identity())
        try await Self.with(provider) { harness in
            for _ in 0..<2 { _ = try await harness.desk.beginProviderSignIn(returnTo: nil) }
            let values = provider.challenges.withLock { $0 }.flatMap { [$0.state, $0.nonce, $0.verifier] }
            #expect(Set(values).count == 6)
            #expect(values.allSatisfy { $0.utf8.count == 43 })
            let stored = try await harness.database.query("SELECT encode(state, 'hex') FROM bureau.sign_in_attempt")
            #expect(stored.count == 2)
        }
    }

    @Test(
        "Only a path of ours is gone to",
        arguments: [
            (nil, "/"), ("", "/"), ("requests", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"),
            ("https://evil.example", "/"), ("/a b", "/"), ("/a\nSet-Cookie: b", "/"), ("/ä", "/"),
            ("/a?b=c#d", "/a?b=c#d"),
            ("/" + String(repeating: "a", count: 500), "/"),
        ])
    func returnPaths(_ wanted: String?, _ path: String) async throws {
        let provider = Believer(Self.identity())
        try await Self.with(provider) { harness in
            let start = try await harness.desk.beginProviderSignIn(returnTo: wanted)
            let end = try await harness.desk.finishProviderSignIn(provider.answer, browserSecret: start.browserSecret)
            #expect(end.returnTo == path)
        }
    }

    @Test("An answer is worth nothing without the browser that began, or after ten minutes")
    func browsers() async throws {
        let provider = Believer(Self.identity())
        try await Self.with(provider) { harness in
            func finish(_ secret: String?) async throws -> String {
                try await refusal {
                    _ = try await harness.desk.finishProviderSignIn(provider.answer, browserSecret: secret)
                }
            }
            let first = try await harness.desk.beginProviderSignIn(returnTo: nil)
            #expect(try await finish(nil) == "sign_in.not_current")
            #expect(try await finish("short") == "sign_in.not_current")
            // None of these has spoiled it for the browser that began.
            harness.clock.advance(by: .seconds(599))
            #expect(try await finish(first.browserSecret) == "nothing")
            let second = try await harness.desk.beginProviderSignIn(returnTo: nil)
            harness.clock.advance(by: .seconds(600))
            #expect(try await finish(second.browserSecret) == "sign_in.not_current")
        }
    }

    @Test(
        "What goes wrong is told apart, in words for people",
        arguments: [
            (IdentityTrouble.away("x"), "provider away"), (.refused("server_error"), "provider away"),
            (.refused("access_denied"), "sign_in.declined"), (.refused("invalid_grant"), "sign_in.not_current"),
            (.untrusted("x"), "sign_in.not_proven"), (.unsuitable("x"), "sign_in.not_set_up"),
        ])
    func troubles(_ trouble: IdentityTrouble, _ code: String) async throws {
        let provider = Believer(.failure(trouble))
        try await Self.with(provider) { harness in
            let start = try await harness.desk.beginProviderSignIn(returnTo: nil)
            #expect(
                try await refusal {
                    _ = try await harness.desk.finishProviderSignIn(
                        provider.answer, browserSecret: start.browserSecret)
                } == code)
        }
    }

    @Test("Nobody but active people of the directory gets in, and a name never changes hands")
    func people() async throws {
        let provider = Believer(Self.identity())
        try await Self.with(provider) { harness in
            func signIn(_ name: ProvenIdentity.Name, _ subject: String) async throws -> String {
                provider.identity.withLock { $0 = Self.identity(name, subject: subject) }
                let start = try await harness.desk.beginProviderSignIn(returnTo: nil)
                return try await refusal {
                    _ = try await harness.desk.finishProviderSignIn(
                        provider.answer, browserSecret: start.browserSecret)
                }
            }
            #expect(try await signIn(.handle("nobody"), "9") == "sign_in.not_in_directory")
            #expect(try await signIn(.address("nobody@example.org"), "9") == "sign_in.not_in_directory")
            #expect(try await signIn(.handle("ada"), "1") == "nothing")
            #expect(try await signIn(.handle("ada"), "2") == "sign_in.other_identity")
            #expect(try await signIn(.handle("eve"), "1") == "sign_in.other_identity")
            let ada = try await harness.viewer("ada").person
            #expect(try await signIn(.address(ada.email.uppercased()), "1") == "nothing")
            #expect(try await harness.desk.unlinkIdentities(of: "ada", by: "tests") == 1)
            #expect(try await harness.desk.unlinkIdentities(of: "ada", by: "tests") == 0)
            #expect(try await signIn(.handle("ada"), "2") == "nothing")
            #expect(
                try await refusal { _ = try await harness.desk.unlinkIdentities(of: "nobody", by: "tests") }
                    == "people.unknown")

            #expect(try await signIn(.handle("eve"), "3") == "nothing")
            let lines = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("eve,") }
            _ = try await harness.desk.importPeople(csv: lines.joined(separator: "\n"), by: "tests")
            #expect(try await signIn(.handle("eve"), "3") == "sign_in.not_in_directory")
        }
    }

    @Test("The provider fills the groups that have its name, and no others")
    func groups() async throws {
        let provider = Believer(Self.identity())
        var files = TestOrganisation.files
        files["shared/groups.yaml", default: ""] += "\nwheel: {title: {en: Wheel, de: Rad}, claim: /wheel}\n"
        try await Self.with(provider, files: files) { harness in
            func groups(_ values: Set<String>) async throws -> Set<GroupID> {
                provider.identity.withLock { $0 = Self.identity(groups: values) }
                let start = try await harness.desk.beginProviderSignIn(returnTo: nil)
                let end = try await harness.desk.finishProviderSignIn(
                    provider.answer, browserSecret: start.browserSecret)
                return end.session.viewer.person.groups
            }
            let before = try await harness.viewer("ada").person.groups
            #expect(try await groups(["/wheel", "/other"]) == before.union(["wheel"]))
            #expect(try await harness.desk.importPeople(csv: TestOrganisation.people, by: "tests").changed == 0)
            #expect(try await groups(["/wheel"]) == before.union(["wheel"]))
            #expect(try await groups(["wheel"]) == before)
        }
    }

    @Test(
        "Who comes into an office by it is known to those who lead the department, and a locked person gets no groups")
    func offices() async throws {
        let provider = Believer(Self.identity(groups: ["/wheel"]))
        var files = TestOrganisation.files
        files["shared/groups.yaml", default: ""] += "\nwheel: {title: {en: Wheel, de: Rad}, claim: /wheel}\n"
        files["departments/hr/teams.yaml"] = files["departments/hr/teams.yaml"]?
            .replacing("[group:payroll]", with: "[group:payroll, group:wheel]")
        files["departments/hr/department.yaml"] = files["departments/hr/department.yaml"]?
            .replacing("agents: [team:hr]", with: "agents: [team:hr, team:hr-payroll]")
        try await Self.with(provider, files: files) { harness in
            func signIn() async throws -> String {
                let start = try await harness.desk.beginProviderSignIn(returnTo: nil)
                return try await refusal {
                    _ = try await harness.desk.finishProviderSignIn(
                        provider.answer, browserSecret: start.browserSecret)
                }
            }
            _ = try await harness.desk.lockAccount(of: "ada", by: "operator")
            #expect(try await signIn() == "account.locked")
            #expect(try await harness.viewer("ada").person.groups.isEmpty)
            _ = try await harness.desk.unlockAccount(of: "ada", by: "operator")
            #expect(try await signIn() == "nothing")
            #expect(try await harness.viewer("ada").authority.agentOf == ["hr"])
            let told = try await harness.desk.notifications(
                for: harness.viewer("hal"), onlyUnread: false, cursor: nil, limit: 10)
            #expect(
                told.page.items.map(\.text) == ["Ada belongs to Human resources by groups of the identity provider."])
            let audit = try await harness.storage.auditEntries(
                AuditQuery(log: .administration, kind: .membershipChanged, limit: 10))
            #expect(audit.count { $0.entry.text.contains("hr:agent") } == 1)
        }
    }

    @Test("A desk without a provider says so")
    func none() async throws {
        try await DeskHarness.with { harness in
            let code = try await refusal { _ = try await harness.desk.beginProviderSignIn(returnTo: nil) }
            #expect(code == "sign_in.no_provider")
            #expect(await harness.desk.providerSignOutAddress(returnTo: "/") == nil)
        }
    }
}
