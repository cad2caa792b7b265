import Hummingbird
import JSONText
import ServiceDesk

/// What watches over the daemon asks.
struct HealthHandlers: Sendable {
    let desk: any Desk

    /// The process lives and takes requests; says nothing of the database.
    func alive(_ request: Request, _ context: APIContext) async throws -> Response {
        .json { writer in
            writer.object { writer in
                writer.key("status")
                writer.string("alive")
            }
        }
    }

    /// Whether requests can be served now.
    func ready(_ request: Request, _ context: APIContext) async throws -> Response {
        let readiness = await desk.isReady()
        guard readiness.isReady else {
            throw Problem(.notReady, detail: readiness.reasons.joined(separator: " "))
        }
        return .json { writer in
            writer.object { writer in
                writer.key("status")
                writer.string("ready")
            }
        }
    }
}
