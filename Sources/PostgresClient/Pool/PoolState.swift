/// A session in the hands of one task.
struct PoolLease<Connection> {
    let id: Int
    let connection: Connection
}

extension PoolLease: Sendable where Connection: Sendable {}

/// What a pool knows and decides. A value: its mutating functions return what is to be done, and do none of it.
///
/// Generic over the connection and over who waits, so that its tests need neither.
struct PoolState<Connection, Waiter> {
    typealias Instant = ContinuousClock.Instant

    enum Action {
        /// Start a session under this number and report `opened` or `failed`.
        case connect(id: Int)
        case resume(Waiter, Result<Lease, PostgresError>)
        /// End a session.
        case close(Connection)
        /// End a session with all its work.
        case abort(Connection)
        /// Ask for a sign of life and release.
        case check(Lease)
        /// The time of the next tick may be earlier than was thought.
        case reschedule
        /// The last session has ended after the shutdown.
        case drained
    }

    typealias Lease = PoolLease<Connection>

    private enum Phase {
        case connecting
        case idle
        case leased
        case closing
    }

    private struct Entry {
        /// Nil while it connects.
        var connection: Connection?
        var phase: Phase
        var openedAt: Instant
        /// When it last came back from work.
        var usedAt: Instant
        /// When it last gave a sign of life: at work or when asked.
        var seenAt: Instant

        init(_ connection: Connection?, _ phase: Phase, _ now: Instant) {
            self.connection = connection
            self.phase = phase
            openedAt = now
            usedAt = now
            seenAt = now
        }
    }

    struct Limits {
        var minimum: Int
        var maximum: Int
        var waiters: Int
        var wait: Duration
        var check: Duration
        var idle: Duration
        var backoff: Backoff
        /// A session that ends sooner counts as a failed attempt, so that a server which accepts and drops is not
        /// asked again without pause.
        var shortestLife: Duration = .seconds(1)
    }

    private let limits: Limits
    private var entries: [Int: Entry] = [:]
    /// Idle sessions; the last one is used first, so that the others can become old.
    private var idle: [Int] = []
    private var waiters = WaiterQueue<Waiter>()
    private var lastID = 0
    private var failures = 0
    private var retryAt: Instant?
    private(set) var lastFailure: PostgresError?
    private(set) var isRunning = false
    private(set) var isClosing = false

    init(limits: Limits) {
        self.limits = limits
    }

    // MARK: What it looks like

    var openCount: Int { entries.values.count { $0.connection != nil } }
    var idleCount: Int { idle.count }
    var connectingCount: Int { entries.values.count { $0.phase == .connecting } }
    var waiterCount: Int { waiters.count }

    /// Whether a session is open and the last attempt to connect succeeded.
    var isHealthy: Bool { !isClosing && failures == 0 && entries.values.contains { $0.connection != nil } }

    // MARK: Leases

    /// A session that is idle now, if there is one.
    mutating func leaseIdle() -> Lease? {
        isClosing ? nil : popIdle()
    }

    /// Somebody wants a session.
    mutating func lease(_ waiter: Waiter, id: Int, now: Instant) -> [Action] {
        if isClosing { return [.resume(waiter, .failure(.closed))] }
        if let lease = popIdle() { return [.resume(waiter, .success(lease))] }
        guard waiters.count < limits.waiters else {
            return [.resume(waiter, .failure(.poolExhausted(waited: .zero)))]
        }
        waiters.append(waiter, id: id, since: now)
        return connectIfUseful(now) + [.reschedule]
    }

    /// A waiter goes away.
    mutating func cancel(waiter id: Int) -> [Action] {
        waiters.remove(id).map { [.resume($0, .failure(.cancelled))] } ?? []
    }

    /// A leased session comes back, from work or only from being asked for a sign of life.
    mutating func release(id: Int, reusable: Bool, afterWork: Bool = true, now: Instant) -> [Action] {
        guard let entry = entries[id], let connection = entry.connection, entry.phase == .leased else { return [] }
        entries[id]?.seenAt = now
        if afterWork { entries[id]?.usedAt = now }
        guard reusable, !isClosing else {
            entries[id]?.phase = .closing
            return [.close(connection)]
        }
        return offer(id, connection)
    }

    // MARK: Sessions

    /// A session asked for by `connect` is there.
    mutating func opened(id: Int, connection: Connection, now: Instant) -> [Action] {
        guard entries[id] != nil else { return [.close(connection)] }
        failures = 0
        retryAt = nil
        lastFailure = nil
        entries[id] = Entry(connection, .leased, now)
        guard !isClosing else {
            entries[id]?.phase = .closing
            return [.close(connection)]
        }
        return offer(id, connection) + connectIfUseful(now)
    }

    /// A session asked for by `connect` could not be made.
    mutating func failed(id: Int, error: PostgresError, now: Instant, chance: Double) -> [Action] {
        guard entries.removeValue(forKey: id) != nil else { return [] }
        noteFailure(error, now, chance)
        return isClosing ? drainedIfEmpty() : [.reschedule]
    }

