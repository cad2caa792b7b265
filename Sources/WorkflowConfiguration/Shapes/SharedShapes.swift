extension Shapes {
    static let organisation = MappingShape(
        "the organisation",
        [
            KeyShape("title", .text, required: true, "`title` says what the organisation is called."),
            KeyShape(
                "languages", .list(.characters), required: true,
                "`languages` lists language tags; every text has all of them, the first is the default."),
            KeyShape(
                "time_zone", .characters, required: true,
                "`time_zone` is an IANA name such as Europe/Berlin; days and close of business are meant there."),
            KeyShape(
                "working_hours", .mapping(workingHours), required: true,
                "`working_hours` says what working days and hours are."),
            KeyShape(
                "currency", .characters, required: true, "`currency` is what amounts of money are in, such as EUR."),
            KeyShape(
                "administrators", .list(.name),
                "`administrators` says who administers the platform (shared files, people, accounts), each team:…, group:… or role:…; by that they read no request."
            ),
            KeyShape(
                "auditors", .list(.name),
                "`auditors` says who reads and exports the audit, each team:…, group:… or role:…; by that they read no request."
            ),
        ],
        later: [
            "calendars": "The organisation has one calendar: `working_hours`.",
            "holidays": "Days off are not part of the calendar yet.",
            "messages": "The words of messages come with the release.",
        ])

    static let workingHours = MappingShape(
        "the working hours",
        [
            KeyShape("days", .list(.words(weekdays)), required: true, "`days` lists the working days of a week."),
            KeyShape("from", .characters, required: true, "`from` says when work begins, such as 09:00."),
            KeyShape("to", .characters, required: true, "`to` says when business closes, such as 17:00."),
        ])

    static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    static let role = MappingShape(
        "a role",
        [
            KeyShape("title", .text, required: true, "`title` says what people call the role."),
            KeyShape(
                "members", .either([.words(["everyone", "managers"]), .list(.name)]), required: true,
                "`members` says who fills the role: group:…, team:…, skill:…, `managers` or `everyone`."),
        ])

    static let group = MappingShape(
        "a group",
        [
            KeyShape("title", .text, required: true, "`title` says what people call the group."),
            KeyShape(
                "claim", .characters,
                "`claim` is the identity provider's name of the group: signing in there makes people its members."),
        ])

    static let skill = MappingShape(
        "a skill",
        [
            KeyShape("title", .text, required: true, "`title` says what people call the skill."),
            KeyShape(
                "claim", .characters,
                "`claim` is the identity provider's name of those who have it: signing in there says so."),
        ])

    static let choice = MappingShape(
        "a choice", [KeyShape("label", .text, required: true, "`label` says what people read.")],
        later: ["retired": "A choice that is taken out stays readable in requests that have it."])

    static let department = MappingShape(
        "a department",
        [
            KeyShape("title", .text, required: true, "`title` says what people call the department."),
            KeyShape(
                "prefix", .characters, required: true,
                "`prefix` begins the numbers of its requests: capital letters such as HR."),
            KeyShape(
                "agents", .list(.name), required: true,
                "`agents` lists its teams that see all its requests, each team:…."),
            KeyShape(
                "leads", .list(.name),
                "`leads` says who leads the department and sees what its agents see, each team:…, group:… or role:…."),
            KeyShape(
                "administrators", .list(.name),
                "`administrators` says who owns the department's files and its deputies, each team:…, group:… or role:…; by that they read no request."
            ),
        ],
        later: [
            "calendar": "Working time is the organisation's, see `working_hours`.",
            "confidential": "A request type says `confidential`.",
        ])

    static let team = MappingShape(
        "a team",
        [
            KeyShape("title", .text, required: true, "`title` says what people call the team."),
            KeyShape(
                "members", .list(.name), required: true,
                "`members` says whose members form it, each group:…, skill:… or a team:… of the department."),
        ],
        later: [
            "calendar": "Working time is the organisation's, see `working_hours`.",
            "skills": "`members` takes skill:…, and so does `assign`.",
        ])

    static let service = MappingShape(
        "a service",
        [
            KeyShape("title", .text, required: true, "`title` says what people call the service."),
            KeyShape(
                "url", .characters, required: true, "`url` is its address.",
                example: "https://directory.example.org/api"),
            KeyShape(
                "secret", .characters, "`secret` is the name of the setting that holds the token sent with each call.",
                example: "DIRECTORY_TOKEN"),
            KeyShape(
                "offered_to", .either([.words(["everyone"]), .list(.name)]), required: true,
                "`offered_to` lists the departments that may call it, or says `everyone`."),
        ])
}
