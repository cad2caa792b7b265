import Expressions
import ServiceDesk
import WorkflowCore

/// One of everything that pages show, with nothing behind it.
struct DesignSample: Sendable {
    let texts: Texts

    private var words: String { texts[.designSample] }
    private var now: String { texts.moment(texts.now) }
    private static let address = "#lists"

    var refusedFile: FilesContent { FilesContent(files: [], refusal: texts[.fileTooLarge]) }

    var conflict: ConflictModel {
        ConflictModel(
            changes: [LineModel(text: words)],
            differences: [DifferenceModel(label: texts[.department], now: "IT", yours: "HR")])
    }

    var filter: FilterFormModel {
        var kind = QuestionModel(name: "kind", label: texts[.filterKind], help: nil, look: .select)
        kind.nothing = texts[.anyKind]
        var mine = QuestionModel(name: "mine", label: texts[.filters], help: nil, look: .options)
        mine.input = "checkbox"
        mine.options = [OptionModel(id: "sample-mine", value: "true", label: texts[.onlyMine], isChecked: false)]
        return FilterFormModel(
            address: "/design", questions: [kind.identified("sample-kind"), mine.identified("sample-mine-group")],
            button: texts[.filter])
    }

    var tabs: TabsModel {
        TabsModel(label: texts[.designLists], tabs: [tab(texts[.anyKind], true), tab(texts[.openFilter], false)])
    }

    var views: ViewsModel {
        ViewsModel(
            saved: [tab(words, true)],
            asides: [AsideModel(summary: texts[.renameView], isOpen: false, action: action(style: "primary"))],
            actions: [action(style: "quiet")])
    }

    private func tab(_ text: String, _ isCurrent: Bool) -> FilterModel {
        FilterModel(address: Self.address, text: text, isCurrent: isCurrent)
    }

    private func action(style: String) -> ActionForm {
        ActionForm(address: "/design", key: "", buttons: [ButtonModel(text: words, style: style)])
    }

    var requests: [RequestRowModel] {
        [
            RequestRowModel(
                address: Self.address, title: words, number: "IT-1042", state: texts[.openState], tone: "open",
                department: "IT", when: now, whose: nil, subject: texts[.answers])
        ]
    }

    var items: [InboxRowModel] {
        [
            InboxRowModel(
                address: Self.address, title: words, number: "IT-1042", kind: texts[.kindApproval], tone: "warn",
                request: words, department: "IT", who: texts[.youHaveIt], due: texts(.due, now), isOverdue: true,
                choice: "sample", deed: .approve)
        ]
    }

    var pager: PagerModel { PagerModel(previous: Self.address, next: Self.address) }

    var drafts: [DraftRowModel] {
        [
            DraftRowModel(
                address: Self.address, title: words, department: "IT", when: now, action: action(style: "quiet"))
        ]
    }

    var rows: [SheetRowModel] {
        (0...4).map { depth in
            SheetRowModel(
                title: words, code: depth == 0 ? "sample" : nil, tags: [TagModel(text: texts[.openState])],
                facts: [now], lines: depth == 0 ? [words] : [], depth: depth)
        }
    }

    var services: [ServiceModel] { [ServiceModel(address: Self.address, title: words, summary: words)] }

    var turns: [TurnModel] {
        [
            TurnModel(
                anchor: "sample-turn", title: words, due: texts(.due, now), isOverdue: false, key: "",
                checklist: [
                    TickModel(address: "/design", key: "", item: "a", label: words, isDone: false, mayTick: true),
                    TickModel(address: "/design", key: "", item: "b", label: words, isDone: true, mayTick: true),
                ], actions: [action(style: "primary")],
                more: [AsideModel(summary: texts[.handOver], isOpen: true, action: action(style: "danger"))])
        ]
    }

    var steps: [StepModel] {
        let states: [(Text, StepView.Status, String)] = [
            (.stateDone, .done, "good"), (.stateOpen, .open, "open"), (.stateAsking, .asking, "bad"),
            (.stateFailed, .failed, "bad"), (.stateSkipped, .skipped, ""), (.stateCancelled, .cancelled, ""),
            (.stateWaiting, .waiting, ""),
        ]
        return states.map { text, status, tone in
            var step = StepModel(title: words, mark: status.rawValue, state: texts[text], tone: tone)
            guard status == .open else { return step }
            (step.stage, step.who, step.since) = (texts[.department], texts[.youHaveIt], texts(.since, now))
            (step.due, step.why, step.isOverdue) = (texts(.due, now), words, true)
            (step.child, step.childAddress) = ("IT-1043", Self.address)
            step.notes = [LineModel(text: words)]
            step.outputs = [FactModel(label: texts[.answers], text: words)]
            return step
        }
    }

    var entries: [EntryModel] {
        [nil, words].enumerated().map { index, comment in
            EntryModel(
                sequence: "sample-\(index)", text: words, time: now, machineTime: texts.now.description,
                comment: comment, audience: comment == nil ? nil : "IT",
                links: comment == nil ? [] : [LineModel(text: "PDF", address: Self.address)])
        }
    }

    var answers: [FactModel] {
        var table = FactModel(label: texts[.answers], text: "")
        table.table = self.table
        return [FactModel(label: texts[.department], text: "IT"), table]
    }

    var table: TableModel {
        TableModel(
            caption: texts[.answers], columns: [texts[.department], texts[.openFilter]],
            rows: [TableRowModel(title: "IT", cells: ["7"]), TableRowModel(title: "HR", cells: ["3"])])
    }

    var chart: ChartModel? {
        ChartModel([("IT", 7, "7", ""), ("HR", 3, "3", "good"), ("IT", 2, "2", "warn"), ("HR", 1, "1", "bad")])
    }
}
