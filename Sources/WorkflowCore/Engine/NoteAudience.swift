/// Who reads a note: never the requester or the person the request is for, whatever else they are.
public enum NoteAudience: Hashable, Sendable {
    /// Everybody who works on the request.
    case workers
    /// Those of them who are in this team.
    case team(TeamID)
}

extension NoteAudience: LosslessStringConvertible, Codable {
    /// `internal` or `team:hr-payroll`, as files, the API and stored events write it.
    public var description: String {
        switch self {
        case .workers: "internal"
        case .team(let team): Party.team(team).description
        }
    }

    /// Nil for anything else.
    public init?(_ text: String) {
        if text == "internal" {
            self = .workers
        } else if case .team(let team)? = Party(text) {
            self = .team(team)
        } else {
            return nil
        }
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let audience = NoteAudience(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the readers of a note")
        }
        self = audience
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
