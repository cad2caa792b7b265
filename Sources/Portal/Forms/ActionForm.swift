import ServiceDesk
import WorkflowCore

/// A small form that does one thing, or one of a few.
struct ActionForm: ViewModel {
    let address: String
    let key: String
    var version: String?
    var hidden: [HiddenModel] = []
    var questions: [QuestionModel] = []
    let buttons: [ButtonModel]
    /// What is kept of it while somebody fills it; nil for nothing.
    var draft: WrittenDraft?

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "key": .text { $0.key },
        "version": .text { $0.version },
        "has_files": .flag { $0.questions.contains { $0.look == .files } },
        "hidden": .list { $0.hidden },
        "questions": .list { $0.questions },
        "buttons": .list { $0.buttons },
        "draft": .model { $0.draft },
        "keep": .text { $0.draft?.address },
    ]
}

/// A draft of a text on a page that shows more than that.
struct WrittenDraft: ViewModel {
    /// Where its script sends what is typed.
    let address: String
    let mark: DraftMark
    /// When it was kept; nil where there is none yet.
    let from: String?

    static let readable: [String: Readable<Self>] = ["mark": .model { $0.mark }, "draft_from": .text { $0.from }]
}

struct HiddenModel: ViewModel {
    let name: String
    let value: String

    static let readable: [String: Readable<Self>] = ["name": .text { $0.name }, "value": .text { $0.value }]
}

struct ButtonModel: ViewModel {
    let text: String
    var style = "secondary"
    /// Nil: where the form goes.
    var address: String?
    var name: String?
    var value: String?
    /// What it is done to, where several buttons of a page say the same.
    var subject: String?

    static let readable: [String: Readable<Self>] = [
        "subject": .text { $0.subject },
        "text": .text { $0.text },
        "style": .text { $0.style },
        "address": .text { $0.address },
        "name": .text { $0.name },
        "value": .text { $0.value },
    ]
}

/// An action that is shown when it is asked for.
struct AsideModel: ViewModel {
    let summary: String
    let isOpen: Bool
    let action: ActionForm

    static let readable: [String: Readable<Self>] = [
        "summary": .text { $0.summary },
        "is_open": .flag { $0.isOpen },
        "action": .model { $0.action },
    ]
}
