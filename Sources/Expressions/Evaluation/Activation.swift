/// The values and functions an expression is evaluated with.
public protocol Activation: Sendable {
    /// The value of a variable, nil when it is absent.
    func value(of name: String) -> Value?
    /// What is known of time.
    var time: TimeFrame { get }
    /// Calls a function of `Declarations.functions`; the receiver of a method is the first argument.
    func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value
}
