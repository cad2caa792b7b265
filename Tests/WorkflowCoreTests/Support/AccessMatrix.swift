import FoundationEssentials

/// The tables of `Tests/AccessMatrix/matrix.txt`.
struct AccessMatrix {
    /// A table: cells by row and column.
    struct Table {
        var columns: [String] = []
        var rows: [String: [String: Character]] = [:]
    }

    private(set) var tables: [String: Table] = [:]

    static func read() throws -> AccessMatrix {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "AccessMatrix/matrix.txt")
        return AccessMatrix(try String(contentsOf: url, encoding: .utf8))
    }

    /// Lines of words; `[name]` begins a table, whose first line names the columns. A cell too many or too few makes its row empty, which
    /// the comparison reports.
    init(_ text: String) {
        var name = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            if first.hasPrefix("[") {
                name = String(first.dropFirst().dropLast())
                tables[name] = Table()
            } else if tables[name]?.columns.isEmpty == true {
                tables[name]?.columns = words
            } else {
                let columns = tables[name]?.columns ?? []
                let cells = words.dropFirst().compactMap(\.first)
                let isWhole = cells.count == columns.count && tables[name]?.rows[first] == nil
                tables[name]?.rows[first] = isWhole ? Dictionary(uniqueKeysWithValues: zip(columns, cells)) : [:]
            }
        }
    }
}
