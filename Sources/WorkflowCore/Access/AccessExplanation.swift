/// Why somebody may see a request and do something with it, or what would let them. It holds rules and names of fields and steps, never
/// what stands in them, so that it tells nobody what they may not read.
public struct AccessExplanation: Hashable, Sendable {
    /// Whom it is about.
    public let person: PersonID
    /// Whether they see the request.
    public let seeing: Verdict
    /// The fields of the form that not everybody who sees the request may read, in the order of the form.
    public let fields: [Subject<FieldID>]
    /// The steps that not everybody who sees the request may read, in order of their names.
    public let steps: [Subject<InstanceName>]
    /// What can be done with the request as it stands, in the order of `Command.Kind`, then by instance and field.
    public let commands: [Act]

    /// Yes or no, and by which rules.
    public struct Verdict: Hashable, Sendable {
        /// Whether it is allowed.
        public let isAllowed: Bool
        /// Allowed: the first rule that lets them. Not allowed: the rules any of which would.
        public let rules: [AccessRule]
    }

    /// A verdict about one thing.
    public struct Subject<ID: Hashable & Sendable>: Hashable, Sendable {
        /// Which.
        public let id: ID
        /// Whether they may read it.
        public let verdict: Verdict
    }

    /// A verdict about one command.
    public struct Act: Hashable, Sendable {
        /// Which command.
        public let command: Command.Kind
        /// Of which step; nil for commands on the request.
        public let instance: InstanceName?
        /// Of which field; nil but for changes of fields.
        public let field: FieldID?
        /// Whether they may give it; whether it can be carried out is another question.
        public let verdict: Verdict
    }
}

/// A rule that lets somebody see or do something.
public struct AccessRule: Hashable, Sendable {
    /// The rules by name.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// They raised it.
        case requester
        /// It is for them.
        case beneficiary
        /// They did something here, or it was given to them.
        case participant
        /// Work was offered to them, or to what they belong to.
        case involved
        /// They are an agent of the department.
        case agent
        /// They lead the department.
        case lead
        /// They stand in today for somebody for whom work is open here.
        case standIn = "stand_in"
        /// The type names them among those who see its confidential requests.
        case confidant
        /// They are in the team that the request is restricted to.
        case restriction
        /// Work of the confidential or restricted request is theirs now.
        case holdsWork = "holds_work"
        /// It was opened to them for reading, and for nothing else.
        case opened
        /// They administer the department.
        case administrator
        /// Whoever sees the request.
        case seesRequest = "sees_request"
        /// Whoever sees the request because of their work, and neither raised it nor is it for them.
        case worksOnRequest = "works_on_request"
        /// They have the task.
        case assignee
        /// The task is offered to them.
        case offered
        /// They have a vote.
        case voter
        /// They were asked how to go on.
        case asked
        /// They entered it or did it.
        case author
        /// The type names them for exactly this.
        case named
    }

    /// Which rule.
    public let code: Code
    /// Through what they belong to, or for whom they stand in; nil when that says nothing, or must not be said.
    public var party: Party?

    init(_ code: Code, _ party: Party? = nil) {
        self.code = code
        self.party = party
    }
}
