import Expressions
import WorkflowCore

/// A text with expressions that have been parsed, not yet checked.
struct DraftTemplate {
    struct Part {
        /// Whose text it is; several when the file says it once for all.
        let languages: [String]
        let template: TextTemplate
        let scalar: YAMLScalar
    }

    let parts: [Part]
}

extension ReadingContext {
    /// Text without expressions.
    func text(_ node: YAMLNode) -> LocalizedText? {
        guard let parts = texts(node) else { return nil }
        var byLanguage: [String: String] = [:]
        for (languages, scalar) in parts {
            if scalar.text.hasOpeningBraces {
                findings.error(
                    .configNotYet, "This text cannot hold `{{ expressions }}`.",
                    hint: "Titles of steps and messages of fields can.", at: scalar.location)
            }
            for language in languages { byLanguage[language] = scalar.text }
        }
        return LocalizedText(byLanguage)
    }

    /// Text with expressions.
    func template(_ node: YAMLNode) -> DraftTemplate? {
        guard let texts = texts(node) else { return nil }
        var parts: [DraftTemplate.Part] = []
        for (languages, scalar) in texts {
            guard let template = template(of: scalar) else { continue }
            parts.append(.init(languages: languages, template: template, scalar: scalar))
        }
        return parts.count == texts.count ? DraftTemplate(parts: parts) : nil
    }

    /// Says that people read the file's own word for something. Where there is one language, that may well be a word of it.
    ///
    /// - Parameter key: What gives it a text: `title` or `label`.
    func missText(of word: String, _ key: String, _ hint: String? = nil, at location: SourceLocation) {
        guard languages.count > 1 else { return }
        findings.warning(
            .textUntitled, "`\(word)` has no `\(key)`, so people of every language read `\(word)`.",
            hint: hint ?? "Write `\(key): {\(languageKeys)}`.", at: location)
    }

    /// `en: …, de: …`
    var languageKeys: String { languages.map { "\($0): …" }.joined(separator: ", ") }

    func template(of scalar: YAMLScalar) -> TextTemplate? {
        do throws(ExpressionIssues) {
            return try TextTemplate.parse(scalar.text)
        } catch {
            for issue in error.issues { findings.error(issue, in: scalar) }
            return nil
        }
    }

    /// The scalars of a text and the languages each is for; every language of the organisation once, or a complaint and nil.
    private func texts(_ node: YAMLNode) -> [(languages: [String], scalar: YAMLScalar)]? {
        switch node {
        case .broken: return nil
        case .scalar(let scalar):
            return isWhole(scalar) ? [(languages, scalar)] : nil
        case .sequence:
            findings.error(
                .configWrongType, "A text belongs here, not a list.",
                hint: "Put a text that begins with `[` in quotes.",
                at: node.location)
            return nil
        case .mapping(let mapping):
            var found: [(languages: [String], scalar: YAMLScalar)] = []
            var isSound = true
            for entry in mapping.entries {
                guard languages.contains(entry.key.text) else {
                    findings.error(
                        .textUnknownLanguage, "The organisation has no language `\(entry.key.text)`.",
                        hint: "It has \(languages.joined(separator: ", ")).", at: entry.key.location)
                    isSound = false
                    continue
                }
                guard let scalar = entry.value.scalar("a text", findings), isWhole(scalar) else {
                    isSound = false
                    continue
                }
                found.append(([entry.key.text], scalar))
            }
            let missing = languages.filter { mapping[$0] == nil }
            guard missing.isEmpty else {
                findings.error(
                    .textMissingLanguage, "The text is missing in \(missing.joined(separator: ", ")).",
                    at: node.location)
                return nil
            }
            return isSound ? found : nil
        }
    }

    /// Complains about a text that is empty or that YAML has probably cut off.
    private func isWhole(_ scalar: YAMLScalar) -> Bool {
        guard scalar.text.utf8.contains(where: { $0 > 0x20 }) else {
            findings.error(
                .yamlEmptyValue, "The text is empty.", hint: "Write a text, or take the key out.", at: scalar.location)
            return false
        }
        guard scalar.style == .plain else { return true }
        let scalars = scalar.source.scalars
        let rest = scalars[min(scalar.range.upperBound, scalars.count)...]
        let comment = rest.drop { $0 == " " || $0 == "\t" }
        if comment.startIndex > rest.startIndex, comment.first == "#",
            let next = comment.dropFirst().first, next != " ", next != "#", next != "\n", next != "\r"
        {
            findings.warning(
                .yamlComment, "The text ends before ` #`, which begins a comment.",
                hint: "Put the text in quotes, or a space behind the `#` of a comment.",
                at: scalar.source.location(comment.startIndex..<comment.startIndex + 1))
        }
        return true
    }
}

extension String {
    /// Whether `{{` stands in it. By octets, because searching by characters takes twenty times as long.
    fileprivate var hasOpeningBraces: Bool {
        var previous: UInt8 = 0
        for byte in utf8 {
            if byte == UInt8(ascii: "{"), previous == byte { return true }
            previous = byte
        }
        return false
    }
}
