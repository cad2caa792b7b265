package import Logging
internal import Synchronization

/// A fixed number of sessions with one PostgreSQL, each served by a thread of its own, shared by any number of tasks.
///
/// Somebody must run ``run()``; it keeps the sessions alive and the waiting within its bounds. Tasks wait in the order
/// of their coming. A session goes back to the others only when no transaction is open on it.
package final class PostgresPool: Sendable {
    typealias Waiter = CheckedContinuation<Result<Lease, PostgresError>, Never>
    typealias Lease = PoolLease<PostgresConnection>
    private typealias State = PoolState<PostgresConnection, Waiter>

    private struct Book {
        var pool: State
        var lastWaiter = 0
        /// What `run` waits for, and until when; nil: for ever.
        var sleeper: Task<Void, Never>?
        var sleepsUntil: ContinuousClock.Instant?
        var isDrained = false
        var whenDrained: [CheckedContinuation<Void, Never>] = []
    }

    private let configuration: PoolConfiguration
    private let logger: Logger
    private let results = ResultCount()
    private let book: Mutex<Book>

    /// A pool without sessions; they are opened by ``run()`` and by the first statements.
    package init(configuration: PoolConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        let maximum = max(1, configuration.maximumConnections)
        book = Mutex(
            Book(
                pool: State(
                    limits: State.Limits(
                        minimum: min(configuration.minimumConnections, maximum), maximum: maximum,
                        waiters: configuration.maximumWaiters, wait: configuration.waitTimeout,
                        check: configuration.healthCheckInterval, idle: configuration.idleTimeout,
                        backoff: configuration.backoff))))
    }

    deinit {
        perform(book.withLock { $0.pool.shutDown() + $0.pool.abortAll() })
    }

    /// Keeps the pool until the task is cancelled: opens the minimum of sessions, checks them, reconnects with growing
    /// pauses, refuses those who wait too long. At the end it waits for the work under way, `shutdownGrace` at most.
    package func run() async throws {
        update { $0.start(now: .now) }
        while !Task.isCancelled {
            var next: ContinuousClock.Instant?
            update { pool in
                let actions = pool.tick(now: .now)
                next = pool.nextTick()
                return actions
            }
            await sleep(until: next)
        }
        await shutDown()
    }

    // MARK: What it looks like

    /// Whether a session is open and the last attempt to connect succeeded: the answer for a readiness probe.
    package var isHealthy: Bool { book.withLock { $0.pool.isHealthy } }

    /// Numbers of this moment.
    package var statistics: PoolStatistics {
        book.withLock { book in
            PoolStatistics(
                openConnections: book.pool.openCount, idleConnections: book.pool.idleCount,
                waitingTasks: book.pool.waiterCount, liveResults: results.live)
        }
    }

    // MARK: Leases

    /// A session for the caller alone, until it is released.
    func lease() async throws(PostgresError) -> Lease {
        if Task.isCancelled { throw .cancelled }
        let (idle, id) = book.withLock { book in
            book.lastWaiter += 1
            return (book.pool.leaseIdle(), book.lastWaiter)
        }
        if let idle { return idle }
        return try await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                update { $0.lease(waiter, id: id, now: .now) }
                // The handler may have come before the waiter.
                if Task.isCancelled { update { $0.cancel(waiter: id) } }
            }
        } onCancel: {
            update { $0.cancel(waiter: id) }
        }.get()
    }

    func release(_ lease: Lease, reusable: Bool) {
        update { $0.release(id: lease.id, reusable: reusable, now: .now) }
    }

    // MARK: The machinery around the state

    /// Changes the state under the lock and does what it demands after leaving the lock.
    private func update(_ change: (inout State) -> [State.Action]) {
        let actions = book.withLock { book in
            let actions = change(&book.pool)
            if book.sleeper != nil, actions.contains(where: { if case .reschedule = $0 { true } else { false } }),
                let next = book.pool.nextTick(), next < (book.sleepsUntil ?? next + .nanoseconds(1))
            {
                book.sleeper?.cancel()
                book.sleeper = nil
            }
            return actions
        }
        perform(actions)
    }

    private func perform(_ actions: [State.Action]) {
        for action in actions {
            switch action {
            case .connect(let id): connect(id)
            case .resume(let waiter, let result): waiter.resume(returning: result)
            case .close(let connection): connection.close()
            case .abort(let connection): connection.abort()
            case .check(let lease): check(lease)
            case .reschedule: break
            case .drained:
                let waiting = book.withLock { book in
                    book.isDrained = true
                    defer { book.whenDrained = [] }
                    return book.whenDrained
                }
                for continuation in waiting { continuation.resume() }
            }
        }
    }

    private func connect(_ id: Int) {
        do {
            _ = try PostgresConnection.start(
                configuration.connection, kind: .pooled, count: results, logger: logger
            ) { [weak self] connection, event in
                guard let self else { return connection.abort() }
                self.receive(event, from: connection, id: id)
            }
        } catch {
            receiveFailure(error, id: id)
        }
    }

    private func receive(_ event: ConnectionEvent, from connection: PostgresConnection, id: Int) {
        switch event {
        case .opened:
            logger.debug("A session with the database is open.")
            update { $0.opened(id: id, connection: connection, now: .now) }
        case .failed(let error):
            receiveFailure(error, id: id)
        case .ended(let error):
            if case .closed = error {
                logger.debug("A session with the database is closed.")
            } else {
                logger.warning("\(error.debugDescription)")
            }
            update { $0.ended(id: id, error: error, now: .now, chance: .random(in: 0...1)) }
        case .notification:
            break
        }
    }

    private func receiveFailure(_ error: PostgresError, id: Int) {
        logger.warning("\(error.debugDescription)")
        update { $0.failed(id: id, error: error, now: .now, chance: .random(in: 0...1)) }
    }

    private func check(_ lease: Lease) {
        lease.connection.submit(.batch([Statement("SELECT 1")]), longestSilence: .seconds(5)) { [weak self] outcome in
            var isAlive = false
            if case .success = outcome.result { isAlive = outcome.state == .idle }
            self?.update { $0.release(id: lease.id, reusable: isAlive, afterWork: false, now: .now) }
        }
    }

    private func sleep(until next: ContinuousClock.Instant?) async {
        let sleeper = Task<Void, Never> {
            // Being cancelled is how it wakes early.
            try? await Task.sleep(until: next ?? .now + .seconds(3600), clock: .continuous)
        }
        book.withLock { book in
            // What has changed since `next` was computed has found no sleeper to wake.
            let current = book.pool.nextTick()
            if let current, current < (next ?? current + .nanoseconds(1)) { sleeper.cancel() }
            book.sleeper = sleeper
            book.sleepsUntil = next
        }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        book.withLock { $0.sleeper = nil }
    }

    private func shutDown() async {
        update { $0.shutDown() }
        let grace = configuration.shutdownGrace
        // Not a child task: this task is cancelled, and sleeping in it would end at once.
        let deadline = Task { [weak self] in
            do { try await Task.sleep(for: grace) } catch { return }
            self?.update { $0.abortAll() }
        }
        await withCheckedContinuation { continuation in
            let isDrained = book.withLock { book in
                if !book.isDrained { book.whenDrained.append(continuation) }
                return book.isDrained
            }
            if isDrained { continuation.resume() }
        }
        deadline.cancel()
    }
}

/// What a pool holds at one moment; for metrics.
package struct PoolStatistics: Sendable, Hashable {
    package var openConnections: Int
    package var idleConnections: Int
    package var waitingTasks: Int
    /// Answers whose memory is not freed yet, because somebody holds their rows.
    package var liveResults: Int
}
