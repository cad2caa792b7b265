import Synchronization
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite struct GroupingQueueTests {
    private struct Item: Sendable, Equatable {
        let number: Int
        var request: RequestID?
    }

    /// Lets the test hold groups back until it has seen what it wants.
    private final class Gate: Sendable {
        private struct State {
            var groups: [[Int]] = []
            var held: [CheckedContinuation<Void, Never>] = []
            var isOpen = false
            var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        }

        private let state = Mutex(State())

        func run(_ group: [Item]) async {
            await withCheckedContinuation { continuation in
                let (now, met) = state.withLock { state in
                    state.groups.append(group.map(\.number))
                    if !state.isOpen { state.held.append(continuation) }
                    let met = state.waiters.filter { $0.count <= state.groups.count }
                    state.waiters.removeAll { $0.count <= state.groups.count }
                    return (state.isOpen, met)
                }
                if now { continuation.resume() }
                for waiter in met { waiter.continuation.resume() }
            }
        }

        func open() {
            let held = state.withLock { state in
                state.isOpen = true
                defer { state.held = [] }
                return state.held
            }
            for continuation in held { continuation.resume() }
        }

        func release() {
            state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }?.resume()
        }

        /// Waits until so many groups have begun.
        func groups(_ count: Int) async -> [[Int]] {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.groups.count >= count { return true }
                    state.waiters.append((count, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
            return state.withLock { $0.groups }
        }
    }

    private func queue(_ gate: Gate, lanes: Int = 1, maximum: Int = 64, capacity: Int = 100) -> GroupingQueue<Item> {
        GroupingQueue(lanes: lanes, maximumGroup: maximum, capacity: capacity, request: { $0.request }) { group in
            await gate.run(group)
        }
    }

    private func request(_ number: UInt64) -> RequestID { RequestID(UniqueID(high: 1, low: number)) }

    @Test("What arrives while a group is on its way leaves together")
    func together() async {
        let gate = Gate()
        let queue = queue(gate)
        #expect(queue.add(Item(number: 0)))
        _ = await gate.groups(1)
        for number in 1...5 { #expect(queue.add(Item(number: number))) }
        gate.open()
        #expect(await gate.groups(2) == [[0], [1, 2, 3, 4, 5]])
    }

    @Test("A group has at most the maximum")
    func maximum() async {
        let gate = Gate()
        let queue = queue(gate, maximum: 2)
        _ = queue.add(Item(number: 0))
        _ = await gate.groups(1)
        for number in 1...5 { _ = queue.add(Item(number: number)) }
        gate.open()
        #expect(await gate.groups(4) == [[0], [1, 2], [3, 4], [5]])
    }

    @Test("Two commands on one request are never in one group, and keep their order")
    func oneRequest() async {
        let gate = Gate()
        let queue = queue(gate)
        _ = queue.add(Item(number: 0))
        _ = await gate.groups(1)
        _ = queue.add(Item(number: 1, request: request(1)))
        _ = queue.add(Item(number: 2, request: request(1)))
        _ = queue.add(Item(number: 3, request: request(2)))
        _ = queue.add(Item(number: 4, request: request(1)))
        gate.open()
        #expect(await gate.groups(4) == [[0], [1, 3], [2], [4]])
    }

    @Test("Another lane passes over a request that is on its way")
    func lanes() async {
        let gate = Gate()
        let queue = queue(gate, lanes: 2)
        _ = queue.add(Item(number: 1, request: request(1)))
        _ = await gate.groups(1)
        _ = queue.add(Item(number: 2, request: request(1)))
        _ = queue.add(Item(number: 3, request: request(2)))
        #expect(await gate.groups(2) == [[1], [3]])
        gate.release()
        #expect(await gate.groups(3) == [[1], [3], [2]])
        gate.open()
    }

    @Test("A full queue takes nothing more")
    func capacity() async {
        let gate = Gate()
        let queue = queue(gate, capacity: 2)
        _ = queue.add(Item(number: 0))
        _ = await gate.groups(1)
        #expect(queue.add(Item(number: 1)))
        #expect(queue.add(Item(number: 2)))
        #expect(!queue.add(Item(number: 3)))
        gate.open()
        #expect(await gate.groups(2) == [[0], [1, 2]])
    }
}
