import Testing

@testable import PostgresClient

@Suite("The pool's decisions")
struct PoolStateTests {
    private typealias State = PoolState<String, String>
    private let start = ContinuousClock.now

    private func state(
        minimum: Int = 0, maximum: Int = 2, waiters: Int = 10, _ change: (inout Backoff) -> Void = { _ in }
    ) -> State {
        var backoff = Backoff()
        backoff.initial = .seconds(1)
        backoff.maximum = .seconds(8)
        change(&backoff)
        return State(
            limits: State.Limits(
                minimum: minimum, maximum: maximum, waiters: waiters, wait: .seconds(5), check: .seconds(30),
                idle: .seconds(600), backoff: backoff))
    }

    private func text(_ actions: [State.Action]) -> [String] {
        actions.compactMap { action in
            switch action {
            case .connect(let id): "connect \(id)"
            case .resume(let waiter, .success(let lease)): "\(waiter) gets \(lease.id)"
            case .resume(let waiter, .failure(let error)): "\(waiter) refused: \(error)"
            case .close(let connection): "close \(connection)"
            case .abort(let connection): "abort \(connection)"
            case .check(let lease): "check \(lease.id)"
            case .reschedule: nil
            case .drained: "drained"
            }
        }
    }

    private let refusal = PostgresError.cannotConnect(message: "no")

    @Test("Waiters are served in the order of their coming")
    func order() {
        var state = state(maximum: 1)
        #expect(text(state.lease("a", id: 1, now: start)) == ["connect 1"])
        #expect(text(state.lease("b", id: 2, now: start)) == [])
        #expect(text(state.lease("c", id: 3, now: start)) == [])
        #expect(text(state.opened(id: 1, connection: "x", now: start)) == ["a gets 1"])
        #expect(text(state.cancel(waiter: 2)) == ["b refused: The work was cancelled."])
        #expect(text(state.cancel(waiter: 2)) == [])
        #expect(text(state.release(id: 1, reusable: true, now: start)) == ["c gets 1"])
        #expect(text(state.release(id: 1, reusable: true, now: start)) == [])
        #expect(state.leaseIdle()?.connection == "x")
        #expect(state.leaseIdle() == nil)
    }

    @Test("A session that cannot be used again is closed and replaced for those who wait")
    func discard() {
        var state = state(maximum: 1)
        _ = state.lease("a", id: 1, now: start)
        _ = state.opened(id: 1, connection: "x", now: start)
        _ = state.lease("b", id: 2, now: start)
        #expect(text(state.release(id: 1, reusable: false, now: start)) == ["close x"])
        #expect(text(state.ended(id: 1, error: .closed, now: start, chance: 1)) == ["connect 2"])
        #expect(text(state.opened(id: 2, connection: "y", now: start)) == ["b gets 2"])
    }

    @Test("Attempts to connect follow with growing pauses, one at a time, until one succeeds")
    func backoff() {
        var state = state(minimum: 2)
        #expect(text(state.start(now: start)) == ["connect 1", "connect 2"])
        _ = state.failed(id: 1, error: refusal, now: start, chance: 1)
        _ = state.failed(id: 2, error: refusal, now: start, chance: 1)
        #expect(!state.isHealthy)
        #expect(state.nextTick() == start + .seconds(2))
        #expect(text(state.tick(now: start + .seconds(1))) == [])
        #expect(text(state.lease("a", id: 1, now: start + .seconds(1))) == [])
        #expect(text(state.tick(now: start + .seconds(2))) == ["connect 3"])
        _ = state.failed(id: 3, error: refusal, now: start + .seconds(2), chance: 1)
        #expect(text(state.tick(now: start + .seconds(5))) == [])
        #expect(text(state.tick(now: start + .seconds(6))).contains("connect 4"))
        #expect(text(state.opened(id: 4, connection: "x", now: start + .seconds(6))) == ["connect 5"])
        #expect(state.isHealthy)
    }

    @Test("While it is at an attempt, the next tick is not in the past")
    func noSpinning() {
        var state = state(minimum: 2)
        _ = state.start(now: start)
        _ = state.failed(id: 1, error: refusal, now: start, chance: 1)
        _ = state.failed(id: 2, error: refusal, now: start, chance: 1)
        #expect(text(state.tick(now: start + .seconds(3))) == ["connect 3"])
        #expect(state.nextTick() == nil)
    }

    @Test("A server that accepts and drops at once is not asked again without pause")
    func shortLives() {
        var state = state(minimum: 1)
        _ = state.start(now: start)
        _ = state.opened(id: 1, connection: "x", now: start)
        let lost = PostgresError.connectionLost(ConnectionLoss(message: "", statementWasSent: false))
        #expect(text(state.ended(id: 1, error: lost, now: start, chance: 1)) == [])
        #expect(text(state.tick(now: start + .seconds(1))) == ["connect 2"])
        _ = state.opened(id: 2, connection: "y", now: start + .seconds(1))
        #expect(text(state.ended(id: 2, error: lost, now: start + .seconds(9), chance: 1)) == ["connect 3"])
    }

