import ServiceDesk
import WorkflowCore

/// The views that somebody saved of a list, beside the list as it is now.
struct SavedViews {
    let list: SavedList
    let saved: [StoredView]
    /// Of the list as it is now, by the name of the parameter.
    let filters: [String: String]
    let texts: Texts
    /// A name that was refused, and why.
    var attempt: (name: String, refusal: Rejection)?

    static func address(_ list: SavedList, _ filters: [String: String]) -> String {
        ListPages.address("/\(list.rawValue)", filters.mapValues { $0 })
    }

    var errors: ErrorSummary? {
        ErrorSummary(
            attempt.map { [LineModel(text: texts.refusal($0.refusal), address: "#view-name")] } ?? [], texts: texts)
    }

    var model: ViewsModel {
        let current = saved.filter { $0.list == list && $0.filters == filters }
        return ViewsModel(
            saved: saved.filter { $0.list == list }.map {
                FilterModel(
                    address: Self.address(list, $0.filters), text: $0.name, isCurrent: $0.filters == filters)
            },
            // What shows everything needs no name, and what has one no other.
            asides: filters.isEmpty || !current.isEmpty ? [] : [saving],
            actions: current.prefix(1).map { view in
                ActionForm(
                    address: "/views/\(list.rawValue)/forget", key: Visit.newKey(),
                    hidden: [HiddenModel(name: "id", value: view.id.description)],
                    buttons: [ButtonModel(text: texts[.deleteView], style: "quiet", subject: view.name)])
            })
    }

    private var saving: AsideModel {
        var name = QuestionModel(name: "name", label: texts[.viewName], help: nil).identified("view-name")
        (name.width, name.isShown) = ("middle", false)
        name.value = attempt?.name ?? ""
        name.error = attempt.map { texts.refusal($0.refusal) }
        return AsideModel(
            summary: texts[.saveView], isOpen: attempt != nil,
            action: ActionForm(
                address: "/views/\(list.rawValue)", key: Visit.newKey(),
                hidden: filters.sorted { $0.key < $1.key }.map {
                    HiddenModel(name: "filter.\($0.key)", value: $0.value)
                },
                questions: [name], buttons: [ButtonModel(text: texts[.save], style: "primary")]))
    }
}

struct ViewsModel: ViewModel {
    let saved: [FilterModel]
    let asides: [AsideModel]
    let actions: [ActionForm]

    static let readable: [String: Readable<Self>] = [
        "saved": .list { $0.saved },
        "has_saved": .flag { !$0.saved.isEmpty },
        "asides": .list { $0.asides },
        "actions": .list { $0.actions },
    ]
}
