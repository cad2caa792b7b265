import ArgumentParser
import Testing
import WorkflowConfiguration
import WorkflowCore

@testable import bureau

@Suite("bureau new request")
struct StartingFilesTests {
    @Test(
        "What is written passes the check and its own scenarios, in every department",
        arguments: ["hr", "it", "facilities", "security"])
    func passing(department: String) throws {
        let configuration = try TemporaryConfiguration()
        try NewRequest.parse(["\(department).parking_place", "--config", configuration.path]).run()
        let compilation = Compiler.compile(
            try ConfigurationBundle.load(directory: configuration.path), version: "test")
        #expect(compilation.diagnostics.map(\.description).filter { $0.contains("parking_place") } == [])
        let file = "departments/\(department)/tests/parking_place.yaml"
        let root = try #require(ConfigurationRoot(around: "\(configuration.path)/\(file)"))
        let run = try TestRun(root, filter: nil)
        #expect(run.hasPassed && run.results.count == 4, "\(run.lines(Style(isColoured: false, width: nil)))")
        let type = try #require(run.coverage.first { $0.id.text == "\(department).parking_place" })
        #expect(type.missingSteps.isEmpty && type.missingOutcomes.isEmpty)
    }

    @Test("Files that are there stay as they are")
    func existing() throws {
        let configuration = try TemporaryConfiguration()
        let before = try configuration.text(of: "departments/hr/requests/leave.yaml")
        #expect(throws: ClientError.self) {
            try NewRequest.parse(["hr.leave", "--config", configuration.path]).run()
        }
        #expect(try configuration.text(of: "departments/hr/requests/leave.yaml") == before)
    }

    @Test(
        "Names that cannot be are refused",
        arguments: [
            ("hrr.parking", "Did you mean `hr`?"), ("parking", "hr.parking_place"), ("hr.Parking", "small letters"),
            ("hr.", "small letters"), ("legal.contract", "There are: "),
        ])
    func refused(name: String, part: String) throws {
        let configuration = try TemporaryConfiguration()
        let error = #expect(throws: ClientError.self) {
            try NewRequest.parse([name, "--config", configuration.path]).run()
        }
        #expect(error?.text(style: Style(isColoured: false, width: nil)).contains(part) == true)
    }
}
