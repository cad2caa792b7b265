import ArgumentParser
import WorkflowCore

struct Upload: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Upload a file, to be named in a form or a comment.",
        discussion: "Prints its identifier. What no request uses within a day is forgotten.")

    @Argument(help: "The file.", completion: .file())
    var path: String

    @Option(help: "What to call it; as it is called here, unless said otherwise.")
    var name: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().upload(
            try BinaryFile.contents(of: path), name: name ?? path.split(separator: "/").last.map(String.init) ?? path)
        try connection.show(answer) { [Output.safe($0["id"]?.text ?? "")] }
    }
}

struct Download: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Save a file of a request.",
        discussion: "Never writes over a file that is there already.")

    @Argument(help: "The number or identifier of the request.")
    var id: String

    @Argument(help: "The identifier of the file, as `bureau show --json` and `bureau timeline --json` print it.")
    var file: String

    @Argument(help: "Where to save it.", completion: .file())
    var path: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let bytes = try connection.client().bytes(
            "/api/v1/requests/\(try segment(id, "request"))/attachments/\(try segment(file, "file"))")
        try BinaryFile.create(bytes, at: path)
        try connection.show(.object(["path": .string(path), "size": .number(String(bytes.count))])) { _ in
            ["\(bytes.count) octets saved."]
        }
    }
}
