import WorkflowCore

extension Shapes {
    static let requestType = MappingShape(
        "a request type",
        [
            KeyShape("title", .text, required: true, "`title` is its name in the catalogue."),
            KeyShape("summary", .text, "`summary` is what the catalogue says below the title."),
            KeyShape(
                "keywords", .text,
                "`keywords` holds other words by which people look for it; nobody reads them.",
                example: "{en: notebook computer, de: Rechner Notebook}"),
            KeyShape("audience", .people, "`audience` says who may raise it; without it, only other requests do."),
            KeyShape(
                "on_behalf", .people,
                "`on_behalf` says who of the `audience` may raise it for somebody else; without it, nobody may.",
                example: "manager_of(beneficiary)"),
            KeyShape(
                "offered_to", .either([.words(["everyone"]), .list(.name)]),
                "`offered_to` lists the departments whose requests may start it, or says `everyone`."),
            KeyShape(
                "outcomes", .map(.either([.words(["good", "bad"]), .mapping(outcome)])), required: true,
                "`outcomes` says how it can end: each a name and `good` or `bad`, or that and a title."),
            KeyShape(
                "form", .form, "`form` holds the questions, in the order in which people see them."),
            KeyShape(
                "outputs", .map(.expression),
                "`outputs` says what the request that started it learns when it ends well."),
            KeyShape(
                "cancel", .mapping(cancel), "`cancel` says who may cancel it, until when, and with which outcome."),
            KeyShape("steps", .steps, required: true, "`steps` is the process."),
            KeyShape(
                "amend", .map(.mapping(amendment)), "`amend` lists the fields that may still change after submission.",
                example: "{start: {by: requester, until: first_day}}"),
            KeyShape("targets", .map(.mapping(target)), "`targets` holds what the department promises."),
            KeyShape(
                "rules", .list(.mapping(rule)), "`rules` says what must never happen.",
                example: "[{never: account, unless: 'decide.outcome == \"approved\"'}]"),
            KeyShape(
                "confidential", .people,
                "`confidential` says who alone may see its requests, besides the requester and those who work on them."),
            KeyShape(
                "hidden_from", .list(.name),
                "`hidden_from` names the fields with the people from whom a request is kept: whoever it is about.",
                example: "person"),
            KeyShape(
                "anonymous", .words(["allowed"]),
                "`anonymous: allowed` lets people raise it without saying who they are; `requester` may be absent then."
            ),
            KeyShape(
                "retention", .span,
                "`retention` says how long what was entered is kept after a request has closed: days, weeks or months.",
                example: "36 months"),
            KeyShape("feedback", .words(["ask"]), "`feedback: ask` asks the requester how it went."),
            KeyShape("reopen", .mapping(reopening), "`reopen` lets the requester open a linked successor for a while."),
        ],
        later: [
            "calendar": "Working time is the organisation's, see `working_hours`.",
            "knowledge": "Articles are not part of the configuration yet.",
            "mail": "Requests are raised in the portal and over the API.",
            "priority": "A field of type choice says it, and a `choose` reads it.",
            "queue": "A task that is assigned to a team, a role or a group is a queue.",
            "undo": "A step says `undo`: the request or call that it takes back.",
        ])

    static let amendment = MappingShape(
        "an entry of `amend`",
        [
            KeyShape("by", .people, required: true, "`by` says who may change it."),
            KeyShape("until", .name, "`until` names the step from whose start on it is too late."),
        ])

    static let outcome = MappingShape(
        "an outcome",
        [
            KeyShape(
                "is", .words(["good", "bad"]), required: true, "`is` says whether that is a good end or a bad one."),
            KeyShape("title", .text, "`title` is what people read; the identifier, unless said."),
        ])

    static let target = MappingShape(
        "a target",
        [
            KeyShape("title", .text, "`title` is what people read; the identifier, unless said."),
            KeyShape("of", .name, required: true, "`of` names the step that has to settle in time."),
            KeyShape("within", .span, "`within` is a span from the submission.", example: "4 working hours"),
            KeyShape("by", .moment, "`by` is a date or a moment.", example: "start - 1 working day"),
            KeyShape(
                "pause", .list(.name), "`pause` names steps: while one is open, the clock of `within` stands still."),
            KeyShape(
                "warn", .list(.percentage), "`warn` says at which parts of the time those who work on it are warned."),
            KeyShape("on_breach", .mapping(breach), "`on_breach` says who is told when it is missed."),
        ])

