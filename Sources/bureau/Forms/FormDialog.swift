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
        for field in form where entries[field.id] == nil && !field.isConditional {
            if let entry = try ask(field) { entries[field.id] = entry }
        }
        return entries
    }

    /// The entries after asking again for what a problem names; nil when it names none of the form's questions or nothing was answered.
    func corrected(
        _ entries: [String: JSONValue], _ problem: ProblemDocument
    ) throws(ClientError) -> [String: JSONValue]? {
        var entries = entries
        var hasChanged = false
        for wrong in problem.fields {
            guard let field = form.first(where: { $0.id == wrong.field }) else { return nil }
            Output.error("\(style.red(Output.safe(wrong.message)))")
            if wrong.code == "form.not_asked" {
                hasChanged = entries.removeValue(forKey: field.id) != nil || hasChanged
            } else if let entry = try ask(field) {
                entries[field.id] = entry
                hasChanged = true
            }
        }
        return hasChanged ? entries : nil
    }

    /// One question, again until it is answered if it must be; nil for no answer. The end of the input ends it all.
    private func ask(_ field: FormField) throws(ClientError) -> JSONValue? {
        if let help = field.help { Output.error(style.dim(Output.safe(help))) }
        for choice in field.choices {
            Output.error("  \(style.bold(Output.safe(choice.value)))  \(Output.safe(choice.label))")
        }
        let mayBeEmpty = field.isOptional || field.hasDefault
        let notes = [field.format, mayBeEmpty ? "may be empty" : nil].compactMap(\.self).joined(separator: ", ")
        while true {
            Output.prompt("\(style.bold(Output.safe(field.label)))\(style.dim(notes.isEmpty ? "" : " (\(notes))")): ")
            guard let answer = readLine() else {
                Output.error("")
                throw .impossible("Nothing was sent.")
            }
            if !answer.isEmpty { return field.entry([answer]) }
            if mayBeEmpty { return nil }
            Output.error(style.red("This needs an answer; Ctrl-D leaves without sending anything."))
        }
    }
}
