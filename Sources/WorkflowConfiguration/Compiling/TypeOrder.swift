import WorkflowCore

/// The order in which request types are checked: children before the types that start them.
enum TypeOrder {
    /// Every type once. Complains about types that start each other in a circle: nothing bounds how many requests that makes.
    static func sort(_ types: [RequestTypeID: DraftRequestType], findings: Findings) -> [DraftRequestType] {
        var sorted: [DraftRequestType] = []
        var done: Set<RequestTypeID> = []
        for start in types.keys.sorted() where !done.contains(start) {
            // Types may start each other in long chains, so the search keeps a stack of its own.
            var path = [(id: start, next: children(of: types[start])[...])]
            while let top = path.last {
                guard let child = top.next.first else {
                    path.removeLast()
                    done.insert(top.id)
                    if let type = types[top.id] { sorted.append(type) }
                    continue
                }
                path[path.count - 1].next.removeFirst()
                let id = RequestTypeID(child.value)
                // Whether a type that starts itself comes to an end is proven on its definition.
                if id == top.id { continue }
                if let position = path.firstIndex(where: { $0.id == id }) {
                    complain(about: path[position...].map(\.id.text) + [id.text], at: child.location, findings)
                } else if !done.contains(id), types[id] != nil {
                    path.append((id, children(of: types[id])[...]))
                }
            }
        }
        return sorted
    }

    private static func complain(about circle: [String], at location: SourceLocation, _ findings: Findings) {
        findings.add(
            Diagnostic(
                code: CheckCode.requestRecursive.rawValue,
                message: "These request types start each other without end: \(circle.joined(separator: " → ")).",
                hint: "Raise the second one by hand, or let one type do both.", location: location))
    }

    private static func children(of type: DraftRequestType?) -> [Located<String>] { children(of: type?.steps ?? []) }

    private static func children(of steps: [DraftStep]) -> [Located<String>] {
        steps.flatMap { step -> [Located<String>] in
            if case .request(let child) = step.kind { return child.type.map { [$0] } ?? [] }
            return children(of: step.inner)
        }
    }
}
