import Expressions
import WorkflowCore

/// A form that is filled for the first time.
struct DraftForm {
    let reading: Reading
    let form: Form
    /// The request around it.
    let activation: RequestActivation

    typealias Filled = (
        questions: [QuestionView], problems: [Rejection.FieldProblem], entries: [FieldID: JSONValue]
    )

    /// Checks the entries. What is not asked is no problem here: a page may send what it no longer asks.
    func filled(by entered: [FieldID: JSONValue]) -> Filled {
        let entries = PersonEntries(reading.directory).resolved(entered, in: form)
        let result = form.check(entries.mapValues { .raw($0) }, in: activation, context: reading.context)
        let (problems, asked) = DraftEntries.withoutUnasked(result.problems, entries)
        return (questions(of: result.values, entries), problems, asked)
    }

    private func questions(of values: [String: Value], _ entries: [FieldID: JSONValue]) -> [QuestionView] {
        let around = activation.adding(values)
        let fields = reading.form(form)
        return zip(form.fields, fields).compactMap { field, view -> QuestionView? in
            guard field.isAsked(in: around) else { return nil }
            let value = values[field.id.text]
            var question = QuestionView(
                field: view, value: value?.json, text: value.map { reading.values.text($0, field.kind) } ?? "",
                rows: rows(of: field, value, entries[field.id], around), isConcealed: false)
            question.files = value?.files ?? []
            return question
        }
    }

    /// Each row judged by itself, so that what is computed in one row is there whatever is wrong in another.
    func rows(
        of field: Field, _ value: Value?, _ entry: JSONValue?, _ around: RequestActivation
    ) -> [[QuestionView]] {
        guard case .rows(let kind) = field.kind else { return [] }
        var elements: [JSONValue] = []
        if case .array(let entered)? = entry {
            elements = entered
        } else if case .array(let held)? = value?.json {
            elements = held
        }
        // More are refused anyway.
        return elements.prefix(kind.maximum + 1).map { element in
            var cells: [FieldID: JSONValue] = [:]
            if case .object(let members) = element {
                for (name, cell) in members { cells[FieldID(name)] = cell }
            }
            let row = DraftForm(reading: reading, form: kind.columns, activation: around)
            return row.filled(by: cells).questions
        }
    }
}

/// Fields of a request that are changed.
struct DraftChange {
    let reading: Reading
    let state: RequestState
    let ids: [FieldID]
    /// The request as it is.
    let activation: RequestActivation

    /// With what they hold, as far as the viewer may read it.
    var fields: [FormFieldView] { reading.form(ids, of: state) }

    /// The entries that are empty for something the viewer cannot read are left out: it stays.
    func filled(by entered: [FieldID: JSONValue]) -> DraftForm.Filled {
        guard !ids.isEmpty else { return ([], [], [:]) }
        let entries = PersonEntries(reading.directory).resolved(entered, in: reading.type.form)
            .filter { !isConcealed($0.key) || !$0.value.isNothing }
        let result = reading.type.form.changed(
            state.values, by: entries.mapValues { .raw($0) }, in: Set(ids), of: activation, context: reading.context)
        let (problems, asked) = DraftEntries.withoutUnasked(result.problems, entries)
        return (questions(of: result.values, asked), problems, asked)
    }

    /// Whose entries leave what the request holds as it is.
    func unchanged(by entered: [FieldID: JSONValue]) -> Set<FieldID> {
        let entries = PersonEntries(reading.directory).resolved(entered, in: reading.type.form)
        let result = reading.type.form.changed(
            state.values, by: entries.mapValues { .raw($0) }, in: Set(ids), of: activation, context: reading.context)
        let wrong = Set(result.problems.map { $0.field.text.prefix { $0 != "[" } })
        return Set(
            entries.keys.filter {
                result.values[$0.text] == state.values[$0.text] && !wrong.contains($0.text[...])
            })
    }

    private func questions(of values: [String: Value], _ entries: [FieldID: JSONValue]) -> [QuestionView] {
        let around = activation.adding(values)
        return ids.compactMap { id -> QuestionView? in
            guard let field = reading.type.form[id], field.isAsked(in: around),
                let view = reading.form([id], of: state).first
            else { return nil }
            let isConcealed = isConcealed(id)
            let value = isConcealed ? nil : values[id.text]
            let form = DraftForm(reading: reading, form: reading.type.form, activation: activation)
            var question = QuestionView(
                field: view, value: value?.json, text: value.map { reading.values.text($0, field.kind) } ?? "",
                rows: isConcealed ? [] : form.rows(of: field, value, entries[id], around), isConcealed: isConcealed)
            question.files = value?.files ?? []
            return question
        }
    }

    private func isConcealed(_ id: FieldID) -> Bool {
        guard let field = reading.type.form[id], state.values[id.text] != nil else { return false }
        return !Rules.canRead(field, on: state, in: reading.context)
    }
}

enum DraftEntries {
    /// The problems and entries without those of what is not asked.
    static func withoutUnasked(
        _ problems: [Rejection.FieldProblem], _ entries: [FieldID: JSONValue]
    ) -> ([Rejection.FieldProblem], [FieldID: JSONValue]) {
        var entries = entries
        for problem in problems where problem.code == "form.not_asked" { remove(problem.field.text, from: &entries) }
        return (problems.filter { $0.code != "form.not_asked" }, entries)
    }

    /// Removes the entry at `name` or the cell at `items[2].name`.
    private static func remove(_ path: String, from entries: inout [FieldID: JSONValue]) {
        guard let bracket = path.firstIndex(of: "["), let end = path.firstIndex(of: "]") else {
            entries[FieldID(path)] = nil
            return
        }
        let field = FieldID(String(path[..<bracket]))
        guard let index = Int(path[path.index(after: bracket)..<end]), case .array(var rows)? = entries[field],
            rows.indices.contains(index), case .object(var cells) = rows[index]
        else { return }
        cells[String(path[end...].dropFirst(2))] = nil
        rows[index] = .object(cells)
        entries[field] = .array(rows)
    }
}

extension Form {
    /// Whether what is asked depends on answers, or something is computed from them.
    var isBranching: Bool {
        fields.contains { field in
            if case .rows(let rows) = field.kind, rows.columns.isBranching { return true }
            return field.askWhen != nil || field.computed != nil
        }
    }
}

extension Field {
    /// Whether it is asked. A condition that cannot be evaluated asks nothing, as in the engine.
    func isAsked(in activation: RequestActivation) -> Bool {
        guard let askWhen else { return true }
        return (try? askWhen.evaluate(in: activation)) == .bool(true)
    }
}

extension JSONValue {
    /// Null, no text, no element.
    var isNothing: Bool {
        switch self {
        case .null: true
        case .string(let text): text.allSatisfy(\.isWhitespace)
        case .array(let elements): elements.isEmpty
        default: false
        }
    }
}
