import Expressions
import PostgresClient
import TestSupport
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Signing in with a password")
struct PasswordTests {
    static let secret = "the ferry leaves at nine"

    @Test("A code sets a password once; then the password signs in")
    func enrolment() async throws {
        try await DeskHarness.with { harness in
            let desk = harness.desk
            #expect(try await harness.attempt("ada", Self.secret) == "sign_in.failed")
            let invitation = try await desk.invite("ada", lifetime: nil, by: "operator")
            #expect(try await desk.account(of: "ada").invitedUntil == invitation.expiresAt)
            #expect(try await harness.redeem(invitation.code, "ada") == "password.too_short")
            #expect(try await harness.redeem("x" + invitation.code.dropFirst(), Self.secret) == "invitation.unknown")
            let first = try await desk.signIn(invitation: invitation.code, password: Self.secret, label: "laptop")
            #expect(first.view.method == .invitation && first.viewer.person.handle == "ada")
            #expect(try await harness.redeem(invitation.code, Self.secret) == "invitation.unknown")

            let second = try await desk.signIn(as: "ada", password: Self.secret, label: "phone")
            #expect(second.view.method == .password && second.view.label == "phone")
            #expect(try await desk.visit(session: second.secret)?.viewer.person.handle == "ada")
            let account = try await desk.account(of: "ada")
            #expect(account.hasPassword && account.invitedUntil == nil && account.blockedUntil == nil)

            // Another code: the password goes on until it is used, and then all that was signed in is out.
            let old = try await desk.invite("ada", lifetime: .seconds(60), by: "operator")
            let new = try await desk.invite("ada", lifetime: .seconds(60), by: "operator")
            #expect(try await harness.redeem(old.code, Self.secret) == "invitation.unknown")
            #expect(try await harness.attempt("ada", Self.secret) == "nothing")
            _ = try await desk.signIn(invitation: new.code, password: "another ferry at ten", label: nil)
            #expect(try await desk.visit(session: second.secret) == nil)
            #expect(try await harness.attempt("ada", Self.secret) == "sign_in.failed")
        }
    }

