import Expressions

/// The variables that the corpus speaks of: a new colleague's request, half way through.
enum Onboarding {
    static let sites = ExpressionType.choice(ChoiceType(name: "sites", members: ["berlin", "munich", "remote"]))
    static let apps = ExpressionType.choice(ChoiceType(name: "applications", members: ["sap", "jira", "mail"]))
    static let outcomes = ExpressionType.choice(ChoiceType(name: "outcomes", members: ["approved", "rejected"]))

    /// A row of furniture.
    static func item() throws -> RecordType {
        RecordType(
            name: "items",
            fields: [
                "what": VariableDeclaration(type: .string), "kind": VariableDeclaration(type: kinds),
                "quantity": VariableDeclaration(type: .int), "weight": VariableDeclaration(type: .double),
                "price": VariableDeclaration(type: .money), "by": VariableDeclaration(type: .date),
                "note": VariableDeclaration(type: .string, presence: .sometimes),
                "height": VariableDeclaration(
                    type: .int, presence: .when(try Expression.parse("kind == \"desk\""))),
            ])
    }
    static let kinds = ExpressionType.choice(ChoiceType(name: "kinds", members: ["desk", "chair", "lamp"]))

    /// Two rows: desks with a note, chairs without.
    static func items() -> [Value] {
        func row(_ what: String, _ kind: String, _ quantity: Int64, _ weight: Double, _ price: String, _ by: String)
            -> [Value: Value]
        {
            [
                .string("what"): .string(what), .string("kind"): .string(kind), .string("quantity"): .int(quantity),
                .string("weight"): .double(weight), .string("price"): Money(price).map { .money($0) } ?? .null,
                .string("by"): CivilDate(iso8601: by).map { .date($0) } ?? .null,
            ]
        }
        let desk = row("standing desk", "desk", 2, 40.5, "399.00 EUR", "2026-12-01")
        let chair = row("chair", "chair", 4, 7.25, "120.50 EUR", "2026-11-30")
        return [
            .map(desk.merging([.string("note"): .string("oak"), .string("height"): .int(120)]) { first, _ in first }),
            .map(chair),
        ]
    }

    static func declarations() throws -> Declarations {
        let item = try item()
        func when(_ condition: String) throws -> Presence { .when(try Expression.parse(condition)) }
        let decision = RecordType(
            name: "decide",
            fields: [
                "outcome": VariableDeclaration(type: outcomes, presence: .sometimes),
                "comment": VariableDeclaration(type: .string, presence: .sometimes),
            ])
        let account = RecordType(
            name: "account",
            fields: [
                "login": VariableDeclaration(type: .string),
                "quota": VariableDeclaration(type: .int, presence: .sometimes),
                "token": VariableDeclaration(type: .string, presence: try when("privileged and site == \"berlin\"")),
            ])
        var declarations = Declarations(functions: [
            FunctionDeclaration("manager_of", [.person], .person), FunctionDeclaration("half", [.double], .double),
        ])
        let always: [String: ExpressionType] = [
            "name": .string, "manager": .person, "requester": .person, "people": .list(.person), "start": .date,
            "today": .date, "now": .timestamp, "begins": .timeOfDay, "site": sites, "privileged": .bool,
            "apps": .list(apps),
            "salary": .money, "budget": .money, "score": .double, "count": .int, "labels": .map(.string, .int),
            "anything": .dyn, "decide": .record(decision), "stays": .span(.civil), "perhaps": .optional(.int),
        ]
        for (name, type) in always { declarations.variables[name] = VariableDeclaration(type: type) }
        declarations.variables["items"] = VariableDeclaration(type: .list(.record(item)))
        declarations.variables["no_items"] = VariableDeclaration(type: .list(.record(item)))
        declarations.variables["more_items"] = VariableDeclaration(type: .list(.record(item)), presence: .sometimes)
        declarations.variables["nickname"] = VariableDeclaration(type: .string, presence: .sometimes)
        declarations.variables["mentor"] = VariableDeclaration(type: .person, presence: .sometimes)
        declarations.variables["second_site"] = VariableDeclaration(type: sites, presence: .sometimes)
        declarations.variables["more_apps"] = VariableDeclaration(type: .list(apps), presence: .sometimes)
        declarations.variables["desk_wishes"] = VariableDeclaration(
            type: .string, presence: try when("site != \"remote\""))
        declarations.variables["account"] = VariableDeclaration(
            type: .record(account), presence: try when("decide.outcome == \"approved\""))
        return declarations
    }

    static func activation() throws -> TestActivation {
        let values: [String: Value] = [
            "name": .string("Ada"), "manager": .person("grace"), "requester": .person("alan"),
            "people": .list([.person("grace"), .person("alan")]), "privileged": .bool(true), "site": .string("berlin"),
            "apps": .list([.string("sap"), .string("jira")]), "score": .double(2.5), "count": .int(3),
            "labels": .map([.string("a"): .int(1)]), "anything": .list([.int(1), .string("x")]),
            "decide": .map([.string("outcome"): .string("approved")]),
            "account": .map([.string("login"): .string("ada"), .string("token"): .string("t-1")]),
            "desk_wishes": .string("window"), "stays": .span(Span(amount: 2, unit: .weeks)),
            "perhaps": .optional(.int(7)), "items": .list(items()), "no_items": .list([]),
        ]
        let parsed: [String: Value?] = [
            "start": CivilDate(iso8601: "2026-12-01").map { .date($0) },
            "today": CivilDate(iso8601: "2026-11-21").map { .date($0) },
            "now": Instant(rfc3339: "2026-11-21T08:00:00Z").map { .timestamp($0) },
            "begins": TimeOfDay("09:30").map { .timeOfDay($0) },
            "salary": Money("1250.00 EUR").map { .money($0) },
            "budget": Money("900.00 USD").map { .money($0) },
        ]
        let all = values.merging(parsed.compactMapValues { $0 }) { first, _ in first }
        return TestActivation(variables: all, home: .fixed(offsetSeconds: 3600))
    }
}
