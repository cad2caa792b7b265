import WorkflowConfiguration
import WorkflowCore

/// A small organisation that cases put their files into.
enum Fixtures {
    static let version: ConfigurationVersion = "0000000000000000000000000000000000000000000000000000000000000000"

    /// English alone, the departments hr and it, the child `it.account`.
    static let organisation: [String: String] = [
        "shared/organisation.yaml": """
        title: Acme
        languages: [en]
        time_zone: Europe/Berlin
        working_hours: {days: [monday, tuesday], from: 09:00, to: 17:00}
        currency: EUR
        """,
        "shared/groups.yaml": "staff: All staff\nleads: Leads\n",
        "shared/roles.yaml": """
        employee: {title: Everybody, members: everyone}
        lead: {title: Lead, members: [group:leads]}
        """,
        "shared/lists.yaml": "sites: {berlin: Berlin, porto: Porto, remote: From home}\n",
        "departments/hr/department.yaml": "title: HR\nprefix: HR\nagents: [team:hr]\n",
        "departments/hr/teams.yaml": "hr: {title: HR, members: [group:staff]}\n",
        "departments/it/department.yaml": "title: IT\nprefix: IT\nagents: [team:it]\n",
        "departments/it/teams.yaml": "it: {title: IT, members: [group:staff]}\n",
        "departments/it/requests/account.yaml": """
        title: Account
        offered_to: [hr]
        outcomes: {ready: good, failed: bad}
        form:
          name: {label: Name, type: text}
          site: {label: Site, type: choice, of: sites, optional: true}
          salary: {label: Salary, type: money, optional: true, sensitive: team:it}
        outputs: {login: create.login}
        steps:
          - task: create
            assign: team:it
            form:
              login: {label: Login, type: text}
            due: 1 working day
            on_overdue: {tell: role:lead}
        """,
    ]

    /// Compiles files inside that organisation.
    static func compile(_ files: [String: String]) -> Compilation {
        let bundle = ConfigurationBundle(files: organisation.merging(files) { $1 })
        return Compiler.compile(bundle, version: version)
    }

    /// Compiles one request type of hr.
    static func compile(requestType text: String) -> Compilation {
        compile(["departments/hr/requests/case.yaml": text])
    }
}
