import WorkflowCore

/// What holds between the shared files and the departments.
struct OrganisationChecks {
    let findings: Findings

    func checkPrefixes(_ departments: [(department: Department, prefix: SourceLocation)]) {
        var taken: [String: DepartmentID] = [:]
        for (department, location) in departments {
            if let other = taken[department.prefix] {
                findings.error(
                    .departmentPrefix,
                    "The department \(other) numbers its requests with \(department.prefix) already.",
                    hint: "Choose another prefix.", at: location)
            } else {
                taken[department.prefix] = department.id
            }
        }
    }

    /// Teams that are members of themselves, through others too; said once for each team.
    func checkMembers(_ teams: [TeamID: Team], at locations: [TeamID: SourceLocation]) {
        for (id, location) in locations where reaches(id, from: id, teams) {
            findings.error(
                .membersCycle, "The team `\(id)` is a member of itself.",
                hint: "Take one of the teams out of the circle.",
                at: location)
        }
    }

    private func reaches(_ goal: TeamID, from start: TeamID, _ teams: [TeamID: Team]) -> Bool {
        var seen: Set<TeamID> = []
        var open = [start]
        while let id = open.popLast() {
            for case .team(let member) in teams[id]?.members ?? [] {
                if member == goal { return true }
                if seen.insert(member).inserted { open.append(member) }
            }
        }
        return false
    }
}
