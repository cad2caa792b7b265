// The binary format of one-dimensional arrays (`array_send` in src/backend/utils/adt/arrayfuncs.c): number of
// dimensions, whether there are NULLs, type of the elements, then for each dimension its length and lower bound, then
// each element as length (-1 for NULL) and bytes.

extension PostgresArrayElement {
    package static func encodeArray(_ elements: [Self], into writer: inout PostgresWriter) {
        guard !elements.isEmpty else {
            writer.append(Int32(0))
            writer.append(Int32(0))
            writer.append(postgresType.oid)
            return
        }
        writer.append(Int32(1))
        writer.append(Int32(elements.contains { $0.isNull } ? 1 : 0))
        writer.append(postgresType.oid)
        writer.append(Int32(clamping: elements.count))
        writer.append(Int32(1))
        for element in elements {
            if element.isNull {
                writer.append(Int32(-1))
            } else {
                writer.appendWithLength { element.encode(into: &$0) }
            }
        }
    }

    package static func decodeArray(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> [Self] {
        let bytes = try cell.value(expected: "[\(Self.self)]")
        var reader = ArrayReader(bytes: bytes)
        guard let dimensions = reader.next(), reader.next() != nil, let oid = reader.next() else {
            throw .wrongType(expected: "[\(Self.self)]")
        }
        guard dimensions != 0 else { return [] }
        guard dimensions == 1, let count = reader.next(), reader.next() != nil, count >= 0, count <= bytes.count / 4
        else { throw .wrongType(expected: "[\(Self.self)]") }
        var elements: [Self] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let element = reader.nextElement(oid: UInt32(bitPattern: oid)) else {
                throw .malformed(expected: "[\(Self.self)]")
            }
            elements.append(try Self.decode(element))
        }
        return elements
    }
}

/// Walks over the binary format of an array; nil where the bytes end too early.
private struct ArrayReader {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    mutating func next() -> Int32? {
        guard bytes.count - offset >= 4 else { return nil }
        defer { offset += 4 }
        return Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }

    mutating func nextElement(oid: UInt32) -> PostgresCell? {
        guard let length = next() else { return nil }
        guard length >= 0 else { return PostgresCell(oid: oid, bytes: nil) }
        guard bytes.count - offset >= Int(length) else { return nil }
        defer { offset += Int(length) }
        return PostgresCell(oid: oid, bytes: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(length)]))
    }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    package static var postgresType: PostgresType { Element.postgresArrayType }

    package func encode(into writer: inout PostgresWriter) {
        Element.encodeArray(self, into: &writer)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> [Element] {
        try Element.decodeArray(cell)
    }
}

// `[UInt8]` is `bytea`, and so a scalar that can stand in an array itself.

extension Array: PostgresArrayElement where Element == UInt8 {
    package static var postgresArrayType: PostgresType { PostgresType.bytea.array }
}

extension Array: PostgresScalar where Element == UInt8 {}

extension UInt8: PostgresArrayElement {
    package static var postgresType: PostgresType { .int2 }
    package static var postgresArrayType: PostgresType { .bytea }

    package func encode(into writer: inout PostgresWriter) {
        writer.append(Int16(self))
    }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> UInt8 {
        try decodeInteger(cell)
    }

    package static func encodeArray(_ elements: [UInt8], into writer: inout PostgresWriter) {
        writer.append(contentsOf: elements)
    }

    package static func decodeArray(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> [UInt8] {
        let bytes = try cell.value(expected: "[UInt8]")
        guard cell.oid == PostgresType.bytea.oid else { throw .wrongType(expected: "[UInt8]") }
        return [UInt8](bytes)
    }
}
