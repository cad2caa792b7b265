import JSONText
import Testing
import WorkflowConfiguration
import WorkflowCore

@testable import bureau

@Suite("bureau test")
struct TestRunTests {
    private static let broken = """
        type: hr.leave
        scenarios:
          - scenario: It is approved by itself
            play:
              - {raise: hr.leave, as: lin.zhao, form: {kind: vacation, from: 2027-02-01, until: 2027-02-02}}
              - expect: {outcome: approved}

        """

    @Test("Failures come first, then a line for each file and the sum")
    func lines() throws {
        let configuration = try TemporaryConfiguration()
        try configuration.write(Self.broken, to: "departments/hr/tests/broken.yaml")
        let root = try #require(ConfigurationRoot(around: configuration.path + "/departments/hr/tests/broken.yaml"))
        let run = try TestRun(root, filter: nil)
        #expect(!run.hasPassed && run.failed == 1)
        let lines = run.lines(Style(isColoured: false, width: nil)).joined(separator: "\n")
        #expect(lines.hasPrefix("departments/hr/tests/broken.yaml:6:18: error: It is approved by itself: `outcome`"))
        #expect(lines.hasSuffix("departments/hr/tests/broken.yaml: 1 failed, 0 passed\n1 scenario, 1 failed"))

        let json = try JSONReader.value(of: run.json)
        #expect(json["failed"] == .number("1"))
        let failure = json["scenarios"]?.elements.first?["failures"]?.elements.first
        #expect(failure?["line"] == .number("6"))
        #expect(failure?["expected"]?.text == "approved" && failure?["actual"]?.text == "none")
    }

    @Test("A path and a filter choose among the scenarios")
    func choosing() throws {
        let configuration = try TemporaryConfiguration()
        try configuration.write(Self.broken, to: "departments/hr/tests/broken.yaml")
        let all = try #require(ConfigurationRoot(around: configuration.path))
        #expect(all.directory == configuration.path && all.inside == "")
        #expect(try TestRun(all, filter: "BY ITSELF").results.map(\.name) == ["It is approved by itself"])
        let leave = try #require(ConfigurationRoot(around: configuration.path + "/departments/hr/tests/leave.yaml"))
        #expect(leave.inside == "departments/hr/tests/leave.yaml")
        #expect(try TestRun(leave, filter: nil).hasPassed)
        #expect(ConfigurationRoot(around: "/usr") == nil)
    }

    @Test("Coverage lists every request type with what is missing")
    func coverage() throws {
        let configuration = try TemporaryConfiguration()
        let root = try #require(ConfigurationRoot(around: configuration.path + "/departments/hr/tests/leave.yaml"))
        let run = try TestRun(root, filter: "manager says no")
        let leave = try #require(run.coverage.first { $0.id == "hr.leave" })
        #expect(leave.missingSteps == ["record", "pay"] && leave.missingOutcomes == ["approved", "withdrawn"])
        let lines = run.coverageLines(Style(isColoured: false, width: nil))
        #expect(
            lines.contains("hr.leave            1/3    1/3       record, pay, outcome approved, outcome withdrawn")
                || lines.contains {
                    $0.hasPrefix("hr.leave ") && $0.hasSuffix("record, pay, outcome approved, outcome withdrawn")
                })
    }

    @Test("A file that cannot be read fails the run")
    func unreadable() throws {
        let configuration = try TemporaryConfiguration()
        try configuration.write("scenarios: 5\n", to: "departments/hr/tests/nothing.yaml")
        let root = try #require(ConfigurationRoot(around: configuration.path))
        let run = try TestRun(root, filter: "no such scenario")
        #expect(run.results.isEmpty && !run.hasPassed)
        #expect(
            run.lines(Style(isColoured: false, width: nil)).first?.hasPrefix(
                "departments/hr/tests/nothing.yaml:1:1: error:") == true)
    }
}