    @Test("A code's time ends, is bounded, and no code is for programs, leavers or strangers")
    func codes() async throws {
        try await DeskHarness.with { harness in
            let invitation = try await harness.desk.invite("ada", lifetime: .seconds(60), by: "operator")
            harness.clock.advance(by: .seconds(60))
            #expect(try await harness.redeem(invitation.code, Self.secret) == "invitation.unknown")
            for lifetime in [Duration.zero, .seconds(-1), .seconds(32 * 86_400)] {
                let answer = try await refusal {
                    _ = try await harness.desk.invite("ada", lifetime: lifetime, by: "operator")
                }
                #expect(answer == "invitation.lifetime")
            }
            let stranger = try await refusal {
                _ = try await harness.desk.invite("nobody", lifetime: nil, by: "operator")
            }
            #expect(stranger == "people.unknown")
        }
        let people = """
            handle,name,email,manager,site,language,groups,kind
            robot,Robot,robot@test.example,,berlin,en,,service
            """
        try await DeskHarness.with(people: people) { harness in
            let program = try await refusal {
                _ = try await harness.desk.invite("robot", lifetime: nil, by: "operator")
            }
            #expect(program == "account.not_a_person")
            let viewer = try await harness.viewer("robot")
            let session = UniqueID(high: 1, low: 2)
            for answer in [
                try await refusal { _ = try await harness.desk.sessions(of: viewer) },
                try await refusal { try await harness.desk.endSession(session, of: viewer) },
                try await refusal { try await harness.desk.changePassword(from: "x", to: Self.secret, of: viewer) },
            ] { #expect(answer == "access.not_allowed") }
        }
    }

    @Test(
        "Whoever guesses learns nothing: the answers are the same for a handle that nobody has, and for one without a password"
    )
    func guessing() async throws {
        try await DeskHarness.with { harness in
            try await harness.enrol("ada", Self.secret)
            let desks = [harness.desk, harness.anotherDesk()]
            var transcripts: [[String]] = []
            for handle in ["ada", "bo", "nobody"] {
                var transcript: [String] = []
                while transcript.count < 20 {
                    let answer = try await harness.attempt(handle, "a wrong password", at: desks[transcript.count % 2])
                    transcript.append(answer)
                    if let seconds = answer.split(separator: " ").compactMap({ Int($0) }).first {
                        harness.clock.advance(by: .seconds(seconds))
                    }
                }
                transcripts.append(transcript)
            }
            let waits = [1, 2, 4, 8, 16, 32, 900].map { ["sign_in.failed", "too many attempts: \($0) s"] }
            let expected =
                Array(repeating: "sign_in.failed", count: 3) + waits.flatMap { $0 } + [
                    "sign_in.failed", "too many attempts: 1800 s", "sign_in.failed",
                ]
            for transcript in transcripts { #expect(transcript == expected) }
            // What can be no password or handle is not looked at, and costs nothing.
            for (handle, password) in [("", "x"), ("bo", ""), ("bo", String(repeating: "x", count: 129))] {
                #expect(try await harness.attempt(handle, password) == "sign_in.failed")
            }
        }
    }

    @Test(
        "After ten failures the right password has to wait, at every daemon, until the time is over or an administrator unlocks"
    )
    func locked() async throws {
        try await DeskHarness.with { harness in
            try await harness.enrol("ada", Self.secret)
            try await harness.fail("ada", times: 10)
            let other = harness.anotherDesk()
            #expect(try await harness.attempt("ada", Self.secret, at: other) == "too many attempts: 900 s")
            #expect(try await harness.desk.account(of: "ada").blockedUntil != nil)
            // Nobody else waits, and sessions go on.
            try await harness.enrol("bo", "an entirely different one")
            harness.clock.advance(by: .seconds(899))
            #expect(try await harness.attempt("ada", Self.secret) == "too many attempts: 1 s")
            harness.clock.advance(by: .seconds(1))
            #expect(try await harness.attempt("ada", Self.secret) == "nothing")

            try await harness.fail("ada", times: 10)
            #expect(try await harness.desk.unlockAccount(of: "ada", by: "operator"))
            #expect(try await harness.desk.unlockAccount(of: "ada", by: "operator") == false)
            #expect(try await harness.attempt("ada", Self.secret) == "nothing")

            try await harness.fail("ada", times: 10)
            let code = try await harness.desk.invite("ada", lifetime: nil, by: "operator").code
            #expect(try await harness.redeem(code, "a new one for a new day") == "nothing")
            #expect(try await harness.attempt("ada", "a new one for a new day") == "nothing")
        }
    }

    @Test("Of many guesses at the same moment, at several daemons, no more are looked at than one after the other")
    func atOnce() async throws {
        try await DeskHarness.with { harness in
            try await harness.enrol("ada", Self.secret)
            let desks = [harness.desk, harness.anotherDesk(), harness.anotherDesk()]
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        try await harness.attempt("ada", "guess number \(number)", at: desks[number % 3])
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 == "sign_in.failed" }.count == 4)
            #expect(answers.filter { $0 == "too many attempts: 1 s" }.count == 20)
        }
    }

    @Test("When all guess together, all wait")
    func everybody() async throws {
        var settings = DeskSettings()
        settings.attempts.freeFailuresOfAll = 5
        try await DeskHarness.with(settings) { harness in
            try await harness.enrol("ada", Self.secret)
            for number in 0..<6 {
                #expect(try await harness.attempt("p\(number)", "guess guess guess") == "sign_in.failed")
            }
            #expect(try await harness.attempt("ada", Self.secret) == "too many attempts: 1 s")
            // Who knows the password does not make it worse.
            for seconds in [1, 2, 2] {
                harness.clock.advance(by: .seconds(seconds))
                #expect(try await harness.attempt("ada", Self.secret) == "nothing")
            }
        }
    }

    @Test("People change their own password with the old one, and their other sessions end")
    func change() async throws {
        try await DeskHarness.with { harness in
            let desk = harness.desk
            try await harness.enrol("ada", Self.secret)
            let here = try await desk.signIn(as: "ada", password: Self.secret, label: nil)
            let there = try await desk.signIn(as: "ada", password: Self.secret, label: nil)
            func change(_ old: String, _ new: String) async throws -> String {
                try await refusal { try await desk.changePassword(from: old, to: new, of: here.viewer) }
            }
            #expect(try await change(Self.secret, "short") == "password.too_short")
            #expect(try await change("not the old one", "a much better password") == "password.wrong")
            #expect(try await change(Self.secret, "a much better password") == "nothing")
            #expect(try await desk.visit(session: here.secret) != nil)
            #expect(try await desk.visit(session: there.secret) == nil)
            #expect(try await harness.attempt("ada", Self.secret) == "sign_in.failed")
            #expect(try await harness.attempt("ada", "a much better password") == "nothing")
            // Whoever finds an open browser cannot guess either.
            var answers: Set<String> = []
            for number in 0..<6 { answers.insert(try await change("guess number \(number)", "a yet better password")) }
            #expect(answers == ["password.wrong", "too many attempts: 1 s"])
            let bo = try await harness.viewer("bo")
            let none = try await refusal {
                try await desk.changePassword(from: "x", to: "a yet better password", of: bo)
            }
            #expect(none == "password.none")
        }
    }

