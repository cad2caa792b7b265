import CLibPQ
import Dispatch

/// Asks a server whether it takes connections.
enum ServerProbe {
    enum Answer: Sendable {
        case accepts
        /// It lives, but starts, recovers or stops.
        case refuses
        case silent
    }

    /// Asks once. The question blocks for some milliseconds, so it is asked away from the cooperative pool.
    static func ask(_ address: ServerAddress) async -> Answer {
        let connection = address.connectionString(as: .admin, database: "postgres") + " connect_timeout=5"
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                switch PQping(connection) {
                case PQPING_OK: continuation.resume(returning: .accepts)
                case PQPING_REJECT: continuation.resume(returning: .refuses)
                default: continuation.resume(returning: .silent)
                }
            }
        }
    }
}
