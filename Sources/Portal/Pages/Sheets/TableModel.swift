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

/// One bar with its label above it and its number behind it.
struct BarModel: ViewModel {
    let label: String
    let value: String
    let tone: String
    let top: Int
    let length: Int

    /// From one bar to the next.
    static let height = 44

    static let readable: [String: Readable<Self>] = [
        "label": .text { $0.label },
        "value": .text { $0.value },
        "tone": .text { $0.tone },
        "label_y": .text { String($0.top + 14) },
        "bar_y": .text { String($0.top + 20) },
        "value_y": .text { String($0.top + 32) },
        "length": .text { String($0.length) },
        "end": .text { String($0.length + 8) },
    ]
}

extension ChartModel {
    /// One bar below the other, as long as its number says; nil when there is nothing to compare. So narrow that its words can be read on a
    /// telephone.
    init?(_ values: [(label: String, value: Int, text: String, tone: String)]) {
        guard values.count > 1, let most = values.map(\.value).max(), most > 0 else { return nil }
        let room = 270
        width = 360
        height = values.count * BarModel.height
        bars = values.enumerated().map { index, value in
            BarModel(
                label: value.label, value: value.text, tone: value.tone, top: index * BarModel.height,
                length: value.value == 0 ? 0 : max(2, value.value * room / most))
        }
    }
}
