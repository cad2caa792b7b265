import HTTPTypes
import ServiceDesk
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
    /// Nil for everybody who sees the request.
    let audience: NoteAudience?
    let attachments: [UniqueID]

    var action: Action { audience.map { .note(text, $0) } ?? .comment(text, files: attachments) }

    /// - Parameter isPublic: Whether everybody reads it who sees the request, so that no audience is taken.
    init(_ value: JSONValue, isPublic: Bool = false) throws(Problem) {
        var reader = try BodyReader(value)
        text = reader.text("text")
        audience = isPublic ? nil : reader.audience("audience")
        attachments = reader.identifiers("attachments") ?? []
        try reader.finish()
        guard audience == nil || attachments.isEmpty else {
            throw Problem(
                status: .unprocessableContent, code: "comment.note_files",
                detail: "Only a comment that everybody reads has files.")
        }
    }
}

/// `POST …/restriction`.
struct RestrictionBody: Sendable {
    let team: TeamID
    let reason: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        team = TeamID(reader.text("team"))
        reason = reader.text("reason")
        try reader.finish()
    }
}

/// `POST …/restriction/end` and `…/break-glass`.
struct ReasonBody: Sendable {
    let reason: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        reason = reader.text("reason")
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

/// `POST …/complete`, `…/amendments` and `…/reopening`.
struct FormBody: Sendable {
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

/// `POST …/hand_over`.
struct HandingOverBody: Sendable {
    let to: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        to = reader.text("to")
        try reader.finish()
    }
}

/// `POST …/tick`.
struct TickBody: Sendable {
    let item: String
    let isDone: Bool

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        item = reader.text("item")
        isDone = reader.flag("done", else: true)
        try reader.finish()
    }
}

/// `POST …/add_voter`.
struct AddedVoterBody: Sendable {
    let voter: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        voter = reader.text("voter")
        try reader.finish()
    }
}

/// `POST …/add_element`.
struct AddedElementBody: Sendable {
    let element: JSONValue

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        element = reader.value("element")
        try reader.finish()
    }
}

/// `POST …/add_step`.
struct AddedStepBody: Sendable {
    let step: StepID

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        step = StepID(reader.text("step"))
        try reader.finish()
    }
}

/// `POST …/rating`.
struct RatingBody: Sendable {
    let score: Int
    let comment: String?

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        score = reader.integer("score")
        comment = reader.optionalText("comment")
        try reader.finish()
    }
}

/// `POST …/events`.
struct EventBody: Sendable {
    let event: String
    let key: String?
    let data: [FieldID: JSONValue]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        event = reader.text("event")
        key = reader.optionalText("key")
        data = reader.form("data")
        try reader.finish()
    }
}

/// `POST /events`: for whoever waits, who are found by the key.
struct AddressedEventBody: Sendable {
    let event: String
    let key: String
    let data: [FieldID: JSONValue]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        event = reader.text("event")
        key = reader.text("key")
        data = reader.form("data")
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
