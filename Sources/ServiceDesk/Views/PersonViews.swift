package import WorkflowCore

/// Somebody in the directory, as those see them who administer something.
package struct DirectoryPersonView: Sendable {
    package let person: PersonReference
    package let email: String
    package let site: String?
    package let language: String?
    package let kind: Directory.Kind
    /// Whether they are still there.
    package let isActive: Bool
    package let manager: PersonReference?
    /// Groups, then teams, then roles; each by name.
    package let groups: [PartyView]
    package let teams: [PartyView]
    package let roles: [PartyView]
    /// Who stands in for them, and for whom they do.
    package let deputies: DeputiesView
}

/// A group, and how many are in it.
package struct GroupView: Sendable {
    package let id: GroupID
    package let name: String
    package let members: Int
    /// What the identity provider calls its members; nil for a group that the directory alone fills.
    package let claim: String?
}
