/// A value that travels to PostgreSQL as a parameter.
package protocol PostgresEncodable: Sendable {
    /// The type that the parameter declares.
    static var postgresType: PostgresType { get }
    /// Whether the value is NULL; then `encode(into:)` is not called.
    var isNull: Bool { get }
    /// Writes the value in the binary format of its type.
    func encode(into writer: inout PostgresWriter)
}

extension PostgresEncodable {
    package var isNull: Bool { false }
}

/// A value that is read from a column.
package protocol PostgresDecodable {
    /// The value of a cell, or the reason why it is none.
    static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Self
}

/// A value that can stand in an array. Conform your types to ``PostgresScalar`` instead.
package protocol PostgresArrayElement: PostgresEncodable, PostgresDecodable {
    /// The type of `[Self]`.
    static var postgresArrayType: PostgresType { get }
    static func encodeArray(_ elements: [Self], into writer: inout PostgresWriter)
    static func decodeArray(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> [Self]
}

/// A value of one column, both written and read: the protocol for identifiers and other types of the application.
///
/// An enum with raw values needs nothing but the conformance.
package protocol PostgresScalar: PostgresArrayElement {}

extension PostgresScalar {
    package static var postgresArrayType: PostgresType { postgresType.array }
}

extension PostgresScalar where Self: RawRepresentable, RawValue: PostgresScalar {
    package static var postgresType: PostgresType { RawValue.postgresType }

    package func encode(into writer: inout PostgresWriter) {
        rawValue.encode(into: &writer)
    }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Self {
        let raw = try RawValue.decode(cell)
        guard let value = Self(rawValue: raw) else { throw .malformed(expected: "\(Self.self)") }
        return value
    }
}

/// What one column of one row holds. Valid only during the call that hands it over.
package struct PostgresCell {
    /// The `pg_type.oid` of the column.
    package let oid: UInt32
    /// The binary format of the value; nil for NULL.
    package let bytes: UnsafeRawBufferPointer?

    /// The bytes, for a value that cannot be NULL.
    package func value(expected: @autoclosure () -> String) throws(PostgresDecodingProblem) -> UnsafeRawBufferPointer {
        guard let bytes else { throw .null(expected: expected()) }
        return bytes
    }
}

/// Why a cell is not a value of the expected type.
package enum PostgresDecodingProblem: Error, Sendable, Hashable {
    /// The column is NULL and the type is not optional.
    case null(expected: String)
    /// The column has another type.
    case wrongType(expected: String)
    /// The bytes are no value of the type: out of its range, not UTF-8, or not a case of the enum.
    case malformed(expected: String)
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package static var postgresType: PostgresType { Wrapped.postgresType }

    package var isNull: Bool {
        switch self {
        case .none: true
        case .some(let value): value.isNull
        }
    }

    package func encode(into writer: inout PostgresWriter) {
        if case .some(let value) = self { value.encode(into: &writer) }
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Wrapped? {
        cell.bytes == nil ? nil : try Wrapped.decode(cell)
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresScalar {
    package static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}
