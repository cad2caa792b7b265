import Expressions

/// Work in requests of a confidential type is for those whom the type names and for those to whom the process gives it. Whoever belongs to
/// neither any more is treated like somebody who has left: what waits for them passes on.
extension Decision {
    /// Whether a task is not for somebody: they are not among those it is offered to, and see the request in no right of their own.
    func isOutsider(_ person: PersonID, at task: OpenTask) -> Bool {
        type.confidential != nil && !Access(context).isNamed(person, by: state)
            && !task.offeredTo.contains { context.directory.contains(person, in: $0, of: context.configuration) }
    }

    /// Whether an approval is not for somebody: neither `from` nor `fallback` gives them a vote now, and they see the request in no right
    /// of their own.
    func isOutsider(_ person: PersonID, at instance: StepInstance, _ approval: ApprovalStep) -> Bool {
        type.confidential != nil && !Access(context).isNamed(person, by: state)
            && !people(at: instance).contains(person, in: approval.from + approval.fallback)
    }

    /// Whether somebody has lost a seat that these sources gave. Whom an expression named keeps it: the voters are those of the start.
    func hasLost(
        _ person: PersonID, seatFrom sources: some Sequence<PeopleSource>, at instance: StepInstance,
        _ approval: ApprovalStep
    ) -> Bool {
        sources.allSatisfy { $0.expressionText == nil } && isOutsider(person, at: instance, approval)
    }

    /// What gave the seat with that number: its entry of `from`, and nothing for seats behind them, which `fallback` or somebody's hand gave.
    /// Whoever confirms a change may have voted in any.
    func sources(ofSeat number: Int, at instance: StepInstance, _ approval: ApprovalStep) -> ArraySlice<PeopleSource> {
        instance.change == nil ? approval.from.dropFirst(number).prefix(1) : approval.from[...]
    }

    /// Who takes the place of people in a seat: their heirs or, of a confidential type, those who would get the seat now, else the heirs, else
    /// whom the type names; without `others`, who have the seat already.
    func successors(
        of leavers: [PersonID], now named: Set<PersonID> = [], besides others: [PersonID] = [],
        at instance: StepInstance, _ approval: ApprovalStep, excluded: Set<PersonID>, fallback: Set<PersonID>
    ) -> Set<PersonID> {
        let heirs = heirs(of: leavers, excluded: excluded.union(concerned), fallback: fallback)
        guard type.confidential != nil else { return heirs }
        let (directory, configuration) = (context.directory, context.configuration)
        let confidants = departmentAgents.flatMap { directory.members(of: $0, in: configuration) }
        let candidates = [
            named.subtracting(excluded), heirs, Set(confidants).subtracting(excluded).subtracting(concerned),
        ]
        return candidates.map { $0.subtracting(leavers).subtracting(others) }.first { !$0.isEmpty } ?? []
    }
}

extension Rejection {
    static var outsider: Rejection {
        Rejection(
            .forbidden, code: "request.confidential.outsider",
            message: "The request is confidential, and this person may not see it.",
            hint: "Only those whom its type names, and to whom the step is given, may be asked.")
    }
}
