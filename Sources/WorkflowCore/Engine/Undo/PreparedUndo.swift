public import Expressions

/// How what a step did is taken back, frozen when the step was done. The undo itself is the instance `X!undo`.
public struct PreparedUndo: Hashable, Sendable {
    /// What the undo's request or call gets, by name.
    public let inputs: [String: Value]
    /// When the step was done, among all that was done: undos run from the highest down.
    public let order: Int
    /// Whether it has to be taken back; its undo has run, runs, or waits for its turn.
    public internal(set) var isDue: Bool

    /// Takes the parts as they are.
    public init(inputs: [String: Value], order: Int, isDue: Bool = false) {
        self.inputs = inputs
        self.order = order
        self.isDue = isDue
    }

    func replacing(_ input: String, with value: Value?) -> PreparedUndo {
        var inputs = inputs
        inputs[input] = value
        return PreparedUndo(inputs: inputs, order: order, isDue: isDue)
    }
}
