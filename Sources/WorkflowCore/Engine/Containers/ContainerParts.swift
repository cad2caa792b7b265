public import Expressions

/// What a container is made of, beyond its definition.
public enum ContainerParts: Hashable, Sendable {
    /// The case of a choose that was taken, from 0, and what it gives; no case when nothing was to be done.
    case choice(Int?, gives: [String: Value])
    /// The round of a repeat that runs, or was the last; from 1.
    case rounds(Int)
    /// The elements of an each: those of the list in its order, then those that were added.
    case elements([Element])
    /// The branches of a race that have won, in their order.
    case winners([StepID])
    /// The steps that were added to an adhoc, in their order.
    case added([AddedStep])
}

/// One element of an each.
public struct Element: Hashable, Sendable, Codable {
    /// Unique among the elements; stands in the names of instances.
    public let key: String
    /// What the steps inside see; nil when it was erased.
    public let value: Value?

    /// Takes the parts as they are.
    public init(key: String, value: Value?) {
        self.key = key
        self.value = value
    }
}

/// A step that somebody added to an adhoc.
public struct AddedStep: Hashable, Sendable, Codable {
    /// Its template.
    public let template: StepID
    /// The key of its instance: numbers from `1`, counted for the adhoc.
    public let key: String

    /// Takes the parts as they are.
    public init(template: StepID, key: String) {
        self.template = template
        self.key = key
    }
}
