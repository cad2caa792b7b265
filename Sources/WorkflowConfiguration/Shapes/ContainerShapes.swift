extension Shapes {
    static let choose = kind(
        "choose", "a choice of ways", deadlines(forever: false),
        [
            KeyShape(
                "cases", .list(.mapping(chooseCase)),
                "`cases` are tried from top to bottom; the first that holds is taken."),
            KeyShape(
                "table", .list(.mapping(row)), "`table` is a decision table: each row says what its columns must be."),
            KeyShape(
                "gives", .map(.mapping(caseOutput)),
                "`gives` declares the outputs that every case gives: what people read for them and for their choices."),
            KeyShape(
                "hit", .words(["first", "unique"]),
                "`hit: unique` says that no two rows can hold at once; `first` takes the first that holds."),
            KeyShape(
                "else", .either([.words(["none"]), .mapping(otherwise)]),
                "`else` says what follows when nothing else holds: {gives: …, steps: …}, or `none`."),
            failure("on_failed"),
        ])

    static let caseOutput = MappingShape(
        "an output of a choose",
        [
            KeyShape("label", .text, required: true, "`label` is what people read."),
            KeyShape(
                "type", .words(caseOutputTypes), required: true,
                "`type` says what the cases give: \(caseOutputTypes.joined(separator: ", "))."),
            KeyShape(
                "of", .either([.name, .map(.text)]),
                "`of` says the choices: a shared list, or values and labels.",
                example: "{low: {en: Low, de: Gering}, high: {en: High, de: Hoch}}"),
        ])

    static let caseOutputTypes = [
        "text", "integer", "number", "yes_no", "choice", "date", "datetime", "time", "person", "money",
    ]

    static let chooseCase = MappingShape(
        "a case", [KeyShape("when", .condition, required: true, "`when` says when it is taken.")] + otherwise.keys)

    static let otherwise = MappingShape(
        "`else`",
        [
            KeyShape(
                "gives", .map(.value),
                "`gives` says what the outputs of the choose are then; every case has the same ones.",
                example: "{level: {text: board}}"),
            KeyShape("steps", .steps, "`steps` run when it is taken."),
        ])

    /// A row has a column for whatever it reads.
    static let row = MappingShape("a row", otherwise.keys, others: .cell)

    static let `repeat` = kind(
        "repeat", "a loop", deadlines(forever: false),
        [
            KeyShape("until", .condition, required: true, "`until` is asked after each round and ends the loop."),
            KeyShape("max", .wholeNumber, required: true, "`max` is the most rounds."),
            KeyShape(
                "on_exhausted", .either([.words(["continue"]), .mapping(handler)]),
                "`on_exhausted` says what follows when the last round does not satisfy `until`: `continue`, {end: …}, {leave: …}, {retry: …} or {ask: …}."
            ),
            inner, failure("on_failed"),
        ])

    static let each = kind(
        "each", "a step for each element", deadlines(forever: false),
        [
            KeyShape(
                "of", .map(.expression), required: true,
                "`of` gives the list, and what the steps inside call an element.", example: "{app: apps}"),
            KeyShape(
                "key", .expression, "`key` names an element; the element itself, unless said.", example: "row.item"),
            KeyShape(
                "need", .either([.words(["all"]), .wholeNumber, .percentage]),
                "`need` says how many have to go well: `all`, a number or a percentage."),
            rest,
            KeyShape("add", .mapping(lateElements), "`add` says who may add elements while it runs."),
            oneAtATime, inner, failure("on_failed"),
        ])

    static let lateElements = MappingShape(
        "`add` of an each",
        [
            KeyShape("by", .people, required: true, "`by` says who may add elements."),
            KeyShape("until", .name, "`until` names the step from whose start on it is too late."),
        ])

    static let rest = KeyShape(
        "rest", .words(["cancel", "continue"]), "`rest` says what becomes of those that are not needed any more.")

    static let race = kind(
        "race", "a race", deadlines(forever: false),
        [
            KeyShape(
                "win", .words(["first_step", "finish"]),
                "`win: first_step` is won when the first step in a branch is done, `finish` when a branch has settled."),
            KeyShape("need", .wholeNumber, "`need` says how many branches have to win; 1, unless said."),
            rest,
            KeyShape("steps", .steps, required: true, "`steps` are the branches that run against each other."),
            failure("on_failed"),
        ])

    static let adhoc = kind(
        "adhoc", "an offer of further steps", [],
        [
            KeyShape("by", .people, required: true, "`by` says who may add steps."),
            KeyShape(
                "allow", .steps, required: true, "`allow` holds the steps that may be added, each any number of times."),
            failure("on_failed"),
        ])
}
