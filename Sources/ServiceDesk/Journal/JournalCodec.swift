import Expressions
import WorkflowCore

/// Events as they are stored for ever, and what people entered with them apart from them.
///
/// An entry's `data` is `{"entered":{"salary":"<digest>"},"event":{…}}`: the event without what people entered, and in its place
/// salted digests. The values lie in protected contents, one row for what all who see the request may read and one for each
/// group of readers; a row can be deleted (a person is erased) and the chain of hashes stays valid.
struct JournalCodec {

    let sensitive: SensitiveFields
    let principal: Principal
    let now: Instant
    let random: RandomBytes

    /// What a command's events add to the journal.
    struct Encoded {
        var entries: [JournalEntry] = []
        var contents: [ProtectedContent] = []
    }

    /// - Parameters:
    ///   - version: How many events the request has already.
    ///   - previous: The hash of the last of them, or the chain's start.
    func encode(_ events: [Event], after version: Int, previous: [UInt8]) throws -> Encoded {
        var result = Encoded()
        var hash = previous
        let entered = events.map(\.entered)
        let salts = random(16 * entered.reduce(0) { $0 + $1.count })
        var position = 0
        for (index, event) in events.enumerated() {
            let sequence = version + index + 1
            var rows: [String: ProtectedValues] = [:]
            var digests: [(key: String, json: String)] = []
            for (name, value) in entered[index] {
                let salt = TextForms.hexadecimal(Array(salts[position..<(position + 16)]))
                position += 16
                let salted = ProtectedValues.Salted(salt: salt, value: value)
                digests.append((name, CanonicalJSON.string(try salted.digest())))
                let readers = sensitive.readers(of: name, in: event)
                rows[readers, default: ProtectedValues(entered: [:], place: sensitive.place(of: event))]
                    .entered[name] = salted
            }
            for (readers, names) in sensitive.cleared(by: event) {
                rows[readers, default: ProtectedValues(entered: [:], place: .form)].cleared = names
            }
            for (readers, values) in rows {
                result.contents.append(
                    ProtectedContent(sequence: sequence, readers: readers, content: try values.text()))
            }
            let data = CanonicalJSON.object([
                ("entered", CanonicalJSON.object(digests)), ("event", try EventText.payload(of: event)),
            ])
            hash = JournalChain.hash(
                sequence: sequence, at: now, kind: event.kind, format: Event.format,
                configuration: sensitive.configuration.version, principal: principal.description, data: data,
                after: hash)
            result.entries.append(
                JournalEntry(
                    sequence: sequence, at: now, kind: event.kind, format: Event.format,
                    configuration: sensitive.configuration.version, principal: principal.description, data: data,
                    hash: hash))
        }
        return result
    }
}
