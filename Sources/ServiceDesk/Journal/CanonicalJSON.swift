import Expressions
import FoundationEssentials
import WorkflowCore

/// JSON text written directly: what is hashed must be the same bytes in every release, and what is written for every event
/// must not cost an encoder.
enum CanonicalJSON {
    /// A string with its quotation marks. Escaped are `"`, `\` and control characters, those as `\u00xx`; all else is UTF-8 as it stands.
    static func string(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// An object of finished JSON values, its keys in the order of their UTF-8 bytes.
    static func object(_ members: [(key: String, json: String)]) -> String {
        var bytes = [UInt8(ascii: "{")]
        let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (index, member) in sorted.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(member.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: member.json.utf8)
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: TextForms.hexadecimal([byte]).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A value in the form that `Value` reads back, with one spelling for each value: no spaces, keys as `Value` orders them.
    static func value(_ value: Value) throws -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .string(let text): string(text)
        case .list(let elements): "[" + (try elements.map { try Self.value($0) }).joined(separator: ",") + "]"
        case .date(let value): tagged("date", value.description)
        case .timestamp(let value): tagged("timestamp", value.description)
        case .money(let value): tagged("money", value.description)
        case .person(let value): tagged("person", value)
        default: try text(value)
        }
    }

    private static func tagged(_ tag: String, _ text: String) -> String {
        "{\"\(tag)\":\(string(text))}"
    }

    /// Anything encodable, with sorted keys and without needless escapes.
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads what `text` or `value` wrote.
    static func read<T: Decodable>(_ type: T.Type, from text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
