extension Shapes {
    static let requestType = MappingShape(
        "a request type",
        [
            KeyShape("title", .text, required: true, "`title` is its name in the catalogue."),
            KeyShape("summary", .text, "`summary` is what the catalogue says below the title."),
            KeyShape("audience", .people, "`audience` says who may raise it; without it, only other requests do."),
            KeyShape(
                "offered_to", .either([.words(["everyone"]), .list(.name)]),
                "`offered_to` lists the departments whose requests may start it, or says `everyone`."),
            KeyShape(
                "outcomes", .map(.words(["good", "bad"])), required: true,
                "`outcomes` says how it can end: each a name and `good` or `bad`."),
            KeyShape(
                "form", .map(.mapping(field)), "`form` holds the questions, in the order in which people see them."),
            KeyShape(
                "outputs", .map(.expression),
                "`outputs` says what the request that started it learns when it ends well."),
            KeyShape(
                "cancel", .mapping(cancel), "`cancel` says who may cancel it, until when, and with which outcome."),
            KeyShape("steps", .list(.mapping(step)), required: true, "`steps` is the process."),
        ],
        later: [
            "amend", "targets", "rules", "feedback", "reopen", "calendar", "confidential", "knowledge", "mail", "queue",
            "priority", "undo",
        ])

    static let cancel = MappingShape(
        "`cancel`",
        [
            KeyShape("by", .people, required: true, "`by` says who may cancel."),
            KeyShape("until", .name, "`until` names the step from whose start on it is too late."),
            KeyShape("outcome", .name, required: true, "`outcome` names the bad outcome that cancelling has."),
        ])

    static let field = MappingShape(
        "a field",
        [
            KeyShape("label", .text, required: true, "`label` is the question."),
            KeyShape("help", .text, "`help` explains the question."),
            KeyShape(
                "type", .words(fieldTypes), required: true,
                "`type` says what is entered: \(fieldTypes.joined(separator: ", "))."),
            KeyShape(
                "of", .either([.name, .map(.text), .mapping(element)]),
                "`of` says the choices (a shared list, or values and labels), or what a list is made of."),
            KeyShape("min", .number, "`min` is the least number, or the fewest entries."),
            KeyShape("max", .number, "`max` is the greatest number, or the most entries."),
            KeyShape("max_length", .wholeNumber, "`max_length` is the most characters of a text."),
            KeyShape("unique", .yesNo, "`unique: true` refuses an entry that stands in the list already."),
            KeyShape("optional", .yesNo, "`optional: true` lets people leave it empty."),
            KeyShape("ask_when", .condition, "`ask_when` says when it is asked; it uses fields that stand before it."),
            KeyShape("check", .condition, "`check` says what an answer must satisfy."),
            KeyShape("message", .template, "`message` is what people read when `check` does not hold."),
            KeyShape("default", .expression, "`default` is taken when nothing is entered."),
            KeyShape("sensitive", .people, "`sensitive` says who alone may read it besides the person who entered it."),
        ],
        later: ["on_change", "was", "visible_to", "accept", "edit", "currency", "hold"])

    /// The element of a list.
    static let element = MappingShape(
        "what a list is made of",
        [
            KeyShape("type", .words(fieldTypes), required: true, "`type` says what an entry is."),
            KeyShape("of", .either([.name, .map(.text)]), "`of` says the choices."),
            KeyShape("min", .number, "`min` is the least number."),
            KeyShape("max", .number, "`max` is the greatest number."),
            KeyShape("max_length", .wholeNumber, "`max_length` is the most characters of a text."),
        ])

    static let fieldTypes = [
        "text", "long_text", "integer", "number", "yes_no", "choice", "choices", "date", "datetime", "person", "email",
        "money",
        "list",
    ]
}
