/// Writes random request types that are well formed: what it writes has to compile without errors.
struct ProcessGenerator {
    /// What it may write.
    struct Style {
        /// Leaves at most, more or less.
        var size = 10
        var depth = 3
        /// Only what an exhaustive exploration can go through: no loops, no children, no elements.
        var isFinite = false
        /// Its flags may be amended at any time, and whoever has read one says what follows.
        var isAmended = false
    }

    /// The conditions that may stand in a rule for a step: what is known of all.
    private(set) var flags: [String] = []
    private(set) var stepNames: [String] = []
    private(set) var approvals: [String] = []
    private var random: SeededGenerator
    private let style: Style
    private var count = 0
    private var budget: Int
    /// What the step to be written reads already.
    private var reads: [String] = []

    init(seed: UInt64, style: Style = Style()) {
        random = SeededGenerator(seed: seed)
        self.style = style
        budget = style.size
    }

    /// A whole file. `rules` are written as they are.
    mutating func requestType(rules: (ProcessGenerator) -> [String] = { _ in [] }) -> String {
        let steps = order(depth: 0, indentation: 2)
        var lines = [
            "title: Generated", "audience: role:employee", "outcomes: {done: good, no: bad, withdrawn: bad}",
            "cancel: {by: requester, outcome: withdrawn}", "form:",
            "  places: {label: Places, type: choices, of: sites}",
            "  note: {label: Note, type: text, optional: true}",
        ]
        lines += flags.map { "  \($0): {label: \($0), type: yes_no}" }
        if style.isAmended, !flags.isEmpty {
            lines += ["amend:"] + flags.map { "  \($0): {by: role:lead}" }
        }
        let rules = rules(self)
        if !rules.isEmpty { lines += ["rules:"] + rules.map { "  - \($0)" } }
        return (lines + ["steps:"] + steps).joined(separator: "\n") + "\n"
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func name() -> String {
        count += 1
        let name = "s\(count)"
        stepNames.append(name)
        return name
    }

    /// A condition over a field of its own, so that no condition can be constant.
    private mutating func condition() -> String {
        let flag = "f\(flags.count + 1)"
        flags.append(flag)
        reads.append(flag)
        return chance(50) ? flag : "not \(flag)"
    }

    /// What follows a change of what a step has read.
    private mutating func onChange() -> [String] {
        defer { reads = [] }
        guard style.isAmended, !reads.isEmpty else { return [] }
        let reactions = reads.map { flag in "\(flag): \(chance(60) ? "keep" : "restart")" }
        return ["on_change: {\(reactions.joined(separator: ", "))}"]
    }

    /// The members of one order: each after some of those before it.
    private mutating func order(depth: Int, indentation: Int, atLeast least: Int = 1) -> [String] {
        let members = Int.random(in: least...4, using: &random)
        var names: [String] = []
        var lines: [String] = []
        for _ in 0..<members where budget > 0 || names.isEmpty {
            let name = name()
            var common: [String] = []
            let waited = names.filter { _ in chance(40) }
            if !waited.isEmpty { common.append("after: [\(waited.joined(separator: ", "))]") }
            if chance(30) { common.append("when: \(condition())") }
            lines += step(name, common, depth: depth, indentation: indentation)
            names.append(name)
        }
        return lines
    }

    private mutating func step(_ name: String, _ common: [String], depth: Int, indentation: Int) -> [String] {
        let containers = style.isFinite ? ["block", "choose", "race"] : ["block", "choose", "race", "repeat", "each"]
        if depth < style.depth, budget > 1, chance(45), let kind = containers.randomElement(using: &random) {
            return container(kind, name, common, depth: depth, indentation: indentation)
        }
        budget -= 1
        let kinds =
            style.isFinite ? ["task", "task", "approval"] : ["task", "approval", "wait", "notify", "request"]
        return leaf(kinds.randomElement(using: &random) ?? "task", name, common, indentation)
    }

    private mutating func leaf(
        _ kind: String, _ name: String, _ common: [String], _ indentation: Int, rejected: String = "{end: no}"
    ) -> [String] {
        var keys = ["\(kind): \(name)"] + common + onChange()
        switch kind {
        case "approval":
            approvals.append(name)
            if style.isAmended { keys.append("covers: note") }
            keys += ["from: group:leads", "due: 3 working days"]
            keys.append(chance(50) ? "on_overdue: reject" : "on_overdue: {tell: role:lead}")
            keys.append("on_rejected: \(rejected)")
        case "wait": keys.append("for: \(Int.random(in: 1...5, using: &random)) days")
        case "notify": keys += ["to: role:lead", "message: Something happened"]
        case "request":
            keys += ["type: it.account", "with: {name: {text: Somebody}}", "undo: none"]
            keys.append(chance(50) ? "on_failed: continue" : "on_failed: {ask: role:lead}")
        default:
            keys += ["assign: team:hr", "form: {ok: {label: Good?, type: yes_no}}", "due: 2 days"]
            let handlers = ["{tell: role:lead}", "fail", "{end: no}"]
            let handler = handlers.randomElement(using: &random) ?? "fail"
            keys.append("on_overdue: \(handler)")
            if handler == "fail" { keys.append("on_failed: continue") }
        }
        return Self.item(keys, indentation)
    }

    private mutating func container(
        _ kind: String, _ name: String, _ common: [String], depth: Int, indentation: Int
    ) -> [String] {
        let inner = indentation + 4
        var lines = ["\(kind): \(name)"] + common
        let first = kind == "choose" ? condition() : ""
        lines += onChange()
        switch kind {
        case "repeat":
            let last = self.name()
            lines += ["until: \(last).ok", "max: 2", chance(50) ? "on_exhausted: continue" : "on_exhausted: {end: no}"]
            let body =
                order(depth: depth + 1, indentation: inner)
                + Self.item(
                    [
                        "task: \(last)", "assign: team:hr", "form: {ok: {label: Good?, type: yes_no}}", "due: 2 days",
                        "on_overdue: {tell: role:lead}",
                    ], inner)
            return Self.item(lines + ["steps:"], indentation) + body
        case "each":
            lines += ["of: {place\(count): places}", "on_failed: continue"]
            if chance(30) { lines.append("need: \(chance(50) ? "1" : "50%")") }
            return Self.item(lines + ["steps:"], indentation) + order(depth: depth + 1, indentation: inner)
        case "race":
            lines.append("win: \(chance(50) ? "first_step" : "finish")")
            lines += ["on_failed: continue"]
            var body: [String] = []
            for _ in 0..<2 {
                budget -= 1
                body += leaf("task", self.name(), [], inner)
            }
            return Self.item(lines + ["steps:"], indentation) + body
        case "choose":
            lines.append("cases:")
            var result = Self.item(lines, indentation)
            let pad = String(repeating: " ", count: indentation + 4)
            result += ["\(pad)- when: \(first)", "\(pad)  steps:"]
            result += order(depth: depth + 1, indentation: indentation + 8)
            let outer = String(repeating: " ", count: indentation + 2)
            guard chance(60) else { return result + ["\(outer)else: none"] }
            return result + ["\(outer)else:", "\(outer)  steps:"]
                + order(depth: depth + 1, indentation: indentation + 6)
        default:
            // The order is the engine's there, and none that the checker relies on.
            if !style.isFinite, chance(20) { lines.append("one_at_a_time: true") }
            return Self.item(lines + ["steps:"], indentation) + order(depth: depth + 1, indentation: inner)
        }
    }

    private static func item(_ keys: [String], _ indentation: Int) -> [String] {
        let pad = String(repeating: " ", count: indentation)
        return keys.enumerated().map { "\(pad)\($0 == 0 ? "- " : "  ")\($1)" }
    }
}
