import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// What everybody may ask for, by department, and by words.
struct ServicesPage: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        // An empty search is none, and of a long one the beginning says what is meant.
        let isEmpty = visit.request.uri.queryParameters["q"].map(String.init)?.isEmpty == true
        let asked = isEmpty ? nil : try query.text("q", maximum: 100_000)
        if asked != nil { try query.finish() }
        let words = asked.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(Self.mostCharacters))) }
        let entries = try await desk.catalogue(for: visit.viewer)
        var found = entries
        if let words { found = try await matching(words, among: entries, visit) }
        // The departments of what fits best come first; without a search, all by their names.
        var groups = Dictionary(grouping: found.enumerated(), by: \.element.department).values.map { $0 }
        if words == nil {
            groups.sort { $0[0].element.departmentTitle < $1[0].element.departmentTitle }
        } else {
            groups.sort { $0[0].offset < $1[0].offset }
        }
        let departments =
            groups
            .map { $0.map(\.element) }
            .map { entries in
                DepartmentModel(
                    anchor: "department-\(entries[0].department.text)", title: entries[0].departmentTitle,
                    services: entries.map {
                        ServiceModel(
                            address: FormSubject.new($0.type).address, title: $0.title, summary: $0.summary)
                    })
            }
        let texts = visit.texts
        let count =
            switch found.count {
            case 0: texts(.foundNone, words ?? "")
            case 1: texts(.foundOne, words ?? "")
            default: texts(.foundSome, String(found.count), words ?? "")
            }
        let requests = try await requests(words, visit)
        // A number is what somebody wants to see, not to choose from.
        if let words, let only = requests.first, only.number.lowercased() == words.trimmed.lowercased() {
            return .seeOther(FormPages.address(of: only))
        }
        let subjects = try await desk.subjects(of: requests.map(\.id), for: visit.viewer)
        let cut = words == asked ? nil : texts(.searchCut, String(Self.mostCharacters))
        let content = ServicesContent(
            query: words, found: count, cut: cut, departments: departments,
            requests: requests.map { RequestRowModel($0, visit, subjects) })
        return .page(templates.page(content, in: visit.shell(words ?? texts[.services], .services)))
    }

    private static let mostCharacters = 200
    private static let mostRequests = 10

    private func requests(_ words: String?, _ visit: Visit) async throws -> [RequestSummary] {
        guard let words else { return [] }
        do {
            return try await desk.search(words, for: visit.viewer, cursor: nil, limit: Self.mostRequests).items
        } catch DeskError.rejected(let rejection) where rejection.kind == .invalid {
            // So many words no request has; services say that nothing was found.
            return []
        }
    }

    /// What fits, the best first. Words count in every language of the organisation.
    private func matching(
        _ words: String, among entries: [CatalogueEntry], _ visit: Visit
    ) async throws -> [CatalogueEntry] {
        var search = ServiceSearch()
        search.add(entries)
        for language in visit.organisation.languages where language != visit.viewer.language {
            var viewer = visit.viewer
            viewer.language = language
            search.add(try await desk.catalogue(for: viewer))
        }
        let order = search.found(words)
        return entries.filter { order[$0.type] != nil }.sorted { order[$0.type] ?? 0 < order[$1.type] ?? 0 }
    }
}

struct ServicesContent: PageContent {
    static let template = "services"

    let query: String?
    let found: String
    /// That not all of the search was searched for.
    let cut: String?
    let departments: [DepartmentModel]
    let requests: [RequestRowModel]

    static let readable: [String: Readable<Self>] = [
        "requests": .list { $0.requests },
        "has_requests": .flag { !$0.requests.isEmpty },
        "query": .text { $0.query },
        "found": .text { $0.found },
        "cut": .text { $0.cut },
        "departments": .list { $0.departments },
    ]
}

struct DepartmentModel: ViewModel {
    let anchor: String
    let title: String
    let services: [ServiceModel]

    static let readable: [String: Readable<Self>] = [
        "anchor": .text { $0.anchor },
        "title": .text { $0.title },
        "services": .list { $0.services },
    ]
}

struct ServiceModel: ViewModel {
    let address: String
    let title: String
    let summary: String?

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "title": .text { $0.title },
        "summary": .text { $0.summary },
    ]
}
