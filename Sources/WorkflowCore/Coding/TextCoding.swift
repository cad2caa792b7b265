/// A type whose stored form is one text.
protocol TextCodable: Codable, CustomStringConvertible {
    /// What the text should have been, for the error: `a party`.
    static var textMeaning: String { get }
    /// Nil when the text is not one.
    init?(storedText: String)
}

extension TextCodable {
    /// Reads the text of `description`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(storedText: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not \(Self.textMeaning)")
        }
        self = value
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Need: TextCodable {
    static var textMeaning: String { "how many approvals are needed" }

    /// `any`, `all`, `each`, `2` or `60%`: as in the files, and as it is stored.
    public var description: String {
        switch self {
        case .any: "any"
        case .all: "all"
        case .each: "each"
        case .count(let count): "\(count)"
        case .percent(let percent): "\(percent)%"
        }
    }

    init?(storedText text: String) {
        switch text {
        case "any": self = .any
        case "all": self = .all
        case "each": self = .each
        default:
            if let count = Int(text) {
                self = .count(count)
            } else if text.hasSuffix("%"), let percent = Int(text.dropLast()) {
                self = .percent(percent)
            } else {
                return nil
            }
        }
    }
}

extension Principal: TextCodable {
    static var textMeaning: String { "a principal" }

    /// `person:0192…`, `service:0192…`, `anonymous` or `system:timer`: how it is stored. The receipt of an anonymous person is that of
    /// the request whose journal says so.
    public var description: String {
        switch self {
        case .person(let person): "person:\(person)"
        case .service(let account): "service:\(account)"
        case .anonymous: "anonymous"
        case .system(let purpose): "system:\(purpose.rawValue)"
        }
    }

    init?(storedText text: String) { self.init(text) }

    /// Reads the stored form; nil when the text is not one.
    public init?(_ text: some StringProtocol) {
        if text == "anonymous" {
            self = .anonymous(receiptFor: nil)
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "person":
            guard let person = PersonID(name) else { return nil }
            self = .person(person)
        case "service":
            guard let account = PersonID(name) else { return nil }
            self = .service(account)
        case "system":
            guard let purpose = SystemPurpose(rawValue: name) else { return nil }
            self = .system(purpose)
        default: return nil
        }
    }
}
