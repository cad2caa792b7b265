public import Expressions

extension FieldKind {
    /// How large a value can be, for the cost of expressions that read it; nil for what has one size.
    public var size: SizeBound? {
        switch self {
        case .text(let maximum), .longText(let maximum): .text(maximum)
        case .email: .text(254)
        case .phone: .text(40)
        case .url: .text(2_048)
        case .choices(let list, _, let maximum):
            .list(min(maximum ?? list.choices.count, list.choices.count))
        case .list(let element, _, let maximum, _): .list(maximum, of: element.size)
        case .rows(let rows): .list(rows.maximum)
        case .integer, .number, .yesNo, .choice, .date, .datetime, .time, .person, .money, .file: nil
        }
    }

    /// How many characters, elements or rows a value has; nil for what is not counted.
    var counts: ClosedRange<Int64>? {
        switch self {
        case .choices(_, let minimum, _), .list(of: _, let minimum, _, unique: _): counts(from: minimum)
        case .rows(let rows): counts(from: rows.minimum)
        default: counts(from: 0)
        }
    }

    /// A field whose bounds leave nothing is an error of its own.
    private func counts(from minimum: Int) -> ClosedRange<Int64>? {
        guard let maximum = size?.count, minimum <= maximum else { return nil }
        return Int64(minimum)...Int64(maximum)
    }
}
