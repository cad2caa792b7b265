package import Expressions
package import WorkflowCore

/// The hash chain of one request's journal: every entry's hash covers the entry and the hash before, so that nothing in a
/// history can be changed, left out or moved without a trace. Chains are per request; nothing is chained globally.
///
///     hash(n) = SHA-256( hash(n - 1) ‖ sequence ‖ at ‖ format ‖ kind ‖ configuration ‖ principal ‖ data )
///     hash(0) = SHA-256( the request's identifier, 16 bytes, big-endian )
///
/// `sequence` is 8 bytes, `at` 8 bytes (microseconds since 1970, two's complement) and `format` 4 bytes, all big-endian. The
/// four texts follow, each as the number of its UTF-8 bytes (4 bytes, big-endian) and those bytes.
package enum JournalChain {
    /// The hash before a request's first entry.
    package static func start(of request: RequestID) -> [UInt8] {
        var bytes: [UInt8] = []
        append(request.id.high, to: &bytes)
        append(request.id.low, to: &bytes)
        return Digest.sha256(bytes)
    }

    /// The hash of an entry; the hash that the entry itself carries is not read.
    package static func hash(of entry: JournalEntry, after previous: [UInt8]) -> [UInt8] {
        hash(
            sequence: entry.sequence, at: entry.at, kind: entry.kind, format: entry.format,
            configuration: entry.configuration, principal: entry.principal, data: entry.data, after: previous)
    }

    static func hash(
        sequence: Int, at: Instant, kind: String, format: Int, configuration: ConfigurationVersion, principal: String,
        data: String, after previous: [UInt8]
    ) -> [UInt8] {
        var bytes = previous
        bytes.reserveCapacity(previous.count + 160 + data.utf8.count)
        append(UInt64(bitPattern: Int64(sequence)), to: &bytes)
        append(UInt64(bitPattern: at.microseconds), to: &bytes)
        append(UInt32(truncatingIfNeeded: format), to: &bytes)
        for text in [kind, configuration.text, principal, data] {
            append(UInt32(truncatingIfNeeded: text.utf8.count), to: &bytes)
            bytes.append(contentsOf: text.utf8)
        }
        return Digest.sha256(bytes)
    }

    /// The number of the first entry that is not what was written, or does not follow the one before; nil when the chain is whole.
    ///
    /// - Parameters:
    ///   - entries: All of the request's, in order.
    ///   - lastHash: What the request row says; a journal whose end was cut off is noticed by it.
    package static func firstBreak(
        in entries: [JournalEntry], of request: RequestID, lastHash: [UInt8]
    ) -> Int? {
        var previous = start(of: request)
        for (index, entry) in entries.enumerated() {
            guard entry.sequence == index + 1, Digest.areEqual(hash(of: entry, after: previous), entry.hash) else {
                return index + 1
            }
            previous = entry.hash
        }
        return Digest.areEqual(previous, lastHash) ? nil : entries.count + 1
    }

    private static func append<T: FixedWidthInteger>(_ number: T, to bytes: inout [UInt8]) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> T(shift)))
        }
    }
}

extension Instant {
    /// Microseconds since 1970-01-01T00:00:00Z, rounded down: the precision in which instants are stored.
    var microseconds: Int64 { seconds * 1_000_000 + Int64(nanoseconds / 1000) }

    /// The instant without what lies below a microsecond.
    package var truncatedToMicroseconds: Instant {
        Instant(seconds: seconds, nanoseconds: nanoseconds / 1000 * 1000)
    }

    init(microseconds: Int64) {
        let second = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        self.init(seconds: second.quotient, nanoseconds: Int32(second.remainder * 1000))
    }
}
