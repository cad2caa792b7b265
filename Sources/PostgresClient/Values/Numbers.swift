extension FixedWidthInteger {
    /// The integer of an `int2`, `int4`, `int8` or `oid` column; malformed when the type here is too small for it.
    static func decodeInteger(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Self {
        let bytes = try cell.value(expected: "\(Self.self)")
        let wide: Int64
        switch (cell.oid, bytes.count) {
        case (PostgresType.int8.oid, 8):
            wide = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case (PostgresType.int4.oid, 4):
            wide = Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case (PostgresType.int2.oid, 2):
            wide = Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case (ReadOnlyOID.oid, 4):
            wide = Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        default:
            throw .wrongType(expected: "\(Self.self)")
        }
        guard let value = Self(exactly: wide) else { throw .malformed(expected: "\(Self.self)") }
        return value
    }
}

extension Int: PostgresScalar {
    package static var postgresType: PostgresType { .int8 }
    package func encode(into writer: inout PostgresWriter) { writer.append(Int64(self)) }
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Int { try decodeInteger(cell) }
}

extension Int64: PostgresScalar {
    package static var postgresType: PostgresType { .int8 }
    package func encode(into writer: inout PostgresWriter) { writer.append(self) }
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Int64 {
        try decodeInteger(cell)
    }
}

extension Int32: PostgresScalar {
    package static var postgresType: PostgresType { .int4 }
    package func encode(into writer: inout PostgresWriter) { writer.append(self) }
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Int32 {
        try decodeInteger(cell)
    }
}

extension Int16: PostgresScalar {
    package static var postgresType: PostgresType { .int2 }
    package func encode(into writer: inout PostgresWriter) { writer.append(self) }
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Int16 {
        try decodeInteger(cell)
    }
}

extension Double: PostgresScalar {
    package static var postgresType: PostgresType { .float8 }
    package func encode(into writer: inout PostgresWriter) { writer.append(bitPattern) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Double {
        let bytes = try cell.value(expected: "Double")
        switch (cell.oid, bytes.count) {
        case (PostgresType.float8.oid, 8):
            return Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case (ReadOnlyOID.float4, 4):
            return Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        default:
            throw .wrongType(expected: "Double")
        }
    }
}

extension Bool: PostgresScalar {
    package static var postgresType: PostgresType { .bool }
    package func encode(into writer: inout PostgresWriter) { writer.append(byte: self ? 1 : 0) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Bool {
        let bytes = try cell.value(expected: "Bool")
        guard cell.oid == PostgresType.bool.oid, bytes.count == 1 else { throw .wrongType(expected: "Bool") }
        return bytes[0] != 0
    }
}
