package import Logging
package import PostgresClient
package import ServiceDesk
import Synchronization

/// Carries between the daemons of a database what their streams need to know: LISTEN and NOTIFY on a session of its own.
///
/// NOTIFY stands in transactions of its own, after those that changed something: in them it would make all commits wait for each other.
/// What is lost when a daemon dies or the session breaks, readers see when they look anew.
package final class ChangeChannel: Sendable {
    private let configuration: ConnectionConfiguration
    private let feed: LiveFeed
    private let logger: Logger
    private let current = Mutex<DedicatedConnection?>(nil)

    private static let name = "bureau_changes"
    private static let silence = Duration.seconds(30)

    private struct Ended: Error {}

    package init(configuration: ConnectionConfiguration, feed: LiveFeed, logger: Logger) {
        self.configuration = configuration
        self.feed = feed
        self.logger = logger
    }

    /// Tells and hears until the task is cancelled; connects again whenever the session ends. Once in its life.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            // Both end by being cancelled, and by nothing else.
            group.addTask { try? await self.tell() }
            group.addTask { try? await self.hear() }
        }
    }

    private func hear() async throws {
        while true {
            do {
                try await converse()
            } catch {
                try Task.checkCancellation()
                logger.debug("the session for changes ended", metadata: ["error": "\(error)"])
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 1_000...3_000)))
        }
    }

    private func tell() async throws {
        while true {
            for text in try await feed.announcements() {
                // Without a session: whoever joins says that anything may have changed.
                guard let connection = current.withLock({ $0 }) else { break }
                do {
                    try await announce(text, on: connection)
                } catch {
                    try Task.checkCancellation()
                    logger.debug("a change was not announced", metadata: ["error": "\(error)"])
                    await connection.close()
                    break
                }
            }
        }
    }

    private func converse() async throws {
        let connection = try await DedicatedConnection.connect(configuration, logger: logger)
        do {
            try await connection.listen(to: Self.name)
            current.withLock { $0 = connection }
            feed.join()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await notification in connection.notifications { self.feed.hear(notification.payload) }
                    throw Ended()
                }
                group.addTask {
                    // A server that hangs ends no session by itself.
                    while true {
                        try await Task.sleep(for: Self.silence)
                        try await connection.query(Statement("SELECT 1"))
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch {
            current.withLock { $0 = nil }
            await connection.close()
            throw error
        }
    }

    /// Takes no lock on a table; the queue of notifications has one of its own, for as long as this takes.
    private func announce(_ text: String, on connection: DedicatedConnection) async throws {
        try await connection.query(Statement("SELECT pg_notify('bureau_changes', $1)", text))
    }
}
