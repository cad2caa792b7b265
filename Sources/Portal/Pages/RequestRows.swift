import ServiceDesk
import WorkflowCore

/// A request in a list.
struct RequestRowModel: ViewModel {
    let address: String
    let title: String
    let number: String
    let state: String
    let tone: String
    let department: String
    let when: String
    /// Whom it is for, when that is not the reader.
    let whose: String?
    /// What it is about; nil when that is not known.
    let subject: String?

    init(_ request: RequestSummary, _ visit: Visit, _ subjects: [RequestID: String]) {
        subject = subjects[request.id]
        address = FormPages.address(of: request)
        title = request.title
        number = request.number
        (state, tone) = RequestState.words(request, visit.texts)
        department = visit.department(request.department)
        when = visit.texts.moment(request.changedAt)
        let person = request.beneficiary ?? request.requester
        whose = person.id == visit.viewer.person.id ? nil : person.name
    }

    init(
        address: String, title: String, number: String, state: String, tone: String, department: String, when: String,
        whose: String?, subject: String? = nil
    ) {
        self.subject = subject
        self.address = address
        self.title = title
        self.number = number
        self.state = state
        self.tone = tone
        self.department = department
        self.when = when
        self.whose = whose
    }

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "title": .text { $0.title },
        "number": .text { $0.number },
        "state": .text { $0.state },
        "tone": .text { $0.tone },
        "department": .text { $0.department },
        "when": .text { $0.when },
        "whose": .text { $0.whose },
        "subject": .text { $0.subject },
    ]

    /// How a request stands, in a word and a colour.
    enum RequestState {
        static func words(_ request: RequestSummary, _ texts: Texts) -> (state: String, tone: String) {
            switch request.phase {
            case .open: return (texts[.openState], "open")
            case .ending: return (texts[.ending], "warn")
            case .closed:
                guard let outcome = request.outcome, !outcome.isGood else { return (texts[.endedWell], "good") }
                return (texts(.ended, request.outcomeTitle ?? outcome.id.text.plainWords), "bad")
            }
        }
    }
}

/// Work in a list.
struct InboxRowModel: ViewModel {
    let address: String
    let title: String
    let number: String
    let kind: String
    let tone: String
    let request: String
    let department: String
    let who: String
    let due: String?
    let isOverdue: Bool
    /// What stands for it among several.
    let choice: String
    /// What is done with it and others at once; nil for nothing.
    let deed: ChosenWork.Deed?
    /// Whether it is chosen already.
    let isChosen: Bool

    init(
        address: String, title: String, number: String, kind: String, tone: String, request: String,
        department: String, who: String, due: String?, isOverdue: Bool, choice: String, deed: ChosenWork.Deed?
    ) {
        self.address = address
        self.title = title
        self.number = number
        self.kind = kind
        self.tone = tone
        self.request = request
        self.department = department
        self.who = who
        self.due = due
        self.isOverdue = isOverdue
        self.choice = choice
        self.deed = deed
        isChosen = false
    }

    init(_ item: InboxItem, _ visit: Visit, _ subjects: [RequestID: String], isChosen: Bool = false) {
        let texts = visit.texts
        self.isChosen = isChosen
        choice = ChosenWork(item).text
        deed = ChosenWork.Deed(with: item)
        address = FormPages.address(of: item.request)
        title = item.title
        number = item.request.number
        (kind, tone) =
            switch item.kind {
            case .task: (texts[.kindTask], "open")
            case .approval: (texts[.kindApproval], "warn")
            case .decision: (texts[.kindDecision], "bad")
            }
        let about = [
            item.request.title, subjects[item.request.id], (item.request.beneficiary ?? item.request.requester).name,
        ].compactMap { $0 }
        // A step's title often says already what the request is about.
        request = about.filter { $0 == item.request.title || !item.title.contains($0) }.joined(separator: " · ")
        department = visit.department(item.request.department)
        if let assignee = item.assignee {
            who = assignee.id == visit.viewer.person.id ? texts[.youHaveIt] : texts(.hasIt, assignee.name)
        } else {
            who = texts(.waitsFor, item.offeredTo.map(\.name).joined(separator: ", "))
        }
        due = item.due.map { texts(.due, texts.moment($0)) }
        isOverdue = item.due.map { $0 < texts.now } ?? false
    }

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "title": .text { $0.title },
        "number": .text { $0.number },
        "kind": .text { $0.kind },
        "tone": .text { $0.tone },
        "request": .text { $0.request },
        "department": .text { $0.department },
        "who": .text { $0.who },
        "due": .text { $0.due },
        "is_overdue": .flag { $0.isOverdue },
        "choice": .text { $0.choice },
        "is_choosable": .flag { $0.deed != nil },
        "is_chosen": .flag { $0.isChosen },
    ]
}

extension String {
    /// An identifier as words: `not_needed` is `not needed`.
    var plainWords: String { String(map { $0 == "_" ? " " : $0 }) }
}
