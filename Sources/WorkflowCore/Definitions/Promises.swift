public import Expressions

/// One entry of `amend`: a field that may still change after submission.
public struct Amendment: Sendable {
    /// Which field.
    public let field: FieldID
    /// Who may change it. Never empty.
    public let by: [PeopleSource]
    /// From the start of this step on it stays; nil means to the end.
    public let until: StepID?

    /// Takes the parts as they are.
    public init(field: FieldID, by: [PeopleSource], until: StepID?) {
        self.field = field
        self.by = by
        self.until = until
    }
}

/// Something that a department promises: a step done in time.
public struct Target: Sendable {
    /// Unique in its request type: `first_response`.
    public let id: String
    /// What people read; nil for the identifier as words.
    public var title: LocalizedText?
    /// The step that has to settle.
    public let of: StepID
    /// Until when.
    public let goal: Goal
    /// While one of these steps is open, the clock of `within` stands still.
    public var pause: [StepID] = []
    /// At these parts of the time, in percent and ascending, those who work on it are warned.
    public var warn: [Int] = []
    /// Who is told when it is missed.
    public var onBreach: [PeopleSource] = []
    /// Where the file says so.
    public let source: SourceLocation

    /// Until when.
    public enum Goal: Sendable {
        /// A span from the submission.
        case within(CheckedExpression)
        /// A date or a moment; live.
        case by(CheckedExpression)
    }

    /// Takes the parts as they are.
    public init(id: String, of: StepID, goal: Goal, source: SourceLocation) {
        self.id = id
        self.of = of
        self.goal = goal
        self.source = source
    }
}

/// A declared invariant: what `never` names does not start unless the condition holds.
public struct Rule: Sendable {
    /// What a rule is about.
    public enum Subject: Hashable, Sendable {
        case step(StepID)
        /// Every step that raises a request of that type, undos included.
        case type(RequestTypeID)
    }

    /// What must not start.
    public let never: Subject
    /// Unless this holds at its start.
    public let unless: CheckedExpression
    /// Where the file says so.
    public let source: SourceLocation

    /// Takes the parts as they are.
    public init(never: Subject, unless: CheckedExpression, source: SourceLocation) {
        self.never = never
        self.unless = unless
        self.source = source
    }
}

/// Another system that Bureau may call: `Config/shared/services.yaml`.
public struct Service: Sendable {
    /// Unique among its kind.
    public let id: ServiceID
    /// What people read.
    public let title: LocalizedText
    /// Where it is: `https://directory.example.org/api`, without a slash at the end.
    public let url: String
    /// The name under which the daemon's settings hold the bearer token; nil when none is sent.
    public let secret: String?
    /// Bureau's own at the provider where people sign in.
    public static let signInSecret = "OIDC_CLIENT_SECRET"
    /// Secrets of Bureau's own, which are sent to no service.
    public static let reservedSecrets: Set = [signInSecret]
    /// Which departments may call it.
    public let offeredTo: Offer

    /// Takes the parts as they are.
    public init(id: ServiceID, title: LocalizedText, url: String, secret: String?, offeredTo: Offer) {
        self.id = id
        self.title = title
        self.url = url
        self.secret = secret
        self.offeredTo = offeredTo
    }
}