    /// A session has ended, for whatever reason.
    mutating func ended(id: Int, error: PostgresError, now: Instant, chance: Double) -> [Action] {
        guard let entry = entries.removeValue(forKey: id) else { return [] }
        idle.removeAll { $0 == id }
        if isClosing { return drainedIfEmpty() }
        if entry.phase == .closing { return connectIfUseful(now) }
        if now - entry.openedAt < limits.shortestLife { noteFailure(error, now, chance) }
        return connectIfUseful(now) + [.reschedule]
    }

    // MARK: Time

    /// The pool runs from now on.
    mutating func start(now: Instant) -> [Action] {
        isRunning = true
        return connectIfUseful(now)
    }

    /// Does what the time demands: refuses those who have waited too long, tries again to connect, checks and closes
    /// idle sessions.
    mutating func tick(now: Instant) -> [Action] {
        guard !isClosing else { return [] }
        var actions: [Action] = []
        while let first = waiters.first(), now - first.since >= limits.wait, let waiter = waiters.popFirst() {
            actions.append(.resume(waiter, .failure(reasonOfWaiting(now - first.since))))
        }
        for id in idle {
            guard let entry = entries[id], let connection = entry.connection else { continue }
            if now - entry.usedAt >= limits.idle, entries.count > limits.minimum {
                idle.removeAll { $0 == id }
                entries[id]?.phase = .closing
                actions.append(.close(connection))
            } else if now - entry.seenAt >= limits.check {
                idle.removeAll { $0 == id }
                entries[id]?.phase = .leased
                actions.append(.check(Lease(id: id, connection: connection)))
            }
        }
        return actions + connectIfUseful(now)
    }

    /// When `tick` has something to do next; nil: nothing is to come.
    mutating func nextTick() -> Instant? {
        var next = waiters.first().map { $0.since + limits.wait }
        func consider(_ instant: Instant) { next = min(next ?? instant, instant) }
        if let retryAt, wantsConnection, connectingCount == 0 { consider(retryAt) }
        for id in idle {
            guard let entry = entries[id] else { continue }
            consider(entry.seenAt + limits.check)
            if entries.count > limits.minimum { consider(entry.usedAt + limits.idle) }
        }
        return next
    }

    /// Refuses everybody from now on and ends what is idle; leased sessions end when they come back.
    mutating func shutDown() -> [Action] {
        isClosing = true
        var actions: [Action] = []
        while let waiter = waiters.popFirst() { actions.append(.resume(waiter, .failure(.closed))) }
        for id in idle {
            if let connection = entries[id]?.connection { actions.append(.close(connection)) }
            entries[id]?.phase = .closing
        }
        idle = []
        // Nobody waits for attempts that are under way: they may take long, and close what they open themselves.
        for (id, entry) in entries where entry.connection == nil { entries[id] = nil }
        return actions + drainedIfEmpty()
    }

    /// Ends every session that is still in use.
    mutating func abortAll() -> [Action] {
        entries.values.compactMap { $0.connection.map { .abort($0) } }
    }

    // MARK: Details

    private mutating func popIdle() -> Lease? {
        while let id = idle.popLast() {
            if let connection = entries[id]?.connection {
                entries[id]?.phase = .leased
                return Lease(id: id, connection: connection)
            }
        }
        return nil
    }

    private mutating func offer(_ id: Int, _ connection: Connection) -> [Action] {
        if let waiter = waiters.popFirst() {
            entries[id]?.phase = .leased
            return [.resume(waiter, .success(Lease(id: id, connection: connection)))]
        }
        entries[id]?.phase = .idle
        idle.append(id)
        return [.reschedule]
    }

    private var wantsConnection: Bool {
        guard !isClosing, entries.count < limits.maximum else { return false }
        if isRunning, entries.count < limits.minimum { return true }
        return connectingCount < waiters.count
    }

    private mutating func connectIfUseful(_ now: Instant) -> [Action] {
        var actions: [Action] = []
        while wantsConnection {
            // After a failure one attempt at a time, and not before its time.
            if failures > 0, connectingCount > 0 || now < (retryAt ?? now) { break }
            lastID += 1
            entries[lastID] = Entry(nil, .connecting, now)
            actions.append(.connect(id: lastID))
        }
        return actions
    }

    private mutating func noteFailure(_ error: PostgresError, _ now: Instant, _ chance: Double) {
        failures += 1
        lastFailure = error
        retryAt = now + limits.backoff.pause(afterFailures: failures, chance: chance)
    }

    private func reasonOfWaiting(_ waited: Duration) -> PostgresError {
        guard openCount == 0, case .cannotConnect = lastFailure, let lastFailure else {
            return .poolExhausted(waited: waited)
        }
        return lastFailure
    }

    private func drainedIfEmpty() -> [Action] {
        entries.isEmpty ? [.drained] : []
    }
}
