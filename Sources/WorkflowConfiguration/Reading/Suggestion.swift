/// "Did you mean".
enum Suggestion {
    /// The hint for a word that is not among the candidates; nil when none is near enough to be a slip.
    static func hint(for word: String, in candidates: some Sequence<String>) -> String? {
        let letters = Array(word.unicodeScalars.prefix(64))
        let allowed = max(1, letters.count / 3)
        let near = candidates.map { (distance: distance(letters, Array($0.unicodeScalars.prefix(64))), word: $0) }
            .filter { $0.distance > 0 && $0.distance <= allowed && $0.distance < max(letters.count, 2) }
        return near.min { $0 < $1 }.map { "Did you mean `\($0.word)`?" }
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var older: [Int] = []
        var previous = Array(0...right.count)
        for (row, scalar) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    cost = min(cost, older[column - 1] + 1)
                }
                current.append(cost)
            }
            older = previous
            previous = current
        }
        return previous[right.count]
    }
}
