import Expressions
package import WorkflowCore

/// A record in the form that is chained and stored.
package struct AuditEntry: Sendable, Hashable {
    package let log: AuditLog
    /// The day of the record in UTC, `2026-11-22`. Where the log is at a later day already, it goes there.
    package let day: String
    /// The canonical JSON that the hash covers: `{"at":…,"details":{…},"kind":…,"principal":…,"subject":…,"words":{…}}`, with the
    /// hexadecimal digests of the words. Members without content are left out.
    package let text: String
    /// By name.
    package let words: [StoredAuditWord]

    package init(log: AuditLog, day: String, text: String, words: [StoredAuditWord]) {
        self.log = log
        self.day = day
        self.text = text
        self.words = words
    }

    /// - Parameter random: For the salts of the words.
    package init(_ record: AuditRecord, random: RandomBytes) {
        let at = record.at.truncatedToMicroseconds
        let salts = random(16 * record.words.count)
        words = record.words.sorted { $0.key < $1.key }.enumerated().map { index, word in
            StoredAuditWord(
                name: word.key, person: word.value.person,
                salt: TextForms.hexadecimal(Array(salts[(16 * index)..<(16 * index + 16)])), text: word.value.text)
        }
        var members = [
            ("at", CanonicalJSON.string(at.description)), ("kind", CanonicalJSON.string(record.kind.rawValue)),
            ("principal", CanonicalJSON.string(record.principal)),
        ]
        if let subject = record.subject { members.append(("subject", CanonicalJSON.string(subject))) }
        if !record.details.isEmpty { members.append(("details", Self.object(record.details))) }
        if !words.isEmpty {
            let digests = words.map { ($0.name, CanonicalJSON.string($0.digest)) }
            members.append(("words", CanonicalJSON.object(digests)))
        }
        log = record.log
        day = String(at.description.prefix(10))
        text = CanonicalJSON.object(members)
    }

    private static func object(_ texts: [String: String]) -> String {
        CanonicalJSON.object(texts.map { ($0.key, CanonicalJSON.string($0.value)) })
    }
}

/// A word as stored beside the chain.
package struct StoredAuditWord: Sendable, Hashable {
    package let name: String
    package let person: PersonID?
    /// 16 random bytes, hexadecimal.
    package let salt: String
    package let text: String

    package init(name: String, person: PersonID?, salt: String, text: String) {
        self.name = name
        self.person = person
        self.salt = salt
        self.text = text
    }

    /// What the entry holds in its place: the hexadecimal SHA-256 over the salt's bytes and the text's UTF-8.
    package var digest: String { AuditChain.digest(of: text, salt: salt) }
}

/// An entry at its place in a chain.
package struct StoredAuditEntry: Sendable, Hashable {
    package let entry: AuditEntry
    /// From 1, without gaps, in its log and day.
    package let sequence: Int
    package let hash: [UInt8]

    package init(entry: AuditEntry, sequence: Int, hash: [UInt8]) {
        self.entry = entry
        self.sequence = sequence
        self.hash = hash
    }
}
