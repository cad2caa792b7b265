/// "Did you mean": the known name that a misspelt one is closest to.
package enum NearestName {
    /// The closest known name that a third of the letters at most have to be changed for; nil when none is close. Never the
    /// name itself; the first wins a tie.
    package static func of(_ name: String, among known: some Sequence<String>) -> String? {
        let scalars = Array(name.unicodeScalars)
        guard scalars.count <= 100 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in known where candidate != name {
            let other = Array(candidate.unicodeScalars)
            let limit = max(1, min(scalars.count, other.count) / 3)
            guard abs(scalars.count - other.count) <= limit else { continue }
            let distance = distance(scalars, other)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The question as a hint; nil when no name is close, and none begins like it either (`facility` for `facilities`).
    package static func hint(for name: String, among known: some Sequence<String>) -> String? {
        (of(name, among: known) ?? alike(name, among: known)).map { "Did you mean `\($0)`?" }
    }

    /// The known name that begins most like it, with four letters in common at least, and two thirds of the shorter one.
    private static func alike(_ name: String, among known: some Sequence<String>) -> String? {
        var best: (name: String, shared: Int)?
        for candidate in known where candidate != name {
            let shared = zip(name.unicodeScalars, candidate.unicodeScalars).prefix { $0 == $1 }.count
            let shorter = min(name.unicodeScalars.count, candidate.unicodeScalars.count)
            if shared >= 4, shared * 3 >= shorter * 2, shared > best?.shared ?? 0 { best = (candidate, shared) }
        }
        return best?.name
    }

    /// Insertions, deletions and replacements (Levenshtein), and neighbours swapped once (optimal string alignment).
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
