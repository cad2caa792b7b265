public import Expressions

/// A request as expressions see it: fields and steps by their names, `requester`, `beneficiary`, `now`, `today`, and the standard functions.
public struct RequestActivation: Activation {
    /// The organisation's zones and working time.
    public let time: TimeFrame
    private let now: Instant
    private let requester: PersonID
    private let beneficiary: PersonID
    private let fields: [String: Value]
    private let steps: [InstanceName: StepState]
    let type: RequestType
    private let directory: Directory

    private init(
        requester: PersonID, beneficiary: PersonID, fields: [String: Value], steps: [InstanceName: StepState],
        type: RequestType, directory: Directory, time: TimeFrame, now: Instant
    ) {
        self.requester = requester
        self.beneficiary = beneficiary
        self.fields = fields
        self.steps = steps
        self.type = type
        self.directory = directory
        self.time = time
        self.now = now
    }

    /// An existing request at a moment; `type` is its type in its own version.
    public init(_ state: RequestState, type: RequestType, directory: Directory, time: TimeFrame, now: Instant) {
        self.init(
            requester: state.requester, beneficiary: state.beneficiary, fields: state.values, steps: state.steps,
            type: type, directory: directory, time: time, now: now)
    }

    /// An existing request in a decision.
    public init(_ state: RequestState, _ context: DecisionContext) {
        self.init(state, type: context.type, directory: context.directory, time: context.time, now: context.now)
    }

    /// A request that is about to be raised, without any fields yet.
    public init(_ submission: Submission, _ context: DecisionContext) {
        self.init(
            requester: submission.requester, beneficiary: submission.beneficiary, context)
    }

    /// Somebody who looks at a request type, before there is a request.
    public init(requester: PersonID, beneficiary: PersonID, _ context: DecisionContext) {
        self.init(
            requester: requester, beneficiary: beneficiary, fields: [:], steps: [:], type: context.type,
            directory: context.directory, time: context.time, now: context.now)
    }

    /// The same with further fields, which hide those of the same name.
    public func adding(_ values: [String: Value]) -> RequestActivation {
        RequestActivation(
            requester: requester, beneficiary: beneficiary, fields: fields.merging(values) { $1 }, steps: steps,
            type: type, directory: directory, time: time, now: now)
    }

    /// The same without any of the request's fields.
    func withoutFields() -> RequestActivation {
        RequestActivation(
            requester: requester, beneficiary: beneficiary, fields: [:], steps: steps, type: type,
            directory: directory, time: time, now: now)
    }

    /// A built-in, else a field, else what a settled step left behind; nil when absent.
    public func value(of name: String) -> Value? {
        switch name {
        case "requester": .person(requester.description)
        case "beneficiary": .person(beneficiary.description)
        case "now": .timestamp(now)
        case "today": .date(time.home.civil(of: now).date)
        default: fields[name] ?? record(of: StepID(name))
        }
    }

    /// What a settled step left behind; nil when it was skipped, cancelled, waits or runs.
    private func record(of id: StepID) -> Value? {
        guard let step = type.index[id], case .settled(let settlement)? = steps[InstanceName(id)]?.status else {
            return nil
        }
        var record: [Value: Value] = [:]
        switch settlement {
        case .done(outcome: _, let outputs):
            for (name, value) in outputs { record[.string(name)] = value }
        case .failed(let failure, _, let outcome):
            record[.string("outcome")] = (outcome ?? failedOutcome(of: step, failure)).map { .string($0) }
        case .skipped, .cancelled: return nil
        }
        return .map(record)
    }

    /// An approval always has an outcome, a child too, whatever it was that failed.
    private func failedOutcome(of step: Step, _ failure: Failure) -> String? {
        switch step.kind {
        case .approval: ApprovalOutcome.rejected
        case .request: failure.reason
        case .task, .call, .notify, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end: nil
        }
    }

    /// Carries out the functions of `StandardDeclarations`.
    public func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value {
        guard function == StandardDeclarations.managerOf, arguments.count == 1,
            case .person(let text)? = arguments[0].present
        else {
            throw EvaluationError(
                code: "evaluation.no_function", message: "There is no function `\(function)` for this.")
        }
        let manager = PersonID(text).flatMap { directory[$0]?.manager }
        return .optional(manager.flatMap { directory.isActive($0) ? .person($0.description) : nil })
    }
}
