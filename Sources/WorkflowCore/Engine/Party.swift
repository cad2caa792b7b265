/// Whom something is offered to or told. Memberships are not resolved: who joins the team tomorrow sees its queue tomorrow.
public enum Party: Hashable, Comparable, Sendable {
    case person(PersonID)
    case team(TeamID)
    case role(RoleID)
    case group(GroupID)
    /// Whoever holds the receipt of the request: its requester, of whom nobody knows who it is. The directory finds nobody behind it.
    case anonymous
}

extension Party: CustomStringConvertible {
    /// `team:it`, `person:0192…`: how it is stored and sent.
    public var description: String {
        switch self {
        case .person(let id): "person:\(id)"
        case .team(let id): "team:\(id)"
        case .role(let id): "role:\(id)"
        case .group(let id): "group:\(id)"
        case .anonymous: "anonymous"
        }
    }

    /// Reads the stored form; nil when the text is not one.
    public init?(_ text: some StringProtocol) {
        if text == "anonymous" {
            self = .anonymous
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[text.index(after: colon)...]
        guard !name.isEmpty else { return nil }
        switch text[..<colon] {
        case "person":
            guard let id = PersonID(name) else { return nil }
            self = .person(id)
        case "team": self = .team(TeamID(String(name)))
        case "role": self = .role(RoleID(String(name)))
        case "group": self = .group(GroupID(String(name)))
        default: return nil
        }
    }
}

extension Party: Codable {
    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let party = Party(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a party")
        }
        self = party
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
