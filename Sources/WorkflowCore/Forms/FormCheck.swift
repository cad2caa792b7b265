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
    /// Fields are taken in the form's order: one is asked when `ask_when` holds for those before it, an empty one takes its default, and
    /// `check` is asked last. A parent's value for a field that is not asked is dropped; a person's is a problem.
    public func check(
        _ entries: [FieldID: Entry], in activation: RequestActivation, context: DecisionContext
    ) -> FormResult {
        var check = FormCheck(activation: activation, context: context)
        for field in fields { check.take(field, entries[field.id]) }
        let known = fields.map(\.id.text)
        for id in entries.keys.sorted() where self[id] == nil {
            let hint = NearestName.hint(for: id.text, among: known).map { " \($0)" } ?? ""
            check.note(id, "form.unknown_field", "The form has no field `\(id)`.\(hint)")
        }
        return FormResult(values: check.values, problems: check.problems)
    }
}

/// One form being checked.
struct FormCheck {
    let activation: RequestActivation
    let context: DecisionContext
    private(set) var values: [String: Value] = [:]
    private(set) var problems: [Rejection.FieldProblem] = []

    init(activation: RequestActivation, context: DecisionContext) {
        self.activation = activation
        self.context = context
    }

    mutating func note(_ field: FieldID, _ code: String, _ message: String) {
        problems.append(Rejection.FieldProblem(field: field, code: code, message: message))
    }

    mutating func take(_ field: Field, _ entry: Entry?) {
        let entry = entry.flatMap { $0.isEmpty ? nil : $0 }
        guard isAsked(field) else {
            if case .raw? = entry { note(field.id, "form.not_asked", "This is not asked here.") }
            return
        }
        guard let entry else { return takeEmpty(field) }
        do throws(FieldMistake) {
            let value = try FieldReader(directory: context.directory).value(of: field.kind, from: entry)
            keep(value, of: field)
        } catch {
            note(field.id, error.code, error.message)
        }
    }

    /// What a condition cannot be evaluated for is not asked: something before it is wrong, and that is reported.
    private mutating func isAsked(_ field: Field) -> Bool {
        guard let condition = field.askWhen else { return true }
        do throws(EvaluationError) {
            return try condition.evaluate(in: activation.adding(values)) == .bool(true)
        } catch {
            noteEvaluation(of: field, error)
            return false
        }
    }

    private mutating func takeEmpty(_ field: Field) {
        if let expression = field.defaultValue {
            do throws(EvaluationError) {
                if let value = try expression.evaluate(in: activation.adding(values)).present {
                    return keep(field.kind.fitted(value), of: field)
                }
            } catch {
                return noteEvaluation(of: field, error)
            }
        }
        switch field.kind {
        case _ where field.isOptional: break
        case .list(of: _, minimum: 0, maximum: _, unique: _), .choices(_, minimum: 0, maximum: _):
            keep(.list([]), of: field)
        default: note(field.id, "form.required", "This is required.")
        }
    }

    private mutating func keep(_ value: Value, of field: Field) {
        guard let condition = field.check else {
            values[field.id.text] = value
            return
        }
        do throws(EvaluationError) {
            let all = activation.adding(values).adding([field.id.text: value])
            if try condition.evaluate(in: all) == .bool(true) {
                values[field.id.text] = value
            } else {
                note(field.id, "form.check", message(of: field, in: all))
            }
        } catch {
            noteEvaluation(of: field, error)
        }
    }

    private func message(of field: Field, in activation: RequestActivation) -> String {
        let language = context.principal.person.flatMap { context.directory[$0]?.language }
        let values = ValueText(
            language: language ?? context.configuration.organisation.languages.first ?? "en",
            configuration: context.configuration, directory: context.directory, home: context.time.home)
        return field.message?.text(values, in: activation) ?? "This value is not allowed here."
    }

    /// An evaluation that fails after another problem is most often its consequence and not worth a line of its own.
    private mutating func noteEvaluation(of field: Field, _ error: EvaluationError) {
        guard problems.isEmpty else { return }
        note(field.id, "form.not_evaluated", "This could not be checked: \(error.message)")
    }
}

extension Entry {
    /// Nothing at all: no text, no element, null.
    var isEmpty: Bool {
        switch self {
        case .raw(.null): true
        case .raw(.string(let text)): text.trimmed.isEmpty
        case .raw(.array(let elements)): elements.isEmpty
        case .raw: false
        case .value(let value):
            switch value.present {
            case nil: true
            case .string(let text)?: text.trimmed.isEmpty
            case .list(let elements)?: elements.isEmpty
            default: false
            }
        }
    }
}
