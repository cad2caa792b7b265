import Expressions

/// What becomes of work whose people have left. Memberships are read at every decision, so whatever happens to a request passes its
/// orphaned work on; at the latest that is the deadline.
extension Decision {
    /// Passes open tasks and seats that nobody can fill any more on to others. What has no others stays as it is.
    mutating func passOn() {
        guard state.phase == .open else { return }
        returnTasks()
        let directory = context.directory
        let configuration = context.configuration
        // What a restriction leaves to a team that is empty now waits until the restriction ends.
        let confined = state.restriction.map { [Party.team($0)] }
        let isConfidential = type.confidential != nil
        let isOrphaned = { (step: StepState) in
            switch step.status {
            case .task(let task):
                task.offeredTo != confined && !(task.assignee.map { directory.isActive($0) } ?? false)
                    && !task.offeredTo.contains { directory.hasMembers($0, in: configuration) }
            case .asking(_, let parties):
                parties != confined && !parties.contains { directory.hasMembers($0, in: configuration) }
            case .approval(let approval):
                isConfidential
                    || approval.electorate.seats.contains { seat in seat.contains { !directory.isActive($0) } }
            default: false
            }
        }
        let confirmations = openConfirmations.filter { state.steps[$0.name].map(isOrphaned) ?? false }
        for instance in openInstances(where: { _, step in isOrphaned(step) }) + confirmations {
            do throws(EvaluationError) {
                switch (instance.step.kind, status(of: instance)) {
                case (.task(let definition), .task(let task)?): try passOn(instance, definition, task)
                case (.approval(let definition), .approval(let approval)?):
                    try passOn(instance, definition, approval)
                case (_, .asking(_, let parties)?): passOn(instance, parties)
                default: continue
                }
            } catch {
                // Whoever it is cannot be worked out now; the step stays with those it has.
                continue
            }
        }
    }

    /// Tasks of those who have left, or belong to the offer no longer, go back to a queue that has members. What was handed to somebody
    /// stays theirs while they are there and, of a confidential type, belong to it.
    private mutating func returnTasks() {
        let directory = context.directory
        let configuration = context.configuration
        let taken = openInstances { _, step in
            guard case .task(let task) = step.status, let assignee = task.assignee else { return false }
            if directory.isActive(assignee) {
                if isOutsider(assignee, at: task) { return true }
                return !task.isHandedOver
                    && !task.offeredTo.contains { directory.contains(assignee, in: $0, of: configuration) }
                    && task.offeredTo.contains { directory.hasMembers($0, in: configuration) }
            }
            return task.offeredTo.contains { directory.hasMembers($0, in: configuration) }
        }
        for instance in taken { emit(.returned(instance.name)) }
    }

    /// Those who were asked what to do have left: their deputies are asked, else their managers, else the department's agents.
    private mutating func passOn(_ instance: StepInstance, _ asked: [Party]) {
        let heirs = heirs(of: asked.compactMap(\.person), excluded: [], fallback: []).sorted().map(Party.person)
        let others = heirs.isEmpty ? agentsWhoAreThere : heirs
        guard !others.isEmpty else { return }
        emit(.askedOthers(instance.name, others))
    }

    /// The department's agents, without those behind whom nobody stands.
    private var agentsWhoAreThere: [Party] {
        departmentAgents.filter { context.directory.hasMembers($0, in: context.configuration) }
    }

    /// To whom `assign` gives now, else to `fallback`, else to the deputies or the managers of those who have left, else to the
    /// department's agents.
    private mutating func passOn(
        _ instance: StepInstance, _ definition: TaskStep, _ task: OpenTask
    ) throws(EvaluationError) {
        if let assignee = task.assignee, context.directory.isActive(assignee) { return }
        if task.offeredTo.contains(where: { context.directory.hasMembers($0, in: context.configuration) }) { return }
        if let offer = try offer(of: definition, at: instance) { return emit(.reoffered(instance.name, offer)) }
        let heirs = heirs(of: task.offeredTo.compactMap(\.person), excluded: [], fallback: []).sorted()
        let others = heirs.isEmpty ? agentsWhoAreThere : heirs.map(Party.person)
        guard !others.isEmpty else { return }
        emit(
            .reoffered(
                instance.name, .task(offeredTo: others, assignee: heirs.count == 1 ? heirs[0] : nil)))
    }

    /// A vote that was cast stands, whoever cast it. Others who left fall out of their seats; an empty seat passes to their deputies,
    /// their managers, then to `fallback`, and so do seats without which `need` cannot be met any more.
    private mutating func passOn(
        _ instance: StepInstance, _ definition: ApprovalStep, _ approval: OpenApproval
    ) throws(EvaluationError) {
        let voted = Set(approval.votes.map(\.voter))
        let old = approval.electorate
        let kept = old.seats.enumerated().map { number, seat in
            let sources = sources(ofSeat: number, at: instance, definition)
            return seat.filter { member in
                old.isFilled(member, by: voted)
                    || (context.directory.isActive(member)
                        && !hasLost(member, seatFrom: sources, at: instance, definition))
            }
        }
        let standIns = old.standIns.mapValues { deputies in
            deputies.filter { voted.contains($0) || !isOutsider($0, at: instance, definition) }
        }
        guard kept != old.seats || standIns != old.standIns else { return }
        let excluded = try people(at: instance).excluded(by: definition)
        let fallback = try fallbackVoters(of: definition, at: instance, excluded: excluded)
        let leavers = zip(old.seats, kept).map { seat, kept in seat.filter { !kept.contains($0) } }
        var successors: [Set<PersonID>] = []
        for (number, (leavers, kept)) in zip(leavers, kept).enumerated() {
            let sources = instance.change == nil ? sources(ofSeat: number, at: instance, definition) : []
            let named = try people(at: instance).members(of: Array(sources))
            successors.append(
                leavers.isEmpty
                    ? []
                    : self.successors(
                        of: leavers, now: named, besides: kept, at: instance, definition, excluded: excluded,
                        fallback: fallback))
        }
        func refilled(where isShort: ([PersonID]) -> Bool) -> Electorate {
            let seats = zip(kept, successors).map { kept, others in isShort(kept) ? others.union(kept).sorted() : kept }
            return Electorate(seats: seats, need: old.frozenNeed, rejection: old.rejection, standIns: standIns)
        }
        var electorate = refilled { $0.isEmpty }
        guard !electorate.seats.contains(where: \.isEmpty) else {
            // Nobody is left who could confirm a change: what was approved stays. An approval waits for its deadline.
            if instance.change != nil { fail(instance, .nobody) }
            return
        }
        if !electorate.canBeMet(after: approval.votes) {
            electorate = refilled { _ in true }
            guard electorate.canBeMet(after: approval.votes) else { return }
        }
        guard electorate != old else { return }
        emit(.reoffered(instance.name, .approval(electorate)))
        // Those who are left may all have voted.
        if let change = instance.change {
            settleConfirmation(instance, of: change)
        } else if electorate.verdict(on: approval.votes) == .approved {
            emit(.done(instance.name, outcome: ApprovalOutcome.approved))
        }
    }
}
