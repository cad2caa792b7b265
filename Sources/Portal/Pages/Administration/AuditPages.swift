import Expressions
import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// The audit, for those who read it: filters in the address, a file to take away, and whether it is whole.
struct AuditPages: Sendable {
    let sheets: Sheets

    private static let path = AdministrationPages.Part.audit.address
    private static let pageSize = 50

    private var desk: any PortalDesk { sheets.desk }

    /// What the address asks for.
    private struct Wanted: Sendable {
        var log = AuditLog.administration
        var from: CivilDate?
        var to: CivilDate?
        var kind: AuditKind?
        /// As it was typed.
        var who: String?

        /// Of the address, for export and for the next page.
        var parameters: [String: String?] {
            [
                "log": log.rawValue, "from": from?.description, "to": to?.description, "kind": kind?.rawValue,
                "who": who,
            ]
        }
    }

    func list(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request.withoutEmptyParameters())
        var wanted = Wanted(from: try query.date("from"), to: try query.date("to"))
        wanted.log = try query.choice("log") ?? .administration
        wanted.kind = try query.choice("kind")
        wanted.who = try query.text("who")
        let trail = try PageTrail(&query)
        try query.finish()
        return try await show(visit, wanted, trail)
    }

    /// Checks every entry of a log, and says what was found.
    func verify(_ visit: Visit) async throws -> Response {
        var wanted = Wanted()
        wanted.log = visit.fields["log"].flatMap(AuditLog.init) ?? .administration
        wanted.from = visit.fields["from"].flatMap { CivilDate(iso8601: $0) }
        wanted.to = visit.fields["to"].flatMap { CivilDate(iso8601: $0) }
        try visit.require(.exportAudit)
        let report = try await desk.verifyAudit(of: wanted.log, from: wanted.from, to: wanted.to, for: visit.viewer)
        return try await show(visit, wanted, nil, report: report)
    }

    private func show(
        _ visit: Visit, _ wanted: Wanted, _ trail: PageTrail?, report: ExportVerifier.Report? = nil
    ) async throws -> Response {
        try visit.require(.readAudit)
        let texts = visit.texts
        let filter = AuditFilter(
            log: wanted.log, from: wanted.from, to: wanted.to, kind: wanted.kind,
            principal: try await principal(wanted.who, visit))
        let page = try await desk.auditEntries(
            for: visit.viewer, filter: filter, cursor: trail?.cursor, limit: Self.pageSize)
        var sections: [SectionModel] = []
        if let report { sections.append(section(report, texts)) }
        sections.append(
            SectionModel(
                anchor: "entries", heading: texts[wanted.log.text],
                rows: page.items.map { row($0, visit) }, empty: texts[.noEntries]))
        sections.append(verification(wanted, texts))
        let content = SheetContent(
            heading: texts[.audit], lead: texts[.auditLead], tabs: visit.tabs(.audit), filter: form(wanted, texts),
            sections: sections,
            pager: trail.flatMap { PagerModel($0, next: page.next, Self.path, wanted.parameters) })
        return sheets.page(content, visit, .administration)
    }

    /// As the audit names whoever is meant; what is no person may be `operator`.
    private func principal(_ text: String?, _ visit: Visit) async throws -> String? {
        guard let text else { return nil }
        let handle = try await desk.handle(for: text)
        let found = try await desk.directory(
            matching: handle, group: nil, for: visit.viewer, cursor: nil, limit: 200)
        guard let person = found.items.first(where: { $0.person.handle == handle }), let id = person.person.id else {
            return text
        }
        return "\(person.kind == .service ? "service" : "person"):\(id)"
    }

    private func form(_ wanted: Wanted, _ texts: Texts) -> FilterFormModel {
        var log = QuestionModel(name: "log", label: texts[.auditLog], help: nil, look: .select)
        log.options = AuditLog.allCases.map {
            OptionModel(id: "", value: $0.rawValue, label: texts[$0.text], isChecked: $0 == wanted.log)
        }
        var kind = QuestionModel(name: "kind", label: texts[.auditKind], help: nil, look: .select)
        kind.nothing = texts[.anyKind]
        kind.options = AuditKind.allCases.filter { $0.log == wanted.log }.map {
            OptionModel(id: "", value: $0.rawValue, label: texts.audit($0), isChecked: $0 == wanted.kind)
        }
        var who = QuestionModel(name: "who", label: texts[.auditWho], help: nil)
        (who.value, who.isPerson) = (wanted.who ?? "", true)
        let days = [("from", OfficeText.fromDay, wanted.from), ("to", .untilDay, wanted.to)].map { name, label, day in
            var question = QuestionModel(name: name, label: texts[label], help: nil)
            (question.input, question.value) = ("date", day?.description ?? "")
            return question
        }
        let export = ["log": wanted.log.rawValue, "from": wanted.from?.description, "to": wanted.to?.description]
        return FilterFormModel(
            address: Self.path,
            questions: [log, kind, who] + days,
            button: texts[.filter],
            links: [
                LineModel(text: texts[.export], address: ListPages.address("/api/v1/audit/export", export))
            ])
    }

    private func row(_ entry: AuditEntryView, _ visit: Visit) -> SheetRowModel {
        let texts = visit.texts
        let who = entry.person?.name ?? texts.principal(entry.principal)
        let details = entry.details.merging(entry.words) { $1 }.sorted { $0.key < $1.key }
            .filter { !$0.value.isEmpty }.map { "\(texts.auditDetail($0.key)): \($0.value)" }
        return SheetRowModel(
            title: AuditKind(rawValue: entry.kind).map(texts.audit) ?? entry.kind,
            code: "\(entry.day) · \(entry.sequence)",
            facts: [who, Instant(rfc3339: entry.at).map(texts.moment) ?? entry.at],
            lines: ([entry.subject].compactMap { $0 } + details))
    }

    private func verification(_ wanted: Wanted, _ texts: Texts) -> SectionModel {
        SectionModel(
            anchor: "verify", heading: texts[.verify], help: texts[.verifyHelp],
            actions: [
                ActionForm(
                    address: "\(Self.path)/verification", key: "",
                    hidden: wanted.parameters.compactMap { name, value in
                        ["log", "from", "to"].contains(name) ? value.map { HiddenModel(name: name, value: $0) } : nil
                    }.sorted { $0.name < $1.name },
                    buttons: [ButtonModel(text: texts[.verifyButton])])
            ])
    }

    private func section(_ report: ExportVerifier.Report, _ texts: Texts) -> SectionModel {
        let isWhole = report.faults.isEmpty
        var section = SectionModel(
            anchor: "report", heading: texts[isWhole ? .auditWhole : .auditBroken],
            help: texts(
                .verified, String(report.chains.map(\.entries).reduce(0, +)), String(report.chains.count)))
        section.rows = report.faults.map {
            SheetRowModel(title: $0.description, tags: [TagModel(text: "!", tone: "bad")])
        }
        if let last = report.chains.last {
            section.facts = [FactModel(label: texts(.chainHead, last.name), text: last.head)]
        }
        return section
    }
}

extension AuditLog {
    var text: OfficeText {
        switch self {
        case .administration: .logAdministration
        case .signIn: .logSignIn
        case .reads: .logReads
        case .exports: .logExports
        }
    }
}
