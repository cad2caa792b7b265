import Expressions
import WorkflowCore

/// Expressions that have been checked and mean the same wherever they stand: those that read nothing, for a whole configuration, and those
/// that read only fields and built-in names that are surely there, for one request type.
///
/// A class, because all scopes of a type share it. It belongs to one compilation and is not shared.
final class CheckMemo {
    private typealias Entries = [(type: ExpressionType?, checked: CheckedExpression)]

    private var own: [String: Entries] = [:]
    /// Those that read nothing; of the whole configuration.
    private let constants: CheckMemo?

    /// - Parameter constants: what the types of a configuration have in common; nil for just that.
    init(constants: CheckMemo? = nil) { self.constants = constants }

    /// What has been found sound and cheap enough before; nil for what has not been checked.
    func known(_ expression: Expression, expecting type: ExpressionType?) -> CheckedExpression? {
        if let entries = own[expression.source] {
            for entry in entries where entry.type == type { return entry.checked }
        }
        return constants?.known(expression, expecting: type)
    }

    /// Remembers what is sound and cheap enough.
    func remember(_ checked: CheckedExpression, expecting type: ExpressionType?) {
        if checked.isConstant, let constants { return constants.remember(checked, expecting: type) }
        own[checked.source, default: []].append((type, checked))
    }
}