    @Test("A locked account lets nobody in, in whatever way, and what was open is shut for good")
    func lockedByAdministrator() async throws {
        try await DeskHarness.with { harness in
            let desk = harness.desk
            try await harness.enrol("ada", Self.secret)
            let session = try await desk.signIn(as: "ada", password: Self.secret, label: nil)
            let (token, _) = try await desk.issueToken(for: "ada", label: "", lifetime: nil, by: "tests")
            let code = try await desk.invite("ada", lifetime: nil, by: "operator").code
            #expect(try await desk.lockAccount(of: "ada", by: "operator"))
            #expect(try await desk.lockAccount(of: "ada", by: "operator") == false)
            #expect(try await desk.visit(session: session.secret) == nil)
            #expect(try await desk.viewer(bearer: token) == nil)
            #expect(try await harness.redeem(code, "another password here") == "invitation.unknown")
            #expect(try await harness.attempt("ada", Self.secret) == "account.locked")
            // Only who knows the password learns that.
            #expect(try await harness.attempt("ada", "a wrong password") == "sign_in.failed")
            for answer in [
                try await refusal { _ = try await desk.signInForDemonstration(as: "ada", label: nil) },
                try await refusal { _ = try await desk.invite("ada", lifetime: nil, by: "operator") },
            ] { #expect(answer == "account.locked") }
            #expect(try await desk.account(of: "ada").isLocked)
            #expect(try await desk.unlockAccount(of: "ada", by: "operator"))
            #expect(try await harness.attempt("ada", Self.secret) == "nothing")
            #expect(try await desk.viewer(bearer: token) == nil)
        }
    }

    @Test("A hash that was cheaper than today's is computed anew when its owner signs in")
    func rehash() async throws {
        var cheap = DeskSettings()
        cheap.passwordCost = PasswordCost(kibibytes: 64, passes: 1, lanes: 1)
        try await DeskHarness.with(cheap) { harness in
            try await harness.enrol("ada", Self.secret)
            let person = try await harness.viewer("ada").person.id
            func cost() async throws -> PasswordCost? {
                try await harness.storage.account(of: person)?.passwordHash.flatMap { PasswordCost(of: $0) }
            }
            #expect(try await cost() == cheap.passwordCost)
            let later = harness.anotherDesk()
            #expect(try await harness.attempt("ada", "a wrong password", at: later) == "sign_in.failed")
            #expect(try await cost() == cheap.passwordCost)
            #expect(try await harness.attempt("ada", Self.secret, at: later) == "nothing")
            #expect(try await cost() == .today)
            // A daemon of the release before does not turn it back.
            #expect(try await harness.attempt("ada", Self.secret) == "nothing")
            #expect(try await cost() == .today)
        }
    }

    @Test("A leaver's password and code are gone, also after coming back")
    func leaver() async throws {
        try await DeskHarness.with { harness in
            try await harness.enrol("eve", Self.secret)
            let code = try await harness.desk.invite("eve", lifetime: nil, by: "operator").code
            let lines = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("eve,") }
            _ = try await harness.desk.importPeople(csv: lines.joined(separator: "\n"), by: "tests")
            #expect(try await harness.attempt("eve", Self.secret) == "sign_in.failed")
            _ = try await harness.desk.importPeople(csv: TestOrganisation.people, by: "tests")
            #expect(try await harness.attempt("eve", Self.secret) == "sign_in.failed")
            #expect(try await harness.redeem(code, Self.secret) == "invitation.unknown")
        }
    }

