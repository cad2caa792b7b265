import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Configurations of an earlier release")
struct EarlierReleaseTests {
    @Test(
        "What an earlier release applied goes on although the checker of this one objects, and nothing like it is applied again"
    )
    func goesOn() async throws {
        // An approval that may wait for ever.
        var files = TestOrganisation.files
        files["departments/hr/requests/leave.yaml"] = files["departments/hr/requests/leave.yaml"]?
            .replacing("    due: 3 working days\n    on_overdue: reject\n", with: "")
        let unsound = files
        let version = ConfigurationAddress.version(of: unsound)
        try await DeskHarness.with { harness in
            await #expect(throws: ConfigurationFaults.self) {
                try await harness.desk.applyConfiguration(files: unsound, by: "tests")
            }
            try await harness.storage.apply(
                version, files: unsound, replacing: nil, by: "tests", at: harness.clock.now, audit: [], telling: [])
            let desk = harness.anotherDesk()
            let ada = try #require(await desk.viewer(handle: "ada"))
            let boss = try #require(await desk.viewer(handle: "boss"))
            let raised = try await desk.raise(
                "hr.leave", entries: ["from": .string("2026-12-01")], beneficiary: nil, by: ada, key: nil)
            let compiled = try await desk.configurations.current()
            #expect(compiled.configuration.version == version)
            #expect(compiled.diagnostics.map(\.code) == ["step.no_due"])
            let number = raised.value.summary.number
            let approved = try await desk.perform(
                .approve(InstanceName("decide"), comment: nil), on: number, by: boss, key: nil, expectedVersion: nil)
            #expect(try approved.value.step("decide").status == .done)
        }
    }

    @Test("Files that no longer read are not run")
    func unreadable() async throws {
        var files = TestOrganisation.files
        files["departments/hr/requests/leave.yaml", default: ""] += "colour: blue\n"
        let unreadable = files
        let version = ConfigurationAddress.version(of: unreadable)
        try await DeskHarness.with { harness in
            try await harness.storage.apply(
                version, files: unreadable, replacing: nil, by: "tests", at: harness.clock.now, audit: [], telling: [])
            await #expect(throws: StorageError.self) { try await harness.anotherDesk().configurations.current() }
        }
    }
}
