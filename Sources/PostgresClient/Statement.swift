/// One SQL statement with the values of its parameters, encoded and ready to send.
///
/// Parameters declare their types, so `$1` of an `Int64` is an `int8` and of a `String` is `text`; where a column has
/// another type that has no implicit cast (an enum, `date`, `inet`), write the cast in SQL: `$1::priority`. A NULL is
/// an optional without value, which keeps its type: `Int64?.none`.
package struct Statement: Sendable, CustomStringConvertible {
    /// The text; its literal is what prepared statements are known by.
    package let sql: SQL
    let parameters: ParameterBuffer

    /// A statement with its parameters in the order `$1`, `$2`, …; at most 65,535.
    package init(_ sql: SQL, _ parameters: any PostgresEncodable...) {
        self.init(sql, parameters: parameters)
    }

    /// A statement with its parameters in an array.
    package init(_ sql: SQL, parameters: [any PostgresEncodable]) {
        self.sql = sql
        var buffer = ParameterBuffer(reserving: parameters.count)
        for parameter in parameters { buffer.append(parameter) }
        buffer.finish()
        self.parameters = buffer
    }

    /// The number of parameters.
    package var parameterCount: Int { parameters.types.count }

    /// The text and the number of parameters, never their values.
    package var description: String { "\(sql.text) -- \(parameterCount) parameters" }
}
