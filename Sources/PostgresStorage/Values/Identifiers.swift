package import Expressions
package import PostgresClient
package import WorkflowCore

// The application's values as columns: what a column cannot hold never reaches it, and what a column should not hold is
// malformed when it is read.

extension UniqueID: PostgresScalar {
    package static var postgresType: PostgresType { .uuid }

    package func encode(into writer: inout PostgresWriter) {
        writer.append(high)
        writer.append(low)
    }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> UniqueID {
        let uuid = try PostgresUUID.decode(cell)
        return UniqueID(high: uuid.high, low: uuid.low)
    }
}

extension RequestID: PostgresScalar {
    package static var postgresType: PostgresType { .uuid }
    package func encode(into writer: inout PostgresWriter) { id.encode(into: &writer) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> RequestID {
        RequestID(try UniqueID.decode(cell))
    }
}

extension PersonID: PostgresScalar {
    package static var postgresType: PostgresType { .uuid }
    package func encode(into writer: inout PostgresWriter) { id.encode(into: &writer) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> PersonID {
        PersonID(try UniqueID.decode(cell))
    }
}

extension Identifier: PostgresScalar {
    package static var postgresType: PostgresType { .text }
    package func encode(into writer: inout PostgresWriter) { text.encode(into: &writer) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Identifier {
        Identifier(try String.decode(cell))
    }
}

extension InstanceName: PostgresScalar {
    package static var postgresType: PostgresType { .text }
    package func encode(into writer: inout PostgresWriter) { description.encode(into: &writer) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> InstanceName {
        guard let name = InstanceName(try String.decode(cell)) else { throw .malformed(expected: "InstanceName") }
        return name
    }
}

extension Party: PostgresScalar {
    package static var postgresType: PostgresType { .text }
    package func encode(into writer: inout PostgresWriter) { description.encode(into: &writer) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Party {
        guard let party = Party(try String.decode(cell)) else { throw .malformed(expected: "Party") }
        return party
    }
}

/// Whole microseconds; the application cuts its instants before it writes them.
extension Instant: PostgresScalar {
    package static var postgresType: PostgresType { .timestamptz }

    package func encode(into writer: inout PostgresWriter) {
        PostgresTimestamp(secondsSince1970: seconds, nanoseconds: Int(nanoseconds)).encode(into: &writer)
    }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> Instant {
        let timestamp = try PostgresTimestamp.decode(cell)
        return Instant(seconds: timestamp.secondsSince1970, nanoseconds: Int32(timestamp.nanoseconds))
    }
}
