import Expressions
import ServiceDesk
import WorkflowCore

/// What a draft holds as a form would have sent it: the way back from `EntryReader`.
struct DraftFields {
    let texts: Texts

    func fields(_ draft: KeptDraft, asking questions: [FormFieldView]) -> FormFields {
        var pairs: [FormFields.Pair] = []
        if let whom = draft.beneficiary { pairs.append(FormFields.Pair("for", whom)) }
        if let key = draft.key { pairs.append(FormFields.Pair("key", key)) }
        // Sent as if its window had stayed open: what others did meanwhile is told then.
        if let request = draft.request { pairs.append(FormFields.Pair("version", String(request.version))) }
        return FormFields(pairs: pairs + self.pairs(draft.entries, questions, prefix: "f."))
    }

    private func pairs(
        _ entries: [FieldID: JSONValue], _ questions: [FormFieldView], prefix: String
    ) -> [FormFields.Pair] {
        questions.flatMap { question -> [FormFields.Pair] in
            guard let entry = entries[question.id] else { return [] }
            let name = prefix + question.id.text
            return self.pairs(entry, question, name) + [FormFields.Pair("shown", name)]
        }
    }

    private func pairs(_ entry: JSONValue, _ question: FormFieldView, _ name: String) -> [FormFields.Pair] {
        guard case .array(let elements) = entry else {
            return text(entry, question.type).map { [FormFields.Pair(name, $0)] } ?? []
        }
        if question.type == "rows" {
            return elements.enumerated().flatMap { index, element -> [FormFields.Pair] in
                guard case .object(let members) = element else { return [] }
                let cells = Dictionary(uniqueKeysWithValues: members.map { (FieldID($0.key), $0.value) })
                let row = "\(name)[\(index)]"
                return pairs(cells, question.columns, prefix: "\(row).") + [FormFields.Pair("row", row)]
            }
        }
        let texts = elements.compactMap { text($0, question.elementType ?? "text") }
        if question.type == "choices" || question.elementType == "choice" {
            return texts.map { FormFields.Pair(name, $0) }
        }
        return [FormFields.Pair(name, texts.joined(separator: "\n"))]
    }

    private func text(_ value: JSONValue, _ type: String) -> String? {
        switch value {
        case .null, .array: nil
        case .bool(let answer): answer ? "true" : "false"
        case .number(let number): texts.numberEntry(number)
        case .object(let members): members["amount"].flatMap { text($0, type) }
        case .string(let text):
            switch type {
            case "integer", "number", "money": texts.numberEntry(text)
            case "datetime": Instant(rfc3339: text).map(texts.localText) ?? text
            default: text
            }
        }
    }
}
