import WorkflowCore

/// The order in which request types are checked: children before the types that start them.
struct TypeOrder {
    let findings: Findings
    private let types: [RequestTypeID: DraftRequestType]
    private var sorted: [DraftRequestType] = []
    private var done: Set<RequestTypeID> = []
    private var path: [RequestTypeID] = []

    /// Every type once. Complains about types that start each other in a circle: nothing bounds how many requests that makes.
    static func sort(_ types: [RequestTypeID: DraftRequestType], findings: Findings) -> [DraftRequestType] {
        var order = TypeOrder(findings: findings, types: types)
        for id in types.keys.sorted() { order.visit(id) }
        return order.sorted
    }

    private init(findings: Findings, types: [RequestTypeID: DraftRequestType]) {
        self.findings = findings
        self.types = types
    }

    private mutating func visit(_ id: RequestTypeID) {
        guard !done.contains(id), let type = types[id] else { return }
        path.append(id)
        for child in Self.children(of: type.steps) {
            let next = RequestTypeID(child.value)
            if let start = path.firstIndex(of: next) {
                let circle = path[start...].map(\.text) + [next.text]
                findings.error(
                    .requestRecursive, "These request types start each other without end: \(circle.joined(separator: " → ")).",
                    hint: "Raise the second one by hand, or let one type do both.", at: child.location)
            } else {
                visit(next)
            }
        }
        path.removeLast()
        done.insert(id)
        sorted.append(type)
    }

    private static func children(of steps: [DraftStep]) -> [Located<String>] {
        steps.flatMap { step -> [Located<String>] in
            switch step.kind {
            case .request(let child): child.type.map { [$0] } ?? []
            case .block(let inner): children(of: inner)
            case .task, .approval, .end: []
            }
        }
    }
}
