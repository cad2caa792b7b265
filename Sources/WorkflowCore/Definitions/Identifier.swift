/// A textual identifier of one kind of thing, so that a team cannot be passed where a role is meant.
///
/// The text is what authors write in the files (`hr-payroll`, `hr.onboarding`, `decide`); it is never empty.
public struct Identifier<Kind>: Hashable, Comparable, Sendable {
    /// The identifier as written.
    public let text: String

    /// Wraps a text that has already been checked by whoever read it.
    public init(_ text: String) {
        self.text = text
    }

    /// By text.
    public static func < (left: Self, right: Self) -> Bool {
        left.text < right.text
    }
}

extension Identifier: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}

extension Identifier: ExpressibleByStringLiteral {
    /// Takes the parts as they are.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Identifier: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// `hr`; the name of its folder.
public typealias DepartmentID = Identifier<Department>
/// `hr-payroll`; unique in the whole organisation.
public typealias TeamID = Identifier<Team>
/// `hr-lead`; declared in the shared configuration.
public typealias RoleID = Identifier<Role>
/// `staff`; declared in the shared configuration, memberships are rows.
public typealias GroupID = Identifier<Group>
/// `sites`; a shared list of choices.
public typealias ListID = Identifier<ChoiceList>
/// `hr.onboarding`; department and file name.
public typealias RequestTypeID = Identifier<RequestType>
/// `start`; unique among the names of its request type.
public typealias FieldID = Identifier<Field>
/// `decide`; unique among the names of its request type.
public typealias StepID = Identifier<Step>
/// `directory`; declared in the shared configuration.
public typealias ServiceID = Identifier<Service>
/// `rejected`; one of the request type's outcomes.
public typealias OutcomeID = Identifier<Outcome>
/// The content address of an applied configuration: 64 hexadecimal digits of a SHA-256.
public typealias ConfigurationVersion = Identifier<Configuration>

extension RequestTypeID {
    /// The department that the type belongs to: what stands before the first dot, as files lie in its folder.
    public var department: DepartmentID {
        DepartmentID(String(text.prefix { $0 != "." }))
    }
}
