public import Expressions

/// A desk in memory: requests with their children, a clock and people, as one value without any I/O.
///
/// Commands go the way of the real desk: authorised, decided, applied, their effects carried out. Deliveries (children, reports) arrive at
/// once and in order; timers ring when the clock is moved. Everything is deterministic: equal commands give equal simulations.
public struct Simulation: Sendable {
    /// What requests are raised under.
    public let configuration: Configuration
    /// Zones and working time of the organisation.
    public let time: TimeFrame
    /// The people; change them to let somebody join or leave.
    public var directory: Directory { didSet { havePeopleChanged = true } }
    /// Who stands in for children and other systems.
    public var replies: Replies
    /// The moment that commands are decided at; it never goes back.
    public internal(set) var now: Instant
    /// In the order in which they came into being.
    public internal(set) var requests: [SimulatedRequest] = []
    /// Everything that happened, to all requests, in order.
    public internal(set) var history: [SimulatedEvent] = []
    /// Everything that people were told, in order.
    public internal(set) var notices: [SimulatedNotice] = []
    /// Every text of a `notify`, in order.
    public internal(set) var messages: [SimulatedMessage] = []
    /// Every call that was ordered, by its identifier; answered with `Command.callAnswered`.
    public internal(set) var calls: [CallID: CallOrder] = [:]
    /// Children that are stood in for, by identifier.
    public internal(set) var standIns: [RequestID: StandIn] = [:]

    var positions: [RequestID: Int] = [:]
    var outbox: [Delivery] = []
    /// Whether the requests have yet to be told that people have changed.
    var havePeopleChanged = false
    private var numbers: [DepartmentID: Int] = [:]
    private var drawn: UInt64 = 0

    /// So many requests at most; more children are refused, so that nothing multiplies without end.
    static let maximumRequests = 10_000

    /// A desk without requests.
    public init(
        configuration: Configuration, directory: Directory, time: TimeFrame, now: Instant, replies: Replies = Replies()
    ) {
        self.configuration = configuration
        self.directory = directory
        self.time = time
        self.now = now
        self.replies = replies
    }

    /// The request of that identifier; nil when there is none.
    public subscript(id: RequestID) -> SimulatedRequest? { positions[id].map { requests[$0] } }

    /// The call that a step waits for; nil when it waits for none.
    public func openCall(of request: RequestID, at instance: InstanceName) -> CallOrder? {
        guard case .call(let call)? = self[request]?.state.steps[instance]?.status else { return nil }
        return calls[call.id]
    }

    /// The request of that number, `HR-1`; nil when there is none.
    public func request(numbered number: String) -> SimulatedRequest? {
        requests.first { $0.state.number == number }
    }

    /// The child that a step started last: a request of this desk, or one that is stood in for; nil when it started none.
    public func child(of request: RequestID, at instance: InstanceName) -> RequestID? {
        self[request]?.state.steps[instance]?.child?.child
    }

    /// What a decision about a request of that type may depend on now. Every call draws another seed.
    public mutating func context(_ principal: Principal, _ type: RequestType) -> DecisionContext {
        drawn += 1
        return DecisionContext(
            now: now, principal: principal, configuration: configuration, type: type, directory: directory, time: time,
            seed: (drawn, drawn &* 0x9E37_79B9_7F4A_7C15), files: .madeUp)
    }

    /// The same for looking, without drawing anything.
    public func reading(_ principal: Principal, _ type: RequestType) -> DecisionContext {
        DecisionContext(
            now: now, principal: principal, configuration: configuration, type: type, directory: directory, time: time,
            seed: (0, 0), files: .madeUp)
    }

    /// The next number of a department: `HR-1`, `HR-2`.
    mutating func drawNumber(_ department: DepartmentID) -> String {
        numbers[department, default: 0] += 1
        return "\(configuration.departments[department]?.prefix ?? department.text)-\(numbers[department] ?? 1)"
    }

    /// The last number drawn goes to the next request, because this one did not come about.
    mutating func returnNumber(_ department: DepartmentID) {
        numbers[department] = numbers[department].map { max(0, $0 - 1) }
    }

    /// An identifier for a request that a person raises.
    mutating func drawIdentifier() -> RequestID {
        drawn += 1
        var source = UniqueIDSource(milliseconds: UInt64(max(0, now.seconds)) * 1000, seed: (drawn, ~drawn))
        return RequestID(source.next())
    }
}

/// One request of a simulation.
public struct SimulatedRequest: Sendable {
    /// Its type.
    public let type: RequestType
    /// How it stands.
    public internal(set) var state: RequestState
    /// When it was raised.
    public let raisedAt: Instant
    /// When which instance rings.
    public internal(set) var timers: [InstanceName: Instant] = [:]

    /// Its identifier.
    public var id: RequestID { state.id }
}

/// Something that happened in a simulation.
public struct SimulatedEvent: Hashable, Sendable {
    /// To which request.
    public let request: RequestID
    /// What.
    public let event: Event
    /// When.
    public let at: Instant
    /// Who gave the command.
    public let by: Principal
}

/// Something that people were told.
public struct SimulatedNotice: Hashable, Sendable {
    /// About which request.
    public let request: RequestID
    /// Whom, as parties.
    public let to: [Party]
    /// What.
    public let notice: Notice
    /// About which step; nil for the whole request.
    public let about: InstanceName?
    /// When.
    public let at: Instant
}

/// A text that a `notify` sent in a simulation.
public struct SimulatedMessage: Hashable, Sendable {
    /// Of which request.
    public let request: RequestID
    /// Whom, as parties.
    public let to: [Party]
    /// What, by language.
    public let text: LocalizedText
    /// By which step.
    public let about: InstanceName
    /// When.
    public let at: Instant
}
