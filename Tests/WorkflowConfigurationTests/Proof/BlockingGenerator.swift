/// Writes random request types whose steps may keep each other from running: blocks that do one thing at a time, steps that hold things,
/// and `after` that crosses the borders of blocks.
struct BlockingGenerator {
    /// The conditions that stand in it, each a field of its own.
    private(set) var flags: [String] = []
    private var random: SeededGenerator
    private let hasElements: Bool
    private var count = 0
    private var lines: [String] = []

    /// - Parameter hasElements: Whether steps may be there once for each of several elements.
    init(seed: UInt64, hasElements: Bool) {
        random = SeededGenerator(seed: seed)
        self.hasElements = hasElements
    }

    private final class Node {
        let name: String
        let kind: String
        var inner: [Node] = []
        var after: [String] = []
        /// The nodes around it.
        let around: [String]

        init(_ name: String, _ kind: String, around: [String]) {
            self.name = name
            self.kind = kind
            self.around = around
        }
    }

    /// A whole file. It may be ill formed: circles of `after` are left to the checker.
    mutating func requestType() -> String {
        let roots = nodes(depth: 0, around: [])
        connect(roots)
        for node in roots { write(node, 2) }
        return
            ([
                "title: Generated", "audience: role:employee", "outcomes: {done: good, no: bad}", "form:",
                "  places: {label: Places, type: choices, of: sites}",
            ] + flags.map { "  \($0): {label: \($0), type: yes_no}" } + ["steps:"] + lines).joined(separator: "\n")
            + "\n"
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func nodes(depth: Int, around: [String]) -> [Node] {
        var nodes: [Node] = []
        for _ in 0..<Int.random(in: 2...3, using: &random) where count < 9 || nodes.isEmpty {
            count += 1
            let isContainer = depth < 2 && chance(45)
            let kind = isContainer ? (hasElements && chance(40) ? "each" : "block") : (chance(85) ? "task" : "notify")
            let node = Node("s\(count)", kind, around: around)
            if isContainer { node.inner = self.nodes(depth: depth + 1, around: around + [node.name]) }
            nodes.append(node)
        }
        return nodes
    }

    private mutating func connect(_ roots: [Node]) {
        var all: [Node] = []
        // What stands beside what is around each: there circles begin.
        var beside: [String: [Node]] = [:]
        func collect(_ nodes: [Node], _ outer: [Node]) {
            for node in nodes {
                all.append(node)
                beside[node.name] = outer
                collect(node.inner, nodes.filter { $0 !== node })
            }
        }
        collect(roots, [])
        for (place, node) in all.enumerated() where chance(45) {
            let near = beside[node.name] ?? []
            let earlier = chance(60) && place > 0 ? all[..<place] : all[...]
            guard
                let other = !near.isEmpty && chance(50)
                    ? near.randomElement(using: &random) : earlier.randomElement(using: &random), other !== node,
                !other.around.contains(node.name), !node.around.contains(other.name)
            else { continue }
            node.after.append(other.name)
        }
    }

    private mutating func write(_ node: Node, _ indentation: Int) {
        var keys = ["\(node.kind): \(node.name)"]
        if !node.after.isEmpty { keys.append("after: [\(node.after.joined(separator: ", "))]") }
        if chance(20) {
            let flag = "f\(flags.count + 1)"
            flags.append(flag)
            keys.append("when: \(chance(50) ? flag : "not \(flag)")")
        }
        if node.kind == "task", chance(35) {
            keys.append("hold: '\(chance(60) ? "\"van\"" : "\"desk\"")'")
        }
        switch node.kind {
        case "task": keys += ["assign: team:hr", "forever: true"]
        case "notify": keys += ["to: role:lead", "message: Something happened"]
        case "each": keys += ["of: {place\(node.name): places}"]
        default: break
        }
        if !node.inner.isEmpty {
            if chance(60) { keys.append("one_at_a_time: true") }
            keys.append("steps:")
        }
        let pad = String(repeating: " ", count: indentation)
        lines += keys.enumerated().map { "\(pad)\($0 == 0 ? "- " : "  ")\($1)" }
        for inner in node.inner { write(inner, indentation + 4) }
    }
}
