/// A small organisation in which the tests play: HR with a request that people decide on and one that needs IT, and IT.
enum TestOrganisation {
    /// Its configuration files by path.
    static let files: [String: String] = [
        "shared/organisation.yaml": """
        title: Test
        languages: [en, de]
        time_zone: UTC
        working_hours: {days: [monday, tuesday, wednesday, thursday, friday], from: 09:00, to: 17:00}
        currency: EUR
        """,
        "shared/groups.yaml": """
        hr-staff: {en: HR people, de: Personalleute}
        payroll: {en: Payroll people, de: Lohnleute}
        it-staff: {en: IT people, de: IT-Leute}
        """,
        "shared/roles.yaml": """
        employee:
          title: {en: Everybody, de: Alle}
          members: everyone
        hr-lead:
          title: {en: Head of HR, de: Personalleitung}
          members: [group:hr-staff]
        """,
        "shared/lists.yaml": """
        sites:
          berlin: Berlin
        """,
        "departments/hr/department.yaml": """
        title: {en: Human resources, de: Personal}
        prefix: HR
        agents: [team:hr]
        administrators: [role:hr-lead]
        """,
        "departments/hr/teams.yaml": """
        hr:
          title: {en: HR service, de: Personalservice}
          members: [group:hr-staff]
        hr-payroll:
          title: {en: Payroll, de: Lohnbuchhaltung}
          members: [group:payroll]
        """,
        "departments/it/department.yaml": """
        title: {en: IT, de: IT}
        prefix: IT
        agents: [team:it]
        """,
        "departments/it/teams.yaml": """
        it:
          title: {en: Service desk, de: Servicestelle}
          members: [group:it-staff]
        """,
        "departments/hr/requests/leave.yaml": leave,
        "departments/hr/requests/joiner.yaml": joiner,
        "departments/it/requests/account.yaml": account,
    ]

    private static let leave = """
        title: {en: Leave, de: Abwesenheit}
        audience: [role:employee]
        outcomes:
          approved: {is: good, title: {en: Approved, de: Genehmigt}}
          rejected: {is: bad, title: {en: Rejected, de: Abgelehnt}}
          withdrawn: {is: bad, title: {en: Withdrawn, de: Zurückgezogen}}
        form:
          from:
            label: {en: First day, de: Erster Tag}
            type: date
          occasion:
            label: {en: Occasion, de: Anlass}
            type: text
            optional: true
            sensitive: team:hr
        cancel: {by: [requester], until: record, outcome: withdrawn}
        steps:
          - approval: decide
            title: {en: "Leave from {{ from }}", de: "Abwesenheit ab {{ from }}"}
            stage: {en: Approval, de: Genehmigung}
            from: manager_of(requester)
            need: any
            not: [requester]
            fallback: role:hr-lead
            due: 3 working days
            on_overdue: reject
            on_rejected: {end: rejected}
          - task: record
            title: {en: Record it, de: Eintragen}
            after: decide
            assign: team:hr
            form:
              days:
                label: {en: Days, de: Tage}
                type: integer
                min: 0
              account_number:
                label: {en: Account, de: Konto}
                type: text
                optional: true
                sensitive: team:hr-payroll
            due: 2 working days
            on_overdue: {tell: role:hr-lead}
        """

    private static let joiner = """
        title: {en: New colleague, de: Neu dabei}
        audience: [role:employee]
        outcomes:
          done: {is: good, title: {en: Done, de: Erledigt}}
          failed: {is: bad, title: {en: Failed, de: Gescheitert}}
          withdrawn: {is: bad, title: {en: Withdrawn, de: Zurückgezogen}}
        form:
          name:
            label: {en: Name, de: Name}
            type: text
        cancel: {by: [requester], until: welcome, outcome: withdrawn}
        steps:
          - request: account
            title: {en: Account, de: Konto}
            type: it.account
            with:
              name: name
            on_failed: {end: failed}
            undo: none
          - task: welcome
            after: account
            title: {en: "Welcome {{ name }}", de: "{{ name }} begrüßen"}
            assign: requester
            fallback: role:hr-lead
            due: 2 working days
            on_overdue: {tell: role:hr-lead}
        """

    private static let account = """
        title: {en: Account, de: Konto}
        audience: [team:it]
        offered_to: [hr]
        outcomes:
          created: {is: good, title: {en: Created, de: Angelegt}}
          refused_by_it: {is: bad, title: {en: Refused by it, de: Von der IT abgewiesen}}
          withdrawn: {is: bad, title: {en: Withdrawn, de: Zurückgezogen}}
        form:
          name:
            label: {en: Name, de: Name}
            type: text
            check: name != "Nobody"
            message: {en: Nobody needs no account., de: Niemand braucht kein Konto.}
        outputs:
          login: create.login
        cancel: {by: [team:it], until: hand_over, outcome: withdrawn}
        steps:
          - task: create
            title: {en: Create it, de: Anlegen}
            assign: team:it
            form:
              login:
                label: {en: Login, de: Anmeldename}
                type: text
            due: 2 working days
            on_overdue: {tell: team:it}
          - task: hand_over
            after: create
            title: {en: Hand it over, de: Übergeben}
            assign: team:it
            due: 2 working days
            on_overdue: {tell: team:it}
        """

    /// `boss` leads `ada` and `bo`; `hal` is HR, `pia` payroll, `ivo` and `ida` IT; `eve` has no part in anything.
    static let people = """
        handle,name,email,manager,site,language,groups
        boss,Boss,boss@test.example,,berlin,en,
        ada,Ada,ada@test.example,boss,berlin,de,
        bo,Bo,bo@test.example,boss,berlin,en,
        hal,Hal,hal@test.example,,berlin,en,hr-staff
        pia,Pia,pia@test.example,,berlin,en,payroll
        ivo,Ivo,ivo@test.example,,berlin,en,it-staff
        ida,Ida,ida@test.example,,berlin,en,it-staff
        eve,Eve,eve@test.example,,berlin,en,
        """
}
