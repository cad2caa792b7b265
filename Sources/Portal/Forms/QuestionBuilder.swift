import Expressions
import ServiceDesk
import WorkflowCore

/// Makes questions of a draft into what templates show: with what was typed where something was, else with what holds.
struct QuestionBuilder {
    let texts: Texts
    let typed: EntryReader
    /// What to show as wrong, by the field's path: `items[2].quantity`.
    let problems: [String: Rejection.FieldProblem]
    /// Of a file, in octets.
    let maximumUpload: Int
    /// The files that what was typed names.
    var files: [UniqueID: AttachedFile] = [:]
    /// Why files were not taken, by the question's name.
    var refused: [String: Rejection] = [:]
    /// Whether files may be given; where a form is only tried they are named and not taken.
    var takesFiles = true

    /// From this many answers on they are a list to choose from.
    private static let mostRadios = 7

    func models(_ questions: [QuestionView], prefix: String = "f.") -> [QuestionModel] {
        questions.map { model($0, name: prefix + $0.field.id.text) }
    }

    private func model(_ question: QuestionView, name: String) -> QuestionModel {
        let field = question.field
        var model = QuestionModel(name: name, label: field.label, help: help(question))
        model.isShown = true
        model.isOptional = field.isOptional
        model.error = problems[String(name.dropFirst(2))].map { texts.problem($0, of: field) }
        guard field.computed == nil else {
            model.look = .computed
            model.value = question.text.isEmpty ? "–" : texts.shown(question.value, question.text)
            return model
        }
        let values = typed.wasShown(name) ? typed.values(name) : held(question)
        model.value = values.first ?? ""
        switch field.type {
        case "yes_no":
            choose(
                &model, [ChoiceView(value: "true", label: texts[.yes]), ChoiceView(value: "false", label: texts[.no])],
                values)
        case "choice": choose(&model, field.choices, values)
        case "choices": check(&model, field.choices, values)
        case "list" where field.elementType == "choice": check(&model, field.choices, values)
        case "file": take(&model, question)
        case "list" where field.elementType == "file": take(&model, question)
        case "list":
            model.look = .long
            model.value = typed.wasShown(name) ? model.value : values.joined(separator: "\n")
        case "long_text":
            model.look = .long
            model.height = "5"
        case "rows": rows(&model, question)
        default: input(&model, field)
        }
        return model
    }

