/// Macros over lists and maps.
extension Evaluation {
    mutating func comprehension(_ macro: Node.Comprehension) throws(EvaluationError) -> Value {
        let rounds = try bindings(macro, try evaluate(macro.operand))
        switch macro.macro {
        case .all: return .bool(try quantify(macro, rounds, decisive: false))
        case .exists: return .bool(try quantify(macro, rounds, decisive: true))
        case .existsOne:
            var count = 0
            for round in rounds where try holds(macro, round) { count += 1 }
            return .bool(count == 1)
        case .map, .filter, .transformList:
            var values: [Value] = []
            for round in rounds where try holds(macro, round) {
                values.append(try transformed(macro, round) ?? round[0].1)
            }
            return .list(values)
        case .transformMap:
            var map: [Value: Value] = [:]
            for round in rounds where try holds(macro, round) {
                if let value = try transformed(macro, round) { map[round[0].1] = value }
            }
            return .map(map)
        }
    }

    /// What the names stand for in each round; maps are visited in the order of their keys.
    private func bindings(
        _ macro: Node.Comprehension, _ value: Value
    ) throws(EvaluationError) -> [[(String, Value)]] {
        switch value {
        case .list(let elements):
            guard let second = macro.second else { return elements.map { [(macro.first, $0)] } }
            return elements.enumerated().map { [(macro.first, .int(Int64($0.offset))), (second, $0.element)] }
        case .map(let map):
            return Value.sortedKeys(of: map).map { key in
                guard let second = macro.second else { return [(macro.first, key)] }
                return [(macro.first, key), (second, map[key] ?? .null)]
            }
        default: throw .type("Only lists and maps can be visited element by element.")
        }
    }

    private mutating func holds(
        _ macro: Node.Comprehension, _ round: [(String, Value)]
    ) throws(EvaluationError) -> Bool {
        try charge(1)
        guard let condition = macro.condition else { return true }
        return try with(round) { (run: inout Evaluation) throws(EvaluationError) -> Bool in try run.condition(condition)
        }
    }

    private mutating func transformed(
        _ macro: Node.Comprehension, _ round: [(String, Value)]
    ) throws(EvaluationError) -> Value? {
        guard let transform = macro.transform else { return nil }
        return try with(round) { (run: inout Evaluation) throws(EvaluationError) -> Value in try run.evaluate(transform)
        }
    }

    /// As `&&` and `||` over the rounds: one that decides wins over errors in others.
    private mutating func quantify(
        _ macro: Node.Comprehension, _ rounds: [[(String, Value)]], decisive: Bool
    ) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        for round in rounds {
            do throws(EvaluationError) {
                if try holds(macro, round) == decisive { return decisive }
            } catch {
                if error.isFinal { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return !decisive
    }
}
