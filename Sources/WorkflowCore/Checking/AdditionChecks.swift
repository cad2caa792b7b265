import Expressions

/// What people may add can be added: what it is added to is not over before anybody could.
struct AdditionChecks {
    let type: RequestType
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        for (position, step) in flow.steps.enumerated() {
            if step.isAdhoc { checkOffer(position, &findings) }
            guard case .each(let each) = step.kind, let add = each.add, mayBeginEmpty(each) else { continue }
            var skipped = ""
            // One that waits for a step which does not wait for it stays open for additions until then.
            if let until = add.until.flatMap(flow.position), !type.index.waits(flow.steps[until].id, for: step.id) {
                let haste = AdditionHaste(flow: flow, each: position)
                guard let others = haste.skippingWhatComesBefore(until) else { continue }
                if !others.isEmpty {
                    skipped = " and \(others.map { "`\(flow.steps[$0].id)`" }.joined(separator: " and ")) is skipped"
                }
            }
            findings.warning(
                .eachClosedAtOnce,
                "When there is nothing to begin with\(skipped), `\(step.id)` is over at once, and nobody can add anything.",
                hint:
                    "Name a step until which things are added, such as `add: {by: …, until: …}`, or give the list a `min`.",
                at: step.place("add"))
        }
    }

    /// An adhoc keeps nothing open: it is there as long as something beside it takes time.
    private func checkOffer(_ position: Int, _ findings: inout CheckFindings) {
        let beside = flow.parents[position].map { flow.children[$0] } ?? flow.roots
        let keepsOpen = beside.contains { other in
            other != position && !flow.isBefore(other, position)
                && (other...flow.lasts[other]).contains { flow.steps[$0].kind.takesTime && !flow.isOffered($0) }
        }
        guard !keepsOpen else { return }
        let step = flow.steps[position]
        let around = flow.parents[position].map { "`\(flow.steps[$0].id)`" } ?? "the request"
        findings.error(
            .adhocClosedAtOnce, "Nothing keeps \(around) open beside `\(step.id)`, so nobody can add anything.",
            hint: "Put a step beside it that takes as long as things may be added, such as a task that ends the work.",
            at: step.source)
    }

    /// Whether whoever fills in its list may leave it empty. One that is asked under a condition counts as it does when it is asked.
    private func mayBeginEmpty(_ each: EachStep) -> Bool {
        if type.hasElements(each) { return false }
        guard let path = each.of.selections.first, each.of.selections.count == 1 else { return true }
        let field: Field? =
            switch path.count {
            case 1: type.form[FieldID(path[0])]
            case 2: type.index[StepID(path[0])]?.kind.outputForm?[FieldID(path[1])]
            default: nil
            }
        guard let field else { return true }
        return field.isOptional || !field.kind.hasElements
    }
}

/// Whether the step until which things are added to an each may have had its turn when the each begins.
private struct AdditionHaste {
    let flow: ProcessFlow
    let each: Int

    /// The steps that are skipped when it comes to that; nil when it surely does not. None when the step has settled by then in any case;
    /// one that has surely started is an error of its own.
    func skippingWhatComesBefore(_ until: Int) -> [Int]? {
        if flow.isBefore(until, each) {
            let shared = flow.ancestors(of: each)
            let isSure = ([until] + flow.ancestors(of: until)).allSatisfy {
                shared.contains($0) || flow.steps[$0].when == nil
            }
            return isSure ? nil : []
        }
        var seen: Set<Int> = []
        guard let skipped = turn(of: until, &seen) else { return nil }
        let step = flow.steps[until]
        // Who holds something, or waits for a condition, may be late.
        let isHasty = step.hold == nil && step.onlyWhile == nil && !skipped.isEmpty
        if isHasty { return skipped }
        return step.when == nil ? nil : skipped + [until]
    }

    /// Whether a step's turn may come in the moment in which the each begins.
    private func turn(of position: Int, _ seen: inout Set<Int>) -> [Int]? {
        var skipped: [Int] = []
        let shared = [each] + flow.ancestors(of: each)
        for scope in [position] + flow.ancestors(of: position) where !shared.contains(scope) {
            if scope != position {
                guard flow.steps[scope].onlyWhile == nil, !flow.takesTurns(scope) else { return nil }
                switch flow.steps[scope].kind {
                case .block, .repeat: break
                default: return nil
                }
            }
            for name in flow.steps[scope].after {
                guard let other = flow.position(of: name), let more = pass(of: other, &seen) else { return nil }
                skipped += more
            }
        }
        return skipped
    }

    /// Whether a step may have passed by then: it has settled, takes no time, or is skipped.
    private func pass(of position: Int, _ seen: inout Set<Int>) -> [Int]? {
        if flow.isBefore(position, each) { return [] }
        let step = flow.steps[position]
        guard seen.insert(position).inserted, let before = turn(of: position, &seen) else { return nil }
        if step.when != nil { return before + [position] }
        switch step.kind {
        case .notify, .set: return step.onlyWhile == nil && step.hold == nil ? before : nil
        default: return nil
        }
    }
}

extension RequestType {
    /// Whether an each surely has an element to begin with.
    func hasElements(_ each: EachStep) -> Bool {
        if case .count = each.need { return true }
        if case .list(let elements)? = each.of.constantValue { return !elements.isEmpty }
        return form[FieldID(each.of.source)]?.kind.hasElements ?? false
    }
}

extension FieldKind {
    /// Whether a value of it surely has elements.
    fileprivate var hasElements: Bool {
        switch self {
        case .list(_, let minimum, _, _), .choices(_, let minimum, _): minimum > 0
        case .rows(let rows): rows.minimum > 0
        default: false
        }
    }
}
