package import Expressions
package import WorkflowCore

/// How the requests of departments stand, in numbers: of those that the viewer sees.
package struct DashboardView: Sendable {
    package struct Flow: Sendable {
        package let row: DashboardRows.Flow
        /// The request type's title.
        package let title: String
    }

    package struct Load: Sendable {
        /// Nil for the tasks that nobody has taken.
        package let person: PersonReference?
        package let open: Int
        package let overdue: Int
    }

    /// The moment of the numbers.
    package let at: Instant
    /// Of which departments, by identifier.
    package let departments: [DepartmentID]
    /// Requests that have not ended; every age of every department, zero too.
    package let ages: [DashboardRows.Age]
    /// What waits for people; every kind of every department, zero too.
    package let work: [DashboardRows.Work]
    /// Of requests that were raised in the last ninety days and have ended, at most two thousand a department.
    package let flow: [Flow]
    /// Who has which tasks, the most first.
    package let load: [Load]
}
