/// What can be wrong with files, keys, names and references.
enum FileExplanations {
    static let text = #"""
        == yaml.syntax
        The file is not YAML.
        Often a colon, a bracket or a quotation mark is missing or one too many; a text that begins with one of them, or has `: ` in it,
        stands in quotes.
        wrong
        --- steps
        - task: work
          title: Laptop: new
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          title: "Laptop: new"
          assign: team:hr
          forever: true

        == yaml.tab
        A tab stands where YAML wants spaces.
        Indent with spaces, two for each level.
        wrong
        --- steps
        - task: work
        	assign: team:hr
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == yaml.anchor
        An anchor (`&name`) is used.
        Anchors hide what a file says from those who read it. Repeat the value, or make it a shared list.
        wrong
        --- file shared/groups.yaml
        staff: &all All staff
        leads: Leads
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads

        == yaml.alias
        An alias (`*name`) is used.
        Aliases hide what a file says from those who read it. Repeat the value.
        wrong
        --- file shared/groups.yaml
        staff: All staff
        leads: *staff
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: All staff

        == yaml.tag
        A tag (`!name`) is used.
        The key says how its value is read, so tags have nothing to add.
        wrong
        --- file shared/groups.yaml
        staff: !!str All staff
        leads: Leads
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads

        == yaml.merge
        A merge key (`<<`) is used.
        Write the keys out.
        wrong
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        <<: {boss: Boss}
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        boss: Boss

        == yaml.duplicate_key
        A mapping has the same key twice.
        One of them would be lost. Give one another name, or take it out.
        wrong
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        staff: Everybody
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads

        == yaml.complex_key
        A key is not a text.
        wrong
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        [a, b]: Both
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        both: Both

        == yaml.documents
        A file holds more than one document.
        `---` begins another document; put it into a file of its own.
        wrong
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        ---
        boss: Boss
        right
        --- file shared/groups.yaml
        staff: All staff
        leads: Leads
        boss: Boss

        == yaml.too_deep
        A file nests too deep.
        Nothing in the language nests a hundred levels deep; usually brackets were opened and not closed.

        == yaml.too_large
        A file is too large.
        A file has at most 1 MiB. Split what it says over several files.

        == yaml.empty_value
        A key or an entry has no value.
        wrong
        --- steps
        - task: work
          title:
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == yaml.split_expression
        A comma inside `{}` or `[]` split a value.
        In the short form of YAML a comma ends the entry, also inside an expression. Put the expression in quotes.
        wrong
        --- form
        word: {label: Word, type: text, check: word.matches(a, b)}
        right
        --- form
        word: {label: Word, type: text, check: 'word in ["a", "b"]'}
        also expression.syntax

        == yaml.comment
        A text is probably cut off, because ` #` begins a comment.
        wrong
        --- steps
        - task: work
          title: Order #1 of the day
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          title: "Order #1 of the day"
          assign: team:hr
          forever: true

        == yaml.encoding
        A file is not UTF-8.
        The place is the first character that is none; of a file that looks like UTF-16 it is the beginning.
        wrong
        --- steps
        - task: work
          title: For the b�ro
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          title: For the büro
          assign: team:hr
          forever: true

        == config.empty
        A file, a form or a list has nothing in it.
        wrong
        --- steps
        - block: prepare
          steps: []
        right
        --- steps
        - block: prepare
          steps:
            - task: work
              assign: team:hr
              forever: true

        == config.unknown_file
        A file has no place in the configuration.
        A file's place says what it is; one in another place would be read by nobody.
        wrong
        --- file departments/hr/leave.yaml
        title: Leave
        right
        --- file departments/hr/requests/leave.yaml
        title: Leave
        audience: role:employee
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == config.missing_file
        A file that every organisation or department has is missing.
        wrong
        --- file departments/law/teams.yaml
        law: {title: Law, members: [group:staff]}
        right
        --- file departments/law/department.yaml
        title: Law
        prefix: LA
        agents: [team:law]
        --- file departments/law/teams.yaml
        law: {title: Law, members: [group:staff]}

        == config.unknown_key
        A key is not part of the language.
        wrong
        --- steps
        - task: work
          asign: team:hr
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == config.missing_key
        A key that has to be there is missing.
        wrong
        --- steps
        - task: work
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == config.wrong_type
        A value is of the wrong kind, such as a list where a text belongs.
        wrong
        --- steps
        - task: work
          title: [Work]
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          title: Work
          assign: team:hr
          forever: true

