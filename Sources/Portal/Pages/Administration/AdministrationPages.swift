import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Where everybody begins who administers something, and what they may go to.
struct AdministrationPages: Sendable {
    let sheets: Sheets

    /// A page of the administration, shown to those alone who may use it.
    enum Part: Hashable, Sendable {
        case configuration, people, audit
        case deputies(DepartmentID)

        var address: String {
            switch self {
            case .configuration: "/administration/configuration"
            case .people: "/administration/people"
            case .audit: "/administration/audit"
            case .deputies(let department): "/administration/deputies/\(department.text.percentEncoded)"
            }
        }
    }

    func show(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        let parts = visit.administration
        guard !parts.isEmpty else { throw HTTPError(.notFound) }
        let texts = visit.texts
        let cards = parts.map { part in
            let (title, summary) = visit.words(part)
            return ServiceModel(address: part.address, title: title, summary: summary)
        }
        let content = SheetContent(
            heading: texts[.administration], lead: texts[.administrationLead],
            sections: [SectionModel(anchor: "parts", heading: texts[.administrationParts], cards: cards)])
        return sheets.page(content, visit, .administration)
    }
}

extension Visit {
    /// What the reader may administer.
    var administration: [AdministrationPages.Part] {
        var parts: [AdministrationPages.Part] = []
        if may(.readConfiguration) { parts.append(.configuration) }
        if may(.readPeople) { parts.append(.people) }
        if may(.readAudit) { parts.append(.audit) }
        let departments = viewer.authority.administratorOf.filter { may(.readDeputies(in: $0)) }
        return parts + departments.sorted().map { .deputies($0) }
    }

    var mayAdminister: Bool {
        may(.readConfiguration) || may(.readPeople) || may(.readAudit) || !viewer.authority.administratorOf.isEmpty
    }

    func words(_ part: AdministrationPages.Part) -> (title: String, summary: String) {
        switch part {
        case .configuration: (texts[.configuration], texts[.configurationSummary])
        case .people: (texts[.people], texts[.peopleSummary])
        case .audit: (texts[.audit], texts[.auditSummary])
        case .deputies(let id): (texts(.deputiesIn, department(id)), texts[.deputiesInSummary])
        }
    }

    func tabs(_ current: AdministrationPages.Part) -> TabsModel {
        TabsModel(
            label: texts[.administration],
            tabs: administration.map {
                FilterModel(address: $0.address, text: words($0).title, isCurrent: $0 == current)
            })
    }
}
