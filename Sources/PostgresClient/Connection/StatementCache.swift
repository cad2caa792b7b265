/// Which statements a session has prepared. A value: it sends nothing, it says what to send.
///
/// A statement is known by the address of its literal and the types of its parameters. The same text written in two
/// places is prepared twice, which costs a little memory; comparing texts would cost time on every statement.
struct StatementCache {
    struct Key: Hashable {
        let address: UInt
        let types: [UInt32]
    }

    /// What has to be sent before a statement is executed by `name`.
    struct Plan: Equatable {
        var name: String
        var needsPreparing: Bool
    }

    private struct Entry {
        var name: String
        var lastUse: Int
    }

    private let limit: Int
    private var entries: [Key: Entry] = [:]
    private var uses = 0
    private var names = 0
    /// Evicted to stay within the limit: to be deallocated before the next batch.
    private(set) var leftovers: [String] = []

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    var count: Int { entries.count }

    /// Nil for text made at run time: it is sent without preparing it.
    static func key(_ statement: Statement) -> Key? {
        guard case .literal(let literal) = statement.sql.storage, literal.hasPointerRepresentation else { return nil }
        return Key(address: UInt(bitPattern: literal.utf8Start), types: statement.parameters.types)
    }

    mutating func plan(_ key: Key) -> Plan {
        uses += 1
        if let name = entries[key]?.name {
            entries[key]?.lastUse = uses
            return Plan(name: name, needsPreparing: false)
        }
        if entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            leftovers.append(oldest.value.name)
        }
        names += 1
        let name = "s\(names)"
        entries[key] = Entry(name: name, lastUse: uses)
        return Plan(name: name, needsPreparing: true)
    }

    /// The server has no such statement: preparing it failed or was skipped, or it is out of date.
    mutating func forget(_ name: String) {
        if let key = entries.first(where: { $0.value.name == name })?.key { entries[key] = nil }
        leftovers.removeAll { $0 == name }
    }

    /// The statement is out of date: it is prepared anew, and the old one deallocated.
    mutating func retire(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { leftovers.append(entry.name) }
    }

    mutating func deallocated(_ name: String) {
        leftovers.removeAll { $0 == name }
    }

    mutating func forgetAll() {
        entries = [:]
        leftovers = []
    }
}
