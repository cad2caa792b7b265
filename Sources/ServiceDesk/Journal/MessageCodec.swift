import Expressions
import WorkflowCore

/// What an outbox message asks to be delivered.
///
/// A child's inputs lie in the message until it is delivered, sensitive ones too; delivered messages are deleted.
enum DeskMessage: Hashable, Sendable {
    case raiseChild(ChildOrder)
    case cancelChild(RequestID)
    case report(ChildReport, to: Parent, from: RequestID)
    case tell([Party], Notice, about: InstanceName?)
}

/// Messages as JSON.
enum MessageCodec {
    private struct Cancelling: Codable {
        let child: RequestID
    }

    private struct Reporting: Codable {
        let report: ChildReport
        let to: Parent
        let from: RequestID
    }

    private struct Telling: Codable {
        let parties: [Party]
        let notice: Notice
        let about: InstanceName?
    }

    /// The message of an effect; nil when the effect is no message.
    static func message(of effect: Effect) -> DeskMessage? {
        switch effect {
        case .raiseChild(let order): .raiseChild(order)
        case .cancelChild(let child): .cancelChild(child)
        case .report(let report, let parent, let child): .report(report, to: parent, from: child)
        case .tell(let parties, let notice, let instance): .tell(parties, notice, about: instance)
        case .offer, .withdraw, .setTimer, .clearTimer: nil
        case .notify, .call, .cancelCall, .amendChild, .raiseSuccessor: nil
        }
    }

    static func encode(_ message: DeskMessage, id: UniqueID, origin: RequestID) throws -> OutboxMessage {
        let (kind, payload): (OutboxMessage.Kind, String) =
            switch message {
            case .raiseChild(let order): (.raiseChild, try CanonicalJSON.text(order))
            case .cancelChild(let child): (.cancelChild, try CanonicalJSON.text(Cancelling(child: child)))
            case .report(let report, let parent, let child):
                (.reportToParent, try CanonicalJSON.text(Reporting(report: report, to: parent, from: child)))
            case .tell(let parties, let notice, let instance):
                (.tell, try CanonicalJSON.text(Telling(parties: parties, notice: notice, about: instance)))
            }
        return OutboxMessage(id: id, origin: origin, kind: kind, payload: payload)
    }

    static func decode(_ message: OutboxMessage) throws -> DeskMessage {
        switch message.kind {
        case .raiseChild: return .raiseChild(try CanonicalJSON.read(ChildOrder.self, from: message.payload))
        case .cancelChild: return .cancelChild(try CanonicalJSON.read(Cancelling.self, from: message.payload).child)
        case .reportToParent:
            let reporting = try CanonicalJSON.read(Reporting.self, from: message.payload)
            return .report(reporting.report, to: reporting.to, from: reporting.from)
        case .tell:
            let telling = try CanonicalJSON.read(Telling.self, from: message.payload)
            return .tell(telling.parties, telling.notice, about: telling.about)
        }
    }
}
