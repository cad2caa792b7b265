import Expressions
import JSONText
import WorkflowConfiguration
import WorkflowCore

/// Forms in the simulator: `name=value` words become entries, questions become lines.
struct SessionForm {
    let fields: [Field]
    /// Reads moments without an offset.
    let clock: ScenarioClock
    /// How choices and questions are worded.
    let language: String

    private func say(_ english: String, _ german: String) -> String { language.isGerman ? german : english }

    /// What the words say, by field. A list takes commas; a value that begins with `[` or `{` is JSON.
    ///
    /// - Throws: a sentence about the first word that is none.
    func entries(_ words: some Sequence<String>) throws(SessionProblem) -> [FieldID: JSONValue] {
        var entries: [FieldID: JSONValue] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw SessionProblem(
                    say(
                        "An entry is written name=value, not “\(word)”.",
                        "Ein Eintrag heißt name=wert, nicht „\(word)“."))
            }
            entries[FieldID(parts[0])] = try value(parts[1], of: fields.first { $0.id.text == parts[0] })
        }
        return entries
    }

    private func value(_ text: String, of field: Field?) throws(SessionProblem) -> JSONValue {
        if text.hasPrefix("[") || text.hasPrefix("{") {
            do throws(JSONProblem) {
                return try JSONReader.value(of: text)
            } catch {
                throw SessionProblem(say("This is no JSON: \(error)", "Das ist kein JSON: \(error)"))
            }
        }
        if case .datetime? = field?.kind, let moment = clock.moment(text, bareDate: .opening) {
            return .string(moment.description)
        }
        guard field?.kind.isList == true else { return .string(text) }
        return .array(text.split(separator: ",").map { .string(String($0)) })
    }

    /// A line for each question.
    var lines: [String] {
        fields.filter { $0.computed == nil }.map { field in
            var notes = [language.isGerman ? field.kind.wort : field.kind.word]
            if !field.kind.choices.isEmpty { notes.append(field.kind.choices.joined(separator: " ")) }
            if field.isOptional || field.defaultValue != nil { notes.append(say("may be empty", "darf leer sein")) }
            if let condition = field.askWhen { notes.append(say("when ", "wenn ") + condition.source) }
            return "  \(field.id)  \(field.label.text(in: language)) (\(notes.joined(separator: "; ")))"
        }
    }
}

/// Why a line was not carried out.
struct SessionProblem: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

extension FieldKind {
    fileprivate var isList: Bool {
        switch self {
        case .choices, .list: true
        default: false
        }
    }

    /// What may be chosen; empty when nothing is.
    fileprivate var choices: [String] {
        switch self {
        case .choice(let list), .choices(let list, _, _): list.choices.map(\.value)
        case .list(of: let element, _, _, _): element.choices
        default: []
        }
    }

    /// The same in German.
    fileprivate var wort: String {
        switch self {
        case .text: "Text"
        case .longText: "langer Text"
        case .integer: "ganze Zahl"
        case .number: "Zahl"
        case .yesNo: "true oder false"
        case .choice: "eines von"
        case .choices: "mehrere von"
        case .date: "Datum"
        case .datetime: "Zeitpunkt"
        case .person: "Person"
        case .email: "E-Mail"
        case .money(let currency): "Betrag in \(currency)"
        case .time: "Uhrzeit"
        case .phone: "Telefon"
        case .url: "Adresse"
        case .file: "Name einer Datei"
        case .list(of: let element, _, _, _): "Liste: \(element.wort)"
        case .rows(let rows): "Zeilen mit \(rows.columns.fields.map(\.id.text).joined(separator: ", ")) als JSON"
        }
    }

    /// The word that files have for it.
    fileprivate var word: String {
        switch self {
        case .text: "text"
        case .longText: "long text"
        case .integer: "whole number"
        case .number: "number"
        case .yesNo: "true or false"
        case .choice: "one of"
        case .choices: "several of"
        case .date: "date"
        case .datetime: "moment"
        case .person: "person"
        case .email: "e-mail"
        case .money(let currency): "amount in \(currency)"
        case .time: "time"
        case .phone: "telephone"
        case .url: "address"
        case .file: "name of a file"
        case .list(of: let element, _, _, _): "list of \(element.word)"
        case .rows(let rows): "rows of \(rows.columns.fields.map(\.id.text).joined(separator: ", ")) as JSON"
        }
    }
}
