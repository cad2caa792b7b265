import Expressions
import ServiceDesk
import WorkflowCore

/// One of everything that pages show, with nothing behind it.
struct DesignSample: Sendable {
    let texts: Texts

    private var now: String { texts.moment(texts.now) }
    private static let address = "#lists"

    var refusedFile: FilesContent { FilesContent(files: [], refusal: texts[.fileTooLarge]) }

    var conflict: ConflictModel {
        ConflictModel(
            changes: [LineModel(text: texts.sample(.decided))],
            differences: [DifferenceModel(label: texts.sample(.door), now: "B 2.17", yours: "B 2.18")])
    }

    var filter: FilterFormModel {
        var kind = QuestionModel(name: "kind", label: texts[.filterKind], help: nil, look: .select)
        kind.nothing = texts[.anyKind]
        var department = QuestionModel(name: "department", label: texts[.department], help: nil, look: .select)
        department.nothing = texts[.anyDepartment]
        return FilterFormModel(
            address: "/design",
            questions: [kind.identified("sample-kind"), department.identified("sample-department")],
            button: texts[.filter])
    }

    var tabs: TabsModel {
        TabsModel(label: texts[.designLists], tabs: [tab(texts[.anyKind], true), tab(texts[.openFilter], false)])
    }

    var views: ViewsModel {
        ViewsModel(
            saved: [tab(texts.sample(.view), true)],
            asides: [AsideModel(summary: texts[.renameView], isOpen: false, action: action(.save, "primary"))],
            actions: [action(.removeDraft, "quiet")])
    }

    private func tab(_ text: String, _ isCurrent: Bool) -> FilterModel {
        FilterModel(address: Self.address, text: text, isCurrent: isCurrent)
    }

    private func action(_ text: Text, _ style: String) -> ActionForm {
        ActionForm(address: "/design", key: "", buttons: [ButtonModel(text: texts[text], style: style)])
    }

    var requests: [RequestRowModel] {
        [
            RequestRowModel(
                address: Self.address, title: texts.sample(.service), number: "IT-1042", state: texts[.openState],
                tone: "open", department: "IT", when: now, whose: nil, subject: "B 2.17")
        ]
    }

    var items: [InboxRowModel] {
        [
            InboxRowModel(
                address: Self.address, title: texts.sample(.approval), number: "IT-1042",
                kind: texts[.kindApproval], tone: "warn", request: texts.sample(.service), department: "IT",
                who: texts[.youHaveIt], due: texts(.due, now), isOverdue: true, choice: "sample", deed: .approve)
        ]
    }

    var pager: PagerModel { PagerModel(previous: Self.address, next: Self.address) }

    var drafts: [DraftRowModel] {
        [
            DraftRowModel(
                address: Self.address, title: texts.sample(.service), department: "IT", when: now,
                action: action(.removeDraft, "quiet"))
        ]
    }

    var rows: [SheetRowModel] {
        [DesignText.service, .approval, .before, .task, .after].enumerated().map { depth, title in
            SheetRowModel(
                title: texts.sample(title), code: depth == 0 ? "it.badge" : nil,
                tags: [TagModel(text: texts[.openState])],
                facts: [now], lines: depth == 0 ? [texts.sample(.serviceSummary)] : [], depth: depth)
        }
    }

    var services: [ServiceModel] {
        [
            ServiceModel(
                address: Self.address, title: texts.sample(.service), summary: texts.sample(.serviceSummary))
        ]
    }

    var turns: [TurnModel] {
        let ticks: [(DesignText, Bool)] = [(.before, true), (.returning, false)]
        return [
            TurnModel(
                anchor: "sample-turn", title: texts.sample(.task), due: texts(.due, now), isOverdue: false, key: "",
                checklist: ticks.map { text, isDone in
                    TickModel(
                        address: "/design", key: "", item: texts.sample(text), label: texts.sample(text),
                        isDone: isDone,
                        mayTick: true)
                }, actions: [action(.complete, "primary")],
                more: [AsideModel(summary: texts[.handOver], isOpen: true, action: action(.handOver, "danger"))])
        ]
    }

    var steps: [StepModel] {
        let states: [(DesignText, Text, StepView.Status, String)] = [
            (.approval, .stateDone, .done, "good"), (.task, .stateOpen, .open, "open"),
            (.before, .stateAsking, .asking, "bad"), (.fee, .stateFailed, .failed, "bad"),
            (.refund, .stateSkipped, .skipped, ""), (.after, .stateCancelled, .cancelled, ""),
            (.feedback, .stateWaiting, .waiting, ""),
        ]
        return states.map { title, text, status, tone in
            var step = StepModel(title: texts.sample(title), mark: status.rawValue, state: texts[text], tone: tone)
            guard status == .open else { return step }
            (step.stage, step.who, step.since) = (texts.sample(.service), texts[.youHaveIt], texts(.since, now))
            (step.due, step.why, step.isOverdue) = (texts(.due, now), texts.sample(.why), true)
            (step.child, step.childAddress) = ("IT-1043", Self.address)
            step.notes = [LineModel(text: texts[.designSample])]
            step.outputs = [FactModel(label: texts.sample(.number), text: "204711")]
            return step
        }
    }

    var entries: [EntryModel] {
        let said: [(DesignText, comment: DesignText?)] = [(.raised, nil), (.commented, .comment)]
        return said.enumerated().map { index, entry in
            EntryModel(
                sequence: "sample-\(index)", text: texts.sample(entry.0), time: now, machineTime: texts.now.description,
                comment: entry.comment.map { texts.sample($0) }, audience: entry.comment == nil ? nil : "IT",
                links: entry.comment == nil ? [] : [LineModel(text: "ticket.pdf (12 kB)", address: Self.address)])
        }
    }

    var answers: [FactModel] {
        var table = FactModel(label: texts.sample(.keys), text: "")
        table.table = TableModel(
            caption: texts.sample(.keys), columns: [texts.sample(.door), texts.sample(.fee)],
            rows: [
                TableRowModel(title: "B 2.17", cells: ["\(texts.numberEntry("12.50")) EUR"]),
                TableRowModel(title: "C 1", cells: ["5 EUR"]),
            ])
        return [FactModel(label: texts.sample(.number), text: "204711"), table]
    }

    var table: TableModel {
        TableModel(
            caption: texts[.answers],
            columns: [texts[.department], texts[.openFilter], texts[.overdue], texts[.endedCount]],
            rows: [
                TableRowModel(title: "IT", cells: ["7", "1", "128"]),
                TableRowModel(title: "HR", cells: ["3", "0", "64"]),
            ])
    }

    var chart: ChartModel? {
        ChartModel([("IT", 7, "7", ""), ("HR", 3, "3", "good"), ("Finance", 2, "2", "warn"), ("Sales", 1, "1", "bad")])
    }
}
