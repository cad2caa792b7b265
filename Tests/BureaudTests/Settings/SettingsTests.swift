import ArgumentParser
import Testing

@testable import bureaud

@Suite struct SettingsTests {
    /// Sources that say nothing but what a test adds.
    static func sources(
        flags: [SettingKey: String] = [:], environment: [String: String] = [:], file: String? = nil,
        isRoot: Bool = false
    ) -> SettingSources {
        SettingSources(
            flags: flags, environment: environment,
            file: file.map { SettingsFile(path: "/etc/bureau/bureaud.conf", text: $0) }, isRoot: isRoot)
    }

    struct Precedence: Sendable, CustomTestStringConvertible {
        var flag: String?
        var environment: String?
        var file: String?
        var value: String
        var origin: SettingOrigin
        var testDescription: String { "\(value) from \(origin)" }
    }

    @Test(
        "Flags win over the environment, that over the file, that over the default",
        arguments: [
            Precedence(
                flag: "a:1", environment: "b:2", file: "c:3", value: "a:1", origin: .flag("--listen")),
            Precedence(environment: "b:2", file: "c:3", value: "b:2", origin: .environment("BUREAU_LISTEN")),
            Precedence(file: "c:3", value: "c:3", origin: .file(path: "/etc/bureau/bureaud.conf", line: 2)),
            Precedence(
                environment: "", file: "c:3", value: "c:3", origin: .file(path: "/etc/bureau/bureaud.conf", line: 2)),
            Precedence(value: "127.0.0.1:8080", origin: .standard),
        ])
    func precedence(_ example: Precedence) throws {
        let sources = Self.sources(
            flags: example.flag.map { [.listen: $0] } ?? [:],
            environment: example.environment.map { ["BUREAU_LISTEN": $0] } ?? [:],
            file: example.file.map { "# where to listen\nlisten = \($0)\n" })
        #expect(sources.effective(.listen) == GivenSetting(value: example.value, origin: example.origin))
        #expect(try Settings(sources).listen == ListenAddress(example.value))
    }

    @Test("Every setting's default is a value that the setting takes", arguments: [true, false])
    func defaults(isRoot: Bool) throws {
        let settings = try Settings(Self.sources(isRoot: isRoot))
        #expect(settings.dataDirectory == (isRoot ? "/var/lib/bureau" : Files.absolute(".bureau")))
        #expect(settings.shutdownGrace == .seconds(20))
        #expect(settings.database == nil)
        #expect(settings.configDirectory == nil)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var line: String
        var message: String
        var testDescription: String { line }
    }

    @Test(
        "A wrong value is refused with the place where it stands",
        arguments: [
            Wrong(line: "listen = 8080", message: "listen must be an address and port, as 127.0.0.1:8080, not `8080`"),
            Wrong(
                line: "listen = localhost:70000",
                message: "listen must be an address and port, as 127.0.0.1:8080, not `localhost:70000`"),
            Wrong(
                line: "write_connections = 0",
                message: "write_connections must be a whole number from 1 to 200, not `0`"),
            Wrong(
                line: "read_connections = many",
                message: "read_connections must be a whole number from 1 to 200, not `many`"),
            Wrong(line: "log_format = xml", message: "log_format must be text or json, not `xml`"),
            Wrong(line: "shutdown_grace = 20", message: "shutdown_grace must be a duration, as 20s or 2m, not `20`"),
            Wrong(line: "database_owner = host=db", message: "database_owner makes sense only together with database"),
            Wrong(line: "databse = host=db", message: "there is no setting `databse`; did you mean `database`?"),
            Wrong(line: "colour = blue", message: "there is no setting `colour`"),
            Wrong(line: "listen", message: "a line reads `key = value`"),
        ])
    func wrongValues(_ example: Wrong) {
        let refusal = Refusal(.settings, "/etc/bureau/bureaud.conf:1: \(example.message)")
        #expect(throws: refusal) { try Settings(Self.sources(file: example.line)) }
    }

