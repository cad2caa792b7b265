import Expressions

/// Which fields of a request's form may change after they were entered, and because of what.
///
/// Some are amended, set or edited. Others follow: what is computed from a field, or asked because of one, changes with it. A form is
/// worked out anew at every change, so what asks the time or the directory may change with any of them.
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
        var found: [String: Set<FieldID>] = [:]
        if !direct.isEmpty {
            for field in type.form.fields {
                let own = Self.origins(of: field, direct, found)
                if !own.isEmpty { found[field.id.text] = own }
            }
        }
        origins = found.mapValues { fields in type.form.fields.map(\.id).filter(fields.contains) }
    }

    /// The names of the fields that may change.
    var names: Set<String> { Set(origins.keys) }

    /// The fields because of which one changes, itself first where it is changed as such; empty for one that stays.
    func origins(of field: FieldID) -> [FieldID] {
        let all = origins[field.text] ?? []
        return all.contains(field) ? [field] + all.filter { $0 != field } : all
    }

    /// A field reads only those before it, whose origins are known.
    private static func origins(
        of field: Field, _ direct: Set<FieldID>, _ known: [String: Set<FieldID>]
    ) -> Set<FieldID> {
        var own: Set<FieldID> = direct.contains(field.id) ? [field.id] : []
        for expression in field.followed {
            for name in expression.referenceNames {
                if name == "now" || name == "today" { return direct.union(own) }
                own.formUnion(known[name] ?? [])
            }
            if expression.asksHost { return direct.union(own) }
        }
        return own
    }
}

extension Field {
    /// What decides its value without anybody entering it: what computes it, what asks for it, and the same of its columns.
    fileprivate var followed: [CheckedExpression] {
        var found = [computed, askWhen].compactMap(\.self)
        if case .rows(let rows) = kind { found += rows.columns.fields.flatMap(\.followed) }
        return found
    }
}
