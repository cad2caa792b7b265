package import Expressions
package import PostgresClient

/// A day as a `date` column holds it.
extension CivilDate: PostgresScalar {
    package static var postgresType: PostgresType { PostgresType(oid: 1082, arrayOID: 1182, name: "date") }

    /// PostgreSQL counts from 2000-01-01.
    private static let daysFrom1970To2000 = 10_957

    package func encode(into writer: inout PostgresWriter) {
        writer.append(Int32(truncatingIfNeeded: daysSinceEpoch - Self.daysFrom1970To2000))
    }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> CivilDate {
        let bytes = try cell.value(expected: "CivilDate")
        guard cell.oid == postgresType.oid, bytes.count == 4 else { throw .wrongType(expected: "CivilDate") }
        return CivilDate(
            daysSinceEpoch: Int(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))) + daysFrom1970To2000)
    }
}
