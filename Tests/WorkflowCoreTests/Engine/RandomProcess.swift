import Expressions

@testable import WorkflowCore

/// A random well-formed process: nested blocks, `after` across their borders, all kinds of steps, handlers and deadlines.
struct RandomProcess {
    private var random: SeededRandom
    private var names = 0

    static func type(_ random: inout SeededRandom) -> RequestType {
        var process = RandomProcess(random: SeededRandom(seed: random.next()))
        let skeleton = process.skeleton(depth: 0)
        process.connect(skeleton)
        let steps = process.steps(skeleton, in: [])
        return requestType(
            form: [field("yes", .yesNo), field("no", .yesNo)], outputs: [("answer", "yes")],
            cancel: process.random.once(in: 2)
                ? Cancellation(
                    by: [people("requester")], until: process.random.pick(skeleton).name, outcome: "withdrawn") : nil,
            steps)
    }

    static let entries: [FieldID: JSONValue] = ["yes": .bool(true), "no": .bool(false)]

    private init(random: SeededRandom) { self.random = random }

    private struct Node {
        let name: StepID
        let inner: [Node]?
    }

    private mutating func skeleton(depth: Int) -> [Node] {
        var nodes: [Node] = []
        for _ in 0..<Int.random(in: depth == 0 ? 1...5 : 0...3, using: &random) where names < 16 {
            names += 1
            let name = StepID("s\(names)")
            nodes.append(Node(name: name, inner: depth < 3 && random.once(in: 3) ? skeleton(depth: depth + 1) : nil))
        }
        return nodes
    }

    /// Chooses pairs (before, after) that keep the flattened graph of starts and ends acyclic.
    private var afters: [StepID: [StepID]] = [:]

    private mutating func connect(_ nodes: [Node]) {
        var edges: [String: Set<String>] = [:]
        var all: [Node] = []
        var ancestors: [StepID: Set<StepID>] = [:]
        func visit(_ node: Node, _ around: [StepID]) {
            all.append(node)
            ancestors[node.name] = Set(around)
            edges["start \(node.name)", default: []].insert("end \(node.name)")
            if let block = around.last {
                edges["start \(block)", default: []].insert("start \(node.name)")
                edges["end \(node.name)", default: []].insert("end \(block)")
            }
            for inner in node.inner ?? [] { visit(inner, around + [node.name]) }
        }
        for node in nodes { visit(node, []) }
        func reaches(_ from: String, _ goal: String) -> Bool {
            var seen: Set<String> = [from]
            var next = [from]
            while let point = next.popLast() {
                if point == goal { return true }
                for neighbour in edges[point] ?? [] where seen.insert(neighbour).inserted { next.append(neighbour) }
            }
            return false
        }
        for _ in 0..<all.count {
            let (before, after) = (random.pick(all).name, random.pick(all).name)
            guard before != after, ancestors[after]?.contains(before) == false,
                ancestors[before]?.contains(after) == false,
                !reaches("start \(after)", "end \(before)")
            else { continue }
            edges["end \(before)", default: []].insert("start \(after)")
            afters[after, default: []].append(before)
        }
    }

    private mutating func steps(_ nodes: [Node], in blocks: [StepID]) -> [Step] {
        nodes.map { node in
            let kind = node.inner.map { .block(steps($0, in: blocks + [node.name])) } ?? leaf()
            return step(
                node.name, kind, when: random.once(in: 4) ? random.pick("yes", "no", "lost.x") : nil,
                after: afters[node.name] ?? [],
                due: random.once(in: 3) ? random.pick("2 days", "3 working hours", "today", "lost.y") : nil,
                onOverdue: random.pick(.tell([.role("hr-lead")]), .reject, .fail, .end("withdrawn")),
                onFailure: handler(around: blocks))
        }
    }

    private mutating func leaf() -> StepKind {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3: task(random.pick(.team("hr"), .team("it"), people("requester"), .role("vacant")))
        case 4...6:
            approval(
                random.pick(.team("hr"), people("manager_of(requester)")), random.pick(.team("it"), .role("hr-lead")),
                need: random.pick(.any, .all, .each, .count(2), .percent(60)),
                not: random.once(in: 2) ? [.person("hans")] : [],
                rejection: random.pick(.any, .unreachable))
        case 7...8: child("it.account", with: [("x", "yes")], wait: random.pick(.ended, .ended, .submitted))
        default: random.once(in: 3) ? .end(random.pick("done", "rejected")) : task(.team("hr"))
        }
    }

    private mutating func handler(around blocks: [StepID]) -> FailureHandler? {
        switch Int.random(in: 0..<7, using: &random) {
        case 0...1: nil
        case 2: .continue
        case 3: random.once(in: 3) ? .end("rejected") : .continue
        case 4: blocks.isEmpty ? .retry(2) : .leave(random.pick(blocks))
        case 5: .retry(Int.random(in: 1...2, using: &random))
        default: .ask([random.pick(.team("hr"), .role("vacant"))])
        }
    }
}
