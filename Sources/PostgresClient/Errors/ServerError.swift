internal import CLibPQ

/// An error report of the server, field by field (its manual, "Error and Notice Message Fields").
package struct ServerError: Sendable, Hashable {
    package var sqlState: SQLState
    /// `ERROR`, `FATAL`, `PANIC`, or for notices `WARNING`, `NOTICE`, `INFO`, `LOG`; never translated.
    package var severity: String
    /// The server's sentence; it may quote a value.
    package var message: String
    /// More of it; often quotes values of the row. In no description.
    package var detail: String?
    package var hint: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    /// The name of the violated constraint: what errors of the application are told apart by.
    package var constraint: String?
    /// Where in the SQL text the error is, in characters from 1.
    package var position: Int?
    /// The function of the server that reported it.
    package var routine: String?
    /// Which statement of the pipeline failed, from 0; its count when the commit at the end did.
    package var statementIndex: Int?
    /// The text of that statement, for the log.
    package var sql: SQL?

    package init(sqlState: SQLState, severity: String, message: String) {
        self.sqlState = sqlState
        self.severity = severity
        self.message = message
    }

    /// The report in a result that libpq hands out; copied, so that the result can be freed.
    init(result: OpaquePointer?) {
        func field(_ code: UnicodeScalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        // An error that libpq itself reports has no fields, only a message.
        self.init(
            sqlState: SQLState(field("C") ?? ""),
            severity: field("V") ?? field("S") ?? "ERROR",
            message: field("M") ?? PQresultErrorMessage(result).map { String(cString: $0) } ?? "")
        detail = field("D")
        hint = field("H")
        schema = field("s")
        table = field("t")
        column = field("c")
        constraint = field("n")
        position = field("P").flatMap { Int($0) }
        routine = field("R")
    }

    /// Whether the session ends with this error.
    var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }

    /// Whether the prepared statement is out of date, so that preparing it again helps: the tables have changed since,
    /// or somebody has deallocated it.
    var isStalePreparedStatement: Bool {
        sqlState == .invalidStatementName
            || (sqlState == .featureNotSupported && routine == "RevalidateCachedQuery")
    }
}

extension ServerError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Code and names of the schema; no message, for it may quote a value.
    package var description: String {
        var text = "The database refused the statement (\(sqlState))"
        if let constraint { text += ", constraint \(constraint)" }
        if let table { text += ", table \(table)" }
        return text + "."
    }

    package var debugDescription: String {
        var text = "\(severity) \(sqlState): \(message)"
        if let hint { text += " Hint: \(hint)" }
        if let constraint { text += " Constraint: \(constraint)." }
        if let table { text += " Table: \(table)." }
        if let column { text += " Column: \(column)." }
        if let statementIndex { text += " Statement \(statementIndex) of the pipeline." }
        if let sql { text += " SQL: \(sql.text)" }
        return text
    }
}
