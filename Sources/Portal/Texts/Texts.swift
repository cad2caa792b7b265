import Expressions
import WorkflowCore

/// What pages say, in one reader's language and zone.
package struct Texts: Sendable {
    /// A language tag.
    let language: String
    /// In which moments are shown.
    let home: ZoneRules
    let now: Instant
    /// Whether that is the reader's own zone and not the organisation's.
    let isOwnZone: Bool

    init(language: String, home: ZoneRules, now: Instant, isOwnZone: Bool = false) {
        self.language = language
        self.home = home
        self.now = now
        self.isOwnZone = isOwnZone
    }

    /// Languages that the pages themselves are written in; others read English.
    static let languages = ["en", "de"]

    var isGerman: Bool { language.isGerman }

    subscript(_ text: Text) -> String { isGerman ? text.german : text.english }

    /// The text with what stands for `{1}` and `{2}`, put in once and as it is.
    func callAsFunction(_ text: Text, _ first: String, _ second: String = "") -> String {
        Self.filled(self[text], first, second)
    }

    static func filled(_ text: String, _ first: String, _ second: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let brace = rest.firstIndex(of: "{") {
            result += rest[..<brace]
            rest = rest[brace...]
            if rest.hasPrefix("{1}") { result += first } else if rest.hasPrefix("{2}") { result += second }
            rest = rest.dropFirst(3)
        }
        return result + rest
    }
}

extension Texts {
    /// `21 November 2026`, `21. November 2026`.
    func date(_ date: CivilDate) -> String {
        let month = (isGerman ? Self.germanMonths : Self.englishMonths)[date.month - 1]
        return "\(date.day)\(isGerman ? "." : "") \(month) \(date.year)"
    }

    /// Near days by name, others with their date; always with the time.
    func moment(_ instant: Instant) -> String {
        let local = home.civil(of: instant)
        let time = TimeOfDay(hour: local.hour, minute: local.minute)?.description ?? ""
        switch local.date.daysSinceEpoch - today.daysSinceEpoch {
        case 0: return self(.todayAt, time)
        case 1: return self(.tomorrowAt, time)
        case -1: return self(.yesterdayAt, time)
        default: return "\(date(local.date)), \(time)"
        }
    }

    /// A span as files write it, `3 working days`, in the reader's words.
    func span(_ text: String) -> String {
        guard isGerman else { return text }
        let words = text.split(separator: " ").map(String.init)
        guard let number = words.first, let unit = Self.germanUnits[words.dropFirst().joined(separator: " ")] else {
            return text
        }
        return "\(number) \(number == "1" ? unit.one : unit.many)"
    }

    private static let germanUnits: [String: (one: String, many: String)] = {
        let units = [
            ("working day", "Arbeitstag", "Arbeitstage"), ("working hour", "Arbeitsstunde", "Arbeitsstunden"),
            ("working minute", "Arbeitsminute", "Arbeitsminuten"), ("week", "Woche", "Wochen"),
            ("day", "Tag", "Tage"), ("hour", "Stunde", "Stunden"), ("minute", "Minute", "Minuten"),
            ("month", "Monat", "Monate"), ("second", "Sekunde", "Sekunden"),
        ]
        return Dictionary(
            uniqueKeysWithValues: units.flatMap { [($0, ($1, $2)), ("\($0)s", ($1, $2))] })
    }()

    private var today: CivilDate { home.civil(of: now).date }

    /// What an input of the type `datetime-local` takes.
    func localText(_ instant: Instant) -> String {
        let local = home.civil(of: instant)
        return "\(local.date)T\(TimeOfDay(hour: local.hour, minute: local.minute)?.description ?? "00:00")"
    }

    /// The moment that such an input gives, as RFC 3339; the text itself when it is none.
    func instantText(_ text: String) -> String {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(iso8601: String(parts[0])),
            let time = TimeOfDay(String(parts[1].prefix(5)))
        else { return text }
        return home.instant(of: date, time).description
    }

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let germanMonths = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ]
}

extension Texts {
    /// What somebody wrote as a number, as the engine reads it: in German a comma begins the decimals, in English a point. A mark that
    /// cannot group thousands is taken for the beginning of decimals in both.
    func number(_ text: String) -> String {
        var digits = text.filter { !$0.isWhitespace && $0 != "'" }
        let (decimal, group): (Character, Character) = isGerman ? (",", ".") : (".", ",")
        let groups = digits.filter { $0 == group }.count
        if digits.contains(decimal) || groups > 1 || isGrouping(digits, group) {
            digits.removeAll { $0 == group }
        }
        return String(digits.map { $0 == "," ? "." : $0 })
    }

    /// Whether one mark has three digits behind it, and at most three before it that are not `0` alone.
    private func isGrouping(_ text: String, _ mark: Character) -> Bool {
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let head = parts[0].drop { $0 == "-" || $0 == "+" }
        return parts[1].count == 3 && (1...3).contains(head.count) && head != "0"
    }

    /// A number of the engine as somebody writes it.
    func numberEntry(_ text: String) -> String {
        let whole = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return isGerman ? String(whole.map { $0 == "." ? "," : $0 }) : whole
    }
}

extension Texts {
    /// A value in the reader's words; numbers and amounts as their language writes them.
    ///
    /// - Parameter text: What the desk says for it, in which numbers stand as programs write them.
    func shown(_ value: JSONValue?, _ text: String) -> String {
        guard isGerman, let value else { return text }
        return number(in: value) ?? text
    }

    /// Nil for what is no number, amount or list of those.
    private func number(in value: JSONValue) -> String? {
        switch value {
        case .number(let number): return numberEntry(number)
        case .object(let members):
            guard members.count == 2, case .string(let amount)? = members["amount"],
                case .string(let currency)? = members["currency"]
            else { return nil }
            return "\(grouped(amount)) \(currency)"
        case .array(let elements):
            let numbers = elements.compactMap(number)
            return numbers.isEmpty || numbers.count < elements.count ? nil : numbers.joined(separator: "; ")
        default: return nil
        }
    }

    /// `-1.234,50` of `-1234.50`.
    private func grouped(_ amount: String) -> String {
        let parts = amount.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return amount }
        let digits = whole.drop { $0 == "-" }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(".") }
            result.append(digit)
        }
        return (whole.hasPrefix("-") ? "-" : "")
            + ([result] + parts.dropFirst().map(String.init)).joined(separator: ",")
    }
}