        == config.bad_value
        A value is not one of those that the key takes.
        wrong
        --- form
        count: {label: How many?, type: integr}
        right
        --- form
        count: {label: How many?, type: integer}

        == config.not_yet
        A part of the language that this release does not have.
        The hint says what to write instead.
        wrong
        --- steps
        - task: work
          calendar: porto
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == config.too_many
        A form has too many fields, or a process too many steps.
        A form has at most 200 fields and a process at most 500 steps. Let another request type do a part of it.

        == text.missing_language
        A text lacks a language of the organisation.
        Somebody would read nothing. A text that is the same in every language is written once, without languages.
        wrong
        --- steps
        - task: work
          title: {de: Arbeit}
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          title: Work
          assign: team:hr
          forever: true
        also text.unknown_language

        == text.untitled
        People read the file's own word for something, in whatever language they read.
        In an organisation with several languages, outcomes, steps, targets and what cases give have a title or a label. In one with a single
        language the words of the file may be all that people need.
        wrong
        --- file shared/organisation.yaml
        title: Acme
        languages: [en, de]
        time_zone: Europe/Berlin
        working_hours: {days: [monday, tuesday], from: 09:00, to: 17:00}
        currency: EUR
        --- type
        title: {en: Case, de: Fall}
        audience: role:employee
        outcomes:
          done: good
          no: {is: bad, title: {en: Rejected, de: Abgelehnt}}
        steps:
          - {task: work, title: {en: Work, de: Arbeit}, assign: team:hr, forever: true}
        right
        --- file shared/organisation.yaml
        title: Acme
        languages: [en, de]
        time_zone: Europe/Berlin
        working_hours: {days: [monday, tuesday], from: 09:00, to: 17:00}
        currency: EUR
        --- file departments/it/requests/account.yaml
        title: {en: Account, de: Konto}
        offered_to: [hr]
        outcomes:
          ready: {is: good, title: {en: Ready, de: Bereit}}
          failed: {is: bad, title: {en: Failed, de: Gescheitert}}
        steps:
          - {task: create, title: {en: Create it, de: Anlegen}, assign: team:it, forever: true}
        --- type
        title: {en: Case, de: Fall}
        audience: role:employee
        outcomes:
          done: {is: good, title: {en: Done, de: Erledigt}}
          no: {is: bad, title: {en: Rejected, de: Abgelehnt}}
        steps:
          - {task: work, title: {en: Work, de: Arbeit}, assign: team:hr, forever: true}

        == text.unknown_language
        A text has a language that the organisation does not have.
        The languages stand in `shared/organisation.yaml`.
        wrong
        --- steps
        - task: work
          title: {en: Work, fr: Travail}
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          title: {en: Work}
          assign: team:hr
          forever: true

        == name.invalid
        An identifier is not written as identifiers are.
        Small letters, digits and underscores, beginning with a letter, so that expressions can use it.
        wrong
        --- steps
        - task: First-Work
          assign: team:hr
          forever: true
        right
        --- steps
        - task: first_work
          assign: team:hr
          forever: true

        == name.duplicate
        Two things of a request type, or two teams, have one name.
        Fields, steps and elements share their names, because expressions use them all alike.
        wrong
        --- steps
        - task: site
          assign: team:hr
          forever: true
        right
        --- steps
        - task: visit_site
          assign: team:hr
          forever: true

        == name.reserved
        A name belongs to the language itself.
        wrong
        --- steps
        - task: today
          assign: team:hr
          forever: true
        right
        --- steps
        - task: do_today
          assign: team:hr
          forever: true

        == reference.unknown_role
        There is no such role.
        Roles stand in `shared/roles.yaml`.
        wrong
        --- steps
        - task: work
          assign: role:leed
          forever: true
        right
        --- steps
        - task: work
          assign: role:lead
          forever: true

        == reference.unknown_group
        There is no such group.
        Groups stand in `shared/groups.yaml`.
        wrong
        --- steps
        - task: work
          assign: group:stuff
          forever: true
        right
        --- steps
        - task: work
          assign: group:staff
          forever: true

