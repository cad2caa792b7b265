/// Numbers in rows and columns; the first column names the row.
struct TableModel: ViewModel {
    let caption: String
    let columns: [String]
    let rows: [TableRowModel]

    static let readable: [String: Readable<Self>] = [
        "caption": .text { $0.caption },
        "columns": .list { $0.columns.map { LineModel(text: $0) } },
        "table_rows": .list { $0.rows },
    ]
}

struct TableRowModel: ViewModel {
    let title: String
    var address: String?
    let cells: [String]

    static let readable: [String: Readable<Self>] = [
        "title": .text { $0.title },
        "address": .text { $0.address },
        "cells": .list { $0.cells.map { LineModel(text: $0) } },
    ]
}

/// Bars drawn by the desk. What they say stands in a table beside them.
struct ChartModel: ViewModel {
    let width: Int
    let height: Int
    let bars: [BarModel]

    static let readable: [String: Readable<Self>] = [
        "width": .text { String($0.width) },
        "height": .text { String($0.height) },
        "bars": .list { $0.bars },
    ]
}

/// One bar with its label to the left and its number behind it.
struct BarModel: ViewModel {
    let label: String
    let value: String
    let tone: String
    let y: Int
    let start: Int
    let length: Int

    static let readable: [String: Readable<Self>] = [
        "label": .text { $0.label },
        "value": .text { $0.value },
        "tone": .text { $0.tone },
        "bar_y": .text { String($0.y) },
        "text_y": .text { String($0.y + 14) },
        "start": .text { String($0.start) },
        "label_end": .text { String($0.start - 8) },
        "length": .text { String($0.length) },
        "end": .text { String($0.start + $0.length + 8) },
    ]
}

extension ChartModel {
    /// One bar below the other, as long as its number says; nil when there is nothing to compare.
    init?(_ values: [(label: String, value: Int, text: String, tone: String)]) {
        guard values.count > 1, let most = values.map(\.value).max(), most > 0 else { return nil }
        let (start, room) = (150, 400)
        width = 640
        height = values.count * 28
        bars = values.enumerated().map { index, value in
            BarModel(
                label: value.label, value: value.text, tone: value.tone, y: index * 28 + 4, start: start,
                length: value.value == 0 ? 0 : max(2, value.value * room / most))
        }
    }
}