    @Test("All problems are reported at once, each with its source")
    func allProblems() {
        let sources = Self.sources(
            flags: [.logFormat: "xml"], environment: ["BUREAU_SHUTDOWN_GRACE": "soon"],
            file: "lisen = a:1\nlog_level = loud")
        let refusal = #expect(throws: Refusal.self) { try Settings(sources) }
        let lines = refusal?.sentence.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 4)
        #expect(lines.first?.hasPrefix("/etc/bureau/bureaud.conf:1:") == true)
        #expect(lines.contains { $0.hasPrefix("/etc/bureau/bureaud.conf:2: log_level must be one of trace") })
        #expect(lines.contains("--log-format: log_format must be text or json, not `xml`"))
        #expect(lines.contains { $0.hasPrefix("environment variable BUREAU_SHUTDOWN_GRACE: ") })
    }

    @Test("A setting given twice in the file is refused")
    func duplicate() {
        let file = SettingsFile(path: "f", text: "listen = a:1\n\nlisten = b:2")
        #expect(
            file.problems == [
                SettingProblem(origin: .file(path: "f", line: 3), message: "listen is set already at f:1")
            ])
    }

    @Test("A connection string keeps its equals signs, blanks and hash marks")
    func connectionString() throws {
        let text = "database = host=db user=bureau_write password=a#b='c'  \r\n"
        #expect(try Settings(Self.sources(file: text)).database == "host=db user=bureau_write password=a#b='c'")
    }

    @Test("Relative paths of a settings file count from its folder")
    func relativePaths() throws {
        let settings = try Settings(Self.sources(file: "config_directory = Config\ndata_directory = /srv/bureau"))
        #expect(settings.configDirectory == "/etc/bureau/Config")
        #expect(settings.dataDirectory == "/srv/bureau")
    }

    @Test("The report never shows a connection string")
    func report() {
        let sources = Self.sources(environment: ["BUREAU_DATABASE": "host=db password=hunter2"], file: "listen = a:1")
        let report = SettingsReport(sources).description
        #expect(!report.contains("hunter2"))
        #expect(report.contains("# environment variable BUREAU_DATABASE\n# database = (set, not shown)"))
        #expect(report.contains("# /etc/bureau/bureaud.conf:1\nlisten = a:1"))
    }

    @Test("What the report prints can be kept as a settings file")
    func reportIsFile() {
        let sources = Self.sources(flags: [.listen: "0.0.0.0:80"])
        let file = SettingsFile(path: "f", text: SettingsReport(sources).description)
        #expect(file.problems.isEmpty)
        #expect(file.given[.listen]?.value == "0.0.0.0:80")
    }

    @Test("A variable that is nearly a setting is worth a warning, an orchestrator's is not")
    func environmentWarnings() {
        let sources = Self.sources(environment: [
            "BUREAU_LISTN": "a:1", "BUREAU_SERVICE_HOST": "10.0.0.1", "BUREAU_TOKEN": "x", "HOME": "/",
        ])
        #expect(
            sources.environmentWarnings == [
                "The environment variable BUREAU_LISTN is not a setting; did you mean BUREAU_LISTEN?"
            ])
    }

    @Test("Names of flags and variables follow from the setting's name")
    func names() {
        #expect(SettingKey.shutdownGrace.flag == "--shutdown-grace")
        #expect(SettingKey.shutdownGrace.environmentName == "BUREAU_SHUTDOWN_GRACE")
    }

    @Test("Every setting has its flag")
    func everyFlag() throws {
        let arguments = SettingKey.allCases.flatMap { [$0.flag, "value of \($0.rawValue)"] }
        let flags = try SettingOptions.parse(arguments).flags
        for key in SettingKey.allCases { #expect(flags[key] == "value of \(key.rawValue)") }
    }
}
