import Glibc
import WorkflowCore

/// Asks for what is missing, on a terminal. Which questions apply in the end is the server's business: what it misses is asked afterwards.
struct FormDialog {
    let form: [FormField]
    let style: Style

    init(form: [FormField]) {
        self.form = form
        style = Style(descriptor: STDERR_FILENO)
    }

    /// Whether there is somebody to ask.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// The entries with those that are always asked and were not given.
    func completed(_ entries: [String: JSONValue]) throws(ClientError) -> [String: JSONValue] {
        var entries = entries
        for field in form where entries[field.id] == nil && field.isAskedAtOnce {
            if let entry = try ask(field) { entries[field.id] = entry }
        }
        return entries
    }

    /// Rows one after the other, until there are enough and no further one is wanted; nil for none.
    private func askRows(_ field: FormField) throws(ClientError) -> JSONValue? {
        var rows: [JSONValue] = []
        while rows.count < field.maximum ?? .max {
            let isNeeded = rows.count < max(field.minimum, field.isOptional ? 0 : 1)
            let title = "\(Output.safe(field.label)), row \(rows.count + 1)"
            if isNeeded {
                Output.error(style.bold(title))
            } else {
                Output.prompt("\(style.bold(title))\(style.dim(" (yes or no)")): ")
                guard field.isYes(try line()) else { break }
            }
            rows.append(.object(try FormDialog(form: field.columns).completed([:])))
        }
        return rows.isEmpty ? nil : .array(rows)
    }

    /// What was written; the end of the input ends it all.
    private func line() throws(ClientError) -> String {
        guard let answer = readLine() else {
            Output.error("")
            throw .impossible("Nothing was sent.")
        }
        return answer
    }

    /// The entries after asking again for what a problem names; nil when it names none of the form's questions or nothing was answered.
    func corrected(
        _ entries: [String: JSONValue], _ problem: ProblemDocument
    ) throws(ClientError) -> [String: JSONValue]? {
        var entries = entries
        var hasChanged = false
        for wrong in problem.fields {
            guard let place = FormPlace(wrong.field), let field = place.field(in: form), !field.isComputed else {
                return nil
            }
            let row = place.row.map { "Row \($0 + 1): " } ?? ""
            Output.error(style.red(row + Output.safe(wrong.message)))
            if wrong.code == "form.not_asked" {
                hasChanged = place.set(nil, in: &entries) || hasChanged
            } else if let entry = try ask(field) {
                hasChanged = place.set(entry, in: &entries) || hasChanged
            }
        }
        return hasChanged ? entries : nil
    }

    /// One question, again until it is answered if it must be; nil for no answer.
    private func ask(_ field: FormField) throws(ClientError) -> JSONValue? {
        if field.type == "rows" { return try askRows(field) }
        if let help = field.help { Output.error(style.dim(Output.safe(help))) }
        for choice in field.choices {
            Output.error("  \(style.bold(Output.safe(choice.value)))  \(Output.safe(choice.label))")
        }
        let mayBeEmpty = field.isOptional || field.hasDefault
        let notes = [field.format, mayBeEmpty ? "may be empty" : nil].compactMap(\.self).joined(separator: ", ")
        while true {
            Output.prompt("\(style.bold(Output.safe(field.label)))\(style.dim(notes.isEmpty ? "" : " (\(notes))")): ")
            let answer = try line()
            if !answer.isEmpty { return field.entry([answer]) }
            if mayBeEmpty { return nil }
            Output.error(style.red("This needs an answer; Ctrl-D leaves without sending anything."))
        }
    }
}
