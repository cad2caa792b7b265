public import Expressions

/// Values as people read them, in one language.
public struct ValueText: Sendable {
    private let language: String
    /// The reader's language, then the organisation's.
    var languages: [String] { [language, base] + fallbacks }
    private var fallbacks: [String] { configuration.organisation.languages }
    let configuration: Configuration
    private let directory: Directory
    private let home: ZoneRules

    /// - Parameters:
    ///   - language: A language tag; months and yes or no are known in English and German, other languages see ISO dates and English.
    ///   - home: The zone in which moments are shown.
    public init(language: String, configuration: Configuration, directory: Directory, home: ZoneRules) {
        self.language = language
        self.configuration = configuration
        self.directory = directory
        self.home = home
    }

    /// A field's value: a choice by its label, a person by name, a date written out.
    public func text(_ value: Value, _ kind: FieldKind) -> String {
        switch (kind, value.present) {
        case (.choice(let list), .string(let text)?): label(text, list)
        case (.choices(let list, _, _), .list(let elements)?):
            elements.map { self.text($0, .choice(list)) }.joined(separator: ", ")
        case (.list(of: let element, _, _, _), .list(let elements)?):
            elements.map { self.text($0, element) }.joined(separator: ", ")
        case (.rows(let rows), .list(let elements)?):
            elements.map { row($0.members, rows.columns) }.joined(separator: "; ")
        default: text(value)
        }
    }

    /// `Item: Chair, Quantity: 2`: what is there, with its labels, in the order of the columns.
    private func row(_ cells: [String: Value], _ columns: Form) -> String {
        columns.fields.compactMap { column in
            guard let value = cells[column.id.text] else { return nil }
            let label = column.label.text(in: language, fallbacks: fallbacks)
            return "\(label): \(text(value, column.kind))"
        }.joined(separator: ", ")
    }

    /// A value of which only its type is known.
    public func text(_ value: Value) -> String {
        switch value {
        case .null, .optional(nil): ""
        case .optional(let value?): text(value)
        case .bool(let answer): answer ? yes : no
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): String(number).wholeNumber
        case .string(let text), .type(let text): text
        case .bytes(let bytes): "\(bytes.count) B"
        case .list(let values): values.map { text($0) }.joined(separator: ", ")
        case .map(let map): AttachedFile(value)?.name ?? map.values.map { text($0) }.sorted().joined(separator: ", ")
        case .timestamp(let instant): moment(instant)
        case .duration(let duration): duration.description
        case .date(let date): self.date(date)
        case .timeOfDay(let time): time.description
        case .span(let span): span.description
        case .money(let money): money.description
        case .person(let text): PersonID(text).map { directory.name(of: $0) } ?? ""
        }
    }

    /// `21 November 2026`, `21. November 2026`.
    public func date(_ date: CivilDate) -> String {
        guard let months = Self.months[base] else { return date.description }
        return "\(date.day)\(language.isGerman ? "." : "") \(months[date.month - 1]) \(date.year)"
    }

    /// The date and the time on the home zone's clocks.
    public func moment(_ instant: Instant) -> String {
        let local = home.civil(of: instant)
        let time = TimeOfDay(hour: local.hour, minute: local.minute)?.description ?? ""
        return "\(date(local.date)), \(time)"
    }

    func label(_ value: String, _ list: ChoiceList) -> String {
        let choice = list.choices.first { $0.value == value }
        return choice?.label.text(in: language, fallbacks: fallbacks) ?? value
    }

    /// `de` of `de-AT`.
    private var base: String { language.withoutCountry }
    private var yes: String { language.isGerman ? "Ja" : "Yes" }
    private var no: String { language.isGerman ? "Nein" : "No" }

    private static let months: [String: [String]] = [
        "en": [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        "de": [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ],
    ]
}

extension String {
    /// A number's text without the `.0` of a whole one.
    fileprivate var wholeNumber: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
