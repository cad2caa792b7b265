import Expressions
import WorkflowCore

/// The parts of a step, to be changed before the step is made.
struct StepParts {
    var id: StepID
    var kind: StepKind
    var title: LocalizedTemplate?
    var when: CheckedExpression?
    var after: [StepID]
    var stage: LocalizedText?
    var due: CheckedExpression?
    var onOverdue: OverdueAction?
    var onFailure: FailureHandler?
    var undo: Undo?
    var onChange: [FieldID: ChangeReaction]
    var onlyWhile: CheckedExpression?
    var hold: CheckedExpression?
    var visibleTo: [PeopleSource]?
    var formerIDs: [StepID]
    var isOneAtATime: Bool
    var places: Places
    var source: SourceLocation

    init(_ step: Step) {
        id = step.id
        kind = step.kind
        title = step.title
        when = step.when
        after = step.after
        stage = step.stage
        due = step.due
        onOverdue = step.onOverdue
        onFailure = step.onFailure
        undo = step.undo
        onChange = step.onChange
        onlyWhile = step.onlyWhile
        hold = step.hold
        visibleTo = step.visibleTo
        formerIDs = step.formerIDs
        isOneAtATime = step.isOneAtATime
        places = step.places
        source = step.source
    }

    var step: Step {
        Step(
            id: id, title: title, when: when, after: after, stage: stage, due: due, onOverdue: onOverdue,
            onFailure: onFailure, undo: undo, onChange: onChange, onlyWhile: onlyWhile, hold: hold,
            visibleTo: visibleTo, formerIDs: formerIDs, isOneAtATime: isOneAtATime, kind: kind, places: places,
            source: source)
    }
}

extension Step {
    /// The step, changed.
    func with(_ change: (inout StepParts) -> Void) -> Step {
        var parts = StepParts(self)
        change(&parts)
        return parts.step
    }
}
