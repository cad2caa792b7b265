import JSONText
package import WorkflowCore

/// The entries of a draft as JSON.
package enum DraftCodec {
    package static func value(_ entries: [FieldID: JSONValue]) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key.text, $0.value) }))
    }

    package static func json(_ entries: [FieldID: JSONValue]) -> String {
        var writer = JSONWriter()
        writer.value(value(entries))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Nothing for a text that cannot be read any more.
    package static func entries(_ json: String) -> [FieldID: JSONValue] {
        // A draft that nobody can read is as good as none.
        guard case .object(let members)? = try? JSONReader.value(of: json) else { return [:] }
        return Dictionary(uniqueKeysWithValues: members.map { (FieldID($0.key), $0.value) })
    }
}
