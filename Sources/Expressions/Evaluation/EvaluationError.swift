/// What stopped an evaluation. The message is safe to show: it holds no values.
public struct EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Stable, for programs: `evaluation.absent`, `evaluation.overflow`, `evaluation.budget` and so on.
    public let code: String
    /// One sentence in plain words.
    public let message: String
    /// The part of the source that failed, in UTF-8 offsets; nil where a host function does not know.
    public let range: Range<Int>?

    /// An error with those parts.
    public init(code: String, message: String, range: Range<Int>? = nil) {
        self.code = code
        self.message = message
        self.range = range
    }

    /// The message.
    public var description: String { message }

    /// The same error at that place, unless it has one.
    func at(_ range: Range<Int>) -> EvaluationError {
        self.range == nil ? EvaluationError(code: code, message: message, range: range) : self
    }
}
