import Expressions

extension StepState: Codable {
    private enum CodingKeys: String, CodingKey {
        case status, since, attempt, deadline, overdue, completedBy = "completed_by"
        case offeredTo = "offered_to", assignee
        case electorate, votes
        case child, type, number, cancelRequested = "cancel_requested"
        case failure, handling, asked, outcome, outputs
        case taken, gives, round, elements, winners, added
        case undo, held, suspended, postponed, keptEnd = "kept_end", unreadable
        case alarms, ticked, handedOver = "handed_over", call, service, event, key
    }

    /// Reads the stored form: one flat object whose `status` says which other keys it has.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            status: try Self.status(container), since: try container.decode(Instant.self, forKey: .since),
            attempt: try container.decodeIfPresent(Int.self, forKey: .attempt) ?? 1,
            deadline: try container.decodeIfPresent(Instant.self, forKey: .deadline),
            isOverdue: try container.decodeIfPresent(Bool.self, forKey: .overdue) ?? false,
            completedBy: try container.decodeIfPresent(PersonID.self, forKey: .completedBy))
        parts = try Self.parts(container)
        undo = try container.decodeIfPresent(PreparedUndo.self, forKey: .undo)
        held = try container.decodeIfPresent(String.self, forKey: .held)
        isSuspended = try container.decodeIfPresent(Bool.self, forKey: .suspended) ?? false
        isPostponed = try container.decodeIfPresent(Bool.self, forKey: .postponed) ?? false
        keptEnd = try container.decodeIfPresent(KeptEnd.self, forKey: .keptEnd)
        unreadable = Set(try container.decodeIfPresent([LiveKey].self, forKey: .unreadable) ?? [])
        for (text, moment) in try container.decodeIfPresent([String: Instant].self, forKey: .alarms) ?? [:] {
            guard let alarm = Alarm(rawValue: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .alarms, in: container, debugDescription: "not a kind of alarm")
            }
            alarms[alarm] = moment
        }
        switch status {
        case .approval, .request: break
        default:
            pastVotes = try container.decodeIfPresent([Vote].self, forKey: .votes) ?? []
            if container.contains(.child) { pastChild = try Self.child(container) }
        }
    }

    private static func child(_ container: KeyedDecodingContainer<CodingKeys>) throws -> OpenChild {
        OpenChild(
            child: try container.decode(RequestID.self, forKey: .child),
            type: try container.decode(RequestTypeID.self, forKey: .type),
            number: try container.decodeIfPresent(String.self, forKey: .number),
            isCancelRequested: try container.decodeIfPresent(Bool.self, forKey: .cancelRequested) ?? false)
    }

    private static func parts(_ container: KeyedDecodingContainer<CodingKeys>) throws -> ContainerParts? {
        if let gives = try container.decodeIfPresent([String: Value].self, forKey: .gives) {
            return .choice(try container.decodeIfPresent(Int.self, forKey: .taken), gives: gives)
        }
        if let round = try container.decodeIfPresent(Int.self, forKey: .round) { return .rounds(round) }
        if let elements = try container.decodeIfPresent([Element].self, forKey: .elements) {
            return .elements(elements)
        }
        if let winners = try container.decodeIfPresent([StepID].self, forKey: .winners) { return .winners(winners) }
        return try container.decodeIfPresent([AddedStep].self, forKey: .added).map { .added($0) }
    }

    private static func encode(
        _ parts: ContainerParts?, into container: inout KeyedEncodingContainer<CodingKeys>
    ) throws {
        switch parts {
        case .choice(let taken, let gives)?:
            try container.encodeIfPresent(taken, forKey: .taken)
            try container.encode(gives, forKey: .gives)
        case .rounds(let round)?: try container.encode(round, forKey: .round)
        case .elements(let elements)?: try container.encode(elements, forKey: .elements)
        case .winners(let winners)?: try container.encode(winners, forKey: .winners)
        case .added(let added)?: try container.encode(added, forKey: .added)
        case nil: break
        }
    }

    private static func status(_ container: KeyedDecodingContainer<CodingKeys>) throws -> StepStatus {
        func failure() throws -> Failure { try container.decode(Failure.self, forKey: .failure) }
        func outcome() throws -> String? { try container.decodeIfPresent(String.self, forKey: .outcome) }
        switch try container.decode(String.self, forKey: .status) {
        case "task":
            return .task(
                OpenTask(
                    offeredTo: try container.decode([Party].self, forKey: .offeredTo),
                    assignee: try container.decodeIfPresent(PersonID.self, forKey: .assignee),
                    ticked: Set(try container.decodeIfPresent([String].self, forKey: .ticked) ?? []),
                    isHandedOver: try container.decodeIfPresent(Bool.self, forKey: .handedOver) ?? false))
        case "approval":
            return .approval(
                OpenApproval(
                    electorate: try container.decode(Electorate.self, forKey: .electorate),
                    votes: try container.decodeIfPresent([Vote].self, forKey: .votes) ?? []))
        case "request": return .request(try child(container))
        case "block": return .block
        case "call":
            return .call(
                OpenCall(
                    id: try container.decode(CallID.self, forKey: .call),
                    service: try container.decode(ServiceID.self, forKey: .service),
                    isCancelRequested: try container.decodeIfPresent(Bool.self, forKey: .cancelRequested) ?? false))
        case "wait":
            return .wait(
                OpenWait(
                    event: try container.decodeIfPresent(String.self, forKey: .event),
                    key: try container.decodeIfPresent(String.self, forKey: .key)))
        case "asking": return .asking(try failure(), try container.decode([Party].self, forKey: .asked))
        case "done":
            return .settled(
                .done(
                    outcome: try outcome(),
                    outputs: try container.decodeIfPresent([String: Value].self, forKey: .outputs) ?? [:]))
        case "skipped": return .settled(.skipped)
        case "failed":
            return .settled(
                .failed(
                    try failure(), try container.decode(FailureHandling.self, forKey: .handling),
                    outcome: try outcome()))
        case "cancelled": return .settled(.cancelled)
        default:
            throw DecodingError.dataCorruptedError(forKey: .status, in: container, debugDescription: "not a status")
        }
    }

    /// Writes the same form; what is nil, empty or usual is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status.word, forKey: .status)
        try container.encode(since, forKey: .since)
        if attempt != 1 { try container.encode(attempt, forKey: .attempt) }
        try container.encodeIfPresent(deadline, forKey: .deadline)
        if isOverdue { try container.encode(true, forKey: .overdue) }
        try container.encodeIfPresent(completedBy, forKey: .completedBy)
        if !alarms.isEmpty {
            let named = alarms.map { ($0.key.rawValue, $0.value) }
            try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .alarms)
        }
        if !votes.isEmpty { try container.encode(votes, forKey: .votes) }
        if let child {
            try container.encode(child.child, forKey: .child)
            try container.encode(child.type, forKey: .type)
            try container.encodeIfPresent(child.number, forKey: .number)
            if child.isCancelRequested { try container.encode(true, forKey: .cancelRequested) }
        }
        try Self.encode(parts, into: &container)
        try container.encodeIfPresent(undo, forKey: .undo)
        try container.encodeIfPresent(held, forKey: .held)
        if isSuspended { try container.encode(true, forKey: .suspended) }
        if isPostponed { try container.encode(true, forKey: .postponed) }
        try container.encodeIfPresent(keptEnd, forKey: .keptEnd)
        if !unreadable.isEmpty {
            try container.encode(unreadable.map(\.rawValue).sorted(), forKey: .unreadable)
        }
        switch status {
        case .task(let task):
            try container.encode(task.offeredTo, forKey: .offeredTo)
            try container.encodeIfPresent(task.assignee, forKey: .assignee)
            if !task.ticked.isEmpty { try container.encode(task.ticked.sorted(), forKey: .ticked) }
            if task.isHandedOver { try container.encode(true, forKey: .handedOver) }
        case .approval(let approval):
            try container.encode(approval.electorate, forKey: .electorate)
        case .asking(let failure, let parties):
            try container.encode(failure, forKey: .failure)
            try container.encode(parties, forKey: .asked)
        case .settled(.done(let outcome, let outputs)):
            try container.encodeIfPresent(outcome, forKey: .outcome)
            if !outputs.isEmpty { try container.encode(outputs, forKey: .outputs) }
        case .settled(.failed(let failure, let handling, let outcome)):
            try container.encode(failure, forKey: .failure)
            try container.encode(handling, forKey: .handling)
            try container.encodeIfPresent(outcome, forKey: .outcome)
        case .call(let call):
            try container.encode(call.id, forKey: .call)
            try container.encode(call.service, forKey: .service)
            if call.isCancelRequested { try container.encode(true, forKey: .cancelRequested) }
        case .wait(let wait):
            try container.encodeIfPresent(wait.event, forKey: .event)
            try container.encodeIfPresent(wait.key, forKey: .key)
        case .request, .block, .settled(.skipped), .settled(.cancelled): break
        }
    }
}

extension StepStatus {
    /// The status in one stable word: `approval`, `asking`, `done`.
    public var word: String {
        switch self {
        case .task: "task"
        case .approval: "approval"
        case .request: "request"
        case .block: "block"
        case .call: "call"
        case .wait: "wait"
        case .asking: "asking"
        case .settled(.done): "done"
        case .settled(.skipped): "skipped"
        case .settled(.failed): "failed"
        case .settled(.cancelled): "cancelled"
        }
    }
}

extension PreparedUndo: Codable {
    private enum CodingKeys: String, CodingKey {
        case inputs, order, due
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            inputs: try container.decodeIfPresent([String: Value].self, forKey: .inputs) ?? [:],
            order: try container.decode(Int.self, forKey: .order),
            isDue: try container.decodeIfPresent(Bool.self, forKey: .due) ?? false)
    }

    /// Writes the same form; what is empty or usual is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if !inputs.isEmpty { try container.encode(inputs, forKey: .inputs) }
        try container.encode(order, forKey: .order)
        if isDue { try container.encode(true, forKey: .due) }
    }
}
