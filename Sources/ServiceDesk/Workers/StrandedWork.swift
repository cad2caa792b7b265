import Expressions
import WorkflowCore

/// Work that waits for nobody, although the request has passed on what it could: its people have left, or the team is not there any more.
struct StrandedWork {
    let state: RequestState
    let department: DepartmentID
    let directory: Directory
    /// The current one: who is there to do it, and who answers for the department.
    let configuration: Configuration

    /// Whether there is some.
    var exists: Bool {
        state.workItems.values.contains { item in
            !(item.assignee.map { directory.isActive($0) } ?? false)
                && !item.offeredTo.contains { directory.hasMembers($0, in: configuration) }
        }
    }

    /// The people who can put it right: the department's administrators; where there are none, its leads, else the platform's
    /// administrators.
    var responsible: [PersonID] {
        let department = configuration.departments[department]
        return [department?.administrators ?? [], department?.leads ?? [], configuration.organisation.administrators]
            .lazy.map { directory.people(behind: $0, in: configuration) }
            .first { !$0.isEmpty }?.sorted() ?? []
    }

    /// What they are told. They need not see the request, so that is no more than its number.
    var text: [String: String] {
        configuration.organisation.sentences { language in
            language.isGerman
                ? "In \(state.number) wartet Arbeit auf niemanden: Die dafür Vorgesehenen gibt es nicht mehr."
                : "In \(state.number) work waits for nobody: those who were asked are not there any more."
        }
    }
}
