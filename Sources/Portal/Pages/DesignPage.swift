import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Everything that pages are made of, once each.
struct DesignPage: Sendable {
    let gate: Gate

    func show(_ request: Request, _ context: APIContext) async throws -> Response {
        if let (visit, newSecret) = try await gate.visitor(request, context) {
            let page = gate.templates.page(Self.content(visit.texts), in: visit.shell(visit.texts[.design], nil))
            return .page(page).keeping(newSecret, in: gate.cookie)
        }
        let (texts, organisation) = try await gate.texts(for: request)
        let shell = gate.shell(request, texts, organisation, texts[.design])
        return .page(gate.templates.page(Self.content(texts), in: shell))
    }

    static func content(_ texts: Texts) -> DesignContent {
        var wrong = QuestionModel(name: "f.sample", label: texts[.email], help: texts[.personHelp])
        wrong.error = texts[.problemEmail]
        wrong.value = "lin.zhao"
        var choice = QuestionModel(name: "f.choice", label: texts[.theme], help: nil, look: .options)
        choice.input = "radio"
        choice.options = [texts[.system], texts[.light], texts[.dark]].enumerated().map { index, label in
            OptionModel(id: "f.choice-\(index)", value: String(index), label: label, isChecked: index == 0)
        }
        var long = QuestionModel(name: "f.long", label: texts[.commentLabel], help: nil, look: .long)
        long.isOptional = true
        var computed = QuestionModel(name: "f.computed", label: texts[.progress], help: nil, look: .computed)
        computed.value = "3"
        var files = QuestionModel(
            name: "f.files", label: texts[.commentFiles], help: texts(.fileLimit, "25 MB"), look: .files)
        files.files = [
            FileModel(
                AttachedFile(
                    id: UniqueID(high: 0, low: 0), name: "\(texts[.fileText]).txt", size: 1_000,
                    mediaType: "text/plain"), of: "f.files", texts)
        ]
        let questions = [wrong, choice, long, computed, files]
        var errors = ErrorSummary(ErrorSummary.of(questions), texts: texts)
        errors?.takesFocus = false
        let states: [(Text, String, String)] = [
            (.stateDone, "done", "good"), (.stateOpen, "open", "open"), (.stateAsking, "asking", "bad"),
            (.stateWaiting, "waiting", ""),
        ]
        return DesignContent(
            colours: ["paper", "card", "line", "ink", "soft", "accent", "good", "warn", "bad"],
            errors: errors, questions: questions,
            requests: [
                RequestRowModel(
                    address: "#lists", title: texts[.designSample], number: "IT-1042", state: texts[.openState],
                    tone: "open", department: "IT", when: texts.moment(texts.now), whose: nil)
            ],
            steps: states.map { text, mark, tone in
                StepModel(title: texts[.designSample], mark: mark, state: texts[text], tone: tone)
            })
    }
}

struct DesignContent: PageContent {
    static let template = "design"

    let colours: [String]
    let errors: ErrorSummary?
    let questions: [QuestionModel]
    let requests: [RequestRowModel]
    let steps: [StepModel]

    static let readable: [String: Readable<Self>] = [
        "colours": .list { $0.colours.map(ColourModel.init) },
        "errors": .model { $0.errors },
        "questions": .list { $0.questions },
        "requests": .list { $0.requests },
        "steps": .list { $0.steps },
    ]
}

/// A colour of the style sheet.
struct ColourModel: ViewModel {
    let name: String

    static let readable: [String: Readable<Self>] = [
        "name": .text { "--\($0.name)" },
        "style": .text { "fill-\($0.name)" },
    ]
}
