extension Shapes {
    /// The kinds of step in the order of the reference: the key whose value is the step's identifier, and what such a step takes.
    static let kinds: [(word: String, shape: MappingShape)] = [
        ("task", task), ("approval", approval), ("request", request), ("call", call), ("notify", notify), ("set", set),
        ("wait", wait), ("block", block), ("choose", choose), ("repeat", `repeat`), ("each", each), ("race", race),
        ("adhoc", adhoc), ("end", end),
    ]

    static let kindWords = kinds.map(\.word)

    /// The shapes by that word.
    static let shapesOfKinds = Dictionary(uniqueKeysWithValues: kinds.map { ($0.word, $0.shape) })

    /// Whether a key of a step is its kind. Their lengths tell most other keys apart.
    static func isKind(_ key: String) -> Bool { (3...8).contains(key.utf8.count) && shapesOfKinds[key] != nil }

    static let task = kind(
        "task", "a task", deadlines(forever: true),
        [
            KeyShape("assign", .people, required: true, "`assign` says who does it: one person, or a queue."),
            KeyShape("fallback", .people, "`fallback` says who does it when `assign` gives nobody."),
            KeyShape("form", .form, "`form` is what is entered on completing it: the outputs of the step."),
            KeyShape(
                "edit", .list(.name), "`edit` lists fields of the request that may be changed on completing it.",
                example: "[start, site]"),
            KeyShape(
                "checklist", .map(.text), "`checklist` holds what has to be ticked before it can be completed.",
                example: "{badge_ready: The badge is ready}"),
            remind, escalate, failure("on_failed"), undo,
        ])

    static let approval = kind(
        "approval", "an approval", deadlines(rejects: true, forever: true),
        [
            KeyShape("from", .people, required: true, "`from` says who decides; each entry is a seat."),
            KeyShape(
                "need", .either([.words(["any", "all", "each"]), .wholeNumber, .percentage]),
                "`need` says how many approvals: `any` (one), `all`, `each` (one from every entry), a number or a percentage."
            ),
            KeyShape("not", .people, "`not` says who may not vote, in no seat."),
            KeyShape("fallback", .people, "`fallback` says who fills a seat in which nobody is left."),
            KeyShape(
                "reject_when", .words(["any", "unreachable"]),
                "`reject_when: any` rejects with the first rejection, `unreachable` when `need` cannot be met any more."
            ),
            KeyShape("covers", .list(.name), "`covers` lists the fields that it is about; all, unless said."),
            KeyShape("add", .mapping(addVoters), "`add` says who may add voters while it is open."),
            remind, escalate, failure("on_rejected"),
        ])

    static let addVoters = MappingShape(
        "`add` of an approval", [KeyShape("by", .people, required: true, "`by` says who may add voters.")])

    static let request = kind(
        "request", "a child request", deadlines(forever: false),
        [
            KeyShape(
                "type", .name, required: true,
                "`type` names the request type: department and file name, such as it.account."),
            KeyShape("with", .map(.value), "`with` says what is passed: the child's fields and a value for each."),
            KeyShape("wait", .words(["submitted", "ended"]), "`wait: submitted` waits only until it exists."),
            failure("on_failed"), undo,
        ])

    static let block = kind(
        "block", "a block", deadlines(forever: false), [inner, oneAtATime, failure("on_failed")])

    static let end = kind(
        "end", "an end", [],
        [KeyShape("outcome", .name, required: true, "`outcome` says how the request ends.")])

    // MARK: What follows

    static let overdue = MappingShape(
        "`on_overdue`",
        [
            KeyShape("tell", .people, "`tell` tells these people and leaves the step open."),
            KeyShape("end", .name, "`end` ends the request with that outcome."),
            KeyShape("leave", .name, "`leave` ends a step around it as done and cancels what is open in it."),
        ])

    static let handler = MappingShape(
        "what follows a failure",
        [
            KeyShape("end", .name, "`end` ends the request with that outcome."),
            KeyShape("leave", .name, "`leave` ends a step around it as done and cancels what is open in it."),
            KeyShape("retry", .wholeNumber, "`retry` starts the step again, at most that many times."),
            KeyShape("ask", .people, "`ask` asks these people to try again or to end the request."),
        ])

