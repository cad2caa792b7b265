public import Expressions

/// Something that Bureau asks another system over HTTP.
///
/// It goes through the outbox, at least once and under one idempotency key an attempt of the step; the answer is typed.
public struct CallStep: Sendable {
    /// Whom: one of the shared services.
    public let service: ServiceID
    /// How.
    public let method: CallMethod
    /// Behind the service's address; every inserted value is percent-encoded.
    public let path: CheckedTemplate
    /// The members of the JSON object that is sent, in the order of the file; for `get` and `delete` the query. Taken when the step starts.
    public let inputs: [CallInput]
    /// What is read from the members of the answered JSON object: the step's outputs.
    public let answer: Form
    /// How long one attempt may take, in seconds.
    public var timeout = 30
    /// How often it is tried again after a failure that may pass (no connection, no answer in time, 408, 425, 429, 5xx).
    public var retries = 5
    /// The pause before the first repetition, in seconds; each further one is twice as long, at most an hour.
    public var firstPause = 10

    /// Takes the parts as they are.
    public init(service: ServiceID, method: CallMethod, path: CheckedTemplate, inputs: [CallInput], answer: Form) {
        self.service = service
        self.method = method
        self.path = path
        self.inputs = inputs
        self.answer = answer
    }
}

/// The methods of HTTP that a call may use.
public enum CallMethod: String, Hashable, Sendable, Codable, CaseIterable {
    case get, post, put, patch, delete
}

/// One entry of a call's `with`.
public struct CallInput: Sendable {
    /// The member's name.
    public let name: String
    /// What it gets.
    public let value: PassedValue

    /// Takes the parts as they are.
    public init(name: String, value: PassedValue) {
        self.name = name
        self.value = value
    }
}

/// Tells people something; it settles at once.
public struct NotifyStep: Sendable {
    /// Whom. Never empty.
    public let to: [PeopleSource]
    /// What they read.
    public let message: LocalizedTemplate

    /// Takes the parts as they are.
    public init(to: [PeopleSource], message: LocalizedTemplate) {
        self.to = to
        self.message = message
    }
}

/// One entry of `set`.
public struct Assignment: Sendable {
    /// A field of the request's form.
    public let field: FieldID
    /// What it gets; nothing clears it.
    public let value: PassedValue

    /// Takes the parts as they are.
    public init(field: FieldID, value: PassedValue) {
        self.field = field
        self.value = value
    }
}

/// What a wait waits for.
public enum WaitStep: Sendable {
    /// A moment, or a date at its start of business; live, so it moves with what it reads. One that has passed is over at once.
    case until(CheckedExpression)
    /// A span from the start of the step.
    case span(CheckedExpression)
    /// Something outside tells the request.
    case event(EventWait)
}

/// `wait` for an event.
public struct EventWait: Sendable {
    /// What it is called: `parcel_arrived`.
    public let event: String
    /// The event's key must equal this text; nil means that the event is addressed to the request itself. Taken when the step starts.
    public let key: CheckedExpression?
    /// What the event brings: the step's outputs.
    public let form: Form
    /// How long an event that came before anybody waited is kept, a span.
    public let keep: Span

    /// Takes the parts as they are.
    public init(event: String, key: CheckedExpression?, form: Form, keep: Span) {
        self.event = event
        self.key = key
        self.form = form
        self.keep = keep
    }
}
