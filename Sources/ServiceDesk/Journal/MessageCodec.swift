import Expressions
import JSONText
import WorkflowCore

/// What an outbox message asks to be delivered.
///
/// What was entered lies in the message until it is delivered, sensitive values too; delivered messages are deleted.
enum DeskMessage: Hashable, Sendable {
    case raiseChild(ChildOrder)
    case cancelChild(RequestID)
    /// Fields that have changed; nothing clears one. The version is the parent's.
    case amendChild(RequestID, [FieldID: Value?], version: Int)
    case report(ChildReport, to: Parent, from: RequestID)
    case raiseSuccessor(SuccessorOrder)
    case tell([Party], Notice, about: InstanceName?)
    case notify([Party], LocalizedText, about: InstanceName)
    case call(CallOrder)
    case cancelCall(CallID)
    case awaitEvent(AwaitedEvent)
    /// For the request that the message comes from.
    case deliverEvent(OutsideEvent)
}

/// Messages as JSON.
enum MessageCodec {
    private struct Cancelling: Codable {
        let child: RequestID
    }

    private struct Amending: Codable {
        let child: RequestID
        let values: [String: Value]
        let cleared: [String]
        let version: Int
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

    private struct Notifying: Codable {
        let parties: [Party]
        let text: [String: String]
        let about: InstanceName
    }

    private struct Calling: Codable {
        let call: CallID
    }

    /// The message of an effect; nil when the effect is no message.
    static func message(of effect: Effect) -> DeskMessage? {
        switch effect {
        case .raiseChild(let order): .raiseChild(order)
        case .cancelChild(let child): .cancelChild(child)
        case .amendChild(let child, let fields, version: let version): .amendChild(child, fields, version: version)
        case .report(let report, let parent, let child): .report(report, to: parent, from: child)
        case .raiseSuccessor(let order): .raiseSuccessor(order)
        case .tell(let parties, let notice, let instance): .tell(parties, notice, about: instance)
        case .notify(let parties, let text, about: let instance): .notify(parties, text, about: instance)
        case .call(let order): .call(order)
        case .cancelCall(let call): .cancelCall(call)
        case .offer, .withdraw, .setTimer, .clearTimer: nil
        }
    }

    /// - Parameter id: Taken for all but calls, whose messages are found by the identifier of the call.
    static func encode(_ message: DeskMessage, id: UniqueID, origin: RequestID) throws -> OutboxMessage {
        var id = id
        let (kind, payload): (OutboxMessage.Kind, String) =
            switch message {
            case .raiseChild(let order): (.raiseChild, try CanonicalJSON.text(order))
            case .cancelChild(let child): (.cancelChild, try CanonicalJSON.text(Cancelling(child: child)))
            case .amendChild(let child, let fields, let version):
                (.amendChild, try CanonicalJSON.text(amending(child, fields, version)))
            case .report(let report, let parent, let child):
                (.reportToParent, try CanonicalJSON.text(Reporting(report: report, to: parent, from: child)))
            case .raiseSuccessor(let order): (.raiseSuccessor, try CanonicalJSON.text(order))
            case .tell(let parties, let notice, let instance):
                (.tell, try CanonicalJSON.text(Telling(parties: parties, notice: notice, about: instance)))
            case .notify(let parties, let text, let instance):
                (
                    .notify,
                    try CanonicalJSON.text(Notifying(parties: parties, text: text.byLanguage, about: instance))
                )
            case .call(let order): (.call, try CanonicalJSON.text(order))
            case .cancelCall(let call): (.cancelCall, try CanonicalJSON.text(Calling(call: call)))
            case .awaitEvent(let awaited): (.awaitEvent, try CanonicalJSON.text(awaited))
            case .deliverEvent(let event): (.deliverEvent, text(of: event))
            }
        if case .call(let order) = message { id = order.call.id.id }
        return OutboxMessage(id: id, origin: origin, kind: kind, payload: payload)
    }

    static func decode(_ message: OutboxMessage) throws -> DeskMessage {
        switch message.kind {
        case .raiseChild: return .raiseChild(try CanonicalJSON.read(ChildOrder.self, from: message.payload))
        case .cancelChild: return .cancelChild(try CanonicalJSON.read(Cancelling.self, from: message.payload).child)
        case .amendChild:
            let amending = try CanonicalJSON.read(Amending.self, from: message.payload)
            var fields: [FieldID: Value?] = [:]
            for (field, value) in amending.values { fields[FieldID(field)] = .some(value) }
            for field in amending.cleared { fields[FieldID(field)] = .some(nil) }
            return .amendChild(amending.child, fields, version: amending.version)
        case .reportToParent:
            let reporting = try CanonicalJSON.read(Reporting.self, from: message.payload)
            return .report(reporting.report, to: reporting.to, from: reporting.from)
        case .raiseSuccessor:
            return .raiseSuccessor(try CanonicalJSON.read(SuccessorOrder.self, from: message.payload))
        case .tell:
            let telling = try CanonicalJSON.read(Telling.self, from: message.payload)
            return .tell(telling.parties, telling.notice, about: telling.about)
        case .notify:
            let notifying = try CanonicalJSON.read(Notifying.self, from: message.payload)
            return .notify(notifying.parties, LocalizedText(notifying.text), about: notifying.about)
        case .call: return .call(try CanonicalJSON.read(CallOrder.self, from: message.payload))
        case .cancelCall: return .cancelCall(try CanonicalJSON.read(Calling.self, from: message.payload).call)
        case .awaitEvent: return .awaitEvent(try CanonicalJSON.read(AwaitedEvent.self, from: message.payload))
        case .deliverEvent: return .deliverEvent(try event(message.payload))
        }
    }

    private static func amending(_ child: RequestID, _ fields: [FieldID: Value?], _ version: Int) -> Amending {
        var values: [String: Value] = [:]
        var cleared: [String] = []
        for (field, value) in fields {
            if let value { values[field.text] = value } else { cleared.append(field.text) }
        }
        return Amending(child: child, values: values, cleared: cleared.sorted(), version: version)
    }

    /// An event as it arrived: its entries keep their numbers as they were written.
    static func text(of event: OutsideEvent) -> String {
        var entries: [String: JSONValue] = [:]
        for (field, entry) in event.entries {
            switch entry {
            case .raw(let value): entries[field.text] = value
            case .value(let value): entries[field.text] = value.json
            }
        }
        var members: [String: JSONValue] = [
            "event": .string(event.event), "entries": .object(entries),
            "received_at": .string(event.receivedAt.description),
        ]
        if let key = event.key { members["key"] = .string(key) }
        return CanonicalJSON.text(of: .object(members))
    }

    private static func event(_ text: String) throws -> OutsideEvent {
        guard case .object(let members) = try JSONReader.value(of: text),
            case .string(let event)? = members["event"], case .object(let entries)? = members["entries"],
            case .string(let moment)? = members["received_at"], let receivedAt = Instant(rfc3339: moment)
        else { throw StorageError.defect("an event cannot be read") }
        var key: String?
        if case .string(let text)? = members["key"] { key = text }
        return OutsideEvent(
            event: event, key: key,
            entries: Dictionary(uniqueKeysWithValues: entries.map { (FieldID($0.key), .raw($0.value)) }),
            receivedAt: receivedAt)
    }
}
