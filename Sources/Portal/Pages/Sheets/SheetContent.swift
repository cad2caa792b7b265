import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// A page made of sections, for whatever is read more than it is filled: people, configuration, audit, what one was told.
struct SheetContent: PageContent {
    static let template = "sheet"

    let heading: String
    var lead: String?
    var back: LineModel?
    /// Pages that belong together.
    var tabs: TabsModel?
    var errors: ErrorSummary?
    var filter: FilterFormModel?
    var sections: [SectionModel]
    var pager: PagerModel?

    static let readable: [String: Readable<Self>] = [
        "heading": .text { $0.heading },
        "lead": .text { $0.lead },
        "back": .text { $0.back?.address },
        "back_text": .text { $0.back?.text },
        "tabs": .model { $0.tabs },
        "errors": .model { $0.errors },
        "filter": .model { $0.filter },
        "sections": .list { $0.sections },
        "pager": .model { $0.pager },
    ]
}

/// Pages that belong together, the present one among them.
struct TabsModel: ViewModel {
    let label: String
    let tabs: [FilterModel]

    static let readable: [String: Readable<Self>] = [
        "label": .text { $0.label },
        "tabs": .list { $0.tabs },
    ]
}

/// A form that only chooses what the page shows.
struct FilterFormModel: ViewModel {
    let address: String
    let questions: [QuestionModel]
    let button: String
    var links: [LineModel] = []

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "questions": .list { $0.questions },
        "button": .text { $0.button },
        "links": .list { $0.links },
    ]
}

/// A part of a sheet. What there is of it stands in this order.
struct SectionModel: ViewModel {
    let anchor: String
    let heading: String
    var help: String?
    /// Something that is shown this once.
    var secret: String?
    var facts: [FactModel] = []
    var picture: PictureModel?
    var chart: ChartModel?
    var table: TableModel?
    var cards: [ServiceModel] = []
    var rows: [SheetRowModel] = []
    /// What stands there instead of nothing.
    var empty: String?
    /// Chooses what the preview shows.
    var filter: FilterFormModel?
    var preview: PreviewModel?
    var actions: [ActionForm] = []
    var asides: [AsideModel] = []
    var links: [LineModel] = []

    static let readable: [String: Readable<Self>] = [
        "anchor": .text { $0.anchor },
        "section_heading": .text { $0.heading },
        "help": .text { $0.help },
        "secret": .text { $0.secret },
        "facts": .list { $0.facts },
        "has_facts": .flag { !$0.facts.isEmpty },
        "picture": .model { $0.picture },
        "chart": .model { $0.chart },
        "table": .model { $0.table },
        "services": .list { $0.cards },
        "has_cards": .flag { !$0.cards.isEmpty },
        "rows": .list { $0.rows },
        "has_rows": .flag { !$0.rows.isEmpty },
        "empty": .text { $0.rows.isEmpty && $0.cards.isEmpty ? $0.empty : nil },
        "section_filter": .model { $0.filter },
        "preview": .model { $0.preview },
        "actions": .list { $0.actions },
        "asides": .list { $0.asides },
        "links": .list { $0.links },
        "has_links": .flag { !$0.links.isEmpty },
    ]
}

/// A line of a list, with what may be done to it.
struct SheetRowModel: ViewModel {
    let title: String
    var address: String?
    /// An identifier beside the title.
    var code: String?
    var tags: [TagModel] = []
    var facts: [String] = []
    /// Further lines.
    var lines: [String] = []
    /// How many steps it stands in, for lists of things within things.
    var depth = 0
    var action: ActionForm?

    static let readable: [String: Readable<Self>] = [
        "title": .text { $0.title },
        "address": .text { $0.address },
        "code": .text { $0.code },
        "tags": .list { $0.tags },
        "facts": .list { $0.facts.map { LineModel(text: $0) } },
        "has_facts": .flag { !$0.facts.isEmpty || !$0.tags.isEmpty },
        "lines": .list { $0.lines.map { LineModel(text: $0) } },
        "depth": .text { $0.depth == 0 ? nil : "depth-\(min($0.depth, 4))" },
        "action": .model { $0.action },
    ]
}

/// A word in a colour.
struct TagModel: ViewModel {
    let text: String
    var tone = ""

    static let readable: [String: Readable<Self>] = [
        "text": .text { $0.text },
        "tone": .text { $0.tone },
    ]
}

/// A picture that the desk draws.
struct PictureModel: ViewModel {
    let address: String
    let alternative: String
    let width: String
    let height: String

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "alternative": .text { $0.alternative },
        "width": .text { $0.width },
        "height": .text { $0.height },
    ]
}

/// A form that may be tried and is never sent.
struct PreviewModel: ViewModel {
    let address: String
    /// As whom it is tried.
    let handle: String
    let questions: [QuestionModel]
    let isBranching: Bool

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "check": .text { $0.isBranching ? "\($0.address)/check" : "" },
        "handle": .text { $0.handle },
        "has_conditions": .flag { $0.isBranching },
        "questions": .list { $0.questions },
    ]
}

/// Puts sheets into pages.
struct Sheets: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    func page(
        _ content: SheetContent, _ visit: Visit, _ place: Shell.Place, status: HTTPResponse.Status = .ok,
        notice: String? = nil
    ) -> Response {
        let texts = visit.texts
        var shell = visit.shell(
            content.errors == nil ? content.heading : "\(texts[.error]): \(content.heading)", place)
        shell.notice = notice
        return .page(templates.page(content, in: shell), status: status)
    }
}

/// What the desk gives, or why it refuses; whatever else goes wrong goes on.
func answer<Value>(_ ask: () async throws -> Value) async throws -> Result<Value, Rejection> {
    do {
        return .success(try await ask())
    } catch DeskError.rejected(let rejection) {
        return .failure(rejection)
    }
}

extension Visit {
    /// Whether the reader may do something that is no command on a request.
    func may(_ permission: Permission) -> Bool { Access.may(viewer.authority, permission) }

    /// Whoever may not is told the same as where there is nothing.
    func require(_ permission: Permission) throws {
        guard may(permission) else { throw HTTPError(.notFound) }
    }
}
