import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Tokens that people make")
struct TokenTests {
    @Test("A token can do what it is made for, and makes none that can do more")
    func scopes() async throws {
        try await DeskHarness.with { harness in
            let session = try await harness.start("ada")
            let ada = try #require(try await harness.desk.visit(session: session.secret)).viewer
            let (secret, stored) = try await harness.desk.createToken(
                "script", scopes: [.account, .requestsRead], lifetime: .seconds(1000), by: ada)
            let viewer = try #require(try await harness.desk.viewer(bearer: secret))
            #expect(viewer.person.handle == "ada")
            #expect(viewer.credential == .token(stored.id, scopes: [.account, .requestsRead]))
            #expect(viewer.credential.allows(.requestsRead) && !viewer.credential.allows(.requestsWrite))
            for wider: Set<Scope> in [[.all], [.work], [.requestsRead, .requestsWrite]] {
                let answer = try await refusal {
                    _ = try await harness.desk.createToken("x", scopes: wider, lifetime: .seconds(9), by: viewer)
                }
                #expect(answer == "token.wider")
            }
            let (narrow, _) = try await harness.desk.createToken(
                "x", scopes: [.requestsRead], lifetime: .seconds(9), by: viewer)
            #expect(try await harness.desk.viewer(bearer: narrow)?.credential.allows(.account) == false)
            #expect(try await harness.desk.tokens(of: ada).map(\.label).sorted() == ["script", "x"])
            harness.clock.advance(by: .seconds(9))
            #expect(try await harness.desk.viewer(bearer: narrow) == nil)
            #expect(try await harness.desk.tokens(of: ada).map(\.label) == ["script"])
        }
    }

    @Test("People revoke their own tokens, not those of others")
    func revoking() async throws {
        try await DeskHarness.with { harness in
            let (ada, bo) = (try await harness.viewer("ada"), try await harness.viewer("bo"))
            let (secret, stored) = try await harness.desk.createToken(
                "script", scopes: [.all], lifetime: .seconds(1000), by: ada)
            let foreign = try await refusal { try await harness.desk.revokeToken(stored.id, of: bo) }
            #expect(foreign == "token.unknown")
            #expect(try await harness.desk.viewer(bearer: secret) != nil)
            try await harness.desk.revokeToken(stored.id, of: ada)
            #expect(try await harness.desk.viewer(bearer: secret) == nil)
            let again = try await refusal { try await harness.desk.revokeToken(stored.id, of: ada) }
            #expect(again == "token.unknown")
        }
    }

