/// Waiters in the order of their coming; taking the first and removing any one cost the same for every length.
struct WaiterQueue<Waiter> {
    struct Entry {
        let id: Int
        let waiter: Waiter
        let since: ContinuousClock.Instant
    }

    private var entries: [Int: Entry] = [:]
    /// Identifiers in order; those without an entry have been removed.
    private var order: [Int] = []
    private var head = 0

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    mutating func append(_ waiter: Waiter, id: Int, since: ContinuousClock.Instant) {
        entries[id] = Entry(id: id, waiter: waiter, since: since)
        order.append(id)
    }

    mutating func remove(_ id: Int) -> Waiter? {
        entries.removeValue(forKey: id)?.waiter
    }

    /// Who has waited longest.
    mutating func first() -> Entry? {
        skipRemoved()
        return head < order.count ? entries[order[head]] : nil
    }

    mutating func popFirst() -> Waiter? {
        guard let first = first() else { return nil }
        head += 1
        return entries.removeValue(forKey: first.id)?.waiter
    }

    private mutating func skipRemoved() {
        while head < order.count, entries[order[head]] == nil { head += 1 }
        // Half of the array is history: moving the rest costs no more than what led here.
        if head > 64, head * 2 > order.count {
            order.removeFirst(head)
            head = 0
        }
    }
}
