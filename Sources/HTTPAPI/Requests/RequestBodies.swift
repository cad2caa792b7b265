import WorkflowCore

/// `POST /requests`.
struct RaiseBody: Sendable {
    let type: RequestTypeID
    /// The handle of the person it is for; nil for the caller.
    let beneficiary: String?
    let form: [FieldID: JSONValue]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        type = RequestTypeID(reader.text("type"))
        beneficiary = reader.optionalText("for")
        form = reader.form("form")
        try reader.finish()
    }
}

/// `POST …/comments`.
struct CommentBody: Sendable {
    let text: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        text = reader.text("text")
        try reader.finish()
    }
}

/// `POST …/cancellation`.
struct CancellationBody: Sendable {
    let reason: String?

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        reason = reader.optionalText("reason")
        try reader.finish()
    }
}

/// `POST …/complete`.
struct CompletionBody: Sendable {
    let form: [FieldID: JSONValue]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        form = reader.form("form")
        try reader.finish()
    }
}

/// `POST …/approve` and `…/reject`.
struct VoteBody: Sendable {
    let comment: String?

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        comment = reader.optionalText("comment")
        try reader.finish()
    }
}

/// `POST …/give_up`.
struct GivingUpBody: Sendable {
    let outcome: OutcomeID

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        outcome = OutcomeID(reader.text("outcome"))
        try reader.finish()
    }
}

/// A body that says nothing: absent or `{}`.
struct EmptyBody: Sendable {
    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        try reader.finish()
    }
}
