import Expressions
import WorkflowCore

/// What a viewer may do with a step instance now, asked of the rules themselves: what they would not refuse.
struct StepActions {
    let reading: Reading
    let state: RequestState
    let step: Step
    let instance: InstanceName

    /// In the order of the cases of `StepAction`.
    var possible: [StepAction] {
        candidates.filter { Rules.isPossible($0.1, on: state, in: reading.context) }.map(\.0)
    }

    /// An entry that nothing takes: what is refused because of it alone is possible.
    private static let nonsense = Entry.raw(.array([.null]))

    /// Whom nobody knows, for the same reason.
    private static let nobody = PersonID(UniqueID(high: 0, low: 0))

    private var candidates: [(StepAction, Command)] {
        guard let current = state.steps[instance] else { return [] }
        switch current.status {
        case .task(let task):
            return [
                (.claim, .claim(instance)), (.release, .release(instance)),
                (.complete, .complete(instance, entries: [:])),
                (.handOver, .handOver(instance, to: Self.nobody)),
            ] + ticking(task)
        case .approval:
            return [
                (.approve, .approve(instance, comment: nil)), (.reject, .reject(instance, comment: nil)),
                (.addVoter, .addVoter(instance, Self.nobody)),
            ]
        case .asking: return answers
        case .block:
            switch step.kind {
            case .each where current.parts != nil: return [(.addElement, .addElement(instance, Self.nonsense))]
            case .adhoc(let adhoc):
                return adhoc.templates.first.map { [(.addStep, .addStep(instance, $0.id))] } ?? []
            default: return []
            }
        case .request, .call, .wait, .settled: return []
        }
    }

    private var answers: [(StepAction, Command)] {
        if instance.isUndo { return [(.retry, .retry(instance)), (.accept, .accept(instance))] }
        let bad = reading.type.outcomes.first { !$0.isGood }
        return [(.retry, .retry(instance))] + (bad.map { [(.giveUp, .giveUp(instance, outcome: $0.id))] } ?? [])
    }

    private func ticking(_ task: OpenTask) -> [(StepAction, Command)] {
        guard case .task(let definition) = step.kind, let item = definition.checklist.first else { return [] }
        return [(.tick, .tick(instance, item: item.id, isDone: !task.ticked.contains(item.id)))]
    }
}
