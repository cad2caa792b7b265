/// Who gives a command. Nothing acts without one.
public enum Principal: Hashable, Sendable {
    case person(PersonID)
    /// Bureau itself, and what for.
    case system(SystemPurpose)

    /// The person; nil for the system.
    public var person: PersonID? {
        if case .person(let person) = self { person } else { nil }
    }
}

/// Why Bureau itself acts on a request.
public enum SystemPurpose: String, Sendable, Codable, CaseIterable {
    /// A deadline was reached.
    case timer
    /// A parent starts, changes or cancels its child.
    case parent
    /// A child tells its parent how it stands.
    case child
    /// A service has answered a call.
    case call
    /// Something outside has happened.
    case event
    /// A request that was reopened raises its successor.
    case successor
    /// People have left, moved or come.
    case directory
}
