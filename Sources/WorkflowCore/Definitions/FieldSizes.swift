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
}
