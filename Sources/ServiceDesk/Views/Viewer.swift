package import Expressions
package import WorkflowCore

/// The person who asks, resolved once for a call: everything that rules and lists need of them.
package struct Viewer: Sendable {
    package let person: Directory.Person
    /// What the person is in the organisation; what they may do follows from it.
    package let authority: Authority
    /// The language to answer in.
    package var language: String
    /// The zone in which moments are shown to them; nil for the organisation's.
    package var zone: ZoneRules?
    /// Those of the organisation, as its configuration is now: from these a client may choose another.
    package var languages: [String] = []
    /// What showed who asks.
    package var credential: Credential

    /// For whom the person stands in today.
    package var absentees: [Directory.Absentee] = []
    /// The requests that the person sees because of that: those in which work waits for one of the absentees by name.
    package var standingIn: [RequestID] = []
    /// Requests that they have opened for reading by exception, and that are open still.
    package var opened: [RequestID] = []

    package init(
        person: Directory.Person, authority: Authority, language: String, credential: Credential = .process
    ) {
        self.person = person
        self.authority = authority
        self.language = language
        self.credential = credential
    }

    /// Everything the person belongs to, themself first.
    package var parties: [Party] { authority.parties }
    /// Departments whose agent the person is, by identifier.
    package var agentOf: [DepartmentID] { authority.agentOf.sorted() }
    /// As whom the person gives commands.
    package var principal: Principal { authority.principal }
}
