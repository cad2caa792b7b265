import Expressions

@testable import WorkflowCore

/// A random well-formed process: all kinds of containers in one another, `after` across the borders of blocks, all kinds of steps,
/// handlers, undos and deadlines.
struct RandomProcess {
    private var random: SeededRandom
    private var names = 0

    static func type(_ random: inout SeededRandom) -> RequestType {
        var process = RandomProcess(random: SeededRandom(seed: random.next()))
        let skeleton = process.skeleton(depth: 0)
        process.connect(skeleton)
        let steps = process.steps(skeleton, in: [])
        var type = requestType(
            form: [
                field("yes", .yesNo), field("no", .yesNo), field("note", default: "\"x\""), field("on", .yesNo),
                field("count", .integer(minimum: 0, maximum: 9)), field("start", .date),
            ],
            outputs: [("answer", "yes")],
            cancel: process.random.once(in: 2)
                ? Cancellation(
                    by: [people("requester")], until: process.random.pick(skeleton).name, outcome: "withdrawn") : nil,
            steps)
        type.amendments = ["note", "on", "count", "start"].map {
            Amendment(field: $0, by: [people("requester"), .team("hr")], until: nil)
        }
        if process.random.once(in: 2) {
            let step = process.random.pick(skeleton).name
            type.targets = [
                target("soon", of: step, within: "3 hours", pause: [step], warn: [50], onBreach: [.team("hr")])
            ]
        }
        return type
    }

    static let entries: [FieldID: JSONValue] = [
        "yes": .bool(true), "no": .bool(false), "on": .bool(true), "count": .number("2"),
        "start": .string("2026-11-24"),
    ]

    private init(random: SeededRandom) { self.random = random }

    private struct Node {
        let name: StepID
        let kind: Kind
        let inner: [Node]
    }

    private enum Kind {
        case leaf, block, choose, loop, each, race, adhoc
    }

    private mutating func skeleton(depth: Int) -> [Node] {
        var nodes: [Node] = []
        for _ in 0..<Int.random(in: depth == 0 ? 1...5 : 0...3, using: &random) where names < 16 {
            names += 1
            let name = StepID("s\(names)")
            let kind: Kind =
                depth < 3 && random.once(in: 2)
                ? random.pick(.block, .block, .choose, .loop, .each, .race, .adhoc) : .leaf
            var inner = kind == .leaf ? [] : skeleton(depth: depth + 1)
            if kind == .race || kind == .adhoc, inner.isEmpty {
                names += 1
                inner = [Node(name: StepID("s\(names)"), kind: .leaf, inner: [])]
            }
            nodes.append(Node(name: name, kind: kind, inner: inner))
        }
        return nodes
    }

    /// Chooses pairs (before, after) that keep the flattened graph of starts and ends acyclic.
    private var afters: [StepID: [StepID]] = [:]

