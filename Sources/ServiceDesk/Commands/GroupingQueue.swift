import Synchronization
import WorkflowCore

/// Lets what waits at the same moment go together.
///
/// Up to `lanes` groups are on their way at once; what arrives meanwhile waits and leaves with the next group, in order of
/// arrival. Two elements about the same request are never on their way at the same time: in one group they would need each
/// other's result, in two groups one would hold up a whole group at the row's lock.
final class GroupingQueue<Element: Sendable>: Sendable {
    private struct State {
        var waiting: [Element] = []
        var busy: Set<RequestID> = []
        var lanes = 0
    }

    private let state = Mutex(State())
    private let lanes: Int
    private let maximumGroup: Int
    private let capacity: Int
    private let request: @Sendable (Element) -> RequestID?
    private let run: @Sendable ([Element]) async -> Void

    /// - Parameters:
    ///   - capacity: How many may wait.
    ///   - request: What an element is about; nil is about nothing that others share.
    ///   - run: Carries a group out, one element at least.
    init(
        lanes: Int, maximumGroup: Int, capacity: Int, request: @escaping @Sendable (Element) -> RequestID?,
        run: @escaping @Sendable ([Element]) async -> Void
    ) {
        self.lanes = max(lanes, 1)
        self.maximumGroup = max(maximumGroup, 1)
        self.capacity = capacity
        self.request = request
        self.run = run
    }

    /// Whether there was room.
    func add(_ element: Element) -> Bool {
        let (isTaken, opensLane) = state.withLock { state -> (Bool, Bool) in
            guard state.waiting.count < capacity else { return (false, false) }
            state.waiting.append(element)
            guard state.lanes < lanes else { return (true, false) }
            state.lanes += 1
            return (true, true)
        }
        if opensLane {
            // Lanes end by themselves when nothing is left; a caller's cancellation must not end what is on its way.
            Task { await self.drain() }
        }
        return isTaken
    }

    /// How many wait for a group.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    private func drain() async {
        var finished: [Element] = []
        while true {
            let group = state.withLock { state -> [Element] in
                for element in finished {
                    if let request = request(element) { state.busy.remove(request) }
                }
                let group = take(&state)
                if group.isEmpty { state.lanes -= 1 }
                return group
            }
            if group.isEmpty { return }
            await run(group)
            finished = group
        }
    }

    private func take(_ state: inout State) -> [Element] {
        var group: [Element] = []
        var rest: [Element] = []
        for (index, element) in state.waiting.enumerated() {
            if group.count == maximumGroup {
                rest.append(contentsOf: state.waiting[index...])
                break
            }
            if let request = request(element) {
                guard state.busy.insert(request).inserted else {
                    rest.append(element)
                    continue
                }
            }
            group.append(element)
        }
        state.waiting = rest
        return group
    }
}
