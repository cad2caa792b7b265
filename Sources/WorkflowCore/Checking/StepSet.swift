/// A set of steps by their position in the process, small and quick to unite.
struct StepSet: Hashable {
    private var words: [UInt64]

    init(count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    func contains(_ step: Int) -> Bool { words[step >> 6] & (1 << UInt64(step & 63)) != 0 }

    /// Whether it was not in it before.
    @discardableResult
    mutating func insert(_ step: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(step & 63)
        guard words[step >> 6] & bit == 0 else { return false }
        words[step >> 6] |= bit
        return true
    }

    mutating func remove(_ step: Int) { words[step >> 6] &= ~(1 << UInt64(step & 63)) }

    /// In ascending order.
    var elements: [Int] {
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
