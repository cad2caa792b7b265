public import Expressions

/// A change of fields that an approval covers: held until the same voters have confirmed it.
public struct HeldChange: Hashable, Sendable {
    /// Counts from 1 in its request.
    public let number: Int
    /// Who entered it; nil when a parent or a `set` did.
    public let author: PersonID?
    /// The step that entered it; nil for `amend`.
    public let instance: InstanceName?
    /// The new values of the changed fields.
    public let values: [String: Value]
    /// The fields that it clears.
    public let cleared: [FieldID]
    /// The approvals whose voters are asked, in the order of their names. Never empty.
    public let approvals: [InstanceName]

    /// Takes the parts as they are.
    public init(
        number: Int, author: PersonID?, instance: InstanceName?, values: [String: Value], cleared: [FieldID],
        approvals: [InstanceName]
    ) {
        self.number = number
        self.author = author
        self.instance = instance
        self.values = values
        self.cleared = cleared
        self.approvals = approvals
    }
}
