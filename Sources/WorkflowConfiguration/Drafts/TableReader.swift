import Expressions
import WorkflowCore

/// Reads decision tables: what each cell asks of its column. What a literal means is decided with the column's type.
struct TableReader {
    let steps: StepReader

    private var context: ReadingContext { steps.context }

    func rows(_ node: YAMLNode) -> (rows: [DraftCase], columns: [DraftColumn]) {
        var columns: [DraftColumn] = []
        let rows = node.items.compactMap { item -> DraftCase? in
            guard let reader = MappingReader(item, Shapes.row, findings: context.findings) else { return nil }
            var cells: [DraftCell] = []
            for entry in reader.mapping.entries where !Self.reserved.contains(entry.key.text) {
                guard let column = column(entry.key) else { continue }
                if !columns.contains(where: { $0.name == entry.key.text }) {
                    columns.append(DraftColumn(expression: column))
                }
                if let test = test(entry.value) { cells.append(DraftCell(column: column, test: test)) }
            }
            if let when = reader.mapping["when"] {
                context.findings.error(
                    .configUnknownKey, "A row has no `when`.", hint: "Its columns say when it holds.",
                    at: when.key.location)
            }
            return steps.outcome(of: reader, .row(cells))
        }
        return (rows, columns)
    }

    private static let reserved = ["when", "gives", "steps"]

    /// A field, or a path such as `decide.outcome`.
    private func column(_ key: YAMLScalar) -> DraftExpression? {
        let parts = key.text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ Names.isIdentifier(String($0)) }) else {
            context.findings.error(
                .nameInvalid, "`\(key.text)` is no column.",
                hint: "A column is a field, or a path such as decide.outcome.",
                at: key.location)
            return nil
        }
        return context.expression(of: key)
    }

    private func test(_ node: YAMLNode) -> DraftCell.Test? {
        guard case .sequence(let list) = node else {
            return node.scalar("a literal, a comparison or a range", context.findings).flatMap(test(of:))
        }
        if list.items.isEmpty {
            context.findings.error(
                .configEmpty, "Nothing is in an empty list.", hint: "Leave the column out of the row.",
                at: list.location)
            return nil
        }
        let literals = list.items.compactMap { $0.scalar("a literal", context.findings) }
        return literals.count == list.items.count ? .literals(literals) : nil
    }

    private func test(of scalar: YAMLScalar) -> DraftCell.Test? {
        let bytes = Array(scalar.text.utf8)
        for sign in [">=", "<=", ">", "<"] where scalar.text.hasPrefix(sign) {
            let start = bytes[sign.utf8.count...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
            guard start < bytes.count else {
                context.findings.error(
                    .configBadValue, "Nothing stands behind `\(sign)`.", at: scalar.location)
                return nil
            }
            return .comparison(sign, scalar, operand: start..<bytes.count)
        }
        if scalar.text.hasPrefix("=") || scalar.text.hasPrefix("!") {
            context.findings.error(
                .configBadValue, "A cell has no `\(scalar.text.prefix(2))`.",
                hint: "Write the literal alone, or a list of those that are meant.", at: scalar.location)
            return nil
        }
        let dots = bytes.indices.dropLast().first { bytes[$0] == UInt8(ascii: ".") && bytes[$0 + 1] == bytes[$0] }
        if let dots, dots > 0, dots + 2 < bytes.count {
            return .range(scalar, lower: 0..<dots, upper: dots + 2..<bytes.count)
        }
        return .literals([scalar])
    }
}
