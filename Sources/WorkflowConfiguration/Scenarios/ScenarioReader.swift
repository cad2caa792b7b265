import Expressions
import WorkflowCore

/// Reads files of scenarios: everything that can be found wrong without playing them is found here.
struct ScenarioReader {
    let configuration: Configuration
    let time: TimeFrame
    let files: ScenarioFiles
    let findings: Findings
    var context: ReadingContext
    let directories = ScenarioDirectories()

    init(configuration: Configuration, time: TimeFrame, files: ScenarioFiles, findings: Findings) {
        self.configuration = configuration
        self.time = time
        self.files = files
        self.findings = findings
        context = ReadingContext(
            findings: findings, languages: configuration.organisation.languages, names: SharedNames())
    }

    private var clock: ScenarioClock { ScenarioClock(configuration.organisation, time) }

    /// The scenarios of one file, in its order. Those that cannot be read have been complained about and are left out.
    func read(_ path: String, _ text: String) -> [Scenario] {
        let location = SourceLocation(file: path, line: 1, column: 1)
        guard ScenarioFiles.isScenario(path) else {
            findings.error(
                .configUnknownFile, "`\(path)` has no place in the configuration.",
                hint: "Scenarios stand in departments/<id>/tests/<name>.yaml.", at: location)
            return []
        }
        guard let node = YAMLReader.read(text, path: path, findings: findings),
            let reader = MappingReader(node, Shapes.scenarioFile, findings: findings)
        else { return [] }
        let parts = path.split(separator: "/")
        let own = RequestTypeID("\(parts[1]).\(parts[3].dropLast(5))")
        guard let type = type(reader["type"], own, at: reader.location) else { return [] }
        var setting = Setting()
        if let given = reader["given"] { take(given, into: &setting, type) }
        guard let scenarios = reader["scenarios"] else { return [] }
        return scenarios.items.compactMap { scenario($0, type, setting) }
    }

    private func type(_ node: YAMLNode?, _ own: RequestTypeID, at location: SourceLocation) -> RequestType? {
        guard let node else {
            if let type = configuration.requestTypes[own] { return type }
            findings.error(
                .unknownType, "There is no request type `\(own)`, after which this file is named.",
                hint: "Say `type:`, or name the file like the request type.", at: location)
            return nil
        }
        return context.name(node, "a request type").flatMap { requestType($0) }
    }

    func requestType(_ name: Located<String>) -> RequestType? {
        let known = configuration.requestTypes
        guard
            context.resolve(
                name.value, among: known.keys.map(\.text), "request type", .unknownType, at: name.location)
        else { return nil }
        return known[RequestTypeID(name.value)]
    }

    private func scenario(_ node: YAMLNode, _ type: RequestType, _ setting: Setting) -> Scenario? {
        guard let reader = MappingReader(node, Shapes.scenario, findings: findings),
            let name = reader["scenario"]?.scalar("what the scenario shows", findings), let play = reader["play"]
        else { return nil }
        var setting = setting
        if let given = reader["given"] { take(given, into: &setting, type) }
        guard let directory = setting.directory ?? people(files.people[ScenarioFiles.usualPeople], at: name.location)
        else { return nil }
        let before = findings.errorCount
        var actions = ScenarioActionReader(reader: self, directory: directory, type: type)
        let read = play.items.compactMap { actions.action($0) }
        guard findings.errorCount == before else { return nil }
        return Scenario(
            name: name.text, location: name.location, type: type.id, directory: directory,
            clock: setting.clock ?? clock.usual, replies: setting.replies,
            actions: read)
    }

    // MARK: Moments

    /// `2027-01-04T09:00` on the organisation's clocks, a bare date, or a moment with its offset; complains about anything else.
    func moment(_ node: YAMLNode, bareDate: ScenarioClock.BareDate) -> Instant? {
        guard let scalar = node.scalar("a moment", findings) else { return nil }
        if let moment = clock.moment(scalar.text, bareDate: bareDate) { return moment }
        findings.error(
            .configBadValue, "`\(scalar.text)` is no moment.", hint: "Such as 2027-01-04T09:00.", at: scalar.location)
        return nil
    }
}
