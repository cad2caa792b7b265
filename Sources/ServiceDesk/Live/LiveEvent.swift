package import WorkflowCore

/// What an open stream says: never more than that something is new.
package enum LiveEvent: Sendable, Hashable {
    /// From this position on nothing is missed.
    case ready(LivePosition)
    /// A request that the reader sees has changed.
    case changed(LivePosition, ChangedRequest)
    /// Anything may have changed: look at everything anew.
    case reset(LivePosition)
    /// Nothing happened for a while.
    case beat
}

/// A request and its present version.
package struct ChangedRequest: Sendable, Hashable {
    package let id: RequestID
    package let number: String
    package let version: Int

    package init(id: RequestID, number: String, version: Int) {
        self.id = id
        self.number = number
        self.version = version
    }
}

/// A place in what one daemon has said since it started.
package struct LivePosition: Sendable, Hashable, CustomStringConvertible {
    /// Of the daemon's start.
    let epoch: UInt64
    let sequence: UInt64

    init(epoch: UInt64, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Reads what `description` wrote; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 33, let epoch = UInt64(parts[0], radix: 16),
            let sequence = UInt64(parts[1], radix: 16)
        else { return nil }
        self.init(epoch: epoch, sequence: sequence)
    }

    package var description: String { "\(String(epoch, radix: 16))-\(String(sequence, radix: 16))" }
}
