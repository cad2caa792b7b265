extension Rejection {
    /// The one answer for a request that does not exist or is hidden.
    public static var unknownRequest: Rejection {
        Rejection(.notFound, code: "request.not_found", message: "There is no such request.")
    }

    static var unknownStep: Rejection {
        Rejection(.notFound, code: "request.step.unknown", message: "The request has no such step.")
    }

    static var closedRequest: Rejection {
        Rejection(.conflict, code: "request.closed", message: "The request has ended.")
    }

    /// Who does not see the request by the database's wall must not get it: from whom it was kept, only that knows then.
    public static var erasedRequest: Rejection {
        Rejection(
            .conflict, code: "request.erased",
            message: "What was entered into this request was deleted; nothing is added to it any more.")
    }

    static var stepNotOpen: Rejection {
        Rejection(
            .conflict, code: "request.step.not_open", message: "The step is not open.",
            hint: "It may have been finished in the meantime; look at the request again.")
    }

    static var stepSuspended: Rejection {
        Rejection(
            .conflict, code: "request.step.suspended", message: "The step is put aside for now.",
            hint: "It comes back when its condition holds again.")
    }

    static var notAPerson: Rejection {
        Rejection(.forbidden, code: "principal.not_a_person", message: "Only people can do this.")
    }

    /// A command of Bureau's own that came too late.
    static func stale(_ message: String) -> Rejection {
        Rejection(.stale, code: "request.stale", message: message)
    }
}
