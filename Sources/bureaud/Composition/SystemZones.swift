import Expressions
import Synchronization
import WorkflowConfiguration

/// Time zones as the machine's tzdata package has them, each read once.
final class SystemZones: Sendable {
    private let directory: String
    private let known = Mutex<[String: ZoneRules]>([:])
    /// More than the machine has names for, however often it has each.
    private let limit = 4_000

    /// - Parameter directory: where the compiled zone files lie.
    init(directory: String = "/usr/share/zoneinfo") {
        self.directory = directory
        names = ZoneFiles.names(in: directory)
    }

    /// The names that people choose from, in the order of the letters.
    let names: [String]

    /// How many are remembered.
    var count: Int { known.withLock { $0.count } }

    /// The rules of an IANA name, as `Europe/Lisbon`; nil for one that the machine does not know. Of such names nothing is remembered,
    /// because people may ask for any number of them.
    func rules(of name: String) -> ZoneRules? {
        // A file of that name cannot be.
        guard name.utf8.count <= 255 else { return nil }
        if let rules = known.withLock({ $0[name] }) { return rules }
        guard let rules = ZoneFiles.rules(of: name, in: directory) else { return nil }
        known.withLock { if $0.count < limit { $0[name] = rules } }
        return rules
    }
}
