import ArgumentParser
import WorkflowCore

struct Preferences: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How pages and notifications are for you.",
        discussion: "Without options it shows what you chose. What you do not name stays as it is.")

    @Option(help: "The zone in which pages show moments, such as Europe/Lisbon; `organisation` for the organisation's.")
    var timeZone: String?

    @Option(help: ArgumentHelp("A kind of notifications to do without; may be said more than once.", valueName: "kind"))
    var off: [String] = []

    @Option(help: ArgumentHelp("A kind of notifications to get again.", valueName: "kind"))
    var on: [String] = []

    @OptionGroup var connection: ConnectionOptions

    private static let path = "/api/v1/me/preferences"

    func run() throws {
        let client = try connection.client()
        var answer = try client.get(Self.path)
        if timeZone != nil || !off.isEmpty || !on.isEmpty {
            let kept = (answer["off"]?.elements ?? []).compactMap(\.text)
            let kinds = (kept + off.filter { !kept.contains($0) }).filter { !on.contains($0) }
            let zone = timeZone ?? answer["time_zone"]?.text
            answer = try client.put(
                Self.path,
                .object([
                    "time_zone": zone.flatMap { $0 == "organisation" ? nil : .string($0) } ?? .null,
                    "off": .array(kinds.map { .string($0) }),
                ]))
        }
        try connection.show(answer) { Self.lines($0, Style()) }
    }

    static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
        let off = Set((answer["off"]?.elements ?? []).compactMap(\.text))
        let organisation = answer["organisation_time_zone"]?.text ?? ""
        let zone = answer["time_zone"]?.text ?? "\(organisation) (the organisation's)"
        let kinds = (answer["optional"]?.elements ?? []).compactMap(\.text)
        return ["Moments are shown in \(Output.safe(zone))."]
            + kinds.map { "\(off.contains($0) ? style.dim("off") : "on ") \(Output.safe($0))" }
    }
}
