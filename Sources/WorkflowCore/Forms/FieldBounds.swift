import Expressions

extension FieldReader {
    /// The value as it is kept; throws when it is outside the bounds of its field.
    func bounded(_ value: Value, _ kind: FieldKind) throws(FieldMistake) -> Value {
        switch (kind, value) {
        case (.text(let maximum), .string(let text)):
            guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) else {
                throw .type("This must be a single line.")
            }
            return .string(try checkedText(text.trimmed, maximum))
        case (.longText(let maximum), .string(let text)): return .string(try checkedText(text, maximum))
        case (.email, .string(let text)): return .string(try checkedEmail(text.trimmed))
        case (.phone, .string(let text)): return .string(try checkedPhone(text.trimmed))
        case (.url, .string(let text)): return .string(try checkedURL(text.trimmed))
        case (.integer(let minimum, let maximum), .int(let number)):
            try check(number, minimum, maximum)
            return value
        case (.number(let minimum, let maximum), .double(let number)):
            guard number.isFinite else { throw .type("This must be a number.") }
            try check(number, minimum, maximum)
            return value
        case (.choice(let list), .string(let text)):
            return .string(try choice(text, of: list))
        case (.choices(let list, let minimum, let maximum), .list(let elements)):
            var values: [Value] = []
            for case .string(let text) in elements { values.append(.string(try choice(text, of: list))) }
            try check(values, minimum, maximum, isUnique: true)
            return .list(values)
        case (.list(of: let element, let minimum, let maximum, let isUnique), .list(let elements)):
            var values: [Value] = []
            for element_ in elements { values.append(try bounded(element_, element)) }
            try check(values, minimum, maximum, isUnique: isUnique)
            return .list(values)
        case (.person, .person(let text)):
            guard let person = PersonID(text), directory.isActive(person) else {
                throw FieldMistake(
                    code: "form.unknown_person", message: "This person is not in the directory any more.")
            }
            return value
        case (.file(let kind), .map):
            if let file = AttachedFile(value) { try check(file, kind) }
            return value
        default: return value
        }
    }

    private func check(_ file: AttachedFile, _ kind: FileKind) throws(FieldMistake) {
        guard file.size <= kind.maximumSize else {
            throw FieldMistake(
                code: "form.file_too_large",
                message: "“\(file.name)” is larger than \(kind.sizeText).")
        }
        guard kind.takes(file.mediaType) else {
            let names = kind.types.sorted().map(\.rawValue).joined(separator: ", ")
            throw FieldMistake(
                code: "form.file_type", message: "“\(file.name)” is no file of the kind asked for (\(names)).")
        }
    }

    private func checkedText(_ text: String, _ maximum: Int) throws(FieldMistake) -> String {
        guard text.isStorable else { throw .type("This holds a character that cannot be stored.") }
        guard text.unicodeScalars.count <= maximum else {
            throw FieldMistake(code: "form.too_long", message: "This may have at most \(maximum) characters.")
        }
        return text
    }

    private func check<Number: Comparable>(_ number: Number, _ minimum: Number?, _ maximum: Number?)
        throws(FieldMistake)
    {
        if let minimum, number < minimum {
            throw FieldMistake(code: "form.too_small", message: "This must be at least \(minimum).")
        }
        if let maximum, number > maximum {
            throw FieldMistake(code: "form.too_large", message: "This must be at most \(maximum).")
        }
    }

    /// The choice as the list writes it. A text may be canonically the same in other scalars (ü as u and diaeresis), and expressions
    /// compare scalars: kept as it came, it would be a choice for which no condition holds.
    private func choice(_ text: String, of list: ChoiceList) throws(FieldMistake) -> String {
        if let choice = list.choices.first(where: { $0.value == text }) { return choice.value }
        let hint = NearestName.hint(for: text, among: list.choices.map(\.value)).map { " \($0)" } ?? ""
        throw FieldMistake(code: "form.unknown_choice", message: "`\(text)` is not one of the choices.\(hint)")
    }

    private func check(
        _ elements: [Value], _ minimum: Int, _ maximum: Int?, isUnique: Bool
    ) throws(FieldMistake) {
        if elements.count < minimum {
            throw FieldMistake(code: "form.too_few", message: "At least \(minimum) are needed.")
        }
        if let maximum, elements.count > maximum {
            throw FieldMistake(code: "form.too_many", message: "At most \(maximum) are allowed.")
        }
        if isUnique, Set(elements).count < elements.count {
            throw FieldMistake(code: "form.duplicate", message: "Each may be there only once.")
        }
    }
}
