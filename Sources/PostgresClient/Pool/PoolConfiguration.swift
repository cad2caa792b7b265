/// How many sessions a pool keeps and how long it waits.
package struct PoolConfiguration: Sendable {
    package var connection: ConnectionConfiguration
    /// Sessions that are kept open even when nobody needs them.
    package var minimumConnections = 1
    /// Sessions at most.
    package var maximumConnections = 8
    /// Tasks that may wait for a session; the next one is refused at once.
    package var maximumWaiters = 1024
    /// The longest that a task waits for a session.
    package var waitTimeout: Duration = .seconds(5)
    /// A session that was idle for so long is asked for a sign of life.
    package var healthCheckInterval: Duration = .seconds(30)
    /// A session above the minimum that was idle for so long is closed.
    package var idleTimeout: Duration = .seconds(600)
    /// The pauses between attempts to connect.
    package var backoff = Backoff()
    /// The longest that the pool waits at its end for work under way, which is then cancelled.
    package var shutdownGrace: Duration = .seconds(10)

    package init(connection: ConnectionConfiguration) {
        self.connection = connection
    }
}

/// Pauses that double from attempt to attempt, each cut by a random part: many clients shall not come back at once.
package struct Backoff: Sendable, Hashable {
    /// The pause after the first failure.
    package var initial: Duration = .milliseconds(100)
    /// The longest pause.
    package var maximum: Duration = .seconds(10)

    package init() {}

    /// The pause after so many failures in a row (from 1).
    ///
    /// - Parameter chance: A random number from 0 to 1, which picks between half of the pause and all of it.
    package func pause(afterFailures failures: Int, chance: Double) -> Duration {
        var pause = initial
        var left = failures - 1
        while left > 0, pause < maximum {
            pause += pause
            left -= 1
        }
        return min(pause, maximum) * (0.5 + 0.5 * min(1, max(0, chance)))
    }
}
