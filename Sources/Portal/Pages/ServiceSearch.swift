import ServiceDesk
import WorkflowCore

/// Finds services by what people call their need: any of the words, wherever the service or its questions speak of it.
struct ServiceSearch {
    /// What a service says, by how much it counts.
    private struct Said {
        var title: Set<String> = []
        /// Of the summary, the department, the identifier and the words that are there for this alone.
        var summary: Set<String> = []
        /// Of the questions and their choices.
        var form: Set<String> = []
    }

    private var services: [RequestTypeID: Said] = [:]
    private var order: [RequestTypeID] = []

    /// Takes services in one language; in another they may be added again.
    mutating func add(_ entries: [CatalogueEntry]) {
        for entry in entries {
            if services[entry.type] == nil { order.append(entry.type) }
            var said = services[entry.type] ?? Said()
            said.title.formUnion(Self.words(entry.title))
            said.summary.formUnion(
                Self.words(
                    [entry.summary, entry.keywords, entry.departmentTitle, entry.type.text].compactMap { $0 }
                        .joined(separator: " ")))
            said.form.formUnion(entry.form.flatMap(Self.words(of:)))
            services[entry.type] = said
        }
    }

    /// The places of what fits, beginning with 0 for the best: first what more of the words fit, then what says them more plainly.
    /// Beside something that fits better, what is two words short is left out.
    func found(_ text: String) -> [RequestTypeID: Int] {
        let asked = Self.words(text)
        let telling = asked.filter { $0.count > 2 && !Self.common.contains($0) }
        let wanted = telling.isEmpty ? asked : telling
        let scored = order.compactMap { id -> (id: RequestTypeID, matched: Int, weight: Int)? in
            guard let said = services[id] else { return nil }
            let weights = wanted.map { Self.weight(of: $0, in: said) }
            let matched = weights.filter { $0 > 0 }.count
            return matched == 0 && !wanted.isEmpty ? nil : (id, matched, weights.reduce(0, +))
        }
        let best = scored.map(\.matched).max() ?? 0
        let ranked = scored.filter { $0.matched + 1 >= best }.enumerated().sorted { left, right in
            (right.element.matched, right.element.weight, left.offset)
                < (left.element.matched, left.element.weight, right.offset)
        }
        return Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1.element.id, $0) })
    }

    private static func weight(of word: String, in said: Said) -> Int {
        if said.title.contains(where: { fits($0, word) }) { return 6 }
        if said.summary.contains(where: { fits($0, word) }) { return 3 }
        return said.form.contains { fits($0, word) } ? 2 : 0
    }

    /// Whether a word is what was asked: it begins so, is what was asked without an ending, or, in a long one, holds it, as German
    /// words hold others.
    private static func fits(_ word: String, _ asked: String) -> Bool {
        if word.hasPrefix(asked) { return true }
        if word.count > 3, asked.count - word.count <= 2, asked.hasPrefix(word) { return true }
        return asked.count > 3 && word.contains(asked)
    }

    private static func words(of field: FormFieldView) -> [String] {
        words("\(field.label) \(field.help ?? "")") + field.choices.flatMap { words($0.label) }
            + field.columns.flatMap(words(of:))
    }

    /// Letters and digits in lower case, with German umlauts as they are also written; `Wi-Fi` is also one word.
    static func words(_ text: String) -> [String] {
        text.lowercased().split(whereSeparator: \.isWhitespace).flatMap { part -> [String] in
            let pieces = plain(part).split(separator: " ").map(String.init)
            return pieces.count > 1 && part.contains("-") ? pieces + [pieces.joined()] : pieces
        }
    }

    private static func plain(_ text: Substring) -> String {
        var result = ""
        for character in text {
            switch character {
            case "ä": result += "ae"
            case "ö": result += "oe"
            case "ü": result += "ue"
            case "ß": result += "ss"
            default: result.append(character.isLetter || character.isNumber ? character : " ")
            }
        }
        return result
    }

    /// Words that say nothing of what somebody needs.
    private static let common: Set<String> = [
        "and", "are", "das", "dem", "den", "der", "die", "ein", "eine", "einen", "for", "fuer", "has", "have", "ich",
        "ist", "mein", "meine", "meinen", "mit", "need", "not", "the", "und", "want", "with",
    ]
}
