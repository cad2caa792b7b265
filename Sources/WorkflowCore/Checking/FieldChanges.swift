import Expressions

/// Which fields of a request's form may change after they were entered, and because of what.
///
/// Some are amended, set or edited. Others follow: see `FieldFollowing`.
struct FieldChanges {
    /// By field: the fields through whose amendment or writing it changes, in the order of the form, itself included.
    private let origins: [String: [FieldID]]

    init(_ type: RequestType, _ flow: ProcessFlow) {
        var direct = Set(type.amendments.map(\.field))
        for step in flow.steps {
            switch step.kind {
            case .set(let assignments): direct.formUnion(assignments.map(\.field))
            case .task(let task): direct.formUnion(task.edit)
            default: break
            }
        }
        let following = FieldFollowing(type.form.fields.map(\.follower), changed: Set(direct.map(\.text)))
        let order = type.form.fields.map(\.id)
        origins = following.origins.mapValues { names in order.filter { names.contains($0.text) } }
    }

    /// The names of the fields that may change.
    var names: Set<String> { Set(origins.keys) }

    /// The fields because of which one changes, itself first where it is changed as such; empty for one that stays.
    func origins(of field: FieldID) -> [FieldID] {
        let all = origins[field.text] ?? []
        return all.contains(field) ? [field] + all.filter { $0 != field } : all
    }
}

extension Field {
    fileprivate var follower: FieldFollowing.Follower {
        let followed = followed
        let reads = Set(followed.flatMap(\.referenceNames))
        return FieldFollowing.Follower(
            name: id.text, reads: reads,
            isMoving: reads.contains("now") || reads.contains("today") || followed.contains(where: \.asksHost))
    }

    /// What decides its value without anybody entering it: what computes it, what asks for it, and the same of its columns.
    fileprivate var followed: [CheckedExpression] {
        var found = [computed, askWhen].compactMap(\.self)
        if case .rows(let rows) = kind { found += rows.columns.fields.flatMap(\.followed) }
        return found
    }
}
