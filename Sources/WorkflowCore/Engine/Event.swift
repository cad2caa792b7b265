public import Expressions

/// Something that happened to a request. Events are stored for ever and replay to the same state: a case is added, never changed.
public enum Event: Hashable, Sendable {
    case raised(Raised)
    case started(InstanceName, StartedStep)
    /// Nobody was left who could do it, so others were asked; votes, deadline and all else stay. Never for a block or a request.
    case reoffered(InstanceName, StartedStep)
    /// Its `when` did not hold when it could have started, or that of a block around it.
    case skipped(InstanceName)
    case claimed(InstanceName, by: PersonID)
    case released(InstanceName)
    /// The task is done; it settles with this event. By nil when the anonymous requester did it.
    case completed(InstanceName, by: PersonID?, outputs: [String: Value])
    case voted(InstanceName, by: PersonID, VoteDecision, comment: String?)
    case childSubmitted(InstanceName, number: String)
    /// The child's form or type did not take the inputs; `failed` or `cancelled` follows.
    case childRefused(InstanceName, reason: String)
    /// The child has ended. After a good outcome the step settles with this event, else `failed` follows; one that was to be
    /// cancelled is `cancelled` next, unless it ended well and can be undone.
    case childClosed(InstanceName, Outcome, outputs: [String: Value])
    /// The step settled well: a block, an approval (`approved`), an end (its outcome), a child that only had to exist.
    case done(InstanceName, outcome: String?)
    /// The step settled badly, and what follows.
    case failed(InstanceName, Failure, handling: FailureHandling)
    /// It is to start again; attempts count from 2. A block starts once the children that still ran in it have ended.
    case retried(InstanceName, attempt: Int)
    /// Its block starts again, so it waits once more.
    case reset(InstanceName)
    /// It was open or waiting and is no longer needed.
    case cancelled(InstanceName)
    /// The step is due then; replaces an earlier deadline.
    case deadlineSet(InstanceName, Instant)
    case deadlineRemoved(InstanceName)
    /// The deadline was reached and its handler ran; it fires once.
    case deadlinePassed(InstanceName)
    case told([Party], Notice, about: InstanceName?)
    case commented(String, files: [AttachedFile] = [])
    /// Something said among those who work on the request.
    case noted(String, NoteAudience)
    case cancelRequested(reason: String?)
    case childCancelRequested(InstanceName)
    /// The next round of a repeat begins.
    case roundStarted(InstanceName, round: Int)
    /// Somebody added an element to an each that runs.
    case elementAdded(InstanceName, Element)
    /// Somebody added a step to an adhoc; its instance has the key.
    case stepAdded(InstanceName, StepID, key: String)
    /// A branch of a race has won.
    case won(InstanceName, branch: StepID)
    /// The step holds that resource from its start until it settles.
    case held(InstanceName, resource: String)
    /// Its `only_while`, or that of something around it, holds no longer: nobody works on it.
    case suspended(InstanceName)
    /// It may be worked on again.
    case resumed(InstanceName)
    /// It would start, but its `only_while` does not hold: it is put aside before it has begun, and `started` follows once it is taken up.
    case postponed(InstanceName)
    /// Its child or its call has ended while the step was put aside; what follows from that waits until it is taken up.
    case endKept(InstanceName, StepEnd)
    /// What a live key of it says cannot be worked out any more; what it said last stays.
    case unreadable(InstanceName, LiveKey, reason: String)
    /// That key counts again.
    case readable(InstanceName, LiveKey)
    /// The step is done, and this is how it is taken back if need be.
    case undoPrepared(InstanceName, inputs: [String: Value])
    /// What the step did has to be taken back; its undo starts when its turn has come.
    case undoDue(InstanceName)
    /// The outcome is decided and nothing new starts; children that still run and undos are waited for.
    case ending(Outcome)
    case closed(Outcome, outputs: [String: Value])

    /// Fields of the request have new values, computed ones included: by `set` or `edit` of that step, or by `amend` (nil).
    case changed(InstanceName?, values: [String: Value], cleared: [FieldID])
    /// A change was entered that an approval covers: it is put aside until the same voters have confirmed it.
    case changeHeld(HeldChange)
    /// All who were asked confirmed it; `changed` follows.
    case changeConfirmed(Int)
    /// Somebody did not confirm it, or the request ended before.
    case changeDropped(Int)
    /// A running child is told of fields that have changed; what is not among the values is cleared.
    case changeForwarded(InstanceName, values: [String: Value], cleared: [FieldID])
    /// The child goes on with what it was given first.
    case childChangeRefused(InstanceName, reason: String)
    /// The parent has passed on fields; it had that version then.
    case parentChanged(version: Int)
    /// What the parent passed on was not taken.
    case parentChangeRefused(reason: String)

