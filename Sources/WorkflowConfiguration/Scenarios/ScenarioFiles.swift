/// What lies beside a configuration for its tests, as text: scenarios and people.
public struct ScenarioFiles: Hashable, Sendable {
    /// Scenarios by path inside the configuration folder: `departments/hr/tests/leave.yaml`.
    public let scenarios: [String: String]
    /// Files of people by path: `demo/people.csv`.
    public let people: [String: String]

    /// Takes the files as they are.
    public init(scenarios: [String: String], people: [String: String]) {
        self.scenarios = scenarios
        self.people = people
    }

    /// The people of scenarios that say nothing about people.
    static let usualPeople = "demo/people.csv"

    static func isScenario(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "departments" && parts[2] == "tests" && path.hasSuffix(".yaml")
    }
}
