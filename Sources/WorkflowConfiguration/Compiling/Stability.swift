import Expressions
import WorkflowCore

/// Whether a condition, once it held, holds later in the request too.
///
/// Settled steps never change. The moment and who leads whom do, and so do the fields that a step sets or lets people edit, and those
/// that may be amended. "The same condition holds here" says nothing about a value that was asked for yesterday when the condition
/// has changed since.
///
/// A class, because it remembers the names in conditions that are asked about again and again.
final class Stability {
    private let graph: ProcessGraph
    private var known: [String: Set<String>] = [:]
    /// By field: the steps that may change it.
    private var writers: [String: Set<Int>] = [:]
    private var amendable: Set<String>

    private static let changing: Set<String> =
        Set(StandardDeclarations.functions.map(\.name)).union(["now", "today"])

    init(_ type: DraftRequestType, _ graph: ProcessGraph) {
        self.graph = graph
        amendable = Set(type.promises.amendments.map(\.field.value))
        for (position, step) in graph.steps.enumerated() {
            switch step.kind {
            case .task(let task): for field in task.edit { writers[field.value, default: []].insert(position) }
            case .set(let inputs): for input in inputs { writers[input.field.value, default: []].insert(position) }
            default: break
            }
        }
        let amended = amendable
        let entered = writers
        let fields = type.fields.map { field in
            let words = followed(by: field)
            return FieldFollowing.Follower(
                name: field.id.value, reads: words, isMoving: !words.isDisjoint(with: Self.changing))
        }
        let following = FieldFollowing(fields, changed: amended.union(entered.keys))
        for (field, origins) in following.origins {
            if !origins.isDisjoint(with: amended) { amendable.insert(field) }
            let own = origins.reduce(into: Set<Int>()) { $0.formUnion(entered[$1] ?? []) }
            if !own.isEmpty { writers[field, default: []].formUnion(own) }
        }
    }

    /// The names that decide a field's value without anybody entering it.
    private func followed(by field: DraftField) -> Set<String> {
        var found: Set<String> = []
        if case .expression(let draft)? = field.computed { found.formUnion(words(draft.expression)) }
        if let asked = field.askWhen { found.formUnion(words(asked.expression)) }
        for column in field.columns { found.formUnion(followed(by: column)) }
        return found
    }

    /// Whether a condition of the form, asked when the request was raised, holds ever after.
    func isFixed(_ condition: Expression) -> Bool {
        let words = words(condition)
        return words.isDisjoint(with: Self.changing) && words.isDisjoint(with: amendable)
            && words.allSatisfy { writers[$0]?.isEmpty ?? true }
    }

    /// Whether a condition asked at the start of one step says the same at the start of another that runs after it, or at the end of
    /// the request when that is nil.
    func isStable(_ condition: Expression, from start: Int, to reader: Int?) -> Bool {
        let words = words(condition)
        guard words.isDisjoint(with: Self.changing), words.isDisjoint(with: amendable) else { return false }
        return words.allSatisfy { word in
            writers[word]?.allSatisfy { writer in isOutside(writer, from: start, to: reader) } ?? true
        }
    }

    /// Whether a step that changes a field surely does so before the one or after the other.
    private func isOutside(_ writer: Int, from start: Int, to reader: Int?) -> Bool {
        if graph.settledBefore(start).contains(writer) { return true }
        guard let reader, graph.settledBefore(writer).contains(reader) else { return false }
        // In the next round the writer of this one has run before the reader, unless the start is repeated with them.
        let around = Set(graph.ancestors(of: start))
        return graph.ancestors(of: reader).allSatisfy { scope in
            !graph.steps[scope].kind.isClosed || around.contains(scope) || !graph.ancestors(of: writer).contains(scope)
        }
    }

    /// The names in a condition. Careful rather than exact: one inside a quoted text counts too.
    func words(_ condition: Expression) -> Set<String> {
        if let known = known[condition.source] { return known }
        var words: Set<String> = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        for byte in condition.source.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                word.append(byte)
            default: end()
            }
        }
        end()
        known[condition.source] = words
        return words
    }
}
