import Expressions
import WorkflowCore

/// Whether a condition, once it held, holds for the rest of the request.
///
/// Fields and settled steps never change; the moment and who leads whom do. "The same condition holds here" says nothing about a
/// value that was asked for yesterday when the condition reads the clock.
enum Stability {
    private static let changing: Set<String> =
        Set(StandardDeclarations.functions.map(\.name)).union(["now", "today"])

    /// Careful rather than exact: a changing name inside a quoted text counts too.
    static func isStable(_ condition: Expression) -> Bool {
        let words = condition.source.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return !words.contains { changing.contains(String($0)) }
    }

    /// The presence as it is seen at another moment than that in which the condition was evaluated.
    static func later(_ presence: Presence) -> Presence {
        if case .when(let condition) = presence, !isStable(condition) { return .sometimes }
        return presence
    }
}
