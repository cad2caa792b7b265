import Expressions
import WorkflowCore

/// Request types that start each other. They may, when nothing goes round by itself: on every way round somebody acts, time passes or a
/// condition is asked; and when what they hand out does not rest on what they get from each other. Of a type that starts itself more is
/// known once its definition is there, see `LoopChecks`.
struct Recursion {
    let findings: Findings
    /// The types of one group of `TypeOrder`.
    let group: [DraftRequestType]

    private let drafts: [RequestTypeID: DraftRequestType]

    init(_ group: [DraftRequestType], findings: Findings) {
        self.findings = findings
        self.group = group
        drafts = Dictionary(group.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Whether there is a way round: a single type has one when it starts itself.
    var isCircle: Bool {
        group.contains { type in TypeOrder.names(in: type.steps).contains { drafts[RequestTypeID($0.value)] != nil } }
    }

    /// Complains about each way round that nothing holds up.
    func check() {
        let unguarded = drafts.mapValues { type in
            let graph = ProcessGraph(type.steps)
            return graph.steps.indices.compactMap { position -> Located<String>? in
                guard case .request(let child) = graph.steps[position].kind, let name = child.type,
                    drafts[RequestTypeID(name.value)] != nil, !graph.isHeldUp(position)
                else { return nil }
                return name
            }
        }
        var done: Set<RequestTypeID> = []
        for type in group where !done.contains(type.id) {
            var path = [(id: type.id, next: (unguarded[type.id] ?? [])[...])]
            while let top = path.last {
                guard let child = top.next.first else {
                    path.removeLast()
                    done.insert(top.id)
                    continue
                }
                path[path.count - 1].next.removeFirst()
                let id = RequestTypeID(child.value)
                if id == top.id { continue }
                if let position = path.firstIndex(where: { $0.id == id }) {
                    let circle = path[position...].map(\.id.text) + [id.text]
                    complain(
                        "These request types start each other without end: \(circle.joined(separator: " → ")).",
                        hint: "Let a task, an approval or a wait come first, or say `when` it is started.",
                        at: child.location)
                } else if !done.contains(id) {
                    path.append((id, (unguarded[id] ?? [])[...]))
                }
            }
        }
    }

    /// Finds out what the types of the group promise, before any of them has been checked: their outputs are given types one after the
    /// other, as far as those do not rest on outputs of the group whose types are not known yet. Complains about those that do.
    ///
    /// - Parameter compile: Compiles one type with what is known; what it complains about is nobody's concern yet.
    func settle(_ contracts: Contracts, _ compile: (DraftRequestType) -> Contract) {
        for type in group {
            contracts[type.id] = Contract(
                draft: type, outputs: type.outputs.map { Contract.Output(name: $0.name.value, type: .dyn, size: nil) })
        }
        var open = group
        while !open.isEmpty {
            let fresh = open.map { ($0, compile($0)) }
            let unknown = Set(open.map(\.id))
            let sure = fresh.filter { type, contract in !rests(type, contract, unknown) }
            for (type, contract) in sure.isEmpty ? fresh : sure { contracts[type.id] = contract }
            if sure.isEmpty { return fresh.forEach(complain) }
            open.removeAll { type in sure.contains { $0.0.id == type.id } }
        }
    }

    /// Whether an output has no type yet while the type starts one of those whose outputs are unknown. Without such a child the reason is
    /// an error of its own, which is told when the type is checked.
    private func rests(_ type: DraftRequestType, _ contract: Contract, _ unknown: Set<RequestTypeID>) -> Bool {
        contract.outputs.contains(where: \.type.isDynamic)
            && TypeOrder.names(in: type.steps).contains { unknown.contains(RequestTypeID($0.value)) }
    }

    private func complain(_ type: DraftRequestType, _ contract: Contract) {
        for output in type.outputs
        where contract.outputs.contains(where: { $0.name == output.name.value && $0.type.isDynamic }) {
            complain(
                "`\(output.name.value)` rests on an output of a request type that `\(type.id)` belongs to itself.",
                hint: "Hand out what a step of this request type has found, not what its child has.",
                at: output.name.location)
        }
    }

    private func complain(_ message: String, hint: String, at location: SourceLocation) {
        findings.add(
            Diagnostic(code: CheckCode.requestRecursive.rawValue, message: message, hint: hint, location: location))
    }
}

extension ProcessGraph {
    /// Whether a step does not start by itself: a condition is asked, somebody adds it, or a person or a wait surely comes first.
    fileprivate func isHeldUp(_ position: Int) -> Bool {
        let scopes = [position] + ancestors(of: position)
        let asks = scopes.contains { scope in
            if steps[scope].when != nil { return true }
            guard let parent = parent(of: scope) else { return false }
            switch steps[parent].kind {
            case .adhoc: return true
            case .choose(let choose):
                guard let index = caseIndex(of: scope) else { return false }
                // A row without cells, before all others, always holds.
                if case .row(let cells) = choose.cases[index].condition { return index > 0 || !cells.isEmpty }
                return true
            default: return false
            }
        }
        if asks { return true }
        let around = Set(scopes)
        return settledBefore(position).elements.contains { other in
            guard steps[other].takesTime, steps[other].when == nil else { return false }
            return ancestors(of: other).allSatisfy { scope in
                around.contains(scope) || (!mayBeCutShort(scope) && steps[scope].runsWhole)
            }
        }
    }
}

extension DraftStep {
    /// Whether somebody acts or time passes before it has settled, whenever it runs.
    fileprivate var takesTime: Bool {
        let passesOver = if case .continue? = onFailure?.action { true } else { false }
        switch kind {
        case .wait: return true
        case .approval: return !passesOver
        // One that finds nobody to do it fails at once.
        case .task(let task): return !passesOver || !task.fallback.isEmpty || !task.assign.allSatisfy(\.mayBeNobody)
        default: return false
        }
    }

    /// Whether everything that stands in it and has no condition runs, whenever it runs.
    fileprivate var runsWhole: Bool {
        switch kind {
        case .choose, .each, .race, .adhoc: false
        default: true
        }
    }
}