    private mutating func connect(_ nodes: [Node]) {
        var edges: [String: Set<String>] = [:]
        var all: [Node] = []
        var ancestors: [StepID: Set<StepID>] = [:]
        // `after` stays within a closed container; of a choose within a case, and branches and templates have none.
        var scopes: [StepID: String] = [:]
        func visit(_ node: Node, _ around: [StepID], _ scope: String) {
            all.append(node)
            ancestors[node.name] = Set(around)
            scopes[node.name] = scope
            edges["start \(node.name)", default: []].insert("end \(node.name)")
            if let block = around.last {
                edges["start \(block)", default: []].insert("start \(node.name)")
                edges["end \(node.name)", default: []].insert("end \(block)")
            }
            for (place, inner) in node.inner.enumerated() {
                let isApart = node.kind == .choose || node.kind == .race || node.kind == .adhoc
                let own = node.kind == .block ? scope : isApart ? "\(node.name) \(place)" : "\(node.name)"
                visit(inner, around + [node.name], own)
            }
        }
        for node in nodes { visit(node, [], "") }
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
            guard before != after, scopes[before] == scopes[after], ancestors[after]?.contains(before) == false,
                ancestors[before]?.contains(after) == false,
                !reaches("start \(after)", "end \(before)")
            else { continue }
            edges["end \(before)", default: []].insert("start \(after)")
            afters[after, default: []].append(before)
        }
    }

    private mutating func steps(_ nodes: [Node], in containers: [StepID]) -> [Step] {
        nodes.map { node in
            let kind = kind(of: node, in: containers)
            var made = StepParts(
                step(
                    node.name, kind,
                    when: random.once(in: 4) ? random.pick("yes", "no", "lost.x", "4 / count > 1") : nil,
                    after: afters[node.name] ?? [],
                    due: random.once(in: 3)
                        ? random.pick("2 days", "3 working hours", "start", "lost.y", "start + (9 / count) * 1 day")
                        : nil,
                    onOverdue: random.pick(
                        .tell([.role("hr-lead")]), .reject, .fail, .end("withdrawn"), leaving(containers)),
                    onFailure: handler(around: containers)))
            if case .request = kind, !random.once(in: 3) {
                made.undo = random.once(in: 6) ? Undo.none : undo(by: "it.disable_account", with: [("x", "yes")])
            }
            // A container that waits for something outside must not keep the rest of its surroundings from running.
            made.isOneAtATime = node.inner.allSatisfy { $0.inner.isEmpty } && random.once(in: 3)
            if random.once(in: 3) {
                made.onChange = [random.pick("note", "count"): random.pick(.keep, .forward, .restart, .restart)]
            }
            if node.kind == .leaf, random.once(in: 6) {
                made.hold = expression(random.pick("\"van\"", "\"desk\"", "string(4 / count)"))
            }
            if random.once(in: 6) {
                made.onlyWhile = expression(
                    random.pick(
                        "on", "on", "now.getMinutes() < 40", "4 / count > 0",
                        "on or now > timestamp('2026-11-23T18:00:00Z')", "on or today > date('2026-11-24')"))
            }
            return made.step
        }
    }

    private mutating func kind(of node: Node, in containers: [StepID]) -> StepKind {
        if node.kind == .leaf { return leaf() }
        let inner = steps(node.inner, in: node.kind == .adhoc ? containers : containers + [node.name])
        switch node.kind {
        case .leaf, .block: return .block(inner)
        case .choose:
            var cases = inner.map { branch(when: random.pick("yes", "no", "no", "lost.x"), [$0]) }
            if random.once(in: 2) { cases.append(branch()) }
            return .choose(ChooseStep(cases: cases))
        case .loop:
            return loop(
                until: random.pick("yes", "no", "\(node.name).round > 1", "lost.x"),
                max: Int.random(in: 1...3, using: &random), onExhausted: random.once(in: 2) ? .continue : nil, inner)
        case .each:
            return each(
                "item", of: random.pick("[\"a\"]", "[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]", "[]", "[\"a\", \"a\"]"),
                need: random.pick(.all, .count(1), .count(2), .percent(50)), rest: random.pick(.cancel, .continue),
                add: random.once(in: 2) ? LateElements(by: [.team("hr")], until: lateStep()) : nil, inner)
        case .race:
            return race(
                random.pick(.firstStep, .finish), need: random.once(in: 4) ? 2 : 1,
                rest: random.pick(.cancel, .continue),
                inner)
        case .adhoc: return .adhoc(AdhocStep(by: [.team("hr")], templates: inner))
        }
    }

    /// Any step of the process, or none: adding closes with its start, if that does not wait for the each itself.
    private mutating func lateStep() -> StepID? {
        random.once(in: 2) ? StepID("s\(Int.random(in: 1...max(1, names), using: &random))") : nil
    }

    private mutating func leaving(_ containers: [StepID]) -> OverdueAction {
        containers.isEmpty ? .fail : .leave(random.pick(containers))
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
        case 7...8:
            child(
                "it.account", with: [("x", random.pick("yes", "yes", "4 / count"))],
                wait: random.pick(.ended, .ended, .submitted))
        default: automatic()
        }
    }

    private mutating func automatic() -> StepKind {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .end(random.pick("done", "rejected"))
        case 1: random.pick(set(("note", "\"set\"")), set(("on", "not on")), set(("count", "4 / count")))
        case 2: notify(.team("hr"), message: random.pick("Hello {{ note }}", "{{ lost.y }}"))
        case 3:
            random.pick(
                wait(for: random.pick("2 hours", "1 working day", "0 minutes")),
                wait(until: random.pick("start at 09:30", "start", "start + (4 / count) * 1 day")))
        case 4: wait(event: random.pick("signed", "parcel"))
        case 5, 6: .call(call(.post, "/x/{{ note }}", with: [("yes", random.pick("yes", "4 / count"))]))
        default: task(.team("hr"))
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
