import Expressions

// The stored forms of the events of calls, waits, changes, targets and what follows the end. They are stored for ever: keys are added,
// never renamed.

extension Event {
    private enum CodingKeys: String, CodingKey {
        case cleared, change, number, alarm, at, told, status, item, isDone = "done", by, to, person, target, clock
        case version, percent, score, successor, reason, event, key, receivedAt = "received_at", until
        case absentees = "for", team, offeredTo = "offered_to", liveKey = "live_key"
    }

    /// The event of one of these kinds without what was entered; nil for a kind that is none of them.
    static func leaf(_ kind: String, _ instance: InstanceName?, from decoder: any Decoder) throws -> Event? {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func name() throws -> InstanceName {
            guard let instance else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "the event names no step instance"))
            }
            return instance
        }
        func number() throws -> Int { try container.decode(Int.self, forKey: .number) }
        func by() throws -> PersonID { try container.decode(PersonID.self, forKey: .by) }
        func cleared() throws -> [FieldID] { try container.decodeIfPresent([FieldID].self, forKey: .cleared) ?? [] }
        func target() throws -> String { try container.decode(String.self, forKey: .target) }
        func alarm() throws -> Alarm { try container.decode(Alarm.self, forKey: .alarm) }
        func moment() throws -> Instant { try container.decode(Instant.self, forKey: .at) }
        return switch kind {
        case "changed": .changed(instance, values: [:], cleared: try cleared())
        case "change_held": .changeHeld(try container.decode(HeldChange.self, forKey: .change))
        case "change_confirmed": .changeConfirmed(try number())
        case "change_dropped": .changeDropped(try number())
        case "change_forwarded": .changeForwarded(try name(), values: [:], cleared: try cleared())
        case "child_change_refused": .childChangeRefused(try name(), reason: "")
        case "parent_changed": .parentChanged(version: try container.decode(Int.self, forKey: .version))
        case "parent_change_refused": .parentChangeRefused(reason: "")
        case "notified": .notified(try name(), try container.decode([Party].self, forKey: .told), text: [:])
        case "alarm_set": .alarmSet(try name(), try alarm(), try moment())
        case "alarm_removed": .alarmRemoved(try name(), try alarm())
        case "alarm_rang": .alarmRang(try name(), try alarm())
        case "received": .received(try name(), outputs: [:], at: try moment())
        case "kept":
            .kept(
                KeptEvent(
                    number: try number(), event: try container.decode(String.self, forKey: .event),
                    key: try container.decodeIfPresent(String.self, forKey: .key),
                    receivedAt: try container.decode(Instant.self, forKey: .receivedAt),
                    until: try container.decode(Instant.self, forKey: .until), values: [:]))
        case "taken": .taken(try name(), number: try number(), outputs: [:])
        case "expired": .expired(number: try number())
        case "call_answered":
            .callAnswered(try name(), status: try container.decode(Int.self, forKey: .status), outputs: [:])
        case "call_cancel_requested": .callCancelRequested(try name())
        case "ticked":
            .ticked(
                try name(), item: try container.decode(String.self, forKey: .item),
                isDone: try container.decode(Bool.self, forKey: .isDone),
                by: try container.decodeIfPresent(PersonID.self, forKey: .by))
        case "handed_over":
            .handedOver(try name(), to: try container.decode(PersonID.self, forKey: .to), by: try by())
        case "voter_added":
            .voterAdded(try name(), try container.decode(PersonID.self, forKey: .person), by: try by())
        case "stood_in":
            .stoodIn(try name(), by: try by(), for: try container.decode([PersonID].self, forKey: .absentees))
        case "returned": .returned(try name())
        case "unreadable":
            .unreadable(
                try name(), try container.decode(LiveKey.self, forKey: .liveKey),
                reason: try container.decode(String.self, forKey: .reason))
        case "readable": .readable(try name(), try container.decode(LiveKey.self, forKey: .liveKey))
        case "asked_others": .askedOthers(try name(), try container.decode([Party].self, forKey: .told))
        case "restricted": .restricted(try container.decode(TeamID.self, forKey: .team), reason: "")
        case "unrestricted": .unrestricted(reason: "")
        case "confined": .confined(try name(), to: try container.decode([Party].self, forKey: .offeredTo))
        case "target_set": .targetSet(try target(), try container.decode(TargetClock.self, forKey: .clock))
        case "target_warned":
            .targetWarned(try target(), percent: try container.decode(Int.self, forKey: .percent))
        case "target_met": .targetMet(try target())
        case "target_missed": .targetMissed(try target())
        case "target_dropped": .targetDropped(try target())
        case "rated": .rated(score: try container.decode(Int.self, forKey: .score), comment: nil)
        case "reopened": .reopened(try container.decode(RequestID.self, forKey: .successor), values: [:])
        case "successor_refused":
            .successorRefused(try container.decode(RequestID.self, forKey: .successor), reason: "")
        case "erased": .erased(try container.decode(ErasureReason.self, forKey: .reason))
        default: nil
        }
    }

    /// Writes what such an event holds besides its instance and what was entered; nothing for any other.
    func encodeLeaf(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .changed(_, values: _, let cleared), .changeForwarded(_, values: _, let cleared):
            if !cleared.isEmpty { try container.encode(cleared, forKey: .cleared) }
        case .changeHeld(let change): try container.encode(change, forKey: .change)
        case .changeConfirmed(let number), .changeDropped(let number), .taken(_, let number, outputs: _),
            .expired(let number):
            try container.encode(number, forKey: .number)
        case .parentChanged(let version): try container.encode(version, forKey: .version)
        case .notified(_, let parties, text: _), .askedOthers(_, let parties):
            try container.encode(parties, forKey: .told)
        case .stoodIn(_, by: let person, for: let absentees):
            try container.encode(person, forKey: .by)
            try container.encode(absentees, forKey: .absentees)
        case .alarmSet(_, let alarm, let moment):
            try container.encode(alarm, forKey: .alarm)
            try container.encode(moment, forKey: .at)
        case .alarmRemoved(_, let alarm), .alarmRang(_, let alarm): try container.encode(alarm, forKey: .alarm)
        case .received(_, outputs: _, at: let moment): try container.encode(moment, forKey: .at)
        case .kept(let event):
            try container.encode(event.number, forKey: .number)
            try container.encode(event.event, forKey: .event)
            try container.encodeIfPresent(event.key, forKey: .key)
            try container.encode(event.receivedAt, forKey: .receivedAt)
            try container.encode(event.until, forKey: .until)
        case .callAnswered(_, let status, outputs: _): try container.encode(status, forKey: .status)
        case .ticked(_, let item, let isDone, by: let person):
            try container.encode(item, forKey: .item)
            try container.encode(isDone, forKey: .isDone)
            try container.encodeIfPresent(person, forKey: .by)
        case .handedOver(_, to: let heir, by: let person):
            try container.encode(heir, forKey: .to)
            try container.encode(person, forKey: .by)
        case .voterAdded(_, let voter, by: let person):
            try container.encode(voter, forKey: .person)
            try container.encode(person, forKey: .by)
        case .restricted(let team, reason: _): try container.encode(team, forKey: .team)
        case .unreadable(_, let key, let reason):
            try container.encode(key, forKey: .liveKey)
            try container.encode(reason, forKey: .reason)
        case .readable(_, let key): try container.encode(key, forKey: .liveKey)
        case .confined(_, to: let parties): try container.encode(parties, forKey: .offeredTo)
        case .targetSet(let target, let clock):
            try container.encode(target, forKey: .target)
            try container.encode(clock, forKey: .clock)
        case .targetWarned(let target, let percent):
            try container.encode(target, forKey: .target)
            try container.encode(percent, forKey: .percent)
        case .targetMet(let target), .targetMissed(let target), .targetDropped(let target):
            try container.encode(target, forKey: .target)
        case .rated(let score, comment: _): try container.encode(score, forKey: .score)
        case .reopened(let successor, values: _), .successorRefused(let successor, reason: _):
            try container.encode(successor, forKey: .successor)
        case .erased(let reason): try container.encode(reason, forKey: .reason)
        default: break
        }
    }

    /// See `entered`; empty for any other event.
    var leafEntered: [String: Value] {
        switch self {
        case .changed(_, let values, cleared: _), .changeForwarded(_, let values, cleared: _),
            .reopened(_, let values):
            values
        case .changeHeld(let change): change.values
        case .kept(let event): event.values
        case .received(_, let outputs, at: _), .taken(_, number: _, let outputs),
            .callAnswered(_, status: _, let outputs):
            outputs
        case .notified(_, _, let text): text.mapValues { .string($0) }
        case .childChangeRefused(_, let reason), .parentChangeRefused(let reason), .successorRefused(_, let reason),
            .restricted(_, let reason), .unrestricted(let reason):
            ["reason": .string(reason)]
        case .rated(score: _, let comment): comment.map { ["comment": .string($0)] } ?? [:]
        default: [:]
        }
    }

    /// See `replacingEntered`; any other event as it is.
    func replacingLeafEntered(_ entered: [String: Value]) -> Event {
        func text(_ name: String) -> String? {
            if case .string(let text)? = entered[name] { text } else { nil }
        }
        return switch self {
        case .changed(let name, values: _, let cleared): .changed(name, values: entered, cleared: cleared)
        case .changeForwarded(let name, values: _, let cleared):
            .changeForwarded(name, values: entered, cleared: cleared)
        case .changeHeld(let change): .changeHeld(change.replacingValues(entered))
        case .kept(let event): .kept(event.replacingValues(entered))
        case .received(let name, outputs: _, at: let moment): .received(name, outputs: entered, at: moment)
        case .taken(let name, let number, outputs: _): .taken(name, number: number, outputs: entered)
        case .callAnswered(let name, let status, outputs: _): .callAnswered(name, status: status, outputs: entered)
        case .notified(let name, let parties, text: _):
            .notified(
                name, parties,
                text: entered.compactMapValues { if case .string(let text) = $0 { text } else { nil } })
        case .childChangeRefused(let name, reason: _): .childChangeRefused(name, reason: text("reason") ?? "")
        case .parentChangeRefused: .parentChangeRefused(reason: text("reason") ?? "")
        case .successorRefused(let successor, reason: _): .successorRefused(successor, reason: text("reason") ?? "")
        case .restricted(let team, reason: _): .restricted(team, reason: text("reason") ?? "")
        case .unrestricted: .unrestricted(reason: text("reason") ?? "")
        case .rated(let score, comment: _): .rated(score: score, comment: text("comment"))
        case .reopened(let successor, values: _): .reopened(successor, values: entered)
        default: self
        }
    }
}
