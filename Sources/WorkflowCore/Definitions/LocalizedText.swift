public import Expressions

/// A text in the organisation's languages, without expressions: labels, titles of request types, names of teams.
public struct LocalizedText: Hashable, Sendable, Codable {
    /// Text by language tag (`en`, `de`). A text that is the same in every language stands under each of them.
    public let byLanguage: [String: String]

    /// Takes the parts as they are.
    public init(_ byLanguage: [String: String]) {
        self.byLanguage = byLanguage
    }

    /// The text in a language, else in that language of no country (`de` for `de-AT`), else in the first of `fallbacks` that has one,
    /// else the first by language tag; empty only when there is no text at all.
    public func text(in language: String, fallbacks: [String] = ["en"]) -> String {
        for candidate in [language, language.withoutCountry] + fallbacks {
            if let text = byLanguage[candidate] { return text }
        }
        return byLanguage.min { $0.key < $1.key }?.value ?? ""
    }
}

/// A text in the organisation's languages with checked `{{ expressions }}` inside.
public struct LocalizedTemplate: Sendable {
    /// Template by language tag.
    public let byLanguage: [String: CheckedTemplate]

    /// Takes the parts as they are.
    public init(_ byLanguage: [String: CheckedTemplate]) {
        self.byLanguage = byLanguage
    }
}

extension String {
    /// An identifier as words, where nobody has given it a title: `first_day` is `First day`.
    package var identifierInWords: String {
        let words = split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The language of a language tag: `de` of `de-AT`.
    var withoutCountry: String { String(prefix { $0 != "-" }) }

    /// Whether a language tag means German, in whatever country.
    package var isGerman: Bool { withoutCountry == "de" }
}