    static let breach = MappingShape(
        "`on_breach`", [KeyShape("tell", .people, required: true, "`tell` says who is told.")])

    static let rule = MappingShape(
        "a rule",
        [
            KeyShape("never", .name, required: true, "`never` names a step, or a request type that no step may start."),
            KeyShape("unless", .condition, required: true, "`unless` is what has to hold when it starts."),
        ])

    static let reopening = MappingShape(
        "`reopen`", [KeyShape("within", .span, required: true, "`within` says for how long, such as 10 working days.")])

    static let cancel = MappingShape(
        "`cancel`",
        [
            KeyShape("by", .people, required: true, "`by` says who may cancel."),
            KeyShape("until", .name, "`until` names the step from whose start on it is too late."),
            KeyShape("outcome", .name, required: true, "`outcome` names the bad outcome that cancelling has."),
        ])

    static let field = MappingShape(
        "a field",
        [KeyShape("label", .text, required: true, "`label` is the question.")] + fieldKeys, later: laterFieldKeys)

    /// A field that no person is asked: of a call's answer, of an event.
    static let answerField = MappingShape(
        "a field of an answer", [KeyShape("label", .text, "`label` is what people read.")] + fieldKeys,
        later: laterFieldKeys)

    private static let laterFieldKeys = [
        "on_change": "The step that reads the field says `on_change`.",
        "visible_to": "A field says `sensitive`.",
        "edit": "The request type says `amend`, a task says `edit`.",
    ]

    private static let fieldKeys = [
        KeyShape("help", .text, "`help` explains the question."),
        KeyShape(
            "type", .words(fieldTypes), required: true,
            "`type` says what is entered: \(fieldTypes.joined(separator: ", "))."),
        KeyShape(
            "of", .either([.name, .map(.text), .mapping(element)]),
            "`of` says the choices (a shared list, or values and labels), or what a list is made of."),
        KeyShape("columns", .form, "`columns` are the fields that each row has."),
        KeyShape("min", .number, "`min` is the least number, or the fewest entries."),
        KeyShape("max", .number, "`max` is the greatest number, or the most entries."),
        KeyShape("max_length", .wholeNumber, "`max_length` is the most characters of a text."),
        KeyShape("unique", .yesNo, "`unique: true` refuses an entry that stands in the list already."),
        KeyShape(
            "currency", .characters, "`currency` is what an amount is in; the organisation's, unless said.",
            example: "USD"),
        KeyShape(
            "types", .list(.words(fileClasses)),
            "`types` lists the files that are taken: \(fileClasses.joined(separator: ", "))."),
        KeyShape("max_size", .characters, "`max_size` is how large a file may be, such as 10 MB.", example: "10 MB"),
        KeyShape("optional", .yesNo, "`optional: true` lets people leave it empty."),
        KeyShape("ask_when", .condition, "`ask_when` says when it is asked; it uses fields that stand before it."),
        KeyShape("check", .condition, "`check` says what an answer must satisfy."),
        KeyShape("message", .template, "`message` is what people read when `check` does not hold."),
        KeyShape("default", .value, "`default` is taken when nothing is entered."),
        KeyShape(
            "value", .value, "`value` computes the field from those before it: it is shown and never entered.",
            example: "price * quantity"),
        KeyShape("sensitive", .people, "`sensitive` says who alone may read it besides the person who entered it."),
    ]

    /// The element of a list.
    static let element = MappingShape(
        "what a list is made of",
        [
            KeyShape("type", .words(fieldTypes), required: true, "`type` says what an entry is."),
            KeyShape("of", .either([.name, .map(.text)]), "`of` says the choices."),
            KeyShape("min", .number, "`min` is the least number."),
            KeyShape("max", .number, "`max` is the greatest number."),
            KeyShape("max_length", .wholeNumber, "`max_length` is the most characters of a text."),
            KeyShape("currency", .characters, "`currency` is what an amount is in; the organisation's, unless said."),
            KeyShape("types", .list(.words(fileClasses)), "`types` lists the files that are taken."),
            KeyShape(
                "max_size", .characters, "`max_size` is how large a file may be, such as 10 MB.", example: "10 MB"),
        ])

    static let fieldTypes = [
        "text", "long_text", "integer", "number", "yes_no", "choice", "choices", "date", "datetime", "time", "person",
        "email", "phone", "url", "money", "file", "list", "rows",
    ]

    static let fileClasses = FileClass.allCases.map(\.rawValue)
}
