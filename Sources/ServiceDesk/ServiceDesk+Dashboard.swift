import Expressions
package import WorkflowCore

extension ServiceDesk {
    /// How many days back flow times are those of.
    private static let flowDays = 90

    /// How the requests of a department stand.
    ///
    /// - Parameter department: Nil for all that the viewer leads.
    /// - Throws: `.rejected` with `access.not_allowed` for who does not lead it, also when there is none of that name, and for who
    ///   leads none.
    package func dashboard(
        of department: DepartmentID?, for viewer: Viewer
    ) async throws(DeskError) -> DashboardView {
        let departments = department.map { [$0] } ?? viewer.authority.leadOf.sorted()
        for department in departments { try require(.readDashboard(in: department), of: viewer) }
        guard !departments.isEmpty else { throw .rejected(.noDashboard) }
        let now = clock()
        let query = DashboardQuery(
            asker: Asker(viewer), departments: departments, now: now,
            since: now - .seconds(86_400) * Self.flowDays)
        return try await asking { () throws(StorageError) in
            let rows = try await storage.dashboard(query)
            let (directory, configuration) = (
                try await directories.current(), try await configurations.current().configuration
            )
            let languages = configuration.organisation.languages
            let ages = Dictionary(rows.ages.map { ([$0.department.text, "\($0.span)"], $0) }) { $1 }
            let work = Dictionary(rows.work.map { ([$0.department.text, $0.kind.rawValue], $0) }) { $1 }
            return DashboardView(
                at: now, departments: departments,
                ages: departments.flatMap { department in
                    AgeSpan.allCases.map { span in
                        ages[[department.text, "\(span)"]]
                            ?? DashboardRows.Age(department: department, span: span, count: 0)
                    }
                },
                work: departments.flatMap { department in
                    WorkItem.Kind.allCases.map { kind in
                        work[[department.text, kind.rawValue]]
                            ?? DashboardRows.Work(department: department, kind: kind, open: 0, overdue: 0)
                    }
                },
                flow: rows.flow.map { flow in
                    let title = configuration.requestTypes[flow.type]?.title
                    return DashboardView.Flow(
                        row: flow,
                        title: title?.text(in: viewer.language, fallbacks: languages) ?? flow.type.text)
                },
                load: rows.load.map { load in
                    DashboardView.Load(
                        person: load.person.map { PersonReference($0, in: directory, language: viewer.language) },
                        open: load.open, overdue: load.overdue)
                })
        }
    }
}

extension Rejection {
    fileprivate static var noDashboard: Rejection {
        Rejection(.forbidden, code: "access.not_allowed", message: "You may not do this.")
    }
}
