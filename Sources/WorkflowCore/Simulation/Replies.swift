public import Expressions

/// What stands in for children and other systems in a simulation.
public struct Replies: Sendable {
    /// What becomes of a child.
    public enum Child: Sendable {
        /// It is raised and runs in the simulation.
        case run
        /// It exists once its form has been checked, and ends when the simulation is told.
        case wait
        /// It exists once its form has been checked, and ends at once.
        case answer(ChildReply)
    }

    /// By the step that starts them; before `byType`.
    public var byStep: [StepID: Child] = [:]
    /// By the child's type.
    public var byType: [RequestTypeID: Child] = [:]
    /// All others.
    public var others: Child
    /// How calls are answered, by the step that makes them; before `byService`. Others wait until the simulation is told.
    public var callsByStep: [StepID: CallReport] = [:]
    /// How calls are answered, by the service that is called.
    public var callsByService: [ServiceID: CallReport] = [:]
    /// Children of these types do not let themselves be cancelled while they are stood in for.
    public var unstoppable: Set<RequestTypeID> = []

    /// Children run unless said otherwise.
    public init(others: Child = .run) {
        self.others = others
    }

    func child(_ order: ChildOrder) -> Child {
        byStep[order.parent.instance.step] ?? byType[order.type] ?? others
    }

    func call(_ order: CallOrder) -> CallReport? {
        callsByStep[order.instance.step] ?? callsByService[order.call.service]
    }
}

/// How a child that is stood in for ends.
public enum ChildReply: Hashable, Sendable {
    case closed(OutcomeID, outputs: [String: Value])
    /// Its type or its form does not take the inputs.
    case refused(reason: String)
}

/// A child that is stood in for.
public struct StandIn: Sendable {
    /// With all that it was given at first.
    public let order: ChildOrder
    /// What it was given, and what its parent has passed on since.
    public internal(set) var inputs: [String: Value]
    /// What people call it.
    public let number: String
    /// Whether its parent asked it to end.
    public internal(set) var isCancelRequested = false
    /// Whether it has ended.
    public internal(set) var hasEnded = false

    init(_ order: ChildOrder, number: String) {
        self.order = order
        self.number = number
        inputs = order.inputs
    }
}
