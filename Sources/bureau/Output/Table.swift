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
    /// The column that gives way first when the terminal is too narrow. Those before it are what people type back, so they
    /// are never cut; those after it give way last.
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
        if let width = style.width { narrow(&widths, to: width) }
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

    /// Takes from the flexible column down to 8, then from the widest behind it down to 6; what is still too wide will wrap.
    private func narrow(_ widths: inout [Int], to width: Int) {
        var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
        guard excess > 0 else { return }
        let given = min(excess, max(0, widths[flexible] - 8))
        widths[flexible] -= given
        excess -= given
        while excess > 0, let widest = widths.indices.dropFirst(flexible + 1).max(by: { widths[$0] < widths[$1] }),
            widths[widest] > 6
        {
            widths[widest] -= 1
            excess -= 1
        }
    }

    /// The text in its column; the last column is not filled up.
    private func padded(_ text: String, _ column: Int, _ widths: [Int], _ paint: (String) -> String) -> String {
        let short = cut(text, to: widths[column])
        guard column < widths.count - 1 else { return paint(short) }
        return paint(short) + String(repeating: " ", count: max(0, widths[column] - displayWidth(short)))
    }
}
