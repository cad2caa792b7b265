/// Why a command was not carried out; nothing has changed.
public struct Rejection: Error, Hashable, Sendable {
    /// What a caller can do about it.
    public enum Kind: String, Sendable, Hashable {
        /// What was sent is wrong; sending it again will not help.
        case invalid
        /// There is nothing by that name for this principal; the answer is the same whether it does not exist or is hidden.
        case notFound
        /// The principal may see it, but not do that.
        case forbidden
        /// The request has moved on; look again.
        case conflict
        /// Delivered too late by Bureau itself; to be dropped in silence.
        case stale
    }

    /// One wrong entry.
    public struct FieldProblem: Hashable, Sendable {
        /// The field that was entered; of a cell its place, counted from 0 as in expressions: `items[2].quantity`.
        public let field: FieldID
        /// Stable: `form.required`.
        public let code: String
        /// One sentence in plain words.
        public let message: String

        /// Takes the parts as they are.
        public init(field: FieldID, code: String, message: String) {
            self.field = field
            self.code = code
            self.message = message
        }
    }

    /// What a caller can do about it.
    public let kind: Kind
    /// Stable and documented: `request.step.not_open`.
    public let code: String
    /// One sentence in plain words, safe to show to the principal.
    public let message: String
    /// What may help; nil when the message says it all.
    public let hint: String?
    /// What is wrong in the form, in its order; empty for other rejections.
    public let fields: [FieldProblem]

    /// Takes the parts as they are.
    public init(_ kind: Kind, code: String, message: String, hint: String? = nil, fields: [FieldProblem] = []) {
        self.kind = kind
        self.code = code
        self.message = message
        self.hint = hint
        self.fields = fields
    }
}

extension Rejection: CustomStringConvertible {
    /// The message and its code.
    public var description: String { "\(message) [\(code)]" }
}
