extension String: PostgresScalar {
    package static var postgresType: PostgresType { .text }

    package func encode(into writer: inout PostgresWriter) {
        writer.append(contentsOf: utf8)
    }

    /// Text of the types of characters, `json`, `jsonb`, and of the types of users, whose binary format is text for
    /// enums (and for composite types is not, which UTF-8 validation does not always notice: do not select those).
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> String {
        let bytes = try cell.value(expected: "String")
        switch cell.oid {
        case PostgresType.text.oid, ReadOnlyOID.varchar, ReadOnlyOID.bpchar, ReadOnlyOID.name, ReadOnlyOID.unknown,
            ReadOnlyOID.char, PostgresType.json.oid, ReadOnlyOID.firstOfUsers...:
            return try text(of: bytes)
        case PostgresType.jsonb.oid:
            return try text(of: PostgresJSONB.withoutVersion(bytes))
        default:
            throw .wrongType(expected: "String")
        }
    }

    private static func text(of bytes: UnsafeRawBufferPointer) throws(PostgresDecodingProblem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed(expected: "String") }
        return text
    }
}

/// JSON as `json`: kept by PostgreSQL exactly as it was sent.
package struct PostgresJSON: PostgresScalar, Hashable {
    /// The JSON in UTF-8.
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// The JSON as a string.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static var postgresType: PostgresType { .json }
    package func encode(into writer: inout PostgresWriter) { writer.append(contentsOf: bytes) }

    /// Reads `json` and `jsonb`.
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> PostgresJSON {
        PostgresJSON(try PostgresJSONB.jsonBytes(cell, expected: "PostgresJSON"))
    }
}

/// JSON as `jsonb`: PostgreSQL orders the keys and keeps the last of equal ones.
package struct PostgresJSONB: PostgresScalar, Hashable {
    /// The JSON in UTF-8.
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// The JSON as a string.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static var postgresType: PostgresType { .jsonb }

    package func encode(into writer: inout PostgresWriter) {
        writer.append(byte: 1)
        writer.append(contentsOf: bytes)
    }

    /// Reads `json` and `jsonb`.
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> PostgresJSONB {
        PostgresJSONB(try jsonBytes(cell, expected: "PostgresJSONB"))
    }

    fileprivate static func jsonBytes(
        _ cell: PostgresCell, expected: String
    ) throws(PostgresDecodingProblem) -> [UInt8] {
        let bytes = try cell.value(expected: expected)
        switch cell.oid {
        case PostgresType.json.oid: return [UInt8](bytes)
        case PostgresType.jsonb.oid: return [UInt8](try withoutVersion(bytes))
        default: throw .wrongType(expected: expected)
        }
    }

    /// The binary format of `jsonb` is the text after a version, which is 1.
    fileprivate static func withoutVersion(
        _ bytes: UnsafeRawBufferPointer
    ) throws(PostgresDecodingProblem) -> UnsafeRawBufferPointer {
        guard bytes.first == 1 else { throw .malformed(expected: "jsonb") }
        return UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    }
}
