import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Signing in and people")
struct SignInTests {
    @Test("Whoever asks may choose among the languages of the configuration of now")
    func languages() async throws {
        try await DeskHarness.with { harness in
            #expect(try await harness.viewer("ada").languages == ["en", "de"])
            var files = TestOrganisation.files
            let organisation = files["shared/organisation.yaml", default: ""]
            files["shared/organisation.yaml"] = organisation.replacing("[en, de]", with: "[de, en]")
            _ = try await harness.desk.applyConfiguration(files: files, by: "tests")
            #expect(try await harness.viewer("ada").languages == ["de", "en"])
            #expect(try await harness.desk.languages() == ["de", "en"])
        }
    }

    @Test("A token stands for its person until it expires")
    func expiry() async throws {
        try await DeskHarness.with { harness in
            let (secret, stored) = try await harness.desk.issueToken(
                for: "ada", label: "laptop", lifetime: .seconds(100), by: "tests")
            #expect(secret.hasPrefix("bureau_"))
            #expect(try await harness.desk.viewer(bearer: secret)?.person.handle == "ada")
            #expect(try await harness.desk.viewer(bearer: secret)?.language == "de")
            #expect(try await harness.desk.viewer(bearer: secret + "x") == nil)
            #expect(try await harness.desk.viewer(bearer: "") == nil)
            harness.clock.advance(by: .seconds(99))
            #expect(try await harness.desk.viewer(bearer: secret) != nil)
            harness.clock.advance(by: .seconds(1))
            #expect(try await harness.desk.viewer(bearer: secret) == nil)
            #expect(try await harness.desk.tokens(of: "ada").map(\.id) == [stored.id])
            #expect(
                try await refusal {
                    _ = try await harness.desk.issueToken(for: "nobody", label: "", lifetime: nil, by: "tests")
                }
                    == "people.unknown")
        }
    }

    @Test("A revoked token is refused at once here, and after five seconds by another daemon")
    func revoked() async throws {
        try await DeskHarness.with { harness in
            let (secret, stored) = try await harness.desk.issueToken(
                for: "ada", label: "laptop", lifetime: nil, by: "tests")
            let other = harness.anotherDesk()
            #expect(try await other.viewer(bearer: secret) != nil)
            #expect(try await harness.desk.viewer(bearer: secret) != nil)
            #expect(try await harness.desk.revokeToken(stored.id, by: "tests"))
            #expect(try await harness.desk.viewer(bearer: secret) == nil)
            harness.clock.advance(by: .seconds(5))
            #expect(try await other.viewer(bearer: secret) == nil)
            #expect(try await !harness.desk.revokeToken(stored.id, by: "tests"))
        }
    }

    @Test("A leaver's token opens nothing, and the people import says what it did")
    func leaver() async throws {
        try await DeskHarness.with { harness in
            let (secret, _) = try await harness.desk.issueToken(for: "eve", label: "laptop", lifetime: nil, by: "tests")
            #expect(try await harness.desk.viewer(bearer: secret) != nil)
            let lines = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("eve,") }
            let report = try await harness.desk.importPeople(csv: lines.joined(separator: "\n"), by: "tests")
            #expect(report.left == 1 && report.joined == 0 && report.changed == 0)
            #expect(try await harness.desk.viewer(bearer: secret) == nil)
            #expect(try await harness.desk.viewer(handle: "eve") == nil)
        }
    }

    @Test("A file of people with mistakes changes nothing and names them")
    func brokenFile() async throws {
        try await DeskHarness.with { harness in
            await #expect(throws: PeopleFileError.self) {
                try await harness.desk.importPeople(csv: "handle,name,email\nada,,x\n", by: "tests")
            }
            let viewer = try await harness.viewer("bo")
            #expect(viewer.person.name == "Bo")
        }
    }

    @Test("A desk is ready when the database answers and there is a configuration")
    func ready() async throws {
        try await DeskHarness.with { harness in
            #expect(await harness.desk.isReady().isReady)
            #expect(await harness.anotherDesk().isReady() == Readiness(reasons: []))
            harness.shaky.failAlways(.away)
            let readiness = await harness.desk.isReady()
            #expect(!readiness.isReady)
            #expect(readiness.reasons == ["The database does not answer."])
        }
    }

    @Test("Files that do not compile are not applied")
    func brokenConfiguration() async throws {
        try await DeskHarness.with { harness in
            let before = try await harness.storage.currentVersion()
            await #expect(throws: ConfigurationFaults.self) {
                try await harness.desk.applyConfiguration(files: ["shared/organisation.yaml": "title: x"], by: "tests")
            }
            #expect(try await harness.storage.currentVersion() == before)
            #expect(before == ConfigurationAddress.version(of: TestOrganisation.files))
        }
    }
}
