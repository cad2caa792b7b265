import PostgresClient
import ServiceDesk
import Testing

@testable import PostgresStorage

@Suite("Errors of the database as the application sees them")
struct StorageErrorTests {
    private func error(_ state: SQLState, table: String? = nil) -> PostgresError {
        var report = ServerError(sqlState: state, severity: "ERROR", message: "secret")
        report.table = table
        report.constraint = table.map { "\($0)_pkey" }
        return .server(report)
    }

    @Test(
        "What may go well later is unavailable",
        arguments: [
            "40001", "40P01", "55P03", "57014", "53100", "53300", "57P01", "57P03", "25P03", "25006", "58030",
        ] as [SQLState])
    func unavailable(state: SQLState) {
        guard case .unavailable(let sentence) = StorageError(error(state), commits: true) else {
            Issue.record("\(state) is not unavailable")
            return
        }
        #expect(!sentence.contains("secret"))
    }

    @Test("What a newer decision mends is stale, a key that exists a duplicate, the rest a defect")
    func others() {
        #expect(StorageError(error("ZB001")) == .stale(.directory))
        #expect(StorageError(error("ZB003")) == .stale(.message))
        for table in ["request", "idempotency", "outbox", "token", "person"] {
            #expect(
                StorageError(error("23505", table: table))
                    == .duplicateKey("The identifier exists already (\(table)_pkey)."))
        }
        for other in [error("23505", table: "event"), error("23514"), error("42501"), error("ZB002"), error("22P05")] {
            guard case .defect = StorageError(other) else {
                Issue.record("\(other) is no defect")
                return
            }
        }
    }

    @Test("Only a connection that was lost with the commit on its way leaves the outcome unknown")
    func connections() {
        let sent = PostgresError.connectionLost(ConnectionLoss(message: "gone", statementWasSent: true))
        let unsent = PostgresError.connectionLost(ConnectionLoss(message: "gone", statementWasSent: false))
        #expect(StorageError(sent, commits: true) == .unknownOutcome)
        for (error, commits) in [
            (sent, false), (unsent, true), (.cannotConnect(message: "x"), true),
            (.poolExhausted(waited: .seconds(1)), true),
            (.closed, true), (.cancelled, true),
        ] as [(PostgresError, Bool)] {
            guard case .unavailable = StorageError(error, commits: commits) else {
                Issue.record("\(error) is not unavailable")
                return
            }
        }
    }
}
