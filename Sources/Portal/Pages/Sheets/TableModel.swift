/// Facts in rows and columns; the first column names the row.
struct TableModel: ViewModel {
    let caption: String
    let columns: [String]
    let rows: [TableRowModel]
    /// The columns of numbers, from 0, which stand below one another by their last digit.
    let figures: Set<Int>

    /// - Parameter figures: Nil for all columns but the first.
    init(caption: String, columns: [String], rows: [TableRowModel], figures: Set<Int>? = nil) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.figures = figures ?? Set(columns.indices.dropFirst())
    }

    private func cells(_ texts: [String], from first: Int) -> [TableCellModel] {
        texts.enumerated().map { TableCellModel(text: $1, isFigure: figures.contains(first + $0)) }
    }

    static let readable: [String: Readable<Self>] = [
        "caption": .text { $0.caption },
        "columns": .list { $0.cells($0.columns, from: 0) },
        "table_rows": .list { table in
            table.rows.map { row in
                TableLineModel(
                    name: TableCellModel(text: row.title, isFigure: table.figures.contains(0)), address: row.address,
                    cells: table.cells(row.cells, from: 1))
            }
        },
    ]
}

/// A row as it is said: what it is called, and what there is to say of it.
struct TableRowModel {
    let title: String
    var address: String?
    let cells: [String]
}

/// A row as it is shown.
struct TableLineModel: ViewModel {
    let name: TableCellModel
    let address: String?
    let cells: [TableCellModel]

    static let readable: [String: Readable<Self>] = [
        "title": .text { $0.name.text },
        "is_figure": .flag { $0.name.isFigure },
        "address": .text { $0.address },
        "cells": .list { $0.cells },
    ]
}

struct TableCellModel: ViewModel {
    let text: String
    let isFigure: Bool

    static let readable: [String: Readable<Self>] = [
        "text": .text { $0.text },
        "is_figure": .flag { $0.isFigure },
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
