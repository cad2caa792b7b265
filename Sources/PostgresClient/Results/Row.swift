internal import CLibPQ

/// One row of a ``RowSet``. It keeps the whole set in memory.
package struct Row: Sendable {
    let handle: ResultHandle
    let index: Int32

    /// The value in a column, by its place from 0. Use this one in hot code.
    ///
    /// - Throws: `PostgresError.decoding` that names the column, the expected type and the type found.
    package func decode<Value: PostgresDecodable>(
        at column: Int, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard column >= 0, column < Int(PQnfields(handle.pointer)) else {
            throw .decoding(
                DecodingFailure(column: "\(column)", expected: "\(type)", foundOID: 0, reason: "no such column"))
        }
        let number = Int32(column)
        let cell = PostgresCell(
            oid: PQftype(handle.pointer, number),
            bytes: PQgetisnull(handle.pointer, index, number) != 0
                ? nil
                : UnsafeRawBufferPointer(
                    start: PQgetvalue(handle.pointer, index, number),
                    count: Int(PQgetlength(handle.pointer, index, number))))
        do {
            return try Value.decode(cell)
        } catch {
            throw .decoding(failure(error, column: number, oid: cell.oid))
        }
    }

    /// The value in the first column of this name. The columns are searched in turn: cheap for a few of them.
    ///
    /// - Throws: `PostgresError.decoding` that names the column, the expected type and the type found.
    package func decode<Value: PostgresDecodable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        for column in 0..<PQnfields(handle.pointer)
        where PQfname(handle.pointer, column).map({ same(name, $0) }) == true {
            return try decode(at: Int(column), as: type)
        }
        throw .decoding(DecodingFailure(column: name, expected: "\(type)", foundOID: 0, reason: "no such column"))
    }

    private func failure(_ problem: PostgresDecodingProblem, column: Int32, oid: UInt32) -> DecodingFailure {
        let name = PQfname(handle.pointer, column).map { String(cString: $0) } ?? "\(column)"
        return switch problem {
        case .null(let expected):
            DecodingFailure(column: name, expected: expected, foundOID: oid, reason: "it is NULL")
        case .wrongType(let expected):
            DecodingFailure(column: name, expected: expected, foundOID: oid, reason: "it has another type")
        case .malformed(let expected):
            DecodingFailure(column: name, expected: expected, foundOID: oid, reason: "its value does not fit")
        }
    }
}

/// Whether a Swift string and a C string hold the same bytes; allocates nothing.
private func same(_ text: String, _ other: UnsafePointer<CChar>) -> Bool {
    var offset = 0
    for unit in text.utf8 {
        guard UInt8(bitPattern: other[offset]) == unit, unit != 0 else { return false }
        offset += 1
    }
    return other[offset] == 0
}
