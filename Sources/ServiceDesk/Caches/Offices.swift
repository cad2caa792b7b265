import WorkflowCore

extension Configuration {
    /// This configuration with the offices of today: who is in which team and role, whose teams serve a department, who
    /// leads and administers it.
    ///
    /// A request keeps the process that it began with, not the people: those it asks, and those who answer for its
    /// department, are whoever holds the office now, as with groups and managers. Lists can know nothing else; so whoever
    /// was taken off a department's agents sees none of its requests from then on, and whoever came sees also the old
    /// ones. An office that is gone keeps its name, and nobody holds it.
    func withOffices(of today: Configuration) -> Configuration {
        var organisation = organisation
        organisation.administrators = today.organisation.administrators
        organisation.auditors = today.organisation.auditors
        var teams = teams.mapValues { Team(id: $0.id, department: $0.department, title: $0.title, members: []) }
        teams.merge(today.teams) { $1 }
        var roles = roles.mapValues { Role(id: $0.id, title: $0.title, members: []) }
        roles.merge(today.roles) { $1 }
        var departments = departments.mapValues {
            Department(id: $0.id, title: $0.title, prefix: $0.prefix, agents: [])
        }
        departments.merge(today.departments) { $1 }
        var copy = Configuration(
            version: version, organisation: organisation, groups: groups.merging(today.groups) { $1 }, roles: roles,
            lists: lists, departments: departments, teams: teams, requestTypes: requestTypes)
        copy.services = services
        return copy
    }
}
