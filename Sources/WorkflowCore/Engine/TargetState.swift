public import Expressions

/// How a promise stands.
public struct TargetState: Hashable, Sendable {
    /// Stable words: they are stored.
    public enum Status: String, Hashable, Sendable, Codable {
        case running
        /// Its clock stands still.
        case paused
        case met
        case missed
        /// Its step is not needed, or it cannot be worked out.
        case dropped
    }

    /// How it stands.
    public internal(set) var status: Status
    /// When it is due and what of its time is left.
    public internal(set) var clock: TargetClock
    /// The warnings given, in percent and ascending.
    public internal(set) var warned: [Int]

    /// Takes the parts as they are.
    public init(status: Status, clock: TargetClock, warned: [Int] = []) {
        self.status = status
        self.clock = clock
        self.warned = warned
    }

    /// When it has to be looked at next; nil while it stands still and once it is over.
    public var alarm: Instant? {
        guard status == .running else { return nil }
        return [clock.warning, clock.due].compactMap { $0 }.min()
    }
}

/// The clock of a target: how much time it has, how much is spent, and what follows from both.
public struct TargetClock: Hashable, Sendable {
    /// What is counted: seconds, or minutes of working time.
    public enum Unit: String, Hashable, Sendable, Codable {
        case seconds
        case workingMinutes = "working_minutes"
    }

    /// What is counted.
    public let unit: Unit
    /// How much there is in all.
    public let budget: Int64
    /// How much was spent before `since`.
    public let spent: Int64
    /// From when it has been running; nil while it stands still.
    public let since: Instant?
    /// When it is used up; nil while it stands still.
    public let due: Instant?
    /// When the next warning is given; nil for none, and while it stands still.
    public let warning: Instant?

    /// Takes the parts as they are.
    public init(unit: Unit, budget: Int64, spent: Int64, since: Instant?, due: Instant?, warning: Instant?) {
        self.unit = unit
        self.budget = budget
        self.spent = spent
        self.since = since
        self.due = due
        self.warning = warning
    }
}

extension InstanceName {
    private static let targetPrefix = "target:"

    /// The name under which the alarm of a target is kept: `target:ready`, which no step can have.
    public init(target id: String) {
        self.init(StepID(Self.targetPrefix + id))
    }

    /// The target whose alarm this name stands for; nil for a step.
    public var target: String? {
        guard scopes.isEmpty, step.text.hasPrefix(Self.targetPrefix) else { return nil }
        return String(step.text.dropFirst(Self.targetPrefix.count))
    }
}

extension TargetClock: Codable {
    private enum CodingKeys: String, CodingKey {
        case unit, budget, spent, since, due, warning
    }
}

extension TargetState: Codable {
    private enum CodingKeys: String, CodingKey {
        case status, clock, warned
    }
}
