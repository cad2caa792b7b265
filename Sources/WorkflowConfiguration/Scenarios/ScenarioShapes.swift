extension Shapes {
    /// What people enter, and what is compared with it: texts, lists and rows, as they are.
    private static let data: ValueShape = .either([
        .characters, .list(.characters), .map(.characters), .list(.map(.characters)),
    ])

    /// `departments/<id>/tests/<name>.yaml`.
    static let scenarioFile = MappingShape(
        "a file of scenarios",
        [
            KeyShape(
                "type", .name, "`type` is the request type that is tested; without it, the one named like the file."),
            KeyShape("given", .mapping(given), "`given` is what holds before every scenario of the file."),
            KeyShape("scenarios", .list(.mapping(scenario)), required: true, "`scenarios` are what is played."),
        ])

    static let scenario = MappingShape(
        "a scenario",
        [
            KeyShape("scenario", .characters, required: true, "`scenario` says in words what it shows."),
            KeyShape("given", .mapping(given), "`given` says what is different here."),
            KeyShape("play", .list(.mapping(action)), required: true, "`play` is what happens, and what is expected."),
        ])

    static let given = MappingShape(
        "`given`",
        [
            KeyShape(
                "clock", .characters, "`clock` is when it begins, on the organisation's clocks: 2027-01-04T09:00."),
            KeyShape(
                "people", .either([.characters, .map(.mapping(givenPerson))]),
                "`people` is a file of people, or each by handle; without it, demo/people.csv."),
            KeyShape(
                "children",
                .either([.words(["run", "wait"]), .map(.either([.words(["run", "wait"]), .mapping(reply)]))]),
                "`children` says for request types, or for steps, whether they `run`, `wait` until the play ends them, or end at once."
            ),
            KeyShape(
                "calls", .map(.mapping(callReply)),
                "`calls` says for steps, or for services, how calls are answered; others wait until the play answers them."
            ),
        ])

    static let callReply = MappingShape(
        "the answer to a call",
        [
            KeyShape("status", .wholeNumber, "`status` is the status of HTTP; 200, unless said."),
            KeyShape("body", data, "`body` is what is answered."),
            KeyShape("failed", .characters, "`failed` says why there is no answer."),
        ])

    static let givenPerson = MappingShape(
        "a person",
        [
            KeyShape("name", .characters, "`name` is what people read; the handle, unless said."),
            KeyShape("manager", .name, "`manager` is the handle of whom they report to."),
            KeyShape("groups", .list(.name), "`groups` are their memberships."),
            KeyShape("language", .name, "`language` is what they read."),
            KeyShape("site", .name, "`site` is where they work."),
            KeyShape(
                "deputies", .either([.list(.name), .map(.mapping(deputy))]),
                "`deputies` are the handles of those who stand in, each always, or `from` and `until` a day."),
            KeyShape("left", .yesNo, "`left: true` for somebody who works here no longer."),
        ])

    static let deputy = MappingShape(
        "a deputy",
        [
            KeyShape("department", .name, "`department` is for whose requests; for all, unless said."),
            KeyShape("from", .characters, "`from` is the first day."),
            KeyShape("until", .characters, "`until` is the last day."),
        ])

    static let reply = MappingShape(
        "what stands in for a child",
        [
            KeyShape("outcome", .name, "`outcome` is how it ends."),
            KeyShape("outputs", .map(data), "`outputs` is what its parent learns."),
            KeyShape("refused", .characters, "`refused` says why its form does not take what it is given."),
            KeyShape("cancel", .words(["refused"]), "`cancel: refused` when it does not let itself be cancelled."),
        ])

    // MARK: The play

    /// Any action, for the reference; an action is read by the shape of its kind.
    static let action: MappingShape = {
        var keys: [KeyShape] = []
        for shape in actions.values.sorted(by: { $0.name < $1.name }) {
            for key in shape.keys where !keys.contains(where: { $0.name == key.name }) {
                keys.append(KeyShape(key.name, key.value, key.doc, example: key.example))
            }
        }
        return MappingShape("an action", keys)
    }()

    /// The keys that say what is done; the value is the step, or what the key says.
    static let actionKinds = [
        "raise", "approve", "reject", "complete", "claim", "release", "hand_over", "tick", "untick", "add_voter", "add",
        "retry", "give_up", "accept", "child", "answer", "event", "amend", "comment", "cancel", "restrict",
        "unrestrict", "rate",
        "reopen",
        "leaves", "advance", "until", "expect",
    ]

    static let actions: [String: MappingShape] = Dictionary(
        uniqueKeysWithValues: actionKinds.map { kind in
            (kind, MappingShape("`\(kind)`", [head(kind)] + (ownKeys[kind] ?? []) + commonKeys(kind)))
        })

    private static func head(_ kind: String) -> KeyShape {
        let (value, doc): (ValueShape, String) =
            switch kind {
            case "raise": (.name, "`raise` raises a request of that type.")
            case "approve": (.instance, "`approve` votes for.")
            case "reject": (.instance, "`reject` votes against.")
            case "complete": (.instance, "`complete` finishes a task.")
            case "claim": (.instance, "`claim` takes a task from its queue.")
            case "release": (.instance, "`release` gives a task back to its queue.")
            case "retry": (.instance, "`retry` starts a failed step again.")
            case "give_up": (.instance, "`give_up` ends the request because of a failed step.")
            case "hand_over": (.instance, "`hand_over` gives a task to somebody else.")
            case "tick": (.instance, "`tick` ticks items of a task's checklist, all unless said.")
            case "untick": (.instance, "`untick` takes ticks back, all unless said.")
            case "add_voter": (.instance, "`add_voter` gives somebody else a vote.")
            case "add": (.instance, "`add` adds an element to an each, or a step to an adhoc.")
            case "accept": (.instance, "`accept` leaves an undo that failed as it is.")
            case "answer": (.instance, "`answer` answers the call that a step waits for.")
            case "event": (.name, "`event` tells the request that something has happened outside.")
            case "amend": (.map(data), "`amend` changes fields after submission.")
            case "rate": (.wholeNumber, "`rate` says how it went, 1 to 5.")
            case "reopen":
                (.map(data), "`reopen` opens a successor, with these fields changed; the play goes on with it.")
            case "child": (.instance, "`child` ends the child that a step waits for.")
            case "comment": (.characters, "`comment` says something; of a vote, why.")
            case "cancel": (.characters, "`cancel` cancels the request, and says why.")
            case "restrict": (.name, "`restrict` lets only that team of its department see the request.")
            case "unrestrict": (.characters, "`unrestrict` ends that, and says why.")
            case "leaves":
                (.name, "`leaves` lets a person leave the organisation; their work is passed on when the clock moves.")
            case "advance": (.characters, "`advance` moves the clock: 3 working days.")
            case "until": (.characters, "`until` moves the clock to a moment, or to the `next timer`.")
            default: (.mapping(expectation), "`expect` says how things stand now.")
            }
        return KeyShape(kind, value, required: true, doc)
    }

    private static let form = KeyShape("form", .map(data), "`form` is what is entered.")
    private static let comment = KeyShape("comment", .characters, "`comment` says something; of a vote, why.")
    private static let ownKeys: [String: [KeyShape]] = [
        "raise": [
            form, KeyShape("for", .name, "`for` is whom it is for."),
            KeyShape("called", .name, "`called` is what `on` calls it; without it, the play goes on with it."),
        ],
        "hand_over": [KeyShape("to", .name, required: true, "`to` is who gets it.")],
        "tick": [KeyShape("items", .list(.name), "`items` are the lines.")],
        "untick": [KeyShape("items", .list(.name), "`items` are the lines.")],
        "add_voter": [KeyShape("voter", .name, required: true, "`voter` is who gets a vote.")],
        "add": [
            KeyShape("element", data, "`element` is added to an each."),
            KeyShape("step", .name, "`step` is the template that is added to an adhoc."),
        ],
        "answer": callReply.keys,
        "event": [KeyShape("key", .characters, "`key` is what it is about."), form],
        "comment": [
            KeyShape(
                "to", .characters,
                "`to` makes it a note: `internal` for those who work on the request, `team:hr` for that team of them.")
        ],
        "rate": [comment],
        "restrict": [KeyShape("reason", .characters, "`reason` says why.")],
        "reopen": [KeyShape("called", .name, "`called` is what `on` calls it; without it, the play goes on with it.")],
        "complete": [form], "approve": [comment], "reject": [comment],
        "give_up": [KeyShape("outcome", .name, required: true, "`outcome` is how it ends.")],
        "child": reply.keys.filter { $0.name != "cancel" },
    ]

    private static func commonKeys(_ kind: String) -> [KeyShape] {
        var keys: [KeyShape] = []
        let isByPerson = !["child", "answer", "leaves", "advance", "until", "expect"].contains(kind)
        if isByPerson { keys.append(KeyShape("as", .name, "`as` is who does it; without it, somebody who is asked.")) }
        if kind != "raise", !["leaves", "advance", "until"].contains(kind) {
            keys.append(
                KeyShape(
                    "on", .list(.instance),
                    "`on` is the step whose child is meant, or several, each in the child of the one before; or what `called` said."
                ))
        }
        if isByPerson || kind == "child" || kind == "answer" {
            keys.append(KeyShape("refused", .characters, "`refused` is the code with which it has to be refused."))
        }
        return keys
    }

    // MARK: Expectations

    static let expectation = MappingShape(
        "`expect`",
        [
            KeyShape(
                "open", .list(.instance),
                "`open` lists everything that waits for somebody or something, and nothing else."),
            KeyShape(
                "asked", .instances(.list(.characters)), "`asked` says of steps who is asked: handles, `team:it`."),
            KeyShape("assigned", .instances(.name), "`assigned` says of tasks who has claimed them, or `nobody`."),
            KeyShape("due", .instances(.characters), "`due` says of steps when they are due, or `none`."),
            KeyShape("overdue", .list(.instance), "`overdue` lists every open step that is overdue."),
            KeyShape("done", .list(.instance), "`done` lists steps that have settled well."),
            KeyShape("skipped", .list(.instance), "`skipped` lists steps that were not needed."),
            KeyShape("failed", .list(.instance), "`failed` lists steps that have settled badly."),
            KeyShape("cancelled", .list(.instance), "`cancelled` lists steps that are no longer needed."),
            KeyShape("waiting", .list(.instance), "`waiting` lists steps that have not started."),
            KeyShape(
                "suspended", .list(.instance),
                "`suspended` lists steps that are put aside while their `only_while` does not hold."),
            KeyShape(
                "undone", .list(.instance),
                "`undone` lists the steps whose undo has begun, in that order, and no others."),
            KeyShape("outcome", .name, "`outcome` is how the request has ended, or `none` while it has not."),
            KeyShape("phase", .words(["open", "ending", "closed"]), "`phase` is whether it runs, ends or has ended."),
            KeyShape("fields", .map(data), "`fields` are values of the request's form, `none` for one that is absent."),
            KeyShape("outputs", .map(data), "`outputs` is all that the request hands to its parent."),
            KeyShape("gives", .instances(.map(data)), "`gives` says of steps what they left behind."),
            KeyShape("passed", .instances(.map(data)), "`passed` says of steps what their child was given."),
            KeyShape("sees", .map(.list(.name)), "`sees` says of people which fields they read, all and no others."),
            KeyShape(
                "held", .list(.name), "`held` lists the fields of which a change waits to be confirmed, and no others."),
            KeyShape(
                "targets", .map(.words(["running", "paused", "met", "missed", "dropped"])),
                "`targets` says how promises stand."),
            KeyShape("hidden_from", .list(.name), "`hidden_from` lists people who may not see the request."),
            KeyShape(
                "told", .either([.words(["nobody"]), .list(.either([.characters, .mapping(told)]))]),
                "`told` lists who was told since the last `told`, or the beginning; more may have been."),
        ])

    static let told = MappingShape(
        "what somebody was told",
        [
            KeyShape("to", .characters, required: true, "`to` is a handle, or `role:hr`, `team:it`."),
            KeyShape(
                "notice", .name, "`notice` is what it was about: overdue, closed, reminder; `message` for a `notify`."),
            KeyShape("text", .characters, "`text` is the message of a `notify`, in any language."),
            KeyShape("about", .instance, "`about` is the step."),
        ])
}
