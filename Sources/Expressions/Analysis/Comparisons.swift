extension CheckedExpression {
    /// What some of its variables are compared with, and whether they stand nowhere else: then nothing but those comparisons can make
    /// it another value while only these variables change.
    ///
    /// What a variable is compared with is left out where it is absent or cannot be evaluated. Cost: that of evaluating it.
    package func comparisons(
        of names: Set<String>, in activation: some Activation
    ) -> (values: [Value], areAll: Bool) {
        var values: [Value] = []
        var areAll = true
        collect(root, of: names, in: activation, isInside: false, &values, &areAll)
        return (values, areAll)
    }

    private func collect(
        _ node: Node, of names: Set<String>, in activation: some Activation, isInside: Bool, _ values: inout [Value],
        _ areAll: inout Bool
    ) {
        guard !node.names.isDisjoint(with: names) else { return }
        if !isInside, let other = node.comparedWith(names) {
            do throws(EvaluationError) {
                switch try Evaluation.run(other, activation, isChecked: true) {
                case .optional(let value): if let value { values.append(value) }
                case let value: values.append(value)
                }
            } catch {
                // Nothing to compare with: that is none of these variables' doing.
                return
            }
            return
        }
        if case .name = node.kind { areAll = false }
        // Inside of macros stand names that are known there alone.
        let isMacro =
            switch node.kind {
            case .comprehension, .bind, .optionalMap: true
            default: false
            }
        node.kind.forEachChild {
            collect($0, of: names, in: activation, isInside: isInside || isMacro, &values, &areAll)
        }
    }
}

extension Node {
    /// The other side when one of these variables, as it is, is compared with something that has none of them; nil for all else.
    fileprivate func comparedWith(_ names: Set<String>) -> Node? {
        let sides: (Node, Node)
        switch kind {
        case .binary(.equal, let left, let right), .binary(.notEqual, let left, let right),
            .binary(.less, let left, let right), .binary(.lessOrEqual, let left, let right),
            .binary(.greater, let left, let right), .binary(.greaterOrEqual, let left, let right),
            .presentEqual(let left, let right, isNegated: _):
            sides = (left, right)
        default: return nil
        }
        for (side, other) in [sides, (sides.1, sides.0)] where side.isVariable(of: names) {
            return other.names.isDisjoint(with: names) ? other : nil
        }
        return nil
    }

    private func isVariable(of names: Set<String>) -> Bool {
        switch kind {
        case .name(let name, _): names.contains(name)
        case .some(let operand): operand.isVariable(of: names)
        default: false
        }
    }
}
