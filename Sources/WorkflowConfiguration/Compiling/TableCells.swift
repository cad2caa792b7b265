import Expressions
import WorkflowCore

/// What the cells of a decision table say, as conditions.
enum TableCells {
    /// All cells of a row together; nil when one cannot be read or has a column of unknown type.
    static func condition(of cells: [DraftCell], _ types: [String: ExpressionType]) -> String? {
        guard !cells.isEmpty else { return nil }
        var condition = ""
        for cell in cells {
            guard let type = types[cell.column.scalar.text] else { return nil }
            if !condition.isEmpty { condition += " and " }
            condition += text(of: pieces(of: cell, type))
        }
        return condition
    }

    /// The pieces of a cell joined.
    static func text(of pieces: [Piece]) -> String {
        pieces.reduce(into: "") { text, piece in
            text += piece.prefix
            text += piece.text
            text += piece.suffix
        }
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
            var text = scalar.text
            if let range {
                let bytes = Array(text.utf8)
                text = String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
            }
            let isQuoted = takesText(type) && !text.hasPrefix("\"")
            return Piece(
                prefix: prefix, text: isQuoted ? LiteralText.quoted(text) : text, suffix: suffix, scalar: scalar,
                range: range ?? 0..<scalar.text.utf8.count, isQuoted: isQuoted)
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
