import Expressions
import WorkflowCore

/// One scenario, read and checked against the configuration.
struct Scenario: Sendable {
    /// What it shows, in words.
    let name: String
    let location: SourceLocation
    /// The request type that its file is about.
    let type: RequestTypeID
    let directory: Directory
    let clock: Instant
    let replies: Replies
    let actions: [ScenarioAction]
}

/// One entry of `play`.
struct ScenarioAction: Sendable {
    enum Kind: Sendable {
        case raise(RequestTypeID, [FieldID: JSONValue], beneficiary: PersonID?, called: String?)
        /// Something that people do to a step.
        case work(Work, InstanceName)
        /// Ends a child that is stood in for.
        case child(InstanceName, ChildReply)
        case answer(InstanceName, CallReport)
        case event(String, key: String?, [FieldID: JSONValue])
        case amend([FieldID: JSONValue])
        case rate(Int, comment: String?)
        case reopen([FieldID: JSONValue], called: String?)
        /// For everybody who sees the request, or a note.
        case comment(String, to: NoteAudience?)
        case cancel(reason: String?)
        /// To a team, or no longer (nil).
        case restrict(TeamID?, reason: String)
        case leaves(PersonID)
        case advance(Span)
        case until(Instant)
        case nextTimer
        case expect([Expectation])
    }

    enum Work: Sendable {
        case approve(comment: String?)
        case reject(comment: String?)
        case complete([FieldID: JSONValue])
        case claim
        case release
        case retry
        case giveUp(OutcomeID)
        case accept
        case handOver(PersonID)
        /// Each of these lines.
        case tick([String], isDone: Bool)
        case addVoter(PersonID)
        case addElement(JSONValue)
        case addStep(StepID)
    }

    let kind: Kind
    let location: SourceLocation
    /// Nil for somebody who is asked, or the requester.
    let actor: Requester?
    /// Which request; empty for the one that was raised last without a name.
    let target: [String]
    /// The code that it has to be refused with; nil when it has to succeed.
    let refused: Located<String>?
}

/// One key of `expect`.
struct Expectation: Sendable {
    enum Kind: Sendable {
        case open([InstanceName])
        case asked([(InstanceName, [Party])])
        case assigned([(InstanceName, PersonID?)])
        case due([(InstanceName, Instant?)])
        case overdue([InstanceName])
        case standing(Standing, [InstanceName])
        case outcome(OutcomeID?)
        case phase(String)
        case fields([(String, YAMLNode)])
        case outputs([(String, YAMLNode)])
        case gives([(InstanceName, [(String, YAMLNode)])])
        case passed([(InstanceName, [(String, YAMLNode)])])
        case sees([(PersonID, Set<FieldID>)])
        case hidden([PersonID])
        case told([Told])
        case targets([(String, TargetState.Status)])
        case held([FieldID])
        case undone([InstanceName])
    }

    enum Standing: String, Sendable, CaseIterable {
        case done, skipped, failed, cancelled, waiting, suspended
    }

    struct Told: Sendable {
        let to: Party
        let notice: String?
        let about: InstanceName?
        let text: String?
        let location: SourceLocation
    }

    /// The key, as written.
    let key: String
    let kind: Kind
    let location: SourceLocation
}
