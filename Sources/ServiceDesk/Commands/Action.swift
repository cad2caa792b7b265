package import WorkflowCore

/// What a person may do to a request that exists.
package enum Action: Sendable, Hashable {
    case claim(InstanceName)
    case release(InstanceName)
    case complete(InstanceName, [FieldID: JSONValue])
    case approve(InstanceName, comment: String?)
    case reject(InstanceName, comment: String?)
    case retry(InstanceName)
    case giveUp(InstanceName, OutcomeID)
    case comment(String)
    case cancel(reason: String?)

    /// The command it stands for.
    var command: Command {
        switch self {
        case .claim(let instance): .claim(instance)
        case .release(let instance): .release(instance)
        case .complete(let instance, let entries): .complete(instance, entries: entries.mapValues { .raw($0) })
        case .approve(let instance, let comment): .approve(instance, comment: comment)
        case .reject(let instance, let comment): .reject(instance, comment: comment)
        case .retry(let instance): .retry(instance)
        case .giveUp(let instance, let outcome): .giveUp(instance, outcome: outcome)
        case .comment(let text): .comment(text)
        case .cancel(let reason): .cancel(reason: reason)
        }
    }
}

/// What a writing operation gives.
package struct Written<Value: Sendable>: Sendable {
    package let value: Value
    /// Whether the idempotency key had been used for the same before: nothing was done this time.
    package let isReplay: Bool

    package init(value: Value, isReplay: Bool) {
        self.value = value
        self.isReplay = isReplay
    }
}
