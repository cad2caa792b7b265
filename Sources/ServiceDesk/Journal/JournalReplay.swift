package import Expressions
package import WorkflowCore

/// A stored event with what people entered put back; what was erased is missing from it.
package struct ReplayedEvent: Sendable {
    package let sequence: Int
    package let at: Instant
    package let principal: Principal
    package let event: Event
    /// Names of entered things whose contents are not there any more, sorted.
    package let erased: [String]
}

/// Reads journals: the audit, the test of the state, the timeline.
package enum JournalReplay {
    /// The events of stored ones, in their order.
    ///
    /// - Throws: `StorageError.defect` for what no release wrote.
    package static func events(_ stored: [StoredEvent]) throws(StorageError) -> [ReplayedEvent] {
        var events: [ReplayedEvent] = []
        events.reserveCapacity(stored.count)
        for row in stored { events.append(try event(row)) }
        return events
    }

    /// The event of a stored one.
    package static func event(_ stored: StoredEvent) throws(StorageError) -> ReplayedEvent {
        let entry = stored.entry
        guard (1...Event.format).contains(entry.format), let principal = Principal(entry.principal) else {
            throw .defect("event \(entry.sequence) has a format or a principal that this release does not know")
        }
        do {
            let (event, digests) = try EventText.read(kind: entry.kind, data: entry.data)
            var values: [String: Value] = [:]
            for content in stored.contents {
                let read = try CanonicalJSON.read(ProtectedValues.self, from: content.content)
                for (name, salted) in read.entered { values[name] = salted.value }
            }
            let erased = digests.keys.filter { values[$0] == nil }.sorted()
            return ReplayedEvent(
                sequence: entry.sequence, at: entry.at, principal: principal,
                event: event.replacingEntered(values), erased: erased)
        } catch {
            throw .defect("event \(entry.sequence) (\(entry.kind)) cannot be read")
        }
    }

    /// The state that events add up to; nil without events.
    package static func state(_ events: [ReplayedEvent]) -> RequestState? {
        var state: RequestState?
        for event in events { Rules.apply(event.event, at: event.at, to: &state) }
        return state
    }

    /// The state that a stored request holds, whole.
    package static func storedState(_ stored: StoredRequest) throws(StorageError) -> RequestState {
        try StateCodec.decode(stored)
    }

    /// Everything in which a journal is not what was written, as sentences; empty when it is whole. What was erased is no fault.
    ///
    /// - Parameters:
    ///   - stored: All of the request's, in order.
    ///   - lastHash: What the request row says.
    package static func faults(in stored: [StoredEvent], of request: RequestID, lastHash: [UInt8]) -> [String] {
        var faults: [String] = []
        if let position = JournalChain.firstBreak(in: stored.map(\.entry), of: request, lastHash: lastHash) {
            faults.append("The chain breaks at event \(position).")
        }
        for row in stored {
            let sequence = row.entry.sequence
            guard let digests = try? EventText.read(kind: row.entry.kind, data: row.entry.data).digests else {
                // What cannot be read is itself the finding.
                faults.append("Event \(sequence) cannot be read.")
                continue
            }
            for content in row.contents {
                guard let values = try? CanonicalJSON.read(ProtectedValues.self, from: content.content) else {
                    // As above.
                    faults.append("A content of event \(sequence) cannot be read.")
                    continue
                }
                for (name, salted) in values.entered.sorted(by: { $0.key < $1.key })
                where (try? salted.digest()) != digests[name] {  // no digest is no match
                    faults.append("\(name) of event \(sequence) is not what was entered.")
                }
            }
        }
        return faults
    }
}
