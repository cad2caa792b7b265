internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

extension RequestPhase: PostgresScalar {}
extension WorkItem.Kind: PostgresScalar {}
extension OutboxMessage.Kind: PostgresScalar {}

/// JSON that the application has written already; PostgreSQL keeps its text as it is.
struct JSONColumn: PostgresScalar {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static var postgresType: PostgresType { .json }
    func encode(into writer: inout PostgresWriter) { writer.append(contentsOf: text.utf8) }

    static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> JSONColumn {
        JSONColumn(try String.decode(cell))
    }
}
