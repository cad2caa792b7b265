import ServiceDesk
import Synchronization
import WorkflowCore

/// Plays the other systems: answers in the order of its script, then with an empty object, and remembers what was sent.
final class ScriptedCaller: ServiceCaller {
    private let script: Mutex<[CallAttempt]>
    private let sent = Mutex<[ServiceRequest]>([])

    init(_ script: CallAttempt...) { self.script = Mutex(script) }

    /// What was sent, in order.
    var requests: [ServiceRequest] { sent.withLock { $0 } }

    func send(_ request: ServiceRequest) async -> CallAttempt {
        sent.withLock { $0.append(request) }
        return script.withLock { $0.isEmpty ? .ok([:]) : $0.removeFirst() }
    }
}

extension CallAttempt {
    static func ok(_ members: [String: JSONValue]) -> CallAttempt {
        .answered(status: 200, .object(members), retryAfter: nil)
    }

    static func status(_ status: Int, retryAfter: Duration? = nil) -> CallAttempt {
        .answered(status: status, nil, retryAfter: retryAfter)
    }
}