    /// People were told the text of a `notify`, by language; `done` follows.
    case notified(InstanceName, [Party], text: [String: String])
    /// A step has to be looked at then; replaces an earlier alarm of the same kind.
    case alarmSet(InstanceName, Alarm, Instant)
    case alarmRemoved(InstanceName, Alarm)
    /// It was reached; what it led to follows.
    case alarmRang(InstanceName, Alarm)
    /// What the step waited for has happened; it settles with this event.
    case received(InstanceName, outputs: [String: Value], at: Instant)
    /// Something happened for which nobody waits yet.
    case kept(KeptEvent)
    /// The step took the kept event of that number; it settles with this event.
    case taken(InstanceName, number: Int, outputs: [String: Value])
    /// Nobody waited for the kept event of that number in time.
    case expired(number: Int)
    /// The service answered as it should; the step settles with this event.
    case callAnswered(InstanceName, status: Int, outputs: [String: Value])
    /// The call is no longer needed; its result is waited for all the same.
    case callCancelRequested(InstanceName)

    /// By nil when the anonymous requester did it.
    case ticked(InstanceName, item: String, isDone: Bool, by: PersonID?)
    case handedOver(InstanceName, to: PersonID, by: PersonID)
    case voterAdded(InstanceName, PersonID, by: PersonID)
    /// Somebody acts in the place of these, whose deputy they are today; what they do follows. In an approval they fill those seats.
    case stoodIn(InstanceName, by: PersonID, for: [PersonID])
    /// Whoever had the task has left, or belongs to those it is offered to no longer: it is back in its queue.
    case returned(InstanceName)
    /// From now on these see the request besides those whom it concerns and those who hold work in it: the members of that team.
    case restricted(TeamID, reason: String)
    /// It is seen by whoever sees requests of its type.
    case unrestricted(reason: String)
    /// Under a restriction, only these are asked; whoever has the task keeps it.
    case confined(InstanceName, to: [Party])
    /// Nobody was left of those who were asked what to do about a failed step, so others were.
    case askedOthers(InstanceName, [Party])

    /// A target runs, moved, stands still or runs again.
    case targetSet(String, TargetClock)
    /// That part of its time, in percent, has gone by.
    case targetWarned(String, percent: Int)
    case targetMet(String)
    case targetMissed(String)
    /// Its step is not needed, or it can no longer be worked out.
    case targetDropped(String)

    case rated(score: Int, comment: String?)
    /// A successor was ordered, with these fields.
    case reopened(RequestID, values: [String: Value])
    /// The successor could not be raised.
    case successorRefused(RequestID, reason: String)
    /// What people had entered into the closed request, or one of them had, was deleted; what stays is that it happened.
    case erased(ErasureReason)
}

/// Why what was entered into a request is no longer kept.
public enum ErasureReason: String, Hashable, Sendable, Codable {
    /// The time for which its type keeps it is over.
    case retention
    /// It was raised by or for somebody who was erased.
    case person
    /// Somebody who worked on it was erased: only what they had entered.
    case contributor
}

/// The first event of every request.
public struct Raised: Hashable, Sendable {
    /// Its identifier for ever.
    public let id: RequestID
    /// Its type for ever.
    public let type: RequestTypeID
    /// What people call it.
    public let number: String
    /// The version that it stays on.
    public let configuration: ConfigurationVersion
    /// Who asked.
    public let requester: Requester
    /// Whom it is for; nil when the requester is anonymous.
    public let beneficiary: PersonID?
    /// Who waits for it; nil when a person raised it.
    public let parent: Parent?
    /// The form's values, typed and checked; a field that was not asked or left empty is absent.
    public let values: [String: Value]
    /// The request that this one continues; nil for any other.
    public var successorOf: RequestID?
    /// What it was restricted to from the beginning, as the request that it continues was; nil for any other.
    public var restriction: TeamID?

    /// Takes the parts as they are.
    public init(
        id: RequestID, type: RequestTypeID, number: String, configuration: ConfigurationVersion,
        requester: Requester, beneficiary: PersonID?, parent: Parent?, values: [String: Value]
    ) {
        self.id = id
        self.type = type
        self.number = number
        self.configuration = configuration
        self.requester = requester
        self.beneficiary = beneficiary
        self.parent = parent
        self.values = values
    }
}

