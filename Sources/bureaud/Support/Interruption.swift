import Glibc
import Logging
import UnixSignals

/// What SIGINT and SIGTERM do to a running command: the first asks it to finish, the second cancels it, the third ends
/// the process at once. (A private PostgreSQL outlives even that, and is adopted by the next daemon.)
enum Interruption {
    /// Runs the body under this regime.
    ///
    /// - Parameters:
    ///   - finish: what the first signal does; nil: it cancels the body, like the second.
    ///   - body: the command.
    static func handling<Value: Sendable>(
        logger: Logger, finish: (@Sendable () async -> Void)? = nil,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                var received = 0
                for await signal in signals {
                    received += 1
                    if received > 2 { _exit(130) }
                    if received == 1, let finish {
                        logger.notice(
                            "Stopping; a second signal does so without waiting.", metadata: ["signal": "\(signal)"])
                        await finish()
                    } else {
                        logger.warning("Stopping at once.", metadata: ["signal": "\(signal)"])
                        return nil
                    }
                }
                return nil
            }
            while let value = try await group.next() {
                group.cancelAll()
                if let value { return value }
            }
            throw Refusal(.interrupted, "Interrupted.")
        }
    }
}
