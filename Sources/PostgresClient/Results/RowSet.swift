internal import CLibPQ

/// The answer to one statement: its rows, in the server's order, and how many rows it changed.
///
/// The rows lie in libpq's memory until the last of them is gone; decode what you need and let go.
package struct RowSet: Sendable, RandomAccessCollection {
    let handle: ResultHandle
    /// The number of rows.
    package let count: Int

    init(_ handle: ResultHandle) {
        self.handle = handle
        count = Int(PQntuples(handle.pointer))
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(position: Int) -> Row {
        precondition(position >= 0 && position < count, "row \(position) of \(count)")
        return Row(handle: handle, index: Int32(position))
    }

    /// The number of columns.
    package var columnCount: Int { Int(PQnfields(handle.pointer)) }

    /// The columns' names, in order.
    package var columnNames: [String] {
        (0..<PQnfields(handle.pointer)).map { PQfname(handle.pointer, $0).map { String(cString: $0) } ?? "" }
    }

    /// The rows that an INSERT, UPDATE, DELETE, MERGE or SELECT touched; 0 for statements that count none.
    package var affectedRows: Int {
        PQcmdTuples(handle.pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The command as the server names it: `INSERT 0 1`, `COMMIT`.
    package var commandTag: String {
        PQcmdStatus(handle.pointer).map { String(cString: $0) } ?? ""
    }

    /// The value of the first column in the first row; nil when there is no row.
    package func first<Value: PostgresDecodable>(
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        guard count > 0 else { return nil }
        return try self[0].decode(at: 0, as: type)
    }
}
