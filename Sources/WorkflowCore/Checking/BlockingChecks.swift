import Expressions

/// What keeps others from running, because one thing is done at a time, does not wait for them.
///
/// First by what waits for what: without a circle nothing can block. Where there is one, the ways are gone on which it might close. What a
/// step holds makes no circle, since nothing stands inside such a step; but it can change whose turn comes first.
struct BlockingChecks {
    let facts: ProcessFacts

    private var flow: ProcessFlow { facts.flow }

    func check(_ findings: inout CheckFindings) {
        var known = StepSet(count: flow.steps.count)
        for block in flow.steps.indices where flow.takesTurns(block) {
            for holder in flow.children[block] where !known.contains(holder) {
                guard let circle = circle(from: holder), check(circle, in: block, &findings) else { continue }
                for step in circle.steps.elements { known.insert(step) }
            }
        }
    }

    /// Something that runs and waits inside for what cannot start meanwhile.
    private struct Circle {
        /// What runs.
        let holder: Int
        /// What waits inside it, what that waits for, and so on; the last cannot start while the holder runs.
        let way: [Int]
        /// Everything that any of them may wait for.
        let steps: StepSet
    }

    /// The first circle in which a step waits, while it runs, for a neighbour that it keeps from starting.
    private func circle(from holder: Int) -> Circle? {
        guard let block = flow.parents[holder] else { return nil }
        var origins: [Int: Int?] = [:]
        var order: [Int] = []
        func add(_ steps: ClosedRange<Int>, from origin: Int?) {
            for step in steps where origins[step] == nil && !isOver(step, whenRunning: holder) {
                origins[step] = .some(origin)
                order.append(step)
            }
        }
        if flow.steps[holder].isAdhoc {
            // It is open until all the others are over.
            for other in flow.children[block] where other != holder { add(other...flow.lasts[other], from: nil) }
        } else if flow.lasts[holder] > holder {
            add(holder + 1...flow.lasts[holder], from: nil)
        }
        var closing: Int?
        var next = 0
        while next < order.count {
            let step = order[next]
            next += 1
            for name in flow.steps[step].after {
                if let other = flow.position(of: name) { add(other...flow.lasts[other], from: step) }
            }
            guard let parent = flow.parents[step] else { continue }
            add(parent...parent, from: step)
            guard flow.takesTurns(parent) else { continue }
            if parent == block, closing == nil { closing = step }
            for other in flow.children[parent] where other != step && flow.lasts[other] > other {
                add(other + 1...flow.lasts[other], from: step)
            }
        }
        guard let closing else { return nil }
        var steps = StepSet(count: flow.steps.count)
        for step in holder...flow.lasts[holder] { steps.insert(step) }
        for step in order { steps.insert(step) }
        var way = [closing]
        while let last = way.last, let origin = origins[last] ?? nil { way.append(origin) }
        return Circle(holder: holder, way: way.reversed(), steps: steps)
    }

    /// Whether a step waits for nothing any more while another runs: it has settled before, is around it, or is never there with it.
    private func isOver(_ step: Int, whenRunning holder: Int) -> Bool {
        flow.isBefore(step, holder) || flow.isInside(holder, step) || flow.areAlternatives(step, holder)
    }

    /// Whether there was something to say.
    private func check(_ circle: Circle, in block: Int, _ findings: inout CheckFindings) -> Bool {
        let sentence = sentence(circle, in: block)
        switch ProcessExplorer(facts: facts, .blocking(circle.steps), isUsingFree: true).explore() {
        case .holds: return false
        case .fails(let path, let witness):
            findings.error(
                .stepBlocked, "\(sentence) It comes to that \(RuleChecks.way(path, witness)).",
                hint: hint(circle, in: block),
                at: flow.steps[circle.holder].source)
        case .tooMany:
            findings.error(
                .stepBlocked,
                """
                \(sentence) That it never comes to that is not proven: after \(ProcessExplorer.budget) states not every way \
                was gone.
                """,
                hint: hint(circle, in: block), at: flow.steps[circle.holder].source)
        }
        return true
    }

    private func sentence(_ circle: Circle, in block: Int) -> String {
        let holder = "`\(flow.steps[circle.holder].id)`"
        let around = "`\(flow.steps[block].id)`, which does one thing at a time"
        if flow.steps[circle.holder].isAdhoc {
            return "\(holder) is open as long as \(around), so the others in it may never start."
        }
        let names = circle.way.map { "`\(flow.steps[$0].id)`" }
        let waiting = names.dropFirst().map { " waits for \($0)" }.joined(separator: ", which")
        return "\(holder) may wait for ever in \(around): \(names[0]) in it\(waiting), and that cannot start meanwhile."
    }

    private func hint(_ circle: Circle, in block: Int) -> String {
        let holder = flow.steps[circle.holder].id
        guard !flow.steps[circle.holder].isAdhoc,
            let outer = circle.way.first(where: { !flow.isInside($0, circle.holder) })
        else { return "Put `\(holder)` beside `\(flow.steps[block].id)`, or let it come last with `after`." }
        return "Write `after: \(flow.steps[outer].id)` at `\(holder)`, so that it starts when it can go on."
    }
}

extension ProcessFlow {
    /// Whether the steps directly inside one never run at the same time.
    func takesTurns(_ position: Int) -> Bool {
        if case .block = steps[position].kind {
            steps[position].isOneAtATime && children[position].count > 1
        } else {
            false
        }
    }
}
