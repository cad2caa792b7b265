/// A set of steps by their position in the process, small and quick to unite.
package struct StepSet: Hashable, Sendable {
    /// The first 64 steps, which nearly always are all: no list is made for them.
    private var first: UInt64 = 0
    /// Those behind them, 64 in each.
    private var others: [UInt64]

    /// None of so many steps.
    package init(count: Int) {
        others = count > 64 ? Array(repeating: 0, count: (count - 1) / 64) : []
    }

    /// Whether a step is in it.
    package func contains(_ step: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(step & 63)
        return (step < 64 ? first : others[step >> 6 - 1]) & bit != 0
    }

    /// Whether it was not in it before.
    @discardableResult
    package mutating func insert(_ step: Int) -> Bool {
        guard !contains(step) else { return false }
        let bit: UInt64 = 1 << UInt64(step & 63)
        if step < 64 { first |= bit } else { others[step >> 6 - 1] |= bit }
        return true
    }

    /// Takes a step out.
    package mutating func remove(_ step: Int) {
        let bit: UInt64 = 1 << UInt64(step & 63)
        if step < 64 { first &= ~bit } else { others[step >> 6 - 1] &= ~bit }
    }

    /// How many steps are in it.
    package var count: Int { others.reduce(first.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

    /// In ascending order.
    package var elements: [Int] {
        var found: [Int] = []
        func add(_ word: UInt64, from start: Int) {
            var rest = word
            while rest != 0 {
                found.append(start + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        add(first, from: 0)
        for (index, word) in others.enumerated() { add(word, from: (index + 1) << 6) }
        return found
    }
}
