public import Expressions

/// Where a request stands: what its events add up to, and all that `decide` knows of it.
public struct RequestState: Hashable, Sendable {
    /// Its identifier for ever.
    public let id: RequestID
    /// What kind of request it is.
    public let type: RequestTypeID
    /// What people call it.
    public let number: String
    /// The version that it stays on.
    public let configuration: ConfigurationVersion
    /// Who asked.
    public let requester: Requester
    /// Whom it is for; nil when the requester is anonymous.
    public let beneficiary: PersonID?
    /// Who waits for it; nil when a person raised it.
    public let parent: Parent?
    /// The number of events so far.
    public internal(set) var version: Int
    /// Whether it runs, ends or has ended.
    public internal(set) var phase: Phase
    /// The form's values; a field that was not asked is absent.
    public internal(set) var values: [String: Value]
    /// Instances that have started or settled; one that still waits is absent.
    public internal(set) var steps: [InstanceName: StepState]
    /// Everybody who did something here, and whom it was given to: voters and assignees.
    public internal(set) var participants: Set<PersonID>
    /// Everybody who was ever offered work here; it only grows.
    public internal(set) var involved: Set<Party>
    /// The team that it is restricted to; nil for a request that is seen by whoever sees requests of its type.
    public internal(set) var restriction: TeamID?
    /// Events that came before anybody waited for them, in the order in which they arrived.
    public internal(set) var kept: [KeptEvent] = []
    /// How many events were ever kept; the next one's number is one more.
    var keptCount = 0
    /// Changes that wait to be confirmed, in the order in which they were entered.
    public internal(set) var held: [HeldChange] = []
    /// How many changes were ever held.
    var heldCount = 0
    /// The version that the parent had when it last passed on fields.
    var parentVersion = 0
    /// The type's promises, by name.
    public internal(set) var targets: [String: TargetState] = [:]
    /// When it ended; nil before, and for one that ended under a release that did not note it.
    public internal(set) var closedAt: Instant?
    /// The request that this one continues; nil for any other.
    public let successorOf: RequestID?
    /// The request that continues this one; nil for none.
    public internal(set) var successor: RequestID?
    /// How the requester said it went, 1 to 5; nil while they have not.
    public internal(set) var score: Int?
    /// Whether what was entered into it was deleted, but for what somebody else's erasure took out alone. False for what an earlier release
    /// deleted.
    public internal(set) var isErased = false

    /// A request that has just been raised; `version` counts its first event.
    public init(_ raised: Raised) {
        id = raised.id
        type = raised.type
        number = raised.number
        configuration = raised.configuration
        requester = raised.requester
        beneficiary = raised.beneficiary
        parent = raised.parent
        version = 1
        phase = .open
        values = raised.values
        steps = [:]
        participants = []
        involved = []
        successorOf = raised.successorOf
        restriction = raised.restriction
    }
}

/// The life of a request.
public enum Phase: Hashable, Sendable {
    case open
    /// The outcome is decided; children that refused to be cancelled are waited for.
    case ending(Outcome)
    case closed(Outcome, outputs: [String: Value])

    /// The outcome, decided or reached; nil while open.
    public var outcome: Outcome? {
        switch self {
        case .open: nil
        case .ending(let outcome), .closed(let outcome, _): outcome
        }
    }
}
