import WorkflowCore

/// What every form of a page brings along: that it is the session's own, and who was signed in when the page was made. A form that outlives
/// its session comes back to that person alone.
struct FormProof {
    /// By identifier; nil where the form does not say it.
    let writer: String?
    let token: String

    init(_ text: String) {
        let end = text.lastIndex(of: ":")
        writer = end.map { String(text[..<$0]) }
        token = String(end.map { text[text.index(after: $0)...] } ?? text[...])
    }

    static func text(_ person: PersonID, _ token: String) -> String { "\(person):\(token)" }
}
