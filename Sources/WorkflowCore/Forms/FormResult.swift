public import Expressions

/// What a form makes of what was entered.
public struct FormResult: Hashable, Sendable {
    /// Typed values by field; of the fields without problems only.
    public let values: [String: Value]
    /// Everything that is wrong: in the order of the form, entries of unknown fields by name at the end.
    public let problems: [Rejection.FieldProblem]

    /// The rejection that tells all problems; nil when there are none.
    public var rejection: Rejection? {
        guard !problems.isEmpty else { return nil }
        return Rejection(
            .invalid, code: "form.invalid",
            message: problems.count == 1 ? problems[0].message : "\(problems.count) entries need attention.",
            fields: problems)
    }
}

extension Form {
    /// Reads, fills in and checks entries; reports all problems at once.
    ///
    /// Fields are taken in the form's order: one is asked when `ask_when` holds for those before it, an empty one takes its default,
    /// a computed one its value, and `check` is asked last. A parent's value for a field that is not asked is dropped; a person's is a
    /// problem. Problems within rows are addressed as expressions write it, counted from 0: `items[2].quantity`.
    public func check(
        _ entries: [FieldID: Entry], in activation: RequestActivation, context: DecisionContext
    ) -> FormResult {
        var check = FormCheck(activation: activation, context: context)
        check.take(self, entries)
        return FormResult(values: check.values, problems: check.problems)
    }

    /// The values of a filled form after some of its fields were changed, with everything that follows from it.
    ///
    /// Only entries of `fields` are taken, and of what is asked now and was not before; a field without an entry keeps its value and is
    /// checked again only if its `check` reads a field that has changed, an empty entry clears it. What is no longer asked goes, and what is computed is computed again.
    /// - Parameters:
    ///   - values: What the form holds now, by field.
    ///   - fields: Which may change.
    ///   - activation: The request; its own fields are not read, `values` are.
    public func changed(
        _ values: [String: Value], by entries: [FieldID: Entry], in fields: Set<FieldID>,
        of activation: RequestActivation, context: DecisionContext
    ) -> FormResult {
        var check = FormCheck(
            activation: activation.withoutFields(), context: context, filled: FilledForm(values: values, open: fields))
        check.take(self, entries)
        return FormResult(values: check.values, problems: check.problems)
    }

    /// The values of a filled form with its computed fields and columns computed again: to be asked whenever a field has changed.
    ///
    /// A computed value that cannot be computed, or that its field's bounds or `check` refuse, is a problem and missing in the values.
    public func recomputed(
        _ values: [String: Value], in activation: RequestActivation, context: DecisionContext
    ) -> FormResult {
        guard isComputing else { return FormResult(values: values, problems: []) }
        return changed(values, by: [:], in: [], of: activation, context: context)
    }

    /// Whether it has computed fields or columns.
    public var isComputing: Bool {
        fields.contains { field in
            if case .rows(let rows) = field.kind, rows.columns.isComputing { return true }
            return field.computed != nil
        }
    }
}