    @Test(
        "Whoever sets a password with a code has no token any more, whoever made it; whoever changes theirs keeps them")
    func codes() async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        try await DeskHarness.with(files: files) { harness in
            let desk = harness.desk
            func token(_ handle: String) async throws -> String {
                try await desk.createToken(
                    "x", scopes: [.all], lifetime: .seconds(1000), by: harness.viewer(handle)
                ).secret
            }
            func isGood(_ secret: String) async throws -> Bool { try await desk.viewer(bearer: secret) != nil }
            let (first, other) = (try await token("ada"), try await token("bo"))
            let code = try await desk.invite("ada", by: harness.viewer("ivo")).code
            #expect(try await isGood(first))
            #expect(try await harness.redeem(code, "the ferry leaves at nine") == "nothing")
            #expect(try await isGood(first) == false)
            let second = try await token("ada")
            try await desk.changePassword(
                from: "the ferry leaves at nine", to: "the next ferry leaves at ten", of: harness.viewer("ada"))
            #expect(try await isGood(second))
            try await harness.enrol("ada", "no ferry leaves after ten")
            #expect(try await isGood(second) == false)
            #expect(try await isGood(other))
        }
    }

    @Test("What is made with a token ends with it at the latest")
    func ends() async throws {
        try await DeskHarness.with { harness in
            let desk = harness.desk
            let year = Duration.seconds(366 * 86_400)
            func made(by secret: String, _ lifetime: Duration) async throws -> (secret: String, stored: StoredToken) {
                let viewer = try #require(try await desk.viewer(bearer: secret))
                return try await desk.createToken("x", scopes: [.account], lifetime: lifetime, by: viewer)
            }
            let day = try await desk.createToken(
                "day", scopes: [.account], lifetime: .seconds(86_400), by: harness.viewer("ada"))
            let child = try await made(by: day.secret, year)
            #expect(child.stored.expiresAt == day.stored.expiresAt)
            harness.clock.advance(by: .seconds(3600))
            let grandchild = try await made(by: child.secret, year)
            #expect(grandchild.stored.expiresAt == day.stored.expiresAt)
            let short = try await made(by: day.secret, .seconds(60))
            #expect(short.stored.expiresAt == harness.clock.now + .seconds(60))
            let endless = try await desk.issueToken(for: "ada", label: "x", lifetime: nil, by: "operator").secret
            #expect(try await made(by: endless, year).stored.expiresAt == harness.clock.now + year)
            harness.clock.advance(by: .seconds(86_400 - 3600))
            for secret in [day.secret, child.secret, grandchild.secret] {
                #expect(try await desk.viewer(bearer: secret) == nil)
            }
        }
    }

    static let refused: [(String, Set<Scope>, Int, String)] = [
        ("", [.all], 1, "token.label"), (String(repeating: "x", count: 101), [.all], 1, "token.label"),
        ("x", [], 1, "token.scopes"), ("x", [.all], 0, "token.lifetime"), ("x", [.all], 367, "token.lifetime"),
    ]

    @Test("What a token must be", arguments: refused)
    func refusals(label: String, scopes: Set<Scope>, days: Int, code: String) async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada")
            let answer = try await refusal {
                _ = try await harness.desk.createToken(
                    label, scopes: scopes, lifetime: .seconds(86_400) * days, by: ada)
            }
            #expect(answer == code)
        }
    }

    @Test("A program makes no tokens: whoever runs it does")
    func programs() async throws {
        try await DeskHarness.with { harness in
            let sync = ImportedPerson(
                handle: "sync", name: "Sync", email: "", language: nil, manager: nil, site: nil, groups: ["it-staff"],
                kind: .service, newID: PersonID(UniqueID(high: 1, low: 7)))
            _ = try await harness.storage.replacePeople(
                [sync], at: harness.clock.now, record: { _ in ChangeRecord() })
            let (secret, stored) = try await harness.desk.issueToken(
                for: "sync", label: "x", lifetime: nil, by: "operator")
            let viewer = try #require(try await harness.desk.viewer(bearer: secret))
            let making = try await refusal {
                _ = try await harness.desk.createToken("x", scopes: [.all], lifetime: .seconds(9), by: viewer)
            }
            let listing = try await refusal { _ = try await harness.desk.tokens(of: viewer) }
            let revoking = try await refusal { try await harness.desk.revokeToken(stored.id, of: viewer) }
            #expect([making, listing, revoking] == Array(repeating: "access.not_allowed", count: 3))
        }
    }

    @Test("There is an end to how many somebody has")
    func many() async throws {
        var settings = DeskSettings()
        settings.tokensPerPerson = 1
        try await DeskHarness.with(settings) { harness in
            let ada = try await harness.viewer("ada")
            _ = try await harness.desk.createToken("x", scopes: [.all], lifetime: .seconds(9), by: ada)
            let answer = try await refusal {
                _ = try await harness.desk.createToken("x", scopes: [.all], lifetime: .seconds(9), by: ada)
            }
            #expect(answer == "token.too_many")
        }
    }

    @Test("A token says that it is one; a mistyped one costs no query, one of an earlier release still counts")
    func form() {
        let secret = Tokens.make { [UInt8](repeating: 7, count: $0) }
        #expect(secret.hasPrefix("bureau_pat_") && secret.utf8.count == 60)
        #expect(Tokens.digest(of: secret) == Digest.sha256(secret))
        let changed = secret.replacing("BwcH", with: "BwcI", maxReplacements: 1)
        #expect(changed != secret && Tokens.digest(of: changed) == nil)
        #expect(Tokens.digest(of: String(secret.dropLast())) == nil)
        #expect(Tokens.digest(of: "bureau_" + String(repeating: "A", count: 43)) != nil)
        #expect(Tokens.digest(of: "") == nil)
    }
}
