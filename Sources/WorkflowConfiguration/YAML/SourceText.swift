import WorkflowCore

/// The text of one configuration file, with places counted in Unicode scalars from its beginning.
///
/// A class, because every scalar of the file refers to it.
final class SourceText: Sendable {
    /// The path inside the configuration folder.
    let path: String
    let scalars: SourceScalars
    /// Where each line begins; the first is 0.
    private let lineStarts: [Int]

    /// Splits the text into lines at LF, CR LF and CR. Cost: linear.
    init(path: String, text: String) {
        self.path = path
        scalars = SourceScalars(text)
        lineStarts = scalars.lineStarts
    }

    /// The place of a range of scalars; its length ends with the line at the latest and is at least 1.
    func location(_ range: Range<Int>) -> SourceLocation {
        let start = min(max(range.lowerBound, 0), scalars.count)
        let line = lineIndex(of: start)
        var end = start
        while end < range.upperBound, end < scalars.count, scalars[end] != "\n", scalars[end] != "\r" { end += 1 }
        return SourceLocation(
            file: path, line: line + 1, column: start - lineStarts[line] + 1, length: max(1, end - start))
    }

    /// A line without its break; nil when there is no such line. Lines count from 1.
    func line(_ number: Int) -> String? {
        guard lineStarts.indices.contains(number - 1) else { return nil }
        let start = lineStarts[number - 1]
        let rest = scalars[start...].prefix { $0 != "\n" && $0 != "\r" }
        return String(String.UnicodeScalarView(rest))
    }

    private func lineIndex(of position: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= position { low = middle } else { high = middle }
        }
        return low
    }
}
