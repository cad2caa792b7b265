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

    /// Departments meet only through contracts: whoever holds an office of one, or is in a team of it by being in a team, is of its own
    /// teams, or of groups and roles, which are shared.
    func checkOwnership(_ names: YAMLNode?, of department: String, _ teams: [TeamID: Team]) {
        for case .scalar(let scalar) in names?.items ?? [] where scalar.text.hasPrefix("team:") {
            let id = TeamID(String(scalar.text.dropFirst("team:".count)))
            guard let owner = teams[id]?.department, owner.text != department else { continue }
            findings.add(
                Diagnostic(
                    code: CheckCode.ownershipTeam.rawValue,
                    message: "The team `\(id)` works for \(owner), not for \(department).",
                    hint: "Name a team of the department, or a group or role, which are shared.",
                    location: scalar.location),
                leavesProcessWhole: true)
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
