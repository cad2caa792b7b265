public import Expressions

/// Something that has happened outside, as it arrives.
public struct OutsideEvent: Hashable, Sendable {
    /// What the waits call it: `parcel_arrived`.
    public let event: String
    /// What it is about, equal to the wait's key; nil when it is addressed to the request itself.
    public let key: String?
    /// What it brings, by field of the wait's form.
    public let entries: [FieldID: Entry]
    /// When it arrived, which may be before the decision.
    public let receivedAt: Instant

    /// Takes the parts as they are.
    public init(event: String, key: String?, entries: [FieldID: Entry], receivedAt: Instant) {
        self.event = event
        self.key = key
        self.entries = entries
        self.receivedAt = receivedAt
    }
}

/// An event that came before anybody waited for it.
public struct KeptEvent: Hashable, Sendable {
    /// Counts from 1 in its request.
    public let number: Int
    /// What the waits call it.
    public let event: String
    /// What it is about; nil when it is addressed to the request itself.
    public let key: String?
    /// When it arrived.
    public let receivedAt: Instant
    /// When it is forgotten.
    public let until: Instant
    /// What it brought, typed.
    public let values: [String: Value]

    /// Takes the parts as they are.
    public init(
        number: Int, event: String, key: String?, receivedAt: Instant, until: Instant, values: [String: Value]
    ) {
        self.number = number
        self.event = event
        self.key = key
        self.receivedAt = receivedAt
        self.until = until
        self.values = values
    }
}

/// A wait that has started.
public struct OpenWait: Hashable, Sendable {
    /// The event that ends it; nil when time does.
    public let event: String?
    /// The event's key; nil when it is addressed to the request itself.
    public let key: String?

    /// Takes the parts as they are.
    public init(event: String?, key: String?) {
        self.event = event
        self.key = key
    }
}

/// Why a step is looked at again besides its deadline. Stable words: they are stored.
public enum Alarm: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
    /// A `wait` is over.
    case wake
    case remind
    case escalate
    /// Time may have changed what an `only_while` says.
    case look

    /// In the order in which those of one moment are carried out.
    public static func < (left: Alarm, right: Alarm) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .wake: 0
        case .remind: 1
        case .escalate: 2
        case .look: 3
        }
    }
}

extension KeptEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case number, event, key, receivedAt = "received_at", until, values
    }

    func replacingValues(_ values: [String: Value]) -> KeptEvent {
        KeptEvent(number: number, event: event, key: key, receivedAt: receivedAt, until: until, values: values)
    }
}
