import HTTPAPI
import Hummingbird
import ServiceDesk

/// Colleagues whose names begin with what somebody types, a few at a time.
struct PeoplePage: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        let text = try query.text("q")
        try query.finish()
        // One letter would be a list of everybody.
        let people = text.map { $0.count < 2 ? "" : $0 } ?? ""
        let found = people.isEmpty ? [] : try await desk.people(matching: people, limit: 8)
        let content = PeopleContent(
            people: found.map { OptionModel(id: "", value: $0.handle, label: $0.name, isChecked: false) })
        return .page(templates.fragment("people", content, in: visit.shell("", nil)))
    }
}

struct PeopleContent: ViewModel {
    let people: [OptionModel]

    static let readable: [String: Readable<Self>] = ["people": .list { $0.people }]
}
