/// Whether a span moves dates or moments.
public enum SpanKind: Hashable, Sendable {
    /// Days, weeks, months and working days: they move dates, and moments keep their time of day.
    case civil
    /// Minutes and hours, working ones too: they move moments only.
    case elapsed
}

/// An amount of time as people say it: `2 working days`, `1 week`. How long it is depends on where it starts.
public struct Span: Hashable, Sendable, CustomStringConvertible {
    /// What is counted; the raw value is the plural as written in expressions.
    public enum Unit: String, Hashable, Sendable, CaseIterable, Codable {
        case minutes
        case hours
        case days
        case weeks
        case months
        case workingMinutes = "working minutes"
        case workingHours = "working hours"
        case workingDays = "working days"

        /// Whether it moves dates or moments.
        public var kind: SpanKind {
            switch self {
            case .days, .weeks, .months, .workingDays: .civil
            case .minutes, .hours, .workingMinutes, .workingHours: .elapsed
            }
        }

        /// The unit of a word as written, singular or plural; nil for any other word.
        public init?(word: String) {
            guard let unit = Unit(rawValue: word) ?? Unit(rawValue: word + "s") else { return nil }
            self = unit
        }
    }

    /// How many; negative for a span that goes back.
    public let amount: Int64
    /// What is counted.
    public let unit: Unit

    /// So many of a unit.
    public init(amount: Int64, unit: Unit) {
        (self.amount, self.unit) = (amount, unit)
    }

    /// Reads `2 working days`, `1 week`, `-30 minutes`, words separated by single spaces; nil for everything else.
    public init?(_ text: String) {
        var scanner = Substring(text)
        guard let space = scanner.firstIndex(of: " "), let amount = Int64(scanner[..<space]), scanner.first != "+"
        else {
            return nil
        }
        scanner = scanner[scanner.index(after: space)...]
        guard let unit = Unit(word: String(scanner)) else { return nil }
        self.init(amount: amount, unit: unit)
    }

    /// Whether it moves dates or moments.
    public var kind: SpanKind { unit.kind }

    /// As written in expressions, `2 working days`, `1 week`.
    public var description: String {
        "\(amount) \(amount == 1 || amount == -1 ? String(unit.rawValue.dropLast()) : unit.rawValue)"
    }

    /// The same span in the smallest unit that it can be counted in exactly: weeks as days, hours as minutes; nil on
    /// overflow. Two spans compare when these have one unit.
    var normalized: Span? {
        let (factor, unit): (Int64, Unit) =
            switch unit {
            case .hours: (60, .minutes)
            case .workingHours: (60, .workingMinutes)
            case .weeks: (7, .days)
            case .minutes, .days, .months, .workingMinutes, .workingDays: (1, unit)
            }
        let (amount, overflow) = amount.multipliedReportingOverflow(by: factor)
        return overflow ? nil : Span(amount: amount, unit: unit)
    }
}

extension Span: Codable {
    /// Reads the text of `description`.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, "a span like 2 working days") { Span($0) }
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
