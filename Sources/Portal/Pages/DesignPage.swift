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
        var computed = QuestionModel(name: "f.computed", label: texts[.together], help: nil, look: .computed)
        computed.value = "\(texts.numberEntry("12.50")) EUR"
        var files = QuestionModel(
            name: "f.files", label: texts[.commentFiles], help: texts(.fileLimit, "25 MB"), look: .files)
        files.files = [
            FileModel(
                AttachedFile(
                    id: UniqueID(high: 0, low: 0), name: "ticket.pdf", size: 12_000,
                    mediaType: "application/pdf"), of: "f.files", texts)
        ]
        var select = QuestionModel(name: "f.select", label: texts[.department], help: nil, look: .select)
        select.options = [OptionModel(id: "", value: "it", label: "IT", isChecked: true)]
        var money = QuestionModel(name: "f.money", label: texts.sample(.fee), help: nil)
        (money.unit, money.width, money.value) = ("EUR", "short", texts.numberEntry("12.50"))
        var cell = QuestionModel(name: "f.rows[0].who", label: texts[.beneficiary], help: texts[.personHelp])
        cell.width = "middle"
        var rows = QuestionModel(name: "f.rows", label: texts.sample(.keys), help: nil, look: .rows)
        rows.rows = [
            RowModel(
                title: texts(.rowTitle, texts.sample(.keys), "1"), name: "f.rows[0]", remove: "remove:f.rows[0]",
                questions: [cell])
        ]
        rows.addRow = "add:f.rows"
        let questions = [wrong, choice, select, money, long, computed, rows, files]
        var errors = ErrorSummary(ErrorSummary.of(questions), texts: texts)
        errors?.takesFocus = false
        return DesignContent(
            colours: ["paper", "card", "line", "ink", "soft", "accent", "good", "warn", "bad"],
            errors: errors, questions: questions, sample: DesignSample(texts: texts))
    }
}

struct DesignContent: PageContent {
    static let template = "design"

    let colours: [String]
    let errors: ErrorSummary?
    let questions: [QuestionModel]
    let sample: DesignSample

    static let readable: [String: Readable<Self>] = [
        "colours": .list { $0.colours.map(ColourModel.init) },
        "errors": .model { $0.errors },
        "questions": .list { $0.questions },
        "refused_file": .model { $0.sample.refusedFile },
        "conflict": .model { $0.sample.conflict },
        "filter": .model { $0.sample.filter },
        "tabs": .model { $0.sample.tabs },
        "views": .model { $0.sample.views },
        "requests": .list { $0.sample.requests },
        "items": .list { $0.sample.items },
        "may_choose": .flag { _ in true },
        "pager": .model { $0.sample.pager },
        "drafts": .list { $0.sample.drafts },
        "rows": .list { $0.sample.rows },
        "services": .list { $0.sample.services },
        "turns": .list { $0.sample.turns },
        "steps": .list { $0.sample.steps },
        "entries": .list { $0.sample.entries },
        "answers": .list { $0.sample.answers },
        "answers_wide": .list { $0.sample.answers.filter { $0.table == nil } },
        "chart": .model { $0.sample.chart },
        "table": .model { $0.sample.table },
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
