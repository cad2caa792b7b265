/// A set of steps by their position in the process, small and quick to unite.
package struct StepSet: Hashable, Sendable {
    private var words: [UInt64]

    /// None of so many steps.
    package init(count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    /// Whether a step is in it.
    package func contains(_ step: Int) -> Bool { words[step >> 6] & (1 << UInt64(step & 63)) != 0 }

    /// Whether it was not in it before.
    @discardableResult
    package mutating func insert(_ step: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(step & 63)
        guard words[step >> 6] & bit == 0 else { return false }
        words[step >> 6] |= bit
        return true
    }

    /// Takes a step out.
    package mutating func remove(_ step: Int) { words[step >> 6] &= ~(1 << UInt64(step & 63)) }

    /// How many steps are in it.
    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// In ascending order.
    package var elements: [Int] {
        var found: [Int] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                found.append(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return found
    }
}
