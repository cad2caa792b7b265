import Expressions

/// A form that was filled before, and which of its fields may change now.
struct FilledForm {
    let values: [String: Value]
    let open: Set<FieldID>
}

/// One form, or one row of a field with rows, being checked.
struct FormCheck {
    /// The request around it, with what stands before it in an enclosing form.
    let activation: RequestActivation
    let context: DecisionContext
    /// What it held before; nil when it is filled for the first time.
    private let filled: FilledForm?
    /// What stands before the names of its fields in problems: `items[2].`.
    private let prefix: String
    /// Whether something before it in an enclosing form is wrong.
    private let followsProblem: Bool
    /// The files of the rows that it is one of, as they were before.
    private let keptFiles: [AttachedFile]
    private(set) var values: [String: Value] = [:]
    private(set) var problems: [Rejection.FieldProblem] = []
    /// Fields of a filled form that have another value now.
    private var changed: Set<String> = []

    init(
        activation: RequestActivation, context: DecisionContext, filled: FilledForm? = nil, prefix: String = "",
        followsProblem: Bool = false, keptFiles: [AttachedFile] = []
    ) {
        self.activation = activation
        self.context = context
        self.filled = filled
        self.prefix = prefix
        self.followsProblem = followsProblem
        self.keptFiles = keptFiles
    }

    mutating func take(_ form: Form, _ entries: [FieldID: Entry]) {
        for field in form.fields {
            let problemsBefore = problems.count
            take(field, entries[field.id])
            let name = field.id.text
            if let filled, problems.count == problemsBefore, values[name] != filled.values[name] {
                changed.insert(name)
            }
        }
        let known = form.fields.map(\.id.text)
        for id in entries.keys.sorted() where form[id] == nil {
            let hint = NearestName.hint(for: id.text, among: known).map { " \($0)" } ?? ""
            let place = prefix.isEmpty ? "The form has no field" : "A row has no column"
            note(id, "form.unknown_field", "\(place) `\(id)`.\(hint)")
        }
    }

    mutating func note(_ field: FieldID, _ code: String, _ message: String) {
        problems.append(Rejection.FieldProblem(field: FieldID(prefix + field.text), code: code, message: message))
    }

    /// The check of a row within a field of this form.
    func row(_ index: Int, of field: Field, filled: FilledForm? = nil) -> FormCheck {
        FormCheck(
            activation: activation.adding(values), context: context, filled: filled,
            prefix: "\(prefix)\(field.id)[\(index)].", followsProblem: isTroubled,
            keptFiles: self.filled?.values[field.id.text]?.files ?? [])
    }

    /// Takes over what is wrong in a row.
    mutating func adopt(_ rowProblems: [Rejection.FieldProblem]) { problems += rowProblems }

    private var isTroubled: Bool { followsProblem || !problems.isEmpty }

    private mutating func take(_ field: Field, _ entry: Entry?) {
        guard isAsked(field) else {
            if let entry, case .raw = entry, !entry.isEmpty {
                note(field.id, "form.not_asked", "This is not asked here.")
            }
            return
        }
        if let expression = field.computed { return takeComputed(field, expression, entry) }
        if let filled, !(entry != nil && filled.open.contains(field.id)), wasAsked(field, in: filled) {
            if let entry, !entry.isEmpty {
                note(field.id, "form.not_editable", "This cannot be changed here.")
            }
            if let value = filled.values[field.id.text] { keepUnchanged(value, of: field) }
            return
        }
        guard let entry, !entry.isEmpty else { return takeEmpty(field) }
        if let value = read(entry, field) { keep(value, of: field) }
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

    /// Whether the field was asked when the form was filled before.
    private func wasAsked(_ field: Field, in filled: FilledForm) -> Bool {
        guard let condition = field.askWhen else { return true }
        do throws(EvaluationError) {
            return try condition.evaluate(in: activation.adding(filled.values)) == .bool(true)
        } catch {
            return filled.values[field.id.text] != nil
        }
    }

    /// The typed value of an entry; nil when it is none, which has been noted.
    private mutating func read(_ entry: Entry, _ field: Field) -> Value? {
        if case .rows(let rows) = field.kind { return read(entry, field, rows) }
        do throws(FieldMistake) {
            return try FieldReader(
                directory: context.directory.hiding([]), files: context.files, held: heldFiles(of: field)
            ).value(of: field.kind, from: entry)
        } catch {
            note(field.id, error.code, error.message)
            return nil
        }
    }

    /// The files that the field holds already: somebody who changes one of a list names the others as they are.
    private func heldFiles(of field: Field) -> [AttachedFile] {
        guard field.kind.holdsFiles else { return [] }
        return keptFiles + (filled?.values[field.id.text]?.files ?? [])
    }

    /// What was sent for it must be what it is: a client may send back what it was shown, and nothing else.
    private mutating func takeComputed(_ field: Field, _ expression: CheckedExpression, _ entry: Entry?) {
        do throws(EvaluationError) {
            guard let result = try expression.evaluate(in: activation.adding(values)).present else {
                return takeMissing(field)
            }
            guard let value = read(.value(result), field) else { return }
            if let entry, case .raw = entry, !entry.isEmpty, !says(entry, value, field) {
                return note(field.id, "form.computed", "This is computed and cannot be entered.")
            }
            if let filled, filled.values[field.id.text] == value {
                values[field.id.text] = value
            } else {
                keep(value, of: field)
            }
        } catch {
            noteEvaluation(of: field, error)
        }
    }

    private func says(_ entry: Entry, _ value: Value, _ field: Field) -> Bool {
        var probe = self
        return probe.read(entry, field) == value
    }

    private mutating func takeEmpty(_ field: Field) {
        if let expression = field.defaultValue {
            do throws(EvaluationError) {
                if let value = try expression.evaluate(in: activation.adding(values)).present {
                    if let value = read(.value(value), field) { keep(value, of: field) }
                    return
                }
            } catch {
                return noteEvaluation(of: field, error)
            }
        }
        takeMissing(field)
    }

    private mutating func takeMissing(_ field: Field) {
        switch field.kind {
        case _ where field.isOptional: break
        case .list(of: _, minimum: 0, maximum: _, unique: _), .choices(_, minimum: 0, maximum: _):
            keep(.list([]), of: field)
        case .rows(let rows) where rows.minimum == 0: keep(.list([]), of: field)
        case _ where field.computed != nil:
            if !isTroubled { note(field.id, "form.not_evaluated", "There is nothing to compute this from.") }
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

    /// Checks run when a field is entered, or one that they read has changed; what it holds stays, but for the columns that are computed.
    private mutating func keepUnchanged(_ value: Value, of field: Field) {
        if let check = field.check, readsChanges(check) { return keep(value, of: field) }
        guard case .rows(let rows) = field.kind, rows.columns.isComputing else {
            values[field.id.text] = value
            return
        }
        if let value = recomputed(value, of: field, rows) { values[field.id.text] = value }
    }

    /// Whether an expression reads a field before it that has another value now.
    private func readsChanges(_ expression: CheckedExpression) -> Bool {
        expression.referenceNames.contains(where: changed.contains)
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
        guard !isTroubled else { return }
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
