/// Who gives a command. Nothing acts without one.
public enum Principal: Hashable, Sendable {
    case person(PersonID)
    /// A program of the organisation, which stands in the directory like people do; see `Directory.Kind`.
    case service(PersonID)
    /// Somebody who does not say who they are: they have shown the receipt of that request, or are about to raise one (nil).
    case anonymous(receiptFor: RequestID?)
    /// Bureau itself, and what for.
    case system(SystemPurpose)

    /// The row of the directory that acts, a person or a service account; nil for the system and for somebody anonymous.
    public var person: PersonID? {
        switch self {
        case .person(let id), .service(let id): id
        case .system, .anonymous: nil
        }
    }

    /// Whether Bureau itself acts.
    public var isSystem: Bool {
        if case .system = self { true } else { false }
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
    /// What is no longer kept is deleted.
    case erasure
}
