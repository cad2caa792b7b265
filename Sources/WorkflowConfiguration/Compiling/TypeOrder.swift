import WorkflowCore

/// The order in which request types are checked: children before the types that start them.
enum TypeOrder {
    /// Every type once, in groups: the types of one group start each other, or a type of a group of one may start itself.
    ///
    /// Cost: linear in the types and the children that they start.
    static func groups(_ types: [RequestTypeID: DraftRequestType]) -> [[DraftRequestType]] {
        let ids = types.keys.sorted()
        let positions = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let children = ids.map { id in
            names(in: types[id]?.steps ?? []).compactMap { positions[RequestTypeID($0.value)] }
        }
        return components(children).map { $0.sorted().compactMap { types[ids[$0]] } }
    }

    /// The children that steps name, in the order of the file.
    static func names(in steps: [DraftStep]) -> [Located<String>] {
        steps.flatMap { step -> [Located<String>] in
            if case .request(let child) = step.kind { return child.type.map { [$0] } ?? [] }
            return names(in: step.inner)
        }
    }

    /// The strongly connected components of a graph, each after those that it leads to (Tarjan, "Depth-first search and linear graph
    /// algorithms", 1972). Types may start each other in long chains, so the search keeps a stack of its own.
    private static func components(_ next: [[Int]]) -> [[Int]] {
        var found: [[Int]] = []
        var numbers: [Int?] = Array(repeating: nil, count: next.count)
        var lowest = Array(repeating: 0, count: next.count)
        var isOpen = Array(repeating: false, count: next.count)
        var open: [Int] = []
        var count = 0
        for start in next.indices where numbers[start] == nil {
            var path: [(node: Int, rest: ArraySlice<Int>)] = []
            func enter(_ node: Int) {
                numbers[node] = count
                lowest[node] = count
                count += 1
                open.append(node)
                isOpen[node] = true
                path.append((node, next[node][...]))
            }
            enter(start)
            while let top = path.last {
                let node = top.node
                if let other = top.rest.first {
                    path[path.count - 1].rest.removeFirst()
                    if numbers[other] == nil {
                        enter(other)
                    } else if isOpen[other] {
                        lowest[node] = min(lowest[node], numbers[other] ?? count)
                    }
                    continue
                }
                path.removeLast()
                if let parent = path.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
                guard lowest[node] == numbers[node] else { continue }
                var component: [Int] = []
                while let member = open.popLast() {
                    isOpen[member] = false
                    component.append(member)
                    if member == node { break }
                }
                found.append(component)
            }
        }
        return found
    }
}
