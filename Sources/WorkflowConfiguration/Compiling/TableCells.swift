import Expressions
import WorkflowCore

/// What the cells of a decision table say, as conditions.
enum TableCells {
    /// All cells of a row together; nil when one cannot be read or has a column of unknown type.
    static func condition(of cells: [DraftCell], _ types: [String: ExpressionType]) -> String? {
        guard !cells.isEmpty else { return nil }
        let parts = cells.map { cell in
            types[cell.column.scalar.text].map { type in
                pieces(of: cell, type).map { $0.prefix + $0.text + $0.suffix }.joined()
            }
        }
        guard parts.allSatisfy({ $0 != nil }) else { return nil }
        return parts.compactMap(\.self).joined(separator: " and ")
    }

    /// A piece of a cell's condition that the author wrote, with what belongs around it.
    struct Piece {
        let prefix: String
        let text: String
        let suffix: String
        /// Where the text stands.
        let scalar: YAMLScalar
        let range: Range<Int>
        /// Whether quotation marks were put around it and escapes into it.
        let isQuoted: Bool
    }

    /// The pieces of a cell's condition; joined they are `column == "high"`, `column in ["a", "b"]`, `column >= 5` or
    /// `column >= 5 and column <= 10`.
    static func pieces(of cell: DraftCell, _ type: ExpressionType) -> [Piece] {
        let column = cell.column.scalar.text
        func piece(_ prefix: String, _ scalar: YAMLScalar, _ range: Range<Int>? = nil, _ suffix: String = "") -> Piece {
            let bytes = Array(scalar.text.utf8)
            let part = range ?? 0..<bytes.count
            let text = String(decoding: bytes[part.clamped(to: 0..<bytes.count)], as: UTF8.self)
            let isQuoted = takesText(type) && !text.hasPrefix("\"")
            return Piece(
                prefix: prefix, text: isQuoted ? LiteralText.quoted(text) : text, suffix: suffix, scalar: scalar,
                range: part, isQuoted: isQuoted)
        }
        switch cell.test {
        case .literals(let scalars) where scalars.count == 1: return [piece("\(column) == ", scalars[0])]
        case .literals(let scalars):
            return scalars.enumerated().map { index, scalar in
                piece(
                    index == 0 ? "\(column) in [" : ", ", scalar, nil, index == scalars.count - 1 ? "]" : "")
            }
        case .comparison(let sign, let scalar, let operand): return [piece("\(column) \(sign) ", scalar, operand)]
        case .range(let scalar, let lower, let upper):
            if takesText(type) { return [piece("\(column) == ", scalar)] }
            return [piece("\(column) >= ", scalar, lower), piece(" and \(column) <= ", scalar, upper)]
        }
    }

    /// Whether a bare word in a cell is a text.
    private static func takesText(_ type: ExpressionType) -> Bool {
        switch type {
        case .string, .choice: true
        default: false
        }
    }
}
