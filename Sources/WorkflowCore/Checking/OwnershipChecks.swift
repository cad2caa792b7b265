/// Departments meet only through contracts: a process names its own teams, and groups and roles, which are shared, but never another
/// department's team.
///
/// Four keys may name anybody, because they give nobody anything of another department: `audience` and `on_behalf` are the contract
/// itself, `not` takes a vote away, and `sensitive` only narrows who reads, as values that a contract passes on keep their readers.
struct OwnershipChecks {
    let type: RequestType
    let configuration: Configuration
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        for named in type.whomItNames { check(named, type.places, type.source, &findings) }
        for step in flow.steps {
            for named in step.whomItNames { check(named, step.places, step.source, &findings) }
        }
    }

    private func check(
        _ named: NamedPeople, _ places: Places, _ source: SourceLocation, _ findings: inout CheckFindings
    ) {
        guard named.purpose == .turnedTo else { return }
        for case .team(let id) in named.people {
            guard let team = configuration.teams[id], team.department != type.department else { continue }
            findings.error(
                .ownershipTeam, "The team `\(id)` works for \(team.department), not for \(type.department).",
                hint: "Raise a request of theirs, or name a group or a role, which are shared.",
                at: named.place(of: "team:\(id)", in: places) ?? source)
        }
    }
}
