/// A page with a form that the configuration describes.
struct FormContent: PageContent {
    static let template = "form"

    let back: LineModel
    let heading: String
    let summary: String?
    let errors: ErrorSummary?
    let conflict: ConflictModel?
    /// That further questions came up.
    let more: String?
    let address: String
    let key: String
    let version: String?
    let button: String
    let isBranching: Bool
    let hasFiles: Bool
    /// What the form is filled with, where it was kept.
    let draft: DraftModel?
    /// Which draft it goes on with; nil where none is kept.
    let mark: DraftMark?
    /// What a draft of it holds, and what not; nil where none is kept.
    let draftHelp: String?
    let questions: [QuestionModel]

    static let readable: [String: Readable<Self>] = [
        "back": .text { $0.back.address },
        "back_text": .text { $0.back.text },
        "heading": .text { $0.heading },
        "summary": .text { $0.summary },
        "errors": .model { $0.errors },
        "conflict": .model { $0.conflict },
        "more": .text { $0.more },
        "address": .text { $0.address },
        "check": .text { $0.isBranching || $0.hasFiles ? "\($0.address)/check" : "" },
        "draft": .model { $0.draft },
        "draft_mark": .model { $0.mark },
        "draft_help": .text { $0.draftHelp },
        "keep": .text { $0.draftHelp == nil ? "" : "\($0.address)/draft" },
        "has_files": .flag { $0.hasFiles },
        "key": .text { $0.key },
        "version": .text { $0.version },
        "button": .text { $0.button },
        "has_conditions": .flag { $0.isBranching },
        "questions": .list { $0.questions },
    ]
}

/// The questions alone, for a page that shows the rest already.
struct QuestionsContent: ViewModel {
    let questions: [QuestionModel]

    static let readable: [String: Readable<Self>] = ["questions": .list { $0.questions }]
}
