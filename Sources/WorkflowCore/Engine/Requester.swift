/// Who asked for a request: somebody whom the directory knows, or somebody who did not say who they are.
public enum Requester: Hashable, Sendable {
    case person(PersonID)
    /// Nobody knows who. Whoever holds the receipt of the request is them.
    case anonymous

    /// The person, or somebody anonymous.
    public init(_ person: PersonID?) {
        self = person.map { .person($0) } ?? .anonymous
    }

    /// The person; nil for somebody anonymous.
    public var person: PersonID? {
        if case .person(let person) = self { person } else { nil }
    }

    /// The requester as a party that is told and asked.
    public var party: Party {
        switch self {
        case .person(let person): .person(person)
        case .anonymous: .anonymous
        }
    }

    /// The requester as the one who gives a command on their request.
    public func principal(of request: RequestID) -> Principal {
        switch self {
        case .person(let person): .person(person)
        case .anonymous: .anonymous(receiptFor: request)
        }
    }
}

extension Requester: CustomStringConvertible {
    /// The person's identifier, or `anonymous`: how it is stored and sent. What earlier releases stored is always a person.
    public var description: String {
        switch self {
        case .person(let person): person.description
        case .anonymous: "anonymous"
        }
    }

    /// Reads the stored form; nil when the text is not one.
    public init?(_ text: some StringProtocol) {
        if text == "anonymous" {
            self = .anonymous
        } else if let person = PersonID(text) {
            self = .person(person)
        } else {
            return nil
        }
    }
}

extension Requester: Codable {
    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let requester = Requester(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a requester")
        }
        self = requester
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