    @Test("Who waits too long is told why")
    func waiting() {
        var state = state(maximum: 1, waiters: 2)
        _ = state.lease("a", id: 1, now: start)
        _ = state.lease("b", id: 2, now: start + .seconds(1))
        #expect(
            text(state.lease("c", id: 3, now: start)) == ["c refused: Too many requests are waiting for the database."])
        #expect(state.nextTick() == start + .seconds(5))
        _ = state.failed(id: 1, error: refusal, now: start + .seconds(5), chance: 1)
        #expect(text(state.tick(now: start + .seconds(5))) == ["a refused: The database cannot be reached."])
        _ = state.tick(now: start + .seconds(6))
        #expect(state.waiterCount == 0)
    }

    @Test("Idle sessions are checked, and closed above the minimum when nobody has used them")
    func idleSessions() {
        var state = state(minimum: 1)
        _ = state.start(now: start)
        _ = state.opened(id: 1, connection: "x", now: start)
        let lease = state.leaseIdle()
        _ = state.lease("a", id: 1, now: start)
        _ = state.opened(id: 2, connection: "y", now: start)
        _ = state.release(id: 1, reusable: lease != nil, now: start)
        _ = state.release(id: 2, reusable: true, now: start)
        #expect(state.nextTick() == start + .seconds(30))
        #expect(text(state.tick(now: start + .seconds(30))) == ["check 1", "check 2"])
        _ = state.release(id: 1, reusable: true, afterWork: false, now: start + .seconds(30))
        #expect(text(state.release(id: 2, reusable: false, afterWork: false, now: start + .seconds(30))) == ["close y"])
        _ = state.ended(id: 2, error: .closed, now: start + .seconds(30), chance: 1)
        #expect(text(state.tick(now: start + .seconds(700))) == ["check 1"])

        _ = state.lease("b", id: 2, now: start + .seconds(700))
        _ = state.opened(id: 3, connection: "z", now: start + .seconds(700))
        _ = state.release(id: 3, reusable: true, now: start + .seconds(700))
        #expect(text(state.tick(now: start + .seconds(1300))) == ["close z"])
    }

    @Test("The end comes when the last session has ended; attempts under way are not waited for")
    func shutdown() {
        var state = state(maximum: 3)
        _ = state.lease("a", id: 1, now: start)
        _ = state.opened(id: 1, connection: "x", now: start)
        _ = state.lease("b", id: 2, now: start)
        _ = state.opened(id: 2, connection: "y", now: start)
        _ = state.release(id: 2, reusable: true, now: start)
        _ = state.leaseIdle()
        _ = state.release(id: 2, reusable: true, now: start)
        _ = state.leaseIdle()
        _ = state.lease("c", id: 3, now: start)
        _ = state.release(id: 2, reusable: true, now: start)
        #expect(text(state.shutDown()).contains { $0.hasPrefix("close") } == false)
        #expect(text(state.lease("d", id: 4, now: start)) == ["d refused: The connection to the database is closed."])
        #expect(text(state.opened(id: 3, connection: "late", now: start)) == ["close late"])
        #expect(text(state.release(id: 1, reusable: true, now: start)) == ["close x"])
        #expect(text(state.ended(id: 1, error: .closed, now: start, chance: 1)) == [])
        #expect(text(state.abortAll()) == ["abort y"])
        #expect(text(state.ended(id: 2, error: .closed, now: start, chance: 1)) == ["drained"])
    }

    @Test("Pauses double up to their limit and are cut by half at most")
    func pauses() {
        var backoff = Backoff()
        backoff.initial = .milliseconds(100)
        backoff.maximum = .seconds(1)
        let full = (1...6).map { backoff.pause(afterFailures: $0, chance: 1) }
        #expect(full == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        #expect(backoff.pause(afterFailures: 3, chance: 0) == .milliseconds(200))
        #expect(backoff.pause(afterFailures: .max, chance: 1) == .seconds(1))
    }

    @Test("The queue forgets those who leave, without losing the order")
    func queue() {
        let seed = UInt64.random(in: 0 ... .max)
        print("queue seed: \(seed)")
        var generator = SplitMix(state: seed)
        var queue = WaiterQueue<Int>()
        var model: [Int] = []
        for id in 0..<5000 {
            switch generator.next() % 4 {
            case 0, 1:
                queue.append(id, id: id, since: start)
                model.append(id)
            case 2:
                #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            default:
                if let victim = model.randomElement(using: &generator) {
                    #expect(queue.remove(victim) == victim)
                    model.removeAll { $0 == victim }
                }
            }
            #expect(queue.count == model.count)
        }
    }
}

