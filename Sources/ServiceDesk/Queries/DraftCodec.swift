import JSONText
package import WorkflowCore

/// The entries of a draft as JSON, and what they were made for.
package enum DraftCodec {
    package static func value(_ entries: [FieldID: JSONValue]) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key.text, $0.value) }))
    }

    package static func json(_ entries: [FieldID: JSONValue]) -> String { text(value(entries)) }

    package static func json(_ kinds: [String: String]) -> String { text(.object(kinds.mapValues { .string($0) })) }

    /// Nothing for a text that cannot be read any more.
    package static func entries(_ json: String) -> [FieldID: JSONValue] {
        Dictionary(uniqueKeysWithValues: members(json).map { (FieldID($0.key), $0.value) })
    }

    /// Nothing for a text that cannot be read any more.
    package static func kinds(_ json: String) -> [String: String] {
        members(json).compactMapValues { if case .string(let kind) = $0 { kind } else { nil } }
    }

    private static func text(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func members(_ json: String) -> [String: JSONValue] {
        // A draft that nobody can read is as good as none.
        guard case .object(let members)? = try? JSONReader.value(of: json) else { return [:] }
        return members
    }
}
