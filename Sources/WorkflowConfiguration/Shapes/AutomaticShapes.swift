extension Shapes {
    static let call = kind(
        "call", "a call", deadlines(forever: false),
        calling.keys + [
            KeyShape(
                "answer", .map(.mapping(answerField)),
                "`answer` says what is read from the answered JSON object: the outputs of the step.",
                example: "{address: {type: email}}"),
            failure("on_failed"), undo,
        ])

    /// What a call step and a call that takes something back have in common.
    static let calling = MappingShape(
        "the call of an undo",
        [
            KeyShape("service", .name, required: true, "`service` names one of the shared services."),
            KeyShape(
                "method", .words(["get", "post", "put", "patch", "delete"]), required: true,
                "`method` is the method of HTTP."),
            KeyShape(
                "path", .template, required: true, "`path` follows the service's address.",
                example: "/mailboxes/{{ login }}"),
            KeyShape(
                "with", .map(.value),
                "`with` says what is sent: the members of a JSON object, or the query of `get` and `delete`."),
            KeyShape("timeout", .span, "`timeout` says how long one attempt may take; 30 seconds, unless said."),
            KeyShape(
                "retry", .mapping(retry), "`retry` says how often it is tried again after a failure that may pass."),
        ])

    static let retry = MappingShape(
        "`retry`",
        [
            KeyShape("times", .wholeNumber, "`times` says how often; 5, unless said."),
            KeyShape(
                "first", .span,
                "`first` is the pause before the first repetition, each further one is twice as long; 10 seconds, unless said."
            ),
        ])

    static let notify = kind(
        "notify", "a notification", [],
        [
            KeyShape("to", .people, required: true, "`to` says who is told."),
            KeyShape("message", .template, required: true, "`message` says what they read."),
            failure("on_failed"),
        ])

    static let set = kind(
        "set", "an assignment", [],
        [
            KeyShape(
                "fields", .map(.value), required: true, "`fields` says which fields of the request get which values.",
                example: "{site: site, note: {text: \"Hello {{ name }}\"}}"),
            failure("on_failed"),
        ])

    static let wait = kind(
        "wait", "a wait", deadlines(forever: true),
        [
            KeyShape("until", .moment, "`until` is the moment that it waits for.", example: "start at 09:00"),
            KeyShape("for", .span, "`for` is how long it waits.", example: "2 working days"),
            KeyShape("event", .name, "`event` names what it waits for.", example: "parcel_arrived"),
            KeyShape("key", .expression, "`key` gives the text that the event's own key must equal."),
            KeyShape(
                "gives", .map(.mapping(answerField)), "`gives` says what the event brings: the outputs of the step."),
            KeyShape(
                "keep", .span, "`keep` says how long an event is kept that comes too early; 7 days, unless said."),
            failure("on_failed"),
        ])
}
