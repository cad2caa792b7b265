public import Expressions

/// A request as expressions see it: fields and steps by their names, `requester`, `beneficiary`, `now`, `today`, and the standard functions.
///
/// What a step's name means depends on where the expression stands: see `RecordLookup`.
public struct RequestActivation: Activation {
    private let frame: ActivationFrame
    let requester: Requester
    let beneficiary: PersonID?
    private let fields: [String: Value]
    private let steps: [InstanceName: StepState]
    /// Where the expression stands; nil outside all rounds and elements.
    private let place: StepInstance?
    /// What `now` and `today` are.
    private var now: Instant

    private init(
        requester: Requester, beneficiary: PersonID?, fields: [String: Value], steps: [InstanceName: StepState],
        frame: ActivationFrame, place: StepInstance? = nil
    ) {
        now = frame.now
        self.requester = requester
        self.beneficiary = beneficiary
        self.fields = fields
        self.steps = steps
        self.frame = frame
        self.place = place
    }

    private init(_ state: RequestState, _ frame: ActivationFrame) {
        self.init(
            requester: state.requester, beneficiary: state.beneficiary, fields: state.values, steps: state.steps,
            frame: frame)
    }

    /// An existing request at a moment; `type` is its type in its own version.
    public init(_ state: RequestState, type: RequestType, directory: Directory, time: TimeFrame, now: Instant) {
        self.init(state, ActivationFrame(type: type, directory: directory, time: time, now: now))
    }

    /// An existing request in a decision.
    public init(_ state: RequestState, _ context: DecisionContext) {
        self.init(state, context.frame)
    }

    /// A request that is about to be raised, without any fields yet.
    public init(_ submission: Submission, _ context: DecisionContext) {
        self.init(
            requester: submission.requester, beneficiary: submission.beneficiary, context)
    }

    /// Somebody who looks at a request type, before there is a request.
    public init(requester: Requester, beneficiary: PersonID?, _ context: DecisionContext) {
        self.init(
            requester: requester, beneficiary: beneficiary, fields: [:], steps: [:], frame: context.frame)
    }

    /// The organisation's zones and working time.
    public var time: TimeFrame { frame.time }

    var type: RequestType { frame.type }

    /// The same with further fields, which hide those of the same name.
    public func adding(_ values: [String: Value]) -> RequestActivation {
        RequestActivation(
            requester: requester, beneficiary: beneficiary, fields: fields.merging(values) { $1 }, steps: steps,
            frame: frame, place: place)
    }

    /// The same without any of the request's fields.
    func withoutFields() -> RequestActivation {
        RequestActivation(
            requester: requester, beneficiary: beneficiary, fields: [:], steps: steps,
            frame: frame, place: place)
    }

    /// The same as an instance sees it: its rounds, its elements. An instance that the type does not have sees what stands outside.
    public func at(_ name: InstanceName) -> RequestActivation { at(type.index.instance(name)) }

    /// The same at another moment: what expressions would say then if nothing happened until then.
    func moved(to moment: Instant) -> RequestActivation {
        var moved = self
        moved.now = moment
        return moved
    }

    func at(_ place: StepInstance?) -> RequestActivation {
        RequestActivation(
            requester: requester, beneficiary: beneficiary, fields: fields, steps: steps,
            frame: frame, place: place)
    }

    /// A built-in, else the variable of an element, a field, or what a step left behind; nil when absent.
    public func value(of name: String) -> Value? {
        switch name {
        case "requester": requester.person.map { .person($0.description) }
        case "beneficiary": beneficiary.map { .person($0.description) }
        case "now": .timestamp(now)
        case "today": .date(frame.time.home.civil(of: now).date)
        case "previous": records.previous
        default: records.element(name) ?? fields[name] ?? records.record(of: StepID(name))
        }
    }

    private var records: RecordLookup { RecordLookup(steps: steps, index: frame.type.index, place: place) }

    /// Carries out the functions of `StandardDeclarations`.
    public func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value {
        guard function == StandardDeclarations.managerOf, arguments.count == 1,
            case .person(let text)? = arguments[0].present
        else {
            throw EvaluationError(
                code: "evaluation.no_function", message: "There is no function `\(function)` for this.")
        }
        let manager = PersonID(text).flatMap { frame.directory[$0]?.manager }
        return .optional(manager.flatMap { frame.directory.isActive($0) ? .person($0.description) : nil })
    }
}
