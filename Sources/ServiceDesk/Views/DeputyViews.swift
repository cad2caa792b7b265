package import Expressions
package import WorkflowCore

/// Somebody who stands in for a person.
package struct DeputyView: Sendable, Hashable {
    package let id: UniqueID
    /// Who is stood in for.
    package let person: PersonReference
    /// Who stands in.
    package let deputy: PersonReference
    /// For whose requests; nil for all.
    package let department: DepartmentID?
    /// The first and the last day in the organisation's zone; nil for no bound.
    package let from: CivilDate?
    package let until: CivilDate?
    /// Nil when it comes from a file of people.
    package let appointedBy: PersonReference?
    package let appointedAt: Instant
}

/// The deputies that concern somebody.
package struct DeputiesView: Sendable, Hashable {
    /// Who stands in for them.
    package let deputies: [DeputyView]
    /// For whom they stand in.
    package let standsInFor: [DeputyView]
}

/// What is asked for when a deputy is appointed.
package struct Appointment: Sendable, Hashable {
    /// The handle of who stands in.
    package let deputy: String
    /// For whose requests; nil for all.
    package let department: DepartmentID?
    /// The first and the last day in the organisation's zone; nil for no bound.
    package let from: CivilDate?
    package let until: CivilDate?

    package init(deputy: String, department: DepartmentID?, from: CivilDate?, until: CivilDate?) {
        self.deputy = deputy
        self.department = department
        self.from = from
        self.until = until
    }
}
