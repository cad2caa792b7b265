public import Expressions

/// A request in this or another department, started by this one.
public struct ChildStep: Sendable {
    /// What is raised.
    public let type: RequestTypeID
    /// The child's fields and the values passed, taken when the step starts; in the order of the file. What is not here, the child never sees.
    public let inputs: [ChildInput]
    /// How long the step lasts.
    public let wait: ChildWait

    /// Takes the parts as they are.
    public init(type: RequestTypeID, inputs: [ChildInput], wait: ChildWait) {
        self.type = type
        self.inputs = inputs
        self.wait = wait
    }
}

/// One entry of `with`.
public struct ChildInput: Sendable {
    /// The child's field.
    public let field: FieldID
    /// What it gets.
    public let value: PassedValue

    /// Takes the parts as they are.
    public init(field: FieldID, value: PassedValue) {
        self.field = field
        self.value = value
    }
}

/// A value passed on: computed, or `{text: "Hello {{ name }}"}`.
public enum PassedValue: Sendable {
    case expression(CheckedExpression)
    case text(CheckedTemplate)
}

/// What a `request` step waits for.
public enum ChildWait: String, Hashable, Sendable, Codable {
    /// The child's end, its outcome and outputs.
    case ended
    /// Only that it exists.
    case submitted
}
