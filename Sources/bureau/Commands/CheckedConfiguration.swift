import Expressions
import WorkflowConfiguration
import WorkflowCore

/// The configuration of a folder, for commands that need it whole.
enum CheckedConfiguration {
    /// Throws when the folder cannot be read or has errors, which are printed before.
    static func load(_ directory: String) throws -> Configuration {
        let bundle: ConfigurationBundle
        do {
            bundle = try ConfigurationBundle.load(directory: directory)
        } catch {
            throw ClientError.usage("\(directory): \(error)")
        }
        let compilation = Compiler.compile(bundle, version: "local")
        if let configuration = compilation.configuration { return configuration }
        let renderer = DiagnosticRenderer(bundle)
        for diagnostic in compilation.diagnostics where diagnostic.severity == .error {
            Output.error(Output.safe(renderer.text(diagnostic), keepsLines: true))
        }
        throw ClientError.usage("\(directory) has errors; `bureau check` tells them all.")
    }

    /// The organisation's zone and working time; throws when this machine does not know the zone.
    static func time(of configuration: Configuration) throws -> TimeFrame {
        guard let time = TimeFrame(configuration.organisation, zones: { ZoneFiles.rules(of: $0) }) else {
            throw ClientError.usage("This machine knows no time zone `\(configuration.organisation.timeZone)`.")
        }
        return time
    }

    /// The type of that name; throws with a hint when there is none.
    static func requestType(_ name: String, in configuration: Configuration) throws -> RequestType {
        if let type = configuration.requestTypes[RequestTypeID(name)] { return type }
        let names = configuration.requestTypes.keys.map(\.text).sorted()
        let hint =
            NearestName.hint(for: name, among: names).map { " \($0)" }
            ?? " There are: \(names.joined(separator: ", "))."
        throw ClientError.usage("There is no request type `\(name)`.\(hint)")
    }
}