    @Test("The audit has every sign-in, failure, lock and change, and never what was typed")
    func audit() async throws {
        try await DeskHarness.with { harness in
            let desk = harness.desk
            try await harness.enrol("ada", Self.secret)
            try await harness.fail("ada", times: 10)
            _ = try await desk.unlockAccount(of: "ada", by: "operator")
            _ = try await harness.attempt("oops, my password", "oops, my password")
            let here = try await desk.signIn(as: "ada", password: Self.secret, label: nil)
            try await desk.changePassword(from: Self.secret, to: "a much better password", of: here.viewer)
            _ = try await desk.lockAccount(of: "ada", by: "operator")
            func kinds(_ log: AuditLog) async throws -> [String] {
                let entries = try await harness.storage.auditEntries(AuditQuery(log: log, limit: 100)).reversed()
                for entry in entries {
                    let texts = [entry.entry.text] + entry.entry.words.map(\.text)
                    for text in texts { #expect(!text.contains("oops") && !text.contains("ferry")) }
                }
                return try entries.map { try #require($0.entry.text.split(separator: "\"kind\":\"").last) }.map {
                    String($0.prefix { $0 != "\"" })
                }
            }
            #expect(
                try await kinds(.signIn) == ["sign_in.succeeded"] + Array(repeating: "sign_in.failed", count: 10)
                    + ["account.locked", "sign_in.failed", "sign_in.succeeded", "account.locked"])
            #expect(
                try await kinds(.administration).suffix(4) == [
                    "account.invited", "password.set", "account.unlocked", "password.set",
                ])
        }
    }

    @Test("Only platform administrators manage the accounts of others")
    func administrators() async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        try await DeskHarness.with(files: files) { harness in
            let (ivo, ada) = (try await harness.viewer("ivo"), try await harness.viewer("ada"))
            #expect(ivo.authority.isPlatformAdministrator)
            let desk = harness.desk
            for answer in [
                try await refusal { _ = try await desk.invite("bo", by: ada) },
                try await refusal { _ = try await desk.account(of: "bo", for: ada) },
                try await refusal { try await desk.lockAccount(of: "bo", by: ada) },
                try await refusal { try await desk.unlockAccount(of: "ada", by: ada) },
            ] { #expect(answer == "access.not_allowed") }
            let code = try await desk.invite("bo", by: ivo).code
            #expect(try await harness.redeem(code, Self.secret) == "nothing")
            try await desk.lockAccount(of: "bo", by: ivo)
            #expect(try await desk.account(of: "bo", for: ivo).isLocked)
            try await desk.unlockAccount(of: "bo", by: ivo)
            #expect(try await harness.attempt("bo", Self.secret) == "nothing")
        }
    }

    @Test("What is over is forgotten")
    func purge() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.attempt("nobody", "a wrong password")
            _ = try await harness.desk.invite("ada", lifetime: .seconds(60), by: "operator")
            func rows() async throws -> Int? {
                try await harness.database.query(
                    "SELECT (SELECT count(*) FROM bureau.password_attempt) + (SELECT count(*) FROM bureau.invitation)"
                ).first(as: Int.self)
            }
            #expect(try await rows() == 3)
            await harness.desk.worker.purge(now: harness.clock.now)
            #expect(try await rows() == 3)
            await harness.desk.worker.purge(now: harness.clock.now + .seconds(90_000))
            #expect(try await rows() == 1, "the row of all stays")
        }
    }
}

extension DeskHarness {
    /// Gives somebody a password.
    func enrol(_ handle: String, _ password: String) async throws {
        let code = try await desk.invite(handle, lifetime: nil, by: "operator").code
        _ = try await desk.signIn(invitation: code, password: password, label: nil)
    }

    /// What signing in is answered with: a refusal, or “nothing”.
    func attempt(_ handle: String, _ password: String, at other: ServiceDesk? = nil) async throws -> String {
        try await refusal { _ = try await (other ?? desk).signIn(as: handle, password: password, label: nil) }
    }

    func redeem(_ code: String, _ password: String) async throws -> String {
        try await refusal { _ = try await desk.signIn(invitation: code, password: password, label: nil) }
    }

    /// Fails so often, waiting each time as long as is asked.
    func fail(_ handle: String, times: Int) async throws {
        var failures = 0
        while failures < times {
            let answer = try await attempt(handle, "a wrong password")
            if answer == "sign_in.failed" {
                failures += 1
            } else {
                let seconds = try #require(answer.split(separator: " ").compactMap { Int($0) }.first, "\(answer)")
                clock.advance(by: .seconds(seconds))
            }
        }
    }
}
