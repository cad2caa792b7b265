package import Expressions
package import WorkflowCore

/// One thing that somebody did and that the audit keeps.
package struct AuditRecord: Sendable, Hashable {
    /// Who acts from the machine itself, with `bureaud`.
    package static let `operator` = "operator"

    package let at: Instant
    package let kind: AuditKind
    /// `person:0192…`, `service:0192…`, `operator`, `system:directory` or `anonymous`: never a name.
    package let principal: String
    /// What it was done to, as `person:0192…`, `request:0192…` or `department:hr`; nil when the kind says it all.
    package let subject: String?
    /// Facts that stay for ever: identifiers, counts, digests. Nothing that names a person.
    package let details: [String: String]
    /// What names a person or was written by one. It lies beside the chain, which holds its salted digest, and can be erased.
    package let words: [String: AuditWord]

    package init(
        at: Instant, kind: AuditKind, principal: String, subject: String? = nil, details: [String: String] = [:],
        words: [String: AuditWord] = [:]
    ) {
        self.at = at
        self.kind = kind
        self.principal = principal
        self.subject = subject
        self.details = details
        self.words = words
    }

    package var log: AuditLog { kind.log }
}

/// A text that the audit keeps until the person it is about is erased.
package struct AuditWord: Sendable, Hashable {
    /// More is cut off: nobody needs it, and strangers may fill it in.
    static let longest = 500

    package let text: String
    /// With whom it goes; nil when that is not known, as for the name that a failed sign-in was tried with.
    package let person: PersonID?

    /// - Parameter text: Cut after 500 scalars; U+0000, which PostgreSQL does not keep, is left out.
    package init(_ text: String, of person: PersonID?) {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.lazy.filter { $0.value != 0 }.prefix(Self.longest))
        self.text = String(kept)
        self.person = person
    }
}
