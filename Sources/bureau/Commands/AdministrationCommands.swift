import ArgumentParser
import Glibc
import WorkflowConfiguration
import WorkflowCore

/// For the owners of a part of the configuration.
struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a part of the configuration into use: shared/ or a folder below departments/.",
        discussion: """
            Example: bureau apply Config/departments/hr
            The whole organisation is checked with the new files; either they are in use afterwards or nothing has changed. Requests \
            that run stay on what they started with.
            """)

    @Argument(help: "The folder.")
    var folder: String

    @Option(help: "Refuse when another version than this is in use; the one in use now, unless said.")
    var replacing: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let part = try ConfigurationFolderPart(folder)
        let files = try part.files()
        let client = try connection.client()
        let version = try replacing ?? client.get("/api/v1/configuration")["version"]?.text ?? ""
        let answer = try client.put(
            "/api/v1/configuration/\(part.address)", .object(files.mapValues { .string($0) }),
            headers: [("If-Match", "\"\(version)\"")])
        try connection.show(answer) { Self.lines($0, Style()) }
    }

    static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
        let changed = answer["changed"]?.elements.compactMap(\.text) ?? []
        guard !changed.isEmpty else { return [style.dim("Nothing is different; nothing was applied.")] }
        return changed.map { "  \(Output.safe($0))" } + ["Applied \(Output.safe(answer["version"]?.text ?? ""))."]
    }
}

/// A folder that is a part of a configuration, known by its place.
struct ConfigurationFolderPart: Equatable {
    /// The folder with shared/ and departments/.
    let root: String
    /// `shared`, `departments/hr`.
    let address: String

    init(_ folder: String) throws {
        guard let resolved = realpath(folder, nil) else { throw ClientError.usage("There is no folder \(folder).") }
        defer { free(resolved) }
        let parts = String(cString: resolved).split(separator: "/").map(String.init)
        if parts.last == "shared" {
            root = "/" + parts.dropLast().joined(separator: "/")
            address = "shared"
        } else if parts.count >= 2, parts[parts.count - 2] == "departments", let department = parts.last {
            root = "/" + parts.dropLast(2).joined(separator: "/")
            address = "departments/\(department)"
        } else {
            throw ClientError.usage(
                "\(folder) is no part of a configuration: name its shared/ or a folder below its departments/.")
        }
    }

    /// Its files, by path in the configuration folder.
    func files() throws -> [String: String] {
        do {
            return try ConfigurationBundle.load(directory: root).files.filter { $0.key.hasPrefix("\(address)/") }
        } catch {
            throw ClientError.usage("\(root): \(error)")
        }
    }
}

struct ShowConfiguration: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configuration", abstract: "The configuration in use: its version, and who applied what and when.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try connection.show(try connection.client().get("/api/v1/configuration")) { Self.lines($0, Style()) }
    }

    static func lines(_ view: JSONValue, _ style: Style) -> [String] {
        let own = view["own"]?.elements.compactMap(\.text) ?? []
        var table = Table(["WHEN", "WHO", "VERSION"], flexible: 2)
        table.rows = (view["applications"]?.elements ?? []).map { item in
            [
                Table.Cell(Moment.full(item["at"]?.text)),
                Table.Cell(item["person"]?["handle"]?.text ?? item["principal"]?.text),
                Table.Cell(item["version"]?.text),
            ]
        }
        return ["\(style.dim("version")): \(Output.safe(view["version"]?.text ?? ""))"]
            + (own.isEmpty ? [] : ["\(style.dim("you may apply")): \(Output.safe(own.joined(separator: ", ")))"])
            + table.lines(style: style)
    }
}

/// For the platform's administrators.
struct People: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Administer the directory of people.", subcommands: [PeopleImport.self, PeopleErase.self])
}

struct PeopleImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make the directory equal to a CSV file: who is missing has left.")

    @Argument(help: "The CSV file, UTF-8, at most 1 MiB; - is the standard input.")
    var file: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        guard let csv = TextFile.contents(of: file) else { throw ClientError.usage("\(file) cannot be read.") }
        let answer = try connection.client().put("/api/v1/people", .object(["csv": .string(csv)]))
        try connection.show(answer) { report in
            ["joined", "changed", "left"].map { "\($0): \(report[$0]?.integer ?? 0)" }
        }
    }
}

struct PeopleErase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Take a leaver's personal data out of everything that is kept.",
        discussion: "There is no way back. What happened stays; what they entered into closed requests goes.")

    @Argument(help: "The person's handle.")
    var handle: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().post(
            "/api/v1/people/\(try segment(handle, "person"))/erasure", .object([:]))
        try connection.show(answer) { report in
            [
                "Erased; the directory has \(Output.safe(report["pseudonym"]?.text ?? "")) in their place.",
                "\(report["requests"]?.integer ?? 0) requests lost what was entered.",
            ]
        }
    }
}
