/// JSON as it arrives (RFC 8259), before a form gives it types. Numbers keep their text: `1.10` stays `1.10`, nothing overflows.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}
