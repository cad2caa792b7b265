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
        // An empty search is none.
        let words = visit.request.uri.queryParameters["q"].map(String.init)?.isEmpty == true ? nil : try query.text("q")
        if words != nil { try query.finish() }
        let entries = try await desk.catalogue(for: visit.viewer)
        let wanted = words.map(Self.plain)?.split(separator: " ").map(String.init) ?? []
        let found = entries.filter { entry in
            let text = Self.plain("\(entry.title) \(entry.summary ?? "") \(entry.departmentTitle) \(entry.type.text)")
            return wanted.allSatisfy(text.contains)
        }
        let departments = Dictionary(grouping: found, by: \.department).values
            .sorted { $0[0].departmentTitle < $1[0].departmentTitle }
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
        let content = ServicesContent(
            query: words, found: count, departments: departments,
            requests: requests.map { RequestRowModel($0, visit) })
        return .page(templates.page(content, in: visit.shell(words ?? texts[.services], .services)))
    }

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

    /// Letters and digits in lower case, with German umlauts as they are also written.
    private static func plain(_ text: String) -> String {
        var result = ""
        for character in text.lowercased() {
            switch character {
            case "ä": result += "ae"
            case "ö": result += "oe"
            case "ü": result += "ue"
            case "ß": result += "ss"
            default: result.append(character.isLetter || character.isNumber ? character : " ")
            }
        }
        return result
    }
}

struct ServicesContent: PageContent {
    static let template = "services"

    let query: String?
    let found: String
    let departments: [DepartmentModel]
    let requests: [RequestRowModel]

    static let readable: [String: Readable<Self>] = [
        "requests": .list { $0.requests },
        "has_requests": .flag { !$0.requests.isEmpty },
        "query": .text { $0.query },
        "found": .text { $0.found },
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
