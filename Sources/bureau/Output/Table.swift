/// Rows in aligned columns.
struct Table {
    /// A text and how it looks.
    struct Cell {
        let text: String
        let style: (@Sendable (Style, String) -> String)?

        init(_ text: String?, _ style: (@Sendable (Style, String) -> String)? = nil) {
            self.text = Output.safe(text ?? "")
            self.style = style
        }
    }

    let header: [String]
    var rows: [[Cell]] = []
    /// The column that gives way when the terminal is too narrow.
    let flexible: Int

    init(_ header: [String], flexible: Int) {
        self.header = header
        self.flexible = flexible
    }

    /// The lines, the header first; only the header when there are no rows.
    func lines(style: Style) -> [String] {
        var widths = header.map { displayWidth($0) }
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], displayWidth(cell.text)) }
        }
        let total = widths.reduce(0, +) + 2 * (widths.count - 1)
        if let width = style.width, total > width {
            widths[flexible] = max(8, widths[flexible] - (total - width))
        }
        let head = header.enumerated().map { column, title in
            padded(title, column, widths) { style.dim($0) }
        }
        return
            ([head]
            + rows.map { row in
                row.enumerated().map { column, cell in
                    padded(cell.text, column, widths) { cell.style?(style, $0) ?? $0 }
                }
            }).map { cells in
                let line = cells.joined(separator: "  ")
                return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
            }
    }

    /// The text in its column; the last column is not filled up.
    private func padded(_ text: String, _ column: Int, _ widths: [Int], _ paint: (String) -> String) -> String {
        let short = cut(text, to: widths[column])
        guard column < widths.count - 1 else { return paint(short) }
        return paint(short) + String(repeating: " ", count: max(0, widths[column] - displayWidth(short)))
    }
}
