import Expressions
import Synchronization
import WorkflowConfiguration

/// Time zones as the machine's tzdata package has them, each read once.
final class SystemZones: Sendable {
    private let directory: String
    private let known = Mutex<[String: ZoneRules?]>([:])

    /// - Parameter directory: where the compiled zone files lie.
    init(directory: String = "/usr/share/zoneinfo") { self.directory = directory }

    /// The rules of an IANA name, as `Europe/Lisbon`; nil for one that the machine does not know.
    func rules(of name: String) -> ZoneRules? {
        known.withLock { known in
            if let rules = known[name] { return rules }
            let rules = ZoneFiles.rules(of: name, in: directory)
            known[name] = .some(rules)
            return rules
        }
    }
}