    private func help(_ question: QuestionView) -> String? {
        var parts = [question.field.help].compactMap { $0 }
        if question.isConcealed { parts.append(texts[.concealed]) }
        if question.field.computed == nil {
            if (question.field.elementType ?? question.field.type) == "person" { parts.append(texts[.personHelp]) }
            let isLines = !["choice", "file"].contains(question.field.elementType)
            if (question.field.elementType ?? question.field.type) == "file" { parts.append(files(question.field)) }
            if question.field.type == "list", isLines {
                parts.append(texts[.onePerLine])
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// What may be chosen: `PDF. At most 5 MB.`
    private func files(_ field: FormFieldView) -> String {
        let own = field.type == "file" ? field.maximum.flatMap { Int($0) } : nil
        let size = texts(.fileLimit, FileWords.size(min(own ?? maximumUpload, maximumUpload), texts))
        let kinds = FileWords.kinds(field.fileTypes, texts)
        return kinds.isEmpty ? size : "\(kinds). \(size)"
    }

    private func input(_ model: inout QuestionModel, _ field: FormFieldView) {
        switch field.type {
        case "integer": (model.inputMode, model.width) = ("numeric", "short")
        case "number": (model.inputMode, model.width) = ("decimal", "short")
        case "money": (model.inputMode, model.width, model.unit) = ("decimal", "short", field.currency)
        case "date": (model.input, model.width) = ("date", "short")
        case "datetime":
            (model.input, model.width) = ("datetime-local", "middle")
            // Colleagues may mean another.
            if texts.isOwnZone {
                model.help = [model.help, texts(.inZone, texts.home.name)].compactMap { $0 }.joined(separator: " ")
            }
        case "time": (model.input, model.width) = ("time", "short")
        case "email": model.input = "email"
        case "phone": (model.input, model.width) = ("tel", "middle")
        case "url": model.input = "url"
        case "person": (model.isPerson, model.width) = (true, "middle")
        default: break
        }
    }

    private func choose(_ model: inout QuestionModel, _ choices: [ChoiceView], _ values: [String]) {
        model.look = choices.count < Self.mostRadios ? .options : .select
        model.input = "radio"
        model.options = options(choices, values, model.name)
    }

    private func check(_ model: inout QuestionModel, _ choices: [ChoiceView], _ values: [String]) {
        model.look = .options
        model.input = "checkbox"
        model.options = options(choices, values, model.name)
    }

    private func options(_ choices: [ChoiceView], _ values: [String], _ name: String) -> [OptionModel] {
        choices.enumerated().map { index, choice in
            OptionModel(
                id: "\(name)-\(index)", value: choice.value, label: choice.label,
                isChecked: values.contains(choice.value))
        }
    }

    private func take(_ model: inout QuestionModel, _ question: QuestionView) {
        guard takesFiles else {
            (model.look, model.value) = (.computed, "–")
            return
        }
        model.look = .files
        model.isMany = question.field.type == "list"
        model.accept = FileWords.accept(question.field.fileTypes)
        let own = question.field.type == "file" ? question.field.maximum.flatMap { Int($0) } : nil
        model.maximumSize = min(own ?? maximumUpload, maximumUpload)
        var known = files
        for file in question.files { known[file.id] = file }
        let ids = typed.wasShown(model.name) ? typed.values(model.name) : question.files.map(\.id.description)
        let chosen = ids.compactMap { UniqueID($0).flatMap { known[$0] } }
        model.files = (model.isMany ? chosen : chosen.suffix(1)).map { FileModel($0, of: model.name, texts) }
        if let rejection = refused[model.name] { model.error = texts.refusal(rejection) }
    }

    private func rows(_ model: inout QuestionModel, _ question: QuestionView) {
        model.look = .rows
        let minimum = question.field.minimum.flatMap { Int($0) } ?? 0
        let maximum = question.field.maximum.flatMap { Int($0) } ?? 100
        let name = model.name
        let label = question.field.label
        model.rows = question.rows.enumerated().map { index, questions in
            let row = "\(name)[\(index)]"
            return RowModel(
                title: texts(.rowTitle, label, String(index + 1)), name: row,
                remove: question.rows.count > minimum ? "remove:\(row)" : nil,
                questions: models(questions, prefix: "\(row)."))
        }
        if question.rows.count < maximum { model.addRow = "add:\(name)" }
    }

    /// What holds, as inputs take it.
    private func held(_ question: QuestionView) -> [String] {
        guard let value = question.value else { return [] }
        let field = question.field
        let type = field.elementType ?? field.type
        // People are known by identifiers, and read by name.
        if type == "person" {
            return question.text.isEmpty ? [] : question.text.split(separator: ", ").map(String.init)
        }
        if case .array(let elements) = value { return elements.map { text($0, type) } }
        return [text(value, type)]
    }

    private func text(_ value: JSONValue, _ type: String) -> String {
        switch value {
        case .null, .array: ""
        case .bool(let answer): answer ? "true" : "false"
        case .number(let number): texts.numberEntry(number)
        case .string(let text): type == "datetime" ? Instant(rfc3339: text).map(texts.localText) ?? text : text
        case .object(let members):
            if case .string(let amount)? = members["amount"] { texts.numberEntry(amount) } else { "" }
        }
    }
}

/// The lines above a form that say what is wrong in it, each leading to its question.
struct ErrorSummary: ViewModel {
    let title: String
    let lines: [LineModel]
    /// Whether it comes first for those who cannot see it.
    var takesFocus = true

    init?(_ lines: [LineModel], texts: Texts) {
        guard !lines.isEmpty else { return nil }
        title = lines.count == 1 ? texts[.errorsOne] : texts(.errorsTitle, String(lines.count))
        self.lines = lines
    }

    /// `Price: Enter an amount …`, `Who starts? Enter …`.
    private static func joined(_ label: String, _ message: String) -> String {
        let isClosed = label.last.map { "?!.:".contains($0) } ?? true
        return "\(label)\(isClosed ? "" : ":") \(message)"
    }

    static func of(_ questions: [QuestionModel]) -> [LineModel] {
        questions.flatMap { question -> [LineModel] in
            let own = question.error.map {
                [LineModel(text: joined(question.label, $0), address: "#\(question.target)")]
            }
            return (own ?? []) + question.rows.flatMap { of($0.questions) }
        }
    }

    static let readable: [String: Readable<Self>] = [
        "errors_title": .text { $0.title },
        "takes_focus": .flag { $0.takesFocus },
        "lines": .list { $0.lines },
    ]
}

/// A line of text that may lead somewhere.
struct LineModel: ViewModel {
    let text: String
    var address: String?

    static let readable: [String: Readable<Self>] = [
        "text": .text { $0.text },
        "address": .text { $0.address },
    ]
}

/// What happened since somebody last looked.
struct ConflictModel: ViewModel {
    let changes: [LineModel]
    /// Where the request holds something else than the reader has entered.
    var differences: [DifferenceModel] = []

    static let readable: [String: Readable<Self>] = [
        "changes": .list { $0.changes },
        "differences": .list { $0.differences },
        "has_differences": .flag { !$0.differences.isEmpty },
    ]
}

/// An answer as it is now, and as the reader would have it.
struct DifferenceModel: ViewModel {
    let label: String
    let now: String
    let yours: String

    static let readable: [String: Readable<Self>] = [
        "label": .text { $0.label },
        "now": .text { $0.now },
        "yours": .text { $0.yours },
    ]
}