    static let escalation = MappingShape(
        "`escalate`",
        [
            KeyShape("after", .span, required: true, "`after` says how long from the start of the step."),
            KeyShape(
                "to", .people, required: true,
                "`to` says who is asked besides; `voter` is whoever has not acted.", example: "manager_of(voter)"),
        ])

    static let undoing = MappingShape(
        "`undo`",
        [
            KeyShape("type", .name, "`type` names the request type that takes it back."),
            KeyShape("with", .map(.value), "`with` says what is passed to it."),
            KeyShape("call", .mapping(calling), "`call` takes it back by a call."),
        ])

    // MARK: Parts

    static func kind(_ key: String, _ name: String, _ deadlines: [KeyShape], _ own: [KeyShape]) -> MappingShape {
        let isLeaf = !["block", "choose", "repeat", "each", "race", "adhoc"].contains(key)
        let isInstant = ["notify", "set", "end"].contains(key)
        var keys = [
            KeyShape(key, .name, required: true, "`\(key)` is the identifier of \(name)."),
            KeyShape("title", .template, "`title` is what people read; the identifier, unless said."),
            KeyShape("when", .condition, "`when` skips the step unless it holds."),
            KeyShape("after", .list(.name), "`after` names the steps that must have settled before."),
            KeyShape("stage", .text, "`stage` is the chapter that the requester sees."),
        ]
        keys += own + deadlines
        if key != "end" {
            keys.append(
                KeyShape(
                    "on_change", .map(.words(["keep", "forward", "restart"])),
                    "`on_change` says what follows when a field that it has read changes.", example: "{start: forward}")
            )
        }
        if !isInstant {
            keys.append(
                KeyShape(
                    "only_while", .condition,
                    "`only_while` puts the step aside while it does not hold, and takes it up again when it does."))
        }
        if isLeaf, !isInstant {
            keys.append(
                KeyShape(
                    "hold", .expression,
                    "`hold` gives a text that names a resource: steps that hold the same one run one after the other."))
        }
        keys += [
            KeyShape("visible_to", .people, "`visible_to` says who may see the step besides those who do it."),
            KeyShape("was", .list(.name), "`was` lists the names that the step had in earlier versions."),
        ]
        return MappingShape(
            name, keys, later: ["calendar": "Working time is the organisation's, see `working_hours`."])
    }

    static func deadlines(rejects: Bool = false, forever: Bool) -> [KeyShape] {
        let words = rejects ? ["reject", "fail"] : ["fail"]
        let keys = [
            KeyShape(
                "due", .moment, "`due` is a time span from its start, a date or a moment.", example: "3 working days"),
            KeyShape(
                "on_overdue", .either([.words(words), .mapping(overdue)]),
                "`on_overdue` says what follows when it is late: \(words.map { "`\($0)`" }.joined(separator: ", ")), {tell: …}, {end: …} or {leave: …}."
            ),
        ]
        let open = KeyShape("forever", .yesNo, "`forever: true` says that it is never due.")
        return forever ? keys + [open] : keys
    }

    static func failure(_ key: String) -> KeyShape {
        KeyShape(
            key, .either([.words(["continue"]), .mapping(handler)]),
            "`\(key)` says what follows: `continue`, {end: …}, {leave: …}, {retry: …} or {ask: …}.")
    }

    static let inner = KeyShape(
        "steps", .steps, required: true, "`steps` are those in it; what has no `after` starts at once.")

    static let oneAtATime = KeyShape(
        "one_at_a_time", .yesNo, "`one_at_a_time: true` lets them run in any order, but never two at once.")

    static let remind = KeyShape(
        "remind", .span, "`remind` says after how long whoever has not acted is reminded, again and again.",
        example: "1 working day")

    static let escalate = KeyShape(
        "escalate", .mapping(escalation), "`escalate` says who is asked besides, and when.",
        example: "{after: 3 working days, to: manager_of(voter)}")

    static let undo = KeyShape(
        "undo", .either([.words(["none"]), .mapping(undoing)]),
        "`undo` says how it is taken back when what it belongs to is cancelled: `none`, {type: …, with: …} or {call: …}."
    )
}
