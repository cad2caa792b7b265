public import Expressions

/// What a department offers: a form, a process and a contract for other departments.
public struct RequestType: Sendable {
    /// Unique among its kind.
    public let id: RequestTypeID
    /// Who offers it.
    public let department: DepartmentID
    /// What people read.
    public let title: LocalizedText
    /// What the catalogue says below the title; nil when the file says nothing.
    public let summary: LocalizedText?
    /// Other words by which people look for it; nil for none.
    public var keywords: LocalizedText?
    /// Who may raise it directly; empty means nobody, it exists only as somebody's child.
    public let audience: [PeopleSource]
    /// Which departments may start it as a child of theirs.
    public let offeredTo: Offer
    /// In the order of the file; at least one is good. The first good one is the outcome when the last step settles.
    public let outcomes: [Outcome]
    /// What people read for the outcomes; one that is not in here is called by its identifier.
    public var outcomeTitles: [OutcomeID: LocalizedText] = [:]
    /// What is asked of whoever raises it.
    public let form: Form
    /// What a parent learns when it ends well, in the order of the file.
    public let outputs: [Output]
    /// Who may cancel it; nil means nobody but its parent.
    public let cancellation: Cancellation?
    /// The top-level partial order. Identifiers are unique in the whole tree.
    public let steps: [Step]
    /// Where the file says so.
    public let source: SourceLocation
    /// The fields that may still change after submission; by field, unique.
    public var amendments: [Amendment] = []
    /// What the department promises, in the order of the file.
    public var targets: [Target] = []
    /// What must never happen, in the order of the file.
    public var rules: [Rule] = []
    /// Whether the requester is asked how it went.
    public var asksForFeedback = false
    /// How long after a good end the requester may open a linked successor, a span; nil for never.
    public var reopen: Span?
    /// Who of the audience may raise it for somebody else; nil for nobody.
    public var onBehalf: [PeopleSource]?
    /// Only these, the requester and whoever works on it may see its requests; nil means the department's agents too.
    public var confidential: [PeopleSource]?
    /// The fields of its form, of a person or of a list of persons, that name whom its requests are kept from: whoever they are about.
    public var hiddenFrom: [FieldID] = []
    /// Whether people may raise it without saying who they are; `requester` is an optional person in it then. Of a type without an
    /// `audience`: whether it may be the child of such a request.
    public var allowsAnonymous = false
    /// How long what was entered is kept after a request has closed, in days, weeks or months; nil means for ever.
    public var retention: Span?
    /// Where the values of its keys stand in the file: `amend.start`, `cancel`, `reopen`.
    public var places = Places()

    /// Takes the parts as they are.
    public init(
        id: RequestTypeID, department: DepartmentID, title: LocalizedText, summary: LocalizedText?,
        audience: [PeopleSource], offeredTo: Offer, outcomes: [Outcome], form: Form, outputs: [Output],
        cancellation: Cancellation?, steps: [Step], source: SourceLocation
    ) {
        self.id = id
        self.department = department
        self.title = title
        self.summary = summary
        self.audience = audience
        self.offeredTo = offeredTo
        self.outcomes = outcomes
        self.form = form
        self.outputs = outputs
        self.cancellation = cancellation
        self.steps = steps
        self.source = source
        index = StepIndex(steps)
    }

    /// The step tree by identifier, with parents; built once.
    public let index: StepIndex

    /// The outcome reached when every step has settled and none ended the request.
    public var regularOutcome: Outcome? { outcomes.first { $0.isGood } }

    /// How it ends when it fails and nothing says otherwise: the first bad outcome, or `failed` when the type has none.
    public var failedOutcome: Outcome {
        outcomes.first { !$0.isGood } ?? Outcome(id: "failed", isGood: false)
    }

    /// What people read for an outcome: its title in a language, else in one of the others, in turn; else its identifier as words.
    public func title(of outcome: OutcomeID, in language: String, fallbacks: [String]) -> String {
        outcomeTitles[outcome]?.text(in: language, fallbacks: fallbacks) ?? outcome.words(in: language)
    }

    /// The field whose value an output hands on as it is, of its form or of a step: its label and choices are the output's. Nil for
    /// what is computed.
    public func field(behind output: Output) -> Field? {
        guard let path = output.value.selections.first, path.joined(separator: ".") == output.value.source else {
            return nil
        }
        switch path.count {
        case 1: return form[FieldID(path[0])]
        case 2: return index[StepID(path[0])]?.kind.outputForm?[FieldID(path[1])]
        default: return nil
        }
    }

    /// The outcome of that name; nil when the type has none.
    public func outcome(_ id: OutcomeID) -> Outcome? { outcomes.first { $0.id == id } }
}

/// A way in which a request ends.
public struct Outcome: Hashable, Sendable, Codable {
    /// Unique among its kind.
    public let id: OutcomeID
    /// A parent's step is done after a good one and fails after a bad one.
    public let isGood: Bool

    private enum CodingKeys: String, CodingKey {
        case id
        case isGood = "good"
    }

    /// Takes the parts as they are.
    public init(id: OutcomeID, isGood: Bool) {
        self.id = id
        self.isGood = isGood
    }
}

/// The departments to which a request type is offered as a child.
public enum Offer: Hashable, Sendable {
    case nobody
    case everyone
    case departments(Set<DepartmentID>)

    /// Whether requests of that department may start it.
    public func includes(_ department: DepartmentID) -> Bool {
        switch self {
        case .nobody: false
        case .everyone: true
        case .departments(let departments): departments.contains(department)
        }
    }
}

/// A named, typed value that a request hands to its parent when it ends well.
public struct Output: Sendable {
    /// What the parent's expressions call it, behind the step's name.
    public let name: String
    /// Taken when the request ends well.
    public let value: CheckedExpression
    /// Where the file says so.
    public let source: SourceLocation

    /// Takes the parts as they are.
    public init(name: String, value: CheckedExpression, source: SourceLocation) {
        self.name = name
        self.value = value
        self.source = source
    }
}

/// `cancel:` of a request type.
public struct Cancellation: Sendable {
    /// Who may cancel; never empty.
    public let by: [PeopleSource]
    /// From the start of this step on it can no longer be cancelled, also not by a parent; nil means always.
    public let until: StepID?
    /// How a cancelled request ends.
    public let outcome: OutcomeID

    /// Takes the parts as they are.
    public init(by: [PeopleSource], until: StepID?, outcome: OutcomeID) {
        self.by = by
        self.until = until
        self.outcome = outcome
    }
}

/// Where people come from: a list of these stands wherever the language asks for people.
public enum PeopleSource: Sendable {
    case role(RoleID)
    case group(GroupID)
    case team(TeamID)
    /// Somebody by handle, as it stands in the directory.
    case person(String)
    /// An expression of type person, optional person or list of people: `requester`, `manager_of(requester)`.
    case expression(CheckedExpression)

    /// Whether it is the requester, in so many words: also of a request whose requester is anonymous.
    public var isRequester: Bool { expressionText == "requester" }

    /// The expression as it is written; nil for everybody else.
    var expressionText: String? {
        if case .expression(let expression) = self { expression.source } else { nil }
    }
}
