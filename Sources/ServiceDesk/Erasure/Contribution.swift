package import WorkflowCore

/// What somebody writes into a request themself, as against what follows from their doing: the inputs of a child are the request's.
package enum Contribution {
    /// The kinds of the events that hold words of whoever acted. The index `event_contribution` has the same.
    package static let kinds: Set<String> = [
        "cancel_requested", "change_held", "changed", "commented", "completed", "element_added", "kept", "noted",
        "raised",
        "rated", "received", "reopened", "restricted", "unrestricted", "voted",
    ]

    /// The kinds of the events that fill fields of the request's own form, and so name whom it is kept from.
    static let naming: Set<String> = ["change_held", "changed", "raised"]

    /// Under which names a person, or a service account of that identifier, stands in journals.
    package static func principals(of person: PersonID) -> [String] {
        [Principal.person(person), .service(person)].map(\.description)
    }
}