        == reference.unknown_skill
        There is no such skill.
        Skills stand in `shared/skills.yaml`; who has one says the file of people, among the groups: `skill:welding`.
        wrong
        --- steps
        - task: work
          assign: skill:welding
          forever: true
        right
        --- file shared/skills.yaml
        welding: Welding
        --- steps
        - task: work
          assign: skill:welding
          forever: true

        == reference.unknown_team
        There is no such team.
        Teams stand in `departments/<id>/teams.yaml`; their names are unique in the organisation.
        wrong
        --- steps
        - task: work
          assign: team:hrr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == reference.unknown_list
        There is no such shared list.
        Shared lists stand in `shared/lists.yaml`; a list of the field's own is written out under `of`.
        wrong
        --- form
        place: {label: Where?, type: choice, of: places}
        right
        --- form
        place: {label: Where?, type: choice, of: sites}

        == reference.unknown_department
        There is no such department.
        wrong
        --- type
        title: Case
        audience: role:employee
        offered_to: [finance]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        offered_to: [it]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == reference.unknown_type
        There is no such request type.
        A request type is called by its department and its file: `it.account` stands in `departments/it/requests/account.yaml`.
        wrong
        --- steps
        - request: account
          type: it.acount
          with: {name: name}
          on_failed: continue
        right
        --- steps
        - request: account
          type: it.account
          with: {name: name}
          on_failed: continue

        == reference.unknown_step
        There is no such step.
        wrong
        --- steps
        - block: prepare
          steps:
            - approval: decide
              from: group:leads
              forever: true
              on_rejected: {leave: prepair}
        right
        --- steps
        - block: prepare
          steps:
            - approval: decide
              from: group:leads
              forever: true
              on_rejected: {leave: prepare}

        == reference.unknown_field
        There is no such field.
        wrong
        --- steps
        - task: correct
          assign: requester
          fallback: team:hr
          edit: [nam]
          forever: true
        right
        --- steps
        - task: correct
          assign: requester
          fallback: team:hr
          edit: [name]
          forever: true

        == reference.unknown_outcome
        The request type has no such outcome.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: rejected}
        right
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}

        == reference.unknown_service
        There is no such service.
        Services stand in `shared/services.yaml`.
        wrong
        --- steps
        - call: mailbox
          service: directori
          method: post
          path: /mailboxes
          on_failed: continue
        right
        --- steps
        - call: mailbox
          service: directory
          method: post
          path: /mailboxes
          on_failed: continue

        == service.shared_secret
        Two services at different addresses are sent the same secret.
        Whoever runs the one would have the secret of the other. Scheme, host and port count, paths do not. Where both hold the same
        token, name it twice in the daemon's settings.
        wrong
        --- file shared/services.yaml
        accounts: {title: Accounts, url: "https://directory.example.org/api", secret: ACCOUNTS_TOKEN, offered_to: everyone}
        mirror: {title: Mirror, url: "https://mirror.example.org/api", secret: ACCOUNTS_TOKEN, offered_to: everyone}
        right
        --- file shared/services.yaml
        accounts: {title: Accounts, url: "https://directory.example.org/api", secret: ACCOUNTS_TOKEN, offered_to: everyone}
        mirror: {title: Mirror, url: "https://mirror.example.org/api", secret: MIRROR_TOKEN, offered_to: everyone}

        == members.cycle
        Teams are members of each other in a circle.
        wrong
        --- file departments/hr/teams.yaml
        hr: {title: HR, members: [group:staff, team:payroll]}
        payroll: {title: Payroll, members: [team:hr]}
        right
        --- file departments/hr/teams.yaml
        hr: {title: HR, members: [group:staff, team:payroll]}
        payroll: {title: Payroll, members: [group:leads]}

        == members.empty
        A role or a team names no members, or a department no agents.
        Work that is given to it would reach nobody, and nobody would hear that something is late or has failed.
        wrong
        --- file shared/roles.yaml
        employee: {title: Everybody, members: everyone}
        lead: {title: Lead, members: []}
        right
        --- file shared/roles.yaml
        employee: {title: Everybody, members: everyone}
        lead: {title: Lead, members: [group:leads]}

        == department.duplicate_prefix
        Two departments number their requests alike.
        People would not know whether HR-12 is a request to HR or to another department.
        wrong
        --- file departments/it/department.yaml
        title: IT
        prefix: HR
        agents: [team:it]
        right
        --- file departments/it/department.yaml
        title: IT
        prefix: IT
        agents: [team:it]
        """#
}
