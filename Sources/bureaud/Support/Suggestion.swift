/// Finds what somebody probably meant to type.
enum Suggestion {
    /// The known word nearest to an unknown one, when it is near enough to be worth saying.
    ///
    /// - Returns: nil when the nearest differs in more than a third of its letters.
    static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let ranked = known.map { (word: $0, distance: distance(word, $0)) }
        guard let best = ranked.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) else { return nil }
        return best.distance <= max(1, best.word.utf8.count / 3) ? best.word : nil
    }

    /// Insertions, deletions and replacements of bytes that turn one word into the other.
    private static func distance(_ first: String, _ second: String) -> Int {
        let columns = Array(second.utf8)
        var row = Array(0...columns.count)
        for (line, byte) in first.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in columns.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[columns.count]
    }
}
