import Expressions

/// Why an entry is no value of its field.
struct FieldMistake: Error, Hashable {
    let code: String
    let message: String

    static func type(_ message: String) -> FieldMistake { FieldMistake(code: "form.type", message: message) }
}

/// Turns entries into typed values within the bounds of their field.
struct FieldReader {
    let directory: Directory
    let files: FileSource
    /// What the field holds already, which whoever may change it may name too.
    let held: [AttachedFile]

    func value(of kind: FieldKind, from entry: Entry) throws(FieldMistake) -> Value {
        switch entry {
        case .raw(let json): try bounded(try read(json, as: kind), kind)
        case .value(let value): try bounded(try accept(value, as: kind), kind)
        }
    }

    fileprivate func read(_ json: JSONValue, as kind: FieldKind) throws(FieldMistake) -> Value {
        switch kind {
        case .text, .longText, .email, .phone, .url:
            guard case .string(let text) = json else { throw .type("This must be text.") }
            return .string(text)
        case .integer:
            guard let text = json.scalarText, let number = Int64(text.trimmed) else {
                throw .type("This must be a whole number.")
            }
            return .int(number)
        case .number:
            guard let text = json.scalarText, let number = Double(text.trimmed), number.isFinite,
                text.unicodeScalars.allSatisfy({ "+-.eE0123456789 ".unicodeScalars.contains($0) })
            else { throw .type("This must be a number.") }
            return .double(number)
        case .yesNo:
            switch json {
            case .bool(let answer): return .bool(answer)
            case .string("true"): return .bool(true)
            case .string("false"): return .bool(false)
            default: throw .type("This must be true or false.")
            }
        case .choice:
            guard case .string(let text) = json else { throw .type("This must be one of the choices.") }
            return .string(text)
        case .choices(let list, _, _): return try readList(json, of: .choice(list))
        case .date:
            guard case .string(let text) = json, let date = CivilDate(iso8601: text.trimmed) else {
                throw .type("This must be a date like 2026-11-21.")
            }
            return .date(date)
        case .datetime:
            guard case .string(let text) = json, let instant = Instant(rfc3339: text.trimmed) else {
                throw .type("This must be a moment like 2026-11-21T09:00:00+01:00.")
            }
            return .timestamp(instant)
        case .person: return .person(try person(json).id.description)
        case .money(let currency): return .money(try money(json, in: currency))
        case .list(of: let element, _, _, _): return try readList(json, of: element)
        case .time:
            guard case .string(let text) = json, let time = TimeOfDay(text.trimmed) else {
                throw .type("This must be a time like 09:30.")
            }
            return .timeOfDay(time)
        case .file: return try file(json).value
        // Rows are read by their form's check, cell by cell, and stand in no list.
        case .rows: throw .type("Rows cannot stand here.")
        }
    }

    /// An identifier, or the object that a client was shown.
    private func file(_ json: JSONValue) throws(FieldMistake) -> AttachedFile {
        let text: String
        switch json {
        case .string(let written): text = written.trimmed
        case .object(let members):
            guard case .string(let id)? = members["id"] else { throw .type("This must be an uploaded file.") }
            text = id
        default: throw .type("This must be an uploaded file.")
        }
        guard let file = files.file(text) ?? held.first(where: { $0.id.description == text }) else {
            throw FieldMistake(
                code: "form.unknown_file", message: "There is no such file of yours; upload it first.")
        }
        return file
    }

    private func readList(_ json: JSONValue, of kind: FieldKind) throws(FieldMistake) -> Value {
        guard case .array(let elements) = json else { throw .type("This must be a list.") }
        var values: [Value] = []
        for element in elements { values.append(try read(element, as: kind)) }
        return .list(values)
    }

    private func person(_ json: JSONValue) throws(FieldMistake) -> Directory.Person {
        guard case .string(let text) = json else { throw .type("This must be a person's handle or identifier.") }
        let name = text.trimmed
        guard let person = directory.person(handle: name) ?? PersonID(name).flatMap({ directory[$0] }) else {
            throw FieldMistake(code: "form.unknown_person", message: "Nobody in the directory is called `\(name)`.")
        }
        return person
    }

    /// `1250.00`, `1250.00 EUR` or an object with `amount` and `currency`; fewer decimals than the currency has are filled up.
    private func money(_ json: JSONValue, in currency: String) throws(FieldMistake) -> Money {
        let mistake = FieldMistake.type("This must be an amount in \(currency) like 1250.00.")
        let text: String
        switch json {
        case .string(let written): text = written.trimmed
        case .number(let written): text = written
        case .object(let parts):
            guard parts.keys.allSatisfy({ $0 == "amount" || $0 == "currency" }),
                let amount = parts["amount"]?.scalarText
            else { throw mistake }
            switch parts["currency"] {
            case nil: text = amount.trimmed
            case .string(let code)?: text = "\(amount.trimmed) \(code)"
            default: throw mistake
            }
        default: throw mistake
        }
        let parts = text.split(separator: " ")
        guard let amount = parts.first, parts.count == 1 || (parts.count == 2 && parts[1] == currency) else {
            throw mistake
        }
        // Money reads whole amounts and full decimals; a single decimal, as in 12.5, is filled up.
        for zeros in ["", "0", "00", "000"] {
            if !zeros.isEmpty, !amount.contains(".") { break }
            if let money = Money("\(amount)\(zeros) \(currency)") { return money }
        }
        throw mistake
    }

    /// A parent's value is typed already; it still has to be of this field's type.
    private func accept(_ value: Value, as kind: FieldKind) throws(FieldMistake) -> Value {
        let value = kind.fitted(value.present ?? .null)
        switch (kind, value) {
        case (.text, .string), (.longText, .string), (.email, .string), (.choice, .string), (.integer, .int),
            (.number, .double), (.yesNo, .bool), (.date, .date), (.datetime, .timestamp), (.person, .person),
            (.phone, .string), (.url, .string), (.time, .timeOfDay):
            return value
        case (.file, .map):
            guard AttachedFile(value) != nil else { throw .type("This must be a file.") }
            return value
        case (.money(let currency), .money(let money)):
            guard money.currency == currency else { throw .type("This must be an amount in \(currency).") }
            return value
        case (.choices(let list, _, _), .list(let elements)): return try accept(elements, as: .choice(list))
        case (.list(of: let element, _, _, _), .list(let elements)): return try accept(elements, as: element)
        default: throw .type("This must be \(kind.expressionType.description).")
        }
    }

    private func accept(_ elements: [Value], as kind: FieldKind) throws(FieldMistake) -> Value {
        var values: [Value] = []
        for element in elements { values.append(try accept(element, as: kind)) }
        return .list(values)
    }
}

extension FieldKind {
    /// Whether values of the kind are written like that, within its bounds or not; who is named is not looked up. Files are none.
    package func reads(_ json: JSONValue) -> Bool {
        if case .person = self { return Self.text(maximumLength: .max).reads(json) }
        let reader = FieldReader(directory: Directory(revision: 0, people: []), files: .uploaded([:]), held: [])
        // The mistake would only say that it does not.
        return (try? reader.read(json, as: self)) != nil
    }

    /// The value as this kind holds it: a whole number becomes a number where numbers are asked.
    func fitted(_ value: Value) -> Value {
        if case .number = self, case .int(let number) = value { .double(Double(number)) } else { value }
    }
}

extension JSONValue {
    /// The text of a number or of a string: forms of web pages send numbers as text.
    var scalarText: String? {
        switch self {
        case .number(let text), .string(let text): text
        default: nil
        }
    }
}
