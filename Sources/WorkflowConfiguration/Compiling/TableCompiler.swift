import Expressions
import WorkflowCore

/// Checks the rows of a decision table cell by cell, so that what is wrong is said at the cell.
struct TableCompiler {
    let expressions: ExpressionCompiler
    let scope: Scope
    /// Of the columns that can be read.
    let types: [String: ExpressionType]

    private var findings: Findings { expressions.findings }

    /// Says what is wrong with a column once, where it appears first.
    func checkColumns(_ choose: DraftChoose) {
        for column in choose.columns where types[column.name] == nil {
            _ = expressions.optionalValue(column.expression, in: scope)
        }
    }

    /// The row's condition; nil for one that always holds, and after a complaint.
    ///
    /// - Parameter condition: the cells together, where that has been parsed.
    func row(
        _ cells: [DraftCell], _ condition: Expression?, isLast: Bool, at location: SourceLocation
    ) -> CheckedExpression? {
        guard !cells.isEmpty else {
            if !isLast {
                findings.error(
                    .configBadValue, "This row always holds, so those below it are never read.",
                    hint: "Put it last, or say what its columns must be.", at: location)
            }
            return nil
        }
        // A single cell is the row, which is then looked into only when it is wrong.
        guard cells.count == 1 || cells.map({ isSound($0) }).allSatisfy({ $0 }) else { return nil }
        do throws(ExpressionIssues) {
            let parsed: Expression
            if let condition {
                parsed = condition
            } else {
                guard let source = TableCells.condition(of: cells, types) else { return nil }
                parsed = try Expression.parse(source)
            }
            let row = try scope.check(parsed, expecting: .bool)
            if let issue = row.costIssue() {
                findings.add(
                    Diagnostic(code: issue.code, message: issue.message, hint: issue.hint, location: location))
            }
            return row
        } catch {
            if cells.count == 1, !isSound(cells[0]) { return nil }
            // Each cell is sound, so only together they are too much.
            for issue in error.issues { findings.error(.configBadValue, issue.message, hint: issue.hint, at: location) }
            return nil
        }
    }

    /// Whether a cell says something about its column; complaints stand where the author wrote what is wrong.
    private func isSound(_ cell: DraftCell) -> Bool {
        guard let type = types[cell.column.scalar.text] else { return false }
        let pieces = TableCells.pieces(of: cell, type)
        let source = TableCells.text(of: pieces)
        do throws(ExpressionIssues) {
            _ = try scope.check(Expression.parse(source), expecting: .bool)
            return true
        } catch {
            for issue in error.issues { report(issue, cell, pieces) }
            return false
        }
    }

    /// Moves an issue from the condition that was made to the piece that the author wrote.
    private func report(_ issue: ExpressionIssue, _ cell: DraftCell, _ pieces: [TableCells.Piece]) {
        var start = 0
        for piece in pieces {
            let begin = start + piece.prefix.utf8.count
            let end = begin + piece.text.utf8.count
            start = end + piece.suffix.utf8.count
            guard issue.range.lowerBound >= begin, issue.range.lowerBound < max(end, begin + 1) else { continue }
            var range = piece.range
            if !piece.isQuoted {
                let lower = piece.range.lowerBound + issue.range.lowerBound - begin
                let upper = piece.range.lowerBound + min(issue.range.upperBound, end) - begin
                range = lower..<max(lower + 1, upper)
            }
            findings.error(
                ExpressionIssue(code: issue.code, message: issue.message, hint: issue.hint, range: range),
                in: piece.scalar)
            return
        }
        let scalar = pieces.first?.scalar ?? cell.column.scalar
        findings.error(
            ExpressionIssue(
                code: issue.code, message: issue.message, hint: issue.hint, range: 0..<max(1, scalar.text.utf8.count)),
            in: scalar)
    }
}