/// What a step began with, frozen.
public enum StartedStep: Hashable, Sendable {
    /// Offered to these; a task that only one person can do is theirs at once.
    case task(offeredTo: [Party], assignee: PersonID?)
    case approval(Electorate)
    case request(child: RequestID, type: RequestTypeID, inputs: [String: Value], wait: ChildWait)
    /// A plain block, a race, an adhoc, or an element of an each.
    case block
    /// The case that was taken, from 0, with what it gives; nil when there is none, and nothing to do.
    case choice(Int?, gives: [String: Value])
    /// The first round of a repeat.
    case rounds
    /// An each with its elements, in the order of its list.
    case elements([Element])
    case call(FrozenCall)
    /// Waits for an event of that name and key; both are nil when it waits for time alone.
    case wait(event: String?, key: String?)
}

/// Who may vote, frozen as people when the approval started.
public struct Electorate: Hashable, Sendable {
    /// The people of each entry of `from`, in its order, exclusions and fallback applied; by identifier within a seat.
    public let seats: [[PersonID]]
    /// How many have to approve.
    public let need: Need
    /// When it is rejected.
    public let rejection: RejectionRule
    /// Who may vote in the place of somebody in a seat: their deputies of the day, and whoever was asked because they kept silent.
    public let standIns: [PersonID: Set<PersonID>]

    /// Takes the parts as they are.
    public init(
        seats: [[PersonID]], need: Need, rejection: RejectionRule, standIns: [PersonID: Set<PersonID>] = [:]
    ) {
        self.seats = seats
        self.need = need
        self.rejection = rejection
        self.standIns = standIns
    }

    /// Everybody in a seat, each once, by identifier.
    public var members: [PersonID] { Set(seats.joined()).sorted() }

    /// Everybody with a vote, those who stand in included, each once, by identifier.
    public var voters: [PersonID] {
        standIns.isEmpty ? members : standIns.values.reduce(Set(seats.joined())) { $0.union($1) }.sorted()
    }
}

/// A voter's decision.
public enum VoteDecision: String, Hashable, Sendable, Codable {
    case approve
    case reject
}

/// Why a step failed.
public enum Failure: Hashable, Sendable {
    /// The approval was rejected.
    case rejected
    /// The child ended badly; `refused` when its form did not take the inputs.
    case child(outcome: String)
    /// `on_overdue` failed the step.
    case overdue
    /// A step inside the block failed and nothing in the block handled it.
    case inner(StepID)
    /// An expression of the step could not be evaluated; the sentence names it.
    case evaluation(String)
    /// Nobody is left who could do it.
    case nobody
    /// The last round of a repeat did not satisfy `until`.
    case exhausted
    /// Too few elements of an each, or branches of a race, went well.
    case unmet
    /// No case of a choose holds.
    case noCase
    /// The call gave up or was answered otherwise than declared; the sentence says how, without what was answered.
    case call(String)
    /// A rule of the request type forbids the start of this step or request type.
    case rule(String)
    /// A field that it has read has changed, and it starts again.
    case changed(FieldID)
}

/// What follows a failure, frozen when it happened.
public enum FailureHandling: Hashable, Sendable {
    /// The process goes on past the step.
    case continued
    /// What stands around it fails with it.
    case outward
    /// The request ends.
    case ending
    /// The named container is left.
    case left(StepID)
    /// It starts again.
    case retried
    /// These were asked to retry or to give up.
    case asked([Party])
}

/// What people are told.
public enum Notice: String, Hashable, Sendable, Codable {
    /// A step is overdue.
    case overdue
    /// The request has ended.
    case closed
    /// Somebody commented.
    case commented
    /// Somebody wrote a note that they may read.
    case noted
    /// A request was restricted to their team.
    case restricted
    /// A task was handed to them.
    case handedOver = "handed_over"
    /// Work still waits.
    case reminder
    /// Work waits for them too now, because others kept silent.
    case escalated
    /// Part of a target's time has gone by.
    case targetWarning = "target_warning"
    /// A target was missed.
    case targetMissed = "target_missed"
    /// A change that was held has been confirmed.
    case changeConfirmed = "change_confirmed"
    /// A change that was held was not confirmed.
    case changeDropped = "change_dropped"
    /// A change could not be passed on to a child.
    case changeRefused = "change_refused"
    /// A rule stopped a step.
    case ruleViolated = "rule_violated"
    /// The successor could not be raised.
    case reopeningRefused = "reopening_refused"
    /// Until when a step is due, or whether it is open, cannot be worked out any more.
    case unreadable
}
