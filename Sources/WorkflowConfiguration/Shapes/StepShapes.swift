extension Shapes {
    /// The keys that say what kind of step it is; the value is its identifier.
    static let kinds = ["task", "approval", "request", "block", "end"]
    /// The kinds that this release does not carry out.
    static let laterKinds = ["call", "notify", "set", "wait", "choose", "repeat", "each", "race", "adhoc"]

    /// Any step, for the reference; a step is read by the shape of its kind.
    static let step = MappingShape(
        "a step", task.keys + approval.keys + request.keys + block.keys + end.keys, later: laterKinds)

    static let task = kind(
        "task", "a task",
        [
            KeyShape("assign", .people, required: true, "`assign` says who does it: one person, or a queue."),
            KeyShape("fallback", .people, "`fallback` says who does it when `assign` gives nobody."),
            KeyShape(
                "form", .map(.mapping(field)), "`form` is what is entered on completing it: the outputs of the step."),
        ] + deadlines(rejects: false) + [failure("on_failed")],
        later: ["checklist", "edit", "remind", "escalate", "set"])

    static let approval = kind(
        "approval", "an approval",
        [
            KeyShape("from", .people, required: true, "`from` says who decides; each entry is a seat."),
            KeyShape(
                "need", .either([.words(["any", "all", "each"]), .wholeNumber, .characters]),
                "`need` says how many approvals: `any` (one), `all`, `each` (one from every entry), a number or a percentage."
            ),
            KeyShape("not", .people, "`not` says who may not vote, in no seat."),
            KeyShape("fallback", .people, "`fallback` says who fills a seat in which nobody is left."),
            KeyShape(
                "reject_when", .words(["any", "unreachable"]),
                "`reject_when: any` rejects with the first rejection, `unreachable` when `need` cannot be met any more."
            ),
            KeyShape("covers", .list(.name), "`covers` lists the fields that it is about; all, unless said."),
        ] + deadlines(rejects: true) + [failure("on_rejected")],
        later: ["remind", "escalate", "deputies"])

    static let request = kind(
        "request", "a child request",
        [
            KeyShape(
                "type", .name, required: true,
                "`type` names the request type: department and file name, such as it.account."),
            KeyShape("with", .map(.expression), "`with` says what is passed: the child's fields and a value for each."),
            KeyShape("wait", .words(["submitted", "ended"]), "`wait: submitted` waits only until it exists."),
            failure("on_failed"),
        ],
        later: ["on_change", "undo", "due", "on_overdue"])

    static let block = kind(
        "block", "a block",
        [
            KeyShape(
                "steps", .list(.name), required: true,
                "`steps` are the steps in it; what has no `after` starts with it.")
        ]
            + deadlines(rejects: false).filter { $0.name != "wait" } + [failure("on_failed")],
        later: ["one_at_a_time"])

    static let end = kind(
        "end", "an end", [KeyShape("outcome", .name, required: true, "`outcome` says how the request ends.")])

    static let overdue = MappingShape(
        "`on_overdue`",
        [
            KeyShape("tell", .people, "`tell` tells these people and leaves the step open."),
            KeyShape("end", .name, "`end` ends the request with that outcome."),
        ],
        later: ["ask", "set", "leave", "assign"])

    static let handler = MappingShape(
        "what follows a failure",
        [
            KeyShape("end", .name, "`end` ends the request with that outcome."),
            KeyShape("leave", .name, "`leave` ends an enclosing block as done."),
            KeyShape("retry", .wholeNumber, "`retry` starts the step again, at most that many times."),
            KeyShape("ask", .people, "`ask` asks these people to try again or to end the request."),
        ])

    private static func kind(_ key: String, _ name: String, _ own: [KeyShape], later: [String] = []) -> MappingShape {
        MappingShape(
            name,
            [
                KeyShape(key, .name, required: true, "`\(key)` is the identifier of \(name)."),
                KeyShape("title", .template, "`title` is what people read; the identifier, unless said."),
                KeyShape("when", .condition, "`when` skips the step unless it holds."),
                KeyShape("after", .list(.name), "`after` names the steps that must have settled before."),
                KeyShape("stage", .text, "`stage` is the chapter that the requester sees."),
            ] + own,
            later: later + ["undo", "visible_to", "was", "calendar", "only_while", "rest"])
    }

    private static func deadlines(rejects: Bool) -> [KeyShape] {
        let words = rejects ? ["reject", "fail"] : ["fail"]
        return [
            KeyShape("due", .expression, "`due` is a time span from its start, a date or a moment."),
            KeyShape(
                "on_overdue", .either([.words(words), .mapping(overdue)]),
                "`on_overdue` says what follows when it is late: \(words.map { "`\($0)`" }.joined(separator: ", ")), {tell: …} or {end: …}."
            ),
            KeyShape("wait", .words(["forever"]), "`wait: forever` says that it is never due."),
        ]
    }

    private static func failure(_ key: String) -> KeyShape {
        KeyShape(
            key, .either([.words(["continue"]), .mapping(handler)]),
            "`\(key)` says what follows: `continue`, {end: …}, {leave: …}, {retry: …} or {ask: …}.")
    }
}
