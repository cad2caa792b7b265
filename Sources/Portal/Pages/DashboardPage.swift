import Expressions
import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// How the requests of the departments stand that somebody leads: charts, and the same as tables.
struct DashboardPage: Sendable {
    let sheets: Sheets

    static let path = "/dashboard"

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        let department = try query.text("department").map { DepartmentID($0) }
        try query.finish()
        guard visit.mayLead else { throw HTTPError(.notFound) }
        if let department { try visit.require(.readDashboard(in: department)) }
        let view = try await sheets.desk.dashboard(of: department, for: visit.viewer)
        let builder = DashboardSheet(visit: visit, view: view, department: department)
        return sheets.page(builder.content, visit, .dashboard)
    }
}

extension Visit {
    /// Whether the reader leads a department.
    var mayLead: Bool { viewer.authority.leadOf.contains { may(.readDashboard(in: $0)) } }
}

/// Puts the numbers into charts and tables.
struct DashboardSheet {
    let visit: Visit
    let view: DashboardView
    /// The one that the page is about; nil for all that the reader leads.
    let department: DepartmentID?

    private var texts: Texts { visit.texts }

    var content: SheetContent {
        var content = SheetContent(
            heading: department.map(visit.department) ?? texts[.dashboard], lead: texts[.dashboardLead],
            sections: [ages, overdue, flow, load])
        let led = visit.viewer.authority.leadOf.sorted()
        if led.count > 1 {
            let all = FilterModel(
                address: DashboardPage.path, text: texts[.anyDepartment], isCurrent: department == nil)
            content.tabs = TabsModel(
                label: texts[.dashboard],
                tabs: [all]
                    + led.map { id in
                        FilterModel(
                            address: "\(DashboardPage.path)?department=\(id.text.percentEncoded)",
                            text: visit.department(id), isCurrent: id == department)
                    })
        }
        return content
    }

    private var ages: SectionModel {
        func words(_ span: AgeSpan) -> String {
            span.days.map { texts(.youngerThan, String($0)) } ?? texts(.olderThan, "30")
        }
        var section = SectionModel(anchor: "ages", heading: texts[.openByAge], help: texts[.openByAgeHelp])
        section.chart = ChartModel(
            AgeSpan.allCases.map { span in
                let count = view.ages.filter { $0.span == span }.map(\.count).reduce(0, +)
                return (words(span), count, String(count), span == .older ? "warn" : "")
            })
        section.table = TableModel(
            caption: texts[.openByAge],
            columns: [texts[.department]] + AgeSpan.allCases.map(words) + [texts[.together]],
            rows: view.departments.map { id in
                let counts = view.ages.filter { $0.department == id }.sorted { $0.span < $1.span }.map(\.count)
                return TableRowModel(
                    title: visit.department(id), cells: (counts + [counts.reduce(0, +)]).map { String($0) })
            })
        return section
    }

    private var overdue: SectionModel {
        var section = SectionModel(anchor: "overdue", heading: texts[.overdueWork], help: texts[.overdueWorkHelp])
        let kinds: [(WorkItem.Kind, String)] = [
            (.task, texts[.kindTask]), (.approval, texts[.kindApproval]), (.decision, texts[.kindDecision]),
        ]
        section.chart = ChartModel(
            kinds.map { kind, title in
                let rows = view.work.filter { $0.kind == kind }
                let late = rows.map(\.overdue).reduce(0, +)
                return (title, late, texts(.ofMany, String(late), String(rows.map(\.open).reduce(0, +))), "bad")
            })
        section.table = TableModel(
            caption: texts[.overdueWork], columns: [texts[.filterKind], texts[.openFilter], texts[.overdue]],
            rows: view.departments.flatMap { id in
                kinds.compactMap { kind, title in
                    view.work.first { $0.department == id && $0.kind == kind }.map { work in
                        TableRowModel(
                            title: view.departments.count > 1 ? "\(visit.department(id)): \(title)" : title,
                            cells: [String(work.open), String(work.overdue)])
                    }
                }
            })
        return section
    }

    private var flow: SectionModel {
        var section = SectionModel(
            anchor: "flow", heading: texts[.flowTime], help: texts[.flowTimeHelp], empty: texts[.nothingEnded])
        guard !view.flow.isEmpty else { return section }
        section.empty = nil
        section.chart = ChartModel(
            view.flow.prefix(12).map { flow in
                (
                    flow.title.shortened(to: 40), Int(flow.row.median.components.seconds / 60),
                    texts.span(flow.row.median), ""
                )
            })
        section.table = TableModel(
            caption: texts[.flowTime],
            columns: [texts[.requestType], texts[.endedCount], texts[.halfWithin], texts[.nineOfTenWithin]],
            rows: view.flow.map { flow in
                TableRowModel(
                    title: flow.title,
                    cells: [String(flow.row.ended), texts.span(flow.row.median), texts.span(flow.row.ninetieth)])
            })
        return section
    }

    private var load: SectionModel {
        var section = SectionModel(
            anchor: "load", heading: texts[.loadPerPerson], help: texts[.loadPerPersonHelp], empty: texts[.noTasksOpen])
        guard !view.load.isEmpty else { return section }
        section.empty = nil
        func name(_ load: DashboardView.Load) -> String { load.person?.name ?? texts[.nobodyYet] }
        section.chart = ChartModel(
            view.load.prefix(20).map { load in
                (name(load).shortened(to: 40), load.open, String(load.open), load.person == nil ? "warn" : "")
            })
        section.table = TableModel(
            caption: texts[.loadPerPerson], columns: [texts[.person], texts[.openFilter], texts[.overdue]],
            rows: view.load.map { TableRowModel(title: name($0), cells: [String($0.open), String($0.overdue)]) })
        return section
    }
}

extension String {
    /// At most so many characters, the last one an ellipsis where there were more.
    func shortened(to count: Int) -> String {
        self.count <= count ? self : "\(String(prefix(count - 1)).trimmed)…"
    }
}

extension Texts {
    /// A length of time in its largest units: `40 min`, `3 h`, `2.5 days`.
    func span(_ duration: Duration) -> String {
        let minutes = max(0, Int(duration.components.seconds / 60))
        switch minutes {
        case ..<60: return self(.minutes, String(minutes))
        case ..<(48 * 60): return self(.hours, tenths(minutes, of: 60))
        default: return self(.days, tenths(minutes, of: 24 * 60))
        }
    }

    private func tenths(_ minutes: Int, of unit: Int) -> String {
        let tenths = minutes * 10 / unit
        return numberEntry(tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")
    }
}
