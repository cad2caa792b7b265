import Expressions

/// A process as a place/transition net with one source and one sink place: a workflow net (van der Aalst, 1998).
///
/// The translation keeps the order of steps and every choice, as a free one. Beyond such nets are, and so simplified: an each runs
/// its elements one after the other, any number of times; a race is a choice between its branches; steps that people may add are a loop; `end`, `leave` and
/// failures, which cancel what runs beside them, go on like any other step.
public struct PetriNet: Hashable, Sendable {
    /// Where tokens lie. Identifiers are unique among places and transitions.
    public struct Place: Hashable, Sendable {
        /// Unique in the net; an XML name.
        public let id: String
        /// What people read.
        public let name: String
        /// 1 in the source place, else 0.
        public let tokens: Int
    }

    /// What moves them: it takes one token from each place before it and puts one into each behind it.
    public struct Transition: Hashable, Sendable {
        /// Unique in the net; an XML name.
        public let id: String
        /// What people read.
        public let name: String
        /// Identifiers of the places that it takes from; unique.
        public fileprivate(set) var inputs: [String]
        /// Identifiers of the places that it puts into; unique.
        public fileprivate(set) var outputs: [String]
    }

    /// In the order of the process.
    public private(set) var places: [Place] = []
    /// In the order of the process.
    public private(set) var transitions: [Transition] = []
    /// The place that has the only token at first, and the one that has the only token in the end.
    public let source = "source", sink = "sink"

    /// The net of a request type.
    public init(of type: RequestType) {
        places = [
            Place(id: source, name: "raised", tokens: 1), Place(id: sink, name: "closed", tokens: 0),
        ]
        scope(type.steps, name: "request", from: source, to: sink)
    }

    private mutating func place(_ id: String, _ name: String) -> String {
        places.append(Place(id: "p_" + id, name: name, tokens: 0))
        return "p_" + id
    }

    private mutating func transition(_ id: String, _ name: String, _ inputs: [String], _ outputs: [String]) {
        transitions.append(Transition(id: "t_" + id, name: name, inputs: inputs, outputs: outputs))
    }

    /// A partial order, plain blocks dissolved: `after` may cross their borders.
    private mutating func scope(_ steps: [Step], name: String, from entry: String, to exit: String) {
        var leaves: [Step] = []
        var members: [StepID: [StepID]] = [:]
        var after: [StepID: Set<StepID>] = [:]
        func dissolve(_ steps: [Step], waitingFor outer: Set<StepID>) -> [StepID] {
            steps.flatMap { step -> [StepID] in
                let waits = outer.union(step.after)
                guard case .block(let inner) = step.kind, !inner.isEmpty else {
                    leaves.append(step)
                    after[step.id] = waits
                    members[step.id] = [step.id]
                    return [step.id]
                }
                let found = dissolve(inner, waitingFor: waits)
                members[step.id] = found
                return found
            }
        }
        _ = dissolve(steps, waitingFor: [])
        guard !leaves.isEmpty else { return transition("\(name)_pass", "nothing to do", [entry], [exit]) }
        var inputs: [StepID: [String]] = [:]
        var outputs: [StepID: [String]] = [:]
        for step in leaves {
            for other in Set((after[step.id] ?? []).flatMap { members[$0] ?? [] }).sorted() {
                let between = place("\(other)_\(step.id)", "\(step.id) may follow \(other)")
                inputs[step.id, default: []].append(between)
                outputs[other, default: []].append(between)
            }
        }
        var opened: [String] = []
        var closed: [String] = []
        for step in leaves {
            if inputs[step.id] == nil {
                let ready = place("\(step.id)_ready", "\(step.id) is ready")
                inputs[step.id] = [ready]
                opened.append(ready)
            }
            if outputs[step.id] == nil {
                let settled = place("\(step.id)_settled", "\(step.id) has settled")
                outputs[step.id] = [settled]
                closed.append(settled)
            }
        }
        transition("\(name)_open", "\(name) begins", [entry], opened)
        for step in leaves { self.step(step, inputs[step.id] ?? [], outputs[step.id] ?? []) }
        transition("\(name)_close", "\(name) is over", closed, [exit])
    }

    private mutating func step(_ step: Step, _ inputs: [String], _ outputs: [String]) {
        let id = step.id.text
        if step.when != nil { transition("\(id)_skip", "skip \(id)", inputs, outputs) }
        switch step.kind {
        case .task, .approval, .request, .call, .notify, .set, .wait, .end, .block:
            transition(id, id, inputs, outputs)
        case .choose(let choose):
            for (index, choice) in choose.cases.enumerated() {
                let name = "\(id)_case\(index + 1)"
                let (begun, over) = (
                    place("\(name)_begun", "\(name) has begun"), place("\(name)_over", "\(name) is over")
                )
                transition("\(name)_choose", choice.when?.source ?? "else", inputs, [begun])
                scope(choice.steps, name: name, from: begun, to: over)
                transition("\(name)_done", "\(name) is done", [over], outputs)
            }
        case .repeat(let loop):
            let (begun, over) = (place("\(id)_round", "a round of \(id)"), place("\(id)_asked", "\(id) is asked"))
            transition("\(id)_enter", "\(id) begins", inputs, [begun])
            scope(loop.steps, name: "\(id)_body", from: begun, to: over)
            transition("\(id)_again", "once more", [over], [begun])
            transition("\(id)_leave", loop.until.source, [over], outputs)
        case .each(let each): cycle(id, each.steps, inputs, outputs)
        case .adhoc(let adhoc):
            let idle = place("\(id)_idle", "\(id) may begin")
            transition("\(id)_enter", "\(id) begins", inputs, [idle])
            for template in adhoc.templates { self.step(template, [idle], [idle]) }
            transition("\(id)_leave", "\(id) is over", [idle], outputs)
        case .race(let race):
            for branch in race.branches {
                if case .block(let steps) = branch.kind {
                    let name = branch.id.text
                    let (begun, over) = (
                        place("\(name)_begun", "\(name) has begun"), place("\(name)_over", "\(name) is over")
                    )
                    transition("\(name)_win", "\(name) wins", inputs, [begun])
                    scope(steps, name: name, from: begun, to: over)
                    transition("\(name)_done", "\(name) is done", [over], outputs)
                } else {
                    self.step(branch, inputs, outputs)
                }
            }
        }
    }

    private mutating func cycle(_ id: String, _ steps: [Step], _ inputs: [String], _ outputs: [String]) {
        let (idle, begun) = (place("\(id)_idle", "\(id) may begin"), place("\(id)_element", "an element of \(id)"))
        transition("\(id)_enter", "\(id) begins", inputs, [idle])
        transition("\(id)_next", "next element", [idle], [begun])
        scope(steps, name: "\(id)_body", from: begun, to: idle)
        transition("\(id)_leave", "\(id) is over", [idle], outputs)
    }
}
