import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// The directory of people: who there is, to what they belong, and how they come in. Files change it, these pages do not.
struct DirectoryPages: Sendable {
    let sheets: Sheets

    static let pageSize = 50
    static let path = AdministrationPages.Part.people.address

    private var desk: any PortalDesk { sheets.desk }

    func list(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request.withoutEmptyParameters())
        let text = try query.text("q")
        let group = try query.text("group").map { GroupID($0) }
        let trail = try PageTrail(&query)
        try query.finish()
        try visit.require(.readPeople)
        let page = try await desk.directory(
            matching: text, group: group, for: visit.viewer, cursor: trail.cursor, limit: Self.pageSize)
        let groups = try await desk.groups(for: visit.viewer)
        let texts = visit.texts
        var name = QuestionModel(name: "q", label: texts[.personSearch], help: nil)
        name.value = text ?? ""
        var choice = QuestionModel(name: "group", label: texts[.group], help: nil, look: .select)
        choice.nothing = texts[.anyGroup]
        choice.options = groups.map {
            OptionModel(
                id: "", value: $0.id.text, label: "\($0.name) (\($0.members))", isChecked: $0.id == group)
        }
        let content = SheetContent(
            heading: texts[.people], lead: texts[.peopleLead], tabs: visit.tabs(.people),
            filter: FilterFormModel(address: Self.path, questions: [name, choice], button: texts[.filter]),
            sections: [
                SectionModel(
                    anchor: "people", heading: texts[.everybodyFound],
                    rows: page.items.map { row($0, texts) }, empty: texts[.nobodyFound])
            ],
            pager: PagerModel(trail, next: page.next, Self.path, ["q": text, "group": group?.text]))
        return sheets.page(content, visit, .administration)
    }

    private func row(_ person: DirectoryPersonView, _ texts: Texts) -> SheetRowModel {
        var tags: [TagModel] = []
        if !person.isActive { tags.append(TagModel(text: texts[.hasLeft], tone: "warn")) }
        if person.kind == .service { tags.append(TagModel(text: texts[.program], tone: "open")) }
        return SheetRowModel(
            title: person.person.name, address: Self.address(of: person.person.handle), code: person.person.handle,
            tags: tags, facts: [person.groups.map(\.name).joined(separator: ", ")].filter { !$0.isEmpty })
    }

    static func address(of handle: String) -> String { "\(path)/\(handle.percentEncoded)" }

    func show(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        return try await page(visit)
    }

    private func page(
        _ visit: Visit, secret: String? = nil, notice: String? = nil, refusal: Rejection? = nil
    ) async throws -> Response {
        try visit.require(.readPeople)
        let person = try await desk.directoryPerson(try visit.variable("handle"), for: visit.viewer)
        var sheet = PersonSheet(visit: visit, person: person)
        let mayManage = visit.may(.manageAccounts) && person.isActive
        let handle = person.person.handle
        if mayManage {
            if person.kind == .person {
                sheet.account = try await desk.account(of: handle, for: visit.viewer)
                sheet.sessions = try await desk.sessions(of: handle, for: visit.viewer)
            }
            sheet.tokens = try await desk.tokens(of: handle, for: visit.viewer)
            sheet.managesTokens = true
        }
        sheet.secret = secret
        sheet.refusal = refusal
        return sheets.page(
            sheet.content, visit, .administration, status: refusal == nil ? .ok : .unprocessableContent,
            notice: notice)
    }

    /// What to ask before something is taken from whoever the page is about; nil for what takes nothing.
    private func question(_ visit: Visit, _ handle: String) async throws -> Confirmation? {
        let texts = visit.texts
        let words: (heading: OfficeText, text: OfficeText, button: String)
        switch visit.context.parameters.get("action") {
        case "lock": words = (.lockAsk, .lockMeans, texts[.lockSure])
        case "end-session": words = (.endSessionAsk, .endSessionMeans, texts[.endSession])
        case "revoke-token": words = (.revokeAsk, .revokeMeans, texts[.revoke])
        default: return nil
        }
        let name = try await desk.directoryPerson(handle, for: visit.viewer).person.name
        return Confirmation(
            heading: texts(words.heading, name), text: texts[words.text], button: words.button,
            back: LineModel(text: texts(.backToRequest, name), address: Self.address(of: handle)))
    }

    /// Does what a form of somebody's page asks.
    func act(_ visit: Visit) async throws -> Response {
        try visit.require(.manageAccounts)
        let handle = try visit.variable("handle")
        let (viewer, texts) = (visit.viewer, visit.texts)
        if let question = try await question(visit, handle), !Confirmation.isGiven(visit) {
            return question.page(visit, .administration, sheets.templates)
        }
        do {
            switch visit.context.parameters.get("action") {
            case "invitation":
                let invitation = try await desk.invite(handle, by: viewer)
                return try await page(
                    visit, secret: invitation.code,
                    notice: texts(.invited, texts.moment(invitation.expiresAt)))
            case "lock": try await desk.lockAccount(of: handle, by: viewer)
            case "unlock": try await desk.unlockAccount(of: handle, by: viewer)
            case "end-session":
                try await desk.endSession(visit.fields.identifier, of: handle, by: viewer)
            case "revoke-token":
                try await desk.revokeToken(visit.fields.identifier, of: handle, by: viewer)
            case "tokens":
                let token = visit.fields.token
                let made = try await desk.createToken(
                    for: handle, token.label, scopes: token.scopes, lifetime: token.lifetime, by: viewer)
                return try await page(visit, secret: made.secret, notice: texts[.tokenMade])
            default: throw HTTPError(.notFound)
            }
        } catch DeskError.rejected(let rejection) where rejection.kind != .notFound {
            return try await page(visit, refusal: rejection)
        }
        return .seeOther(Self.address(of: handle))
    }
}
