import Expressions
import HTTPTypes
import WorkflowCore

/// Reads the members of a body strictly: they are taken by name, and what nobody took is refused. All problems are reported together.
struct BodyReader {
    private var members: [String: JSONValue]
    private var problems: [Problem.Field] = []

    init(_ value: JSONValue) throws(Problem) {
        guard case .object(let members) = value else {
            throw Problem(.wrongType, detail: "The body must be a JSON object.")
        }
        self.members = members
    }

    /// A text that may be absent or null.
    mutating func optionalText(_ name: String) -> String? {
        switch members.removeValue(forKey: name) {
        case nil, .null: return nil
        case .string(let text): return text
        default:
            report(name, .wrongType, "“\(name)” must be a text.")
            return nil
        }
    }

    /// A text that must be there; empty after a problem, which `finish` reports.
    mutating func text(_ name: String) -> String {
        switch members.removeValue(forKey: name) {
        case .string(let text): return text
        case nil: report(name, .missingField, "“\(name)” is missing.")
        default: report(name, .wrongType, "“\(name)” must be a text.")
        }
        return ""
    }

    /// One of the cases, which must be there; nil after a problem.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        switch members.removeValue(forKey: name) {
        case .string(let text):
            if let choice = Choice(rawValue: text) { return choice }
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(name, .wrongType, "“\(name)” takes one of: \(choices).")
        case nil: report(name, .missingField, "“\(name)” is missing.")
        default: report(name, .wrongType, "“\(name)” must be a text.")
        }
        return nil
    }

    /// A list of texts that must be there; empty after a problem.
    mutating func texts(_ name: String) -> [String] {
        switch members.removeValue(forKey: name) {
        case .array(let values):
            let texts = values.compactMap { value in
                if case .string(let text) = value { text } else { nil }
            }
            if texts.count == values.count { return texts }
            report(name, .wrongType, "“\(name)” must be a list of texts.")
        case nil: report(name, .missingField, "“\(name)” is missing.")
        default: report(name, .wrongType, "“\(name)” must be a list of texts.")
        }
        return []
    }

    /// Texts by name; empty when absent, or after a problem.
    mutating func optionalTexts(of name: String) -> [String: String] {
        switch members.removeValue(forKey: name) {
        case nil: return [:]
        case .object(let entries) where entries.count <= 20:
            let texts = entries.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
            if texts.count == entries.count { return texts }
        default: break
        }
        report(name, .wrongType, "“\(name)” must be an object with at most 20 texts.")
        return [:]
    }

    /// A day such as `2026-12-01` that may be absent or null.
    mutating func day(_ name: String) -> CivilDate? {
        guard let text = optionalText(name) else { return nil }
        if let day = CivilDate(iso8601: text) { return day }
        report(name, .wrongType, "“\(name)” must be a day such as 2026-12-01.")
        return nil
    }

    /// Who reads a note; nil for `public`, also when absent or null.
    mutating func audience(_ name: String) -> NoteAudience? {
        guard let text = optionalText(name), text != "public" else { return nil }
        if let audience = NoteAudience(text) { return audience }
        report(name, .wrongType, "“\(name)” must be `public`, `internal`, or a team such as `team:hr`.")
        return nil
    }

    /// At most 200 identifiers; nil when absent or null.
    mutating func identifiers(_ name: String) -> [UniqueID]? {
        switch members.removeValue(forKey: name) {
        case nil, .null: return nil
        case .array(let elements) where elements.count <= 200:
            let found = elements.compactMap { element -> UniqueID? in
                if case .string(let text) = element { UniqueID(text) } else { nil }
            }
            if found.count == elements.count { return found }
        default: break
        }
        report(name, .wrongType, "“\(name)” must be a list of at most 200 identifiers.")
        return nil
    }

    /// A whole number that must be there; 0 after a problem.
    mutating func integer(_ name: String) -> Int {
        switch members.removeValue(forKey: name) {
        case .number(let text): if let number = Int(text) { return number }
        case nil:
            report(name, .missingField, "“\(name)” is missing.")
            return 0
        default: break
        }
        report(name, .wrongType, "“\(name)” must be a whole number.")
        return 0
    }

    /// A whole number that may be absent or null.
    mutating func optionalInteger(_ name: String) -> Int? {
        switch members[name] {
        case nil, .null:
            members[name] = nil
            return nil
        default: return integer(name)
        }
    }

    /// `true` or `false`, or what holds when it is absent.
    mutating func flag(_ name: String, else standard: Bool) -> Bool {
        switch members.removeValue(forKey: name) {
        case nil: return standard
        case .bool(let value): return value
        default:
            report(name, .wrongType, "“\(name)” must be true or false.")
            return standard
        }
    }

    /// Anything but nothing; null after a problem.
    mutating func value(_ name: String) -> JSONValue {
        if let value = members.removeValue(forKey: name), value != .null { return value }
        report(name, .missingField, "“\(name)” is missing.")
        return .null
    }

    /// The entries of a form by field; empty when absent.
    mutating func form(_ name: String) -> [FieldID: JSONValue] {
        switch members.removeValue(forKey: name) {
        case nil: return [:]
        case .object(let entries):
            return Dictionary(uniqueKeysWithValues: entries.map { (FieldID($0.key), $0.value) })
        default:
            report(name, .wrongType, "“\(name)” must be an object with the form's fields.")
            return [:]
        }
    }

    /// Throws when something was wrong or is left over.
    mutating func finish() throws(Problem) {
        for name in members.keys.sorted() { report(name, .unknownField, "“\(name)” does not exist here.") }
        guard let first = problems.first else { return }
        var problem = Problem(
            status: .unprocessableContent, code: first.code, detail: first.message, hint: nil)
        problem.fields = problems
        throw problem
    }

    private mutating func report(_ name: String, _ code: ProblemCode, _ message: String) {
        problems.append(Problem.Field(field: name, code: code.rawValue, message: message))
    }
}
