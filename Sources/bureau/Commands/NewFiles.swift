import ArgumentParser
import Glibc
import WorkflowConfiguration

/// Needs no server: files to begin with.
struct NewFiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write files to begin with.", subcommands: [NewRequest.self])
}

struct NewRequest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Write a request type to begin with, and scenarios beside it.",
        discussion: "Example: bureau new request hr.parking_place. Files that are there already stay as they are.")

    @Argument(help: "Department and name: hr.parking_place.")
    var type: String

    @Option(help: "The folder with shared/ and departments/.")
    var config = "Config"

    func run() throws {
        let files = try StartingFiles(type, configuration: try CheckedConfiguration.load(config))
        let written = [(files.requestPath, files.request), (files.testPath, files.tests)]
        for (path, _) in written where access("\(config)/\(path)", F_OK) == 0 {
            throw ClientError.usage("\(config)/\(path) is there already; nothing was written.")
        }
        for (path, text) in written {
            try TextFile.create(text, at: "\(config)/\(path)")
            Output.line("\(config)/\(path)")
        }
        Output.line("Next: `bureau check \(config)`, `bureau test \(config)/\(files.testPath)`.")
    }
}