@Suite("Answers of a pipeline")
struct BatchReaderTests {
    private let error = ServerError(sqlState: "22012", severity: "ERROR", message: "division by zero")

    @Test("Rows belong to their statements, prepared or not")
    func rows() {
        var reader = BatchReader()
        for command: BatchReader.Command in [
            .prepare(name: "s1"), .execute(statement: 0), .execute(statement: 1), .sync,
        ] { reader.expect(command) }
        #expect(reader.receive(.success) == .proceed)
        #expect(reader.receive(.endOfCommand) == .proceed)
        #expect(reader.receive(.success) == .keepRows(statement: 0))
        #expect(reader.receive(.endOfCommand) == .proceed)
        #expect(reader.receive(.success) == .keepRows(statement: 1))
        #expect(reader.receive(.endOfCommand) == .proceed)
        #expect(reader.receive(.sync) == .finish)
        #expect(reader.failure == nil)
    }

    @Test("After an error, what was to be prepared is not")
    func aborted() {
        var reader = BatchReader()
        for command: BatchReader.Command in [
            .execute(statement: 0), .prepare(name: "s2"), .execute(statement: 1), .sync,
        ] { reader.expect(command) }
        _ = reader.receive(.failure(error))
        _ = reader.receive(.endOfCommand)
        for _ in 0..<2 {
            #expect(reader.receive(.aborted) == .proceed)
            _ = reader.receive(.endOfCommand)
        }
        #expect(reader.receive(.sync) == .finish)
        #expect(reader.failure?.statementIndex == 0)
        #expect(reader.notPrepared == ["s2"])
    }

    @Test("An error at the sync is the commit's, with or without an end of command after it")
    func commit() {
        for hasEnd in [true, false] {
            var reader = BatchReader()
            reader.expect(.execute(statement: 0))
            reader.expect(.sync)
            _ = reader.receive(.success)
            _ = reader.receive(.endOfCommand)
            #expect(reader.receive(.failure(error)) == .proceed)
            if hasEnd { _ = reader.receive(.endOfCommand) }
            #expect(reader.receive(.sync) == .finish)
            #expect(reader.failure?.statementIndex == 1)
        }
    }

    @Test("A deallocation that fails concerns nobody")
    func deallocation() {
        var reader = BatchReader()
        for command: BatchReader.Command in [.deallocate(name: "s1"), .sync, .execute(statement: 0), .sync] {
            reader.expect(command)
        }
        _ = reader.receive(.failure(error))
        _ = reader.receive(.endOfCommand)
        #expect(reader.receive(.sync) == .proceed)
        #expect(reader.receive(.success) == .keepRows(statement: 0))
        _ = reader.receive(.endOfCommand)
        #expect(reader.receive(.sync) == .finish)
        #expect(reader.failure == nil)
        #expect(reader.deallocated == ["s1"])
    }

    @Test("A sync that comes too early is no answer to what was sent")
    func outOfStep() {
        var reader = BatchReader()
        reader.expect(.execute(statement: 0))
        reader.expect(.sync)
        #expect(reader.receive(.sync) == .giveUp)
    }
}

@Suite("The prepared statements of a session")
struct StatementCacheTests {
    private func key(_ number: UInt) -> StatementCache.Key { StatementCache.Key(address: number, types: []) }

    @Test("The statement used longest ago goes first")
    func eviction() {
        var cache = StatementCache(limit: 2)
        #expect(cache.plan(key(1)) == StatementCache.Plan(name: "s1", needsPreparing: true))
        #expect(cache.plan(key(2)) == StatementCache.Plan(name: "s2", needsPreparing: true))
        #expect(cache.plan(key(1)) == StatementCache.Plan(name: "s1", needsPreparing: false))
        #expect(cache.plan(key(3)) == StatementCache.Plan(name: "s3", needsPreparing: true))
        #expect(cache.leftovers == ["s2"])
        cache.forget("s2")
        #expect(cache.leftovers == [])
        #expect(cache.plan(key(2)) == StatementCache.Plan(name: "s4", needsPreparing: true))
    }

    @Test("What was not prepared is prepared the next time, under another name")
    func forgetting() {
        var cache = StatementCache(limit: 2)
        _ = cache.plan(key(1))
        cache.forget("s1")
        #expect(cache.plan(key(1)) == StatementCache.Plan(name: "s2", needsPreparing: true))
        cache.retire(key(1))
        #expect(cache.leftovers == ["s2"])
        #expect(cache.count == 0)
    }

    @Test("Types of parameters tell statements of the same text apart")
    func types() {
        let sql: SQL = "SELECT $1"
        #expect(StatementCache.key(Statement(sql, 1)) == StatementCache.key(Statement(sql, Int?.none)))
        #expect(StatementCache.key(Statement(sql, 1)) != StatementCache.key(Statement(sql, "1")))
        #expect(StatementCache.key(Statement(SQL(unsafeRuntimeText: "SELECT 1"))) == nil)
    }
}
