/// The hash chain of the audit: one for each log and day, and each day's begins with the end of the day before it in that log,
/// so that neither an entry nor a day can be changed, left out or moved without a trace.
///
///     hash(n) = SHA-256( hash(n - 1) ‖ n ‖ text of entry n )
///     hash(0) = SHA-256( "administration/2026-11-22" ‖ last hash of the log's day before; nothing for its first )
///
/// `n` is 8 bytes, big-endian; texts are UTF-8. Storage computes the same while it appends.
package enum AuditChain {
    /// The hash before the first entry of a day.
    ///
    /// - Parameter previous: The last hash of the log's latest day before; nil when this is its first.
    package static func start(of log: AuditLog, day: String, after previous: [UInt8]?) -> [UInt8] {
        start(of: "\(log.rawValue)/\(day)", after: previous)
    }

    /// The same by the chain's name, `administration/2026-11-22`.
    package static func start(of chain: String, after previous: [UInt8]?) -> [UInt8] {
        Digest.sha256(Array(chain.utf8) + (previous ?? []))
    }

    package static func hash(of text: String, sequence: Int, after previous: [UInt8]) -> [UInt8] {
        var bytes = previous
        let number = UInt64(bitPattern: Int64(sequence))
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
        bytes.append(contentsOf: text.utf8)
        return Digest.sha256(bytes)
    }

    /// What an entry holds of a word: the hexadecimal SHA-256 over the bytes of the hexadecimal salt and the text.
    package static func digest(of text: String, salt: String) -> String {
        TextForms.hexadecimal(Digest.sha256((TextForms.bytes(hexadecimal: salt) ?? []) + Array(text.utf8)))
    }
}
