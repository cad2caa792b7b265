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
        let current = saved.first { $0.list == list && $0.filters == filters }
        return ViewsModel(
            saved: saved.filter { $0.list == list }.map {
                FilterModel(
                    address: Self.address(list, $0.filters), text: $0.name, isCurrent: $0.filters == filters)
            },
            // What shows everything needs no name, and what has one no other.
            asides: current.map { [renaming($0)] } ?? (filters.isEmpty ? [] : [saving]),
            actions: current.map { [deleting($0)] } ?? [])
    }

    private var saving: AsideModel {
        AsideModel(
            summary: texts[.saveView], isOpen: attempt != nil,
            action: ActionForm(
                address: "/views/\(list.rawValue)", key: Visit.newKey(),
                hidden: filters.sorted { $0.key < $1.key }.map {
                    HiddenModel(name: "filter.\($0.key)", value: $0.value)
                },
                questions: [name(attempt?.name ?? "")],
                buttons: [ButtonModel(text: texts[.save], style: "primary")]))
    }

    private func renaming(_ view: StoredView) -> AsideModel {
        AsideModel(
            summary: texts[.renameView], isOpen: attempt != nil,
            action: ActionForm(
                address: "/views/\(list.rawValue)/rename", key: Visit.newKey(),
                hidden: [HiddenModel(name: "id", value: view.id.description)],
                questions: [name(attempt?.name ?? view.name)],
                buttons: [ButtonModel(text: texts[.rename], style: "primary")]))
    }

    private func deleting(_ view: StoredView) -> ActionForm {
        ActionForm(
            address: "/views/\(list.rawValue)/forget", key: Visit.newKey(),
            hidden: [HiddenModel(name: "id", value: view.id.description)],
            buttons: [ButtonModel(text: texts[.deleteView], style: "quiet", subject: view.name)])
    }

    private func name(_ value: String) -> QuestionModel {
        var name = QuestionModel(name: "name", label: texts[.viewName], help: nil).identified("view-name")
        (name.width, name.value) = ("middle", value)
        name.error = attempt.map { texts.refusal($0.refusal) }
        return name
    }
}

/// The views of a list, and what may be done with the one that is shown.
struct ViewsModel: ViewModel {
    let saved: [FilterModel]
    var asides: [AsideModel] = []
    var actions: [ActionForm] = []

    static let readable: [String: Readable<Self>] = [
        "saved": .list { $0.saved },
        "has_saved": .flag { !$0.saved.isEmpty },
        "asides": .list { $0.asides },
        "actions": .list { $0.actions },
    ]
}

extension ViewsModel {
    /// The ways to all that somebody saved; of two with one name the list is said.
    init(_ saved: [StoredView], _ texts: Texts) {
        let names = Dictionary(grouping: saved, by: \.name)
        self.init(
            saved: saved.map { view in
                let list = texts[view.list == .inbox ? .inbox : .myRequests]
                let isAlone = names[view.name]?.count == 1
                return FilterModel(
                    address: SavedViews.address(view.list, view.filters),
                    text: isAlone ? view.name : "\(list): \(view.name)", isCurrent: false)
            })
    }
}
