package import WorkflowCore

/// The person who asks, resolved once for a call: everything that rules and lists need of them.
package struct Viewer: Sendable {
    package let person: Directory.Person
    /// Everything the person belongs to, themself first.
    package let parties: [Party]
    /// Departments whose agent the person is, by identifier.
    package let agentOf: [DepartmentID]
    /// The language to answer in.
    package var language: String
    /// What showed who asks.
    package var credential: Credential

    package init(
        person: Directory.Person, parties: [Party], agentOf: [DepartmentID], language: String,
        credential: Credential = .process
    ) {
        self.person = person
        self.parties = parties
        self.agentOf = agentOf
        self.language = language
        self.credential = credential
    }
}
