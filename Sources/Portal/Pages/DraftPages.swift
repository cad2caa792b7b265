import HTTPAPI
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceDesk
import WorkflowCore

/// Forms of new requests that people leave and come back to.
struct DraftPages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    /// Keeps what was entered so far; nil when there was nothing to keep.
    ///
    /// - Parameter condition: Which earlier draft goes for it.
    /// - Throws: `.draftElsewhere` where another window or device has kept one since.
    func keep(_ type: RequestTypeID, _ visit: Visit, replacing condition: DraftCondition) async throws -> KeptDraft? {
        let reader = EntryReader(RowOrder(visit.fields).fields, texts: visit.texts)
        let questions = try await desk.catalogueEntry(type, for: visit.viewer).form
        return try await desk.keepDraft(
            of: type, entries: reader.entries(questions), beneficiary: visit.fields.text("for"),
            key: try visit.fields.idempotencyKey, replacing: condition, by: visit.viewer)
    }

    /// What the form's script sends while somebody fills it; says what became of it, and nothing when there was nothing to keep.
    ///
    /// Another page's draft is not replaced by typing, only by a button. The header says which it is, for that button.
    func keepWhileTyping(_ visit: Visit) async throws -> Response {
        let type = RequestTypeID(try visit.variable("type"))
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"]
        let said: String
        do {
            let draft = try await keep(type, visit, replacing: visit.fields.ownDraft)
            said = draft == nil ? "" : visit.texts[.draftKept]
        } catch DeskError.draftElsewhere(let current) {
            said = visit.texts[.draftElsewhere]
            headers[.draft] = String(current)
        } catch DeskError.rejected(let refusal) {
            said = visit.texts.refusal(refusal)
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: said)))
    }

    /// Removes a draft once that is meant, and goes back to where it was removed. What is gone already is gone.
    func forget(_ visit: Visit) async throws -> Response {
        let type = RequestTypeID(try visit.variable("type"))
        let back = visit.fields["back"] == "form" ? FormSubject.new(type).address : ReturnPath.home
        guard case .success(let draft?) = try await answer({ try await desk.keptDraft(of: type, for: visit.viewer) })
        else { return .seeOther(back) }
        guard Confirmation.isGiven(visit) else { return question(draft, back, visit) }
        _ = try await answer { try await desk.forgetDraft(of: type, .any, by: visit.viewer) }
        return .seeOther(back)
    }

    private func question(_ draft: KeptDraft, _ back: String, _ visit: Visit) -> Response {
        let texts = visit.texts
        let isHome = back == ReturnPath.home
        return Confirmation(
            heading: texts(.removeDraftAsk, draft.title), text: texts[.removeDraftMeans],
            button: texts[isHome ? .removeDraft : .startAnew],
            back: LineModel(text: isHome ? texts[.backHome] : texts(.backToRequest, draft.title), address: back)
        ).page(visit, .services, templates)
    }

    /// After the request was raised, which stands whatever becomes of its draft: sent again, the form does nothing, as the key of both is
    /// the same. Another window may keep another request of the type, under its own key.
    func end(_ type: RequestTypeID, _ visit: Visit, key: String?) async {
        guard let key else { return }
        _ = try? await desk.forgetDraft(of: type, .key(key), by: visit.viewer)
    }

    static func removal(_ draft: KeptDraft, _ texts: Texts, from place: Place) -> ActionForm {
        let address = "\(FormSubject.new(draft.type).address)/draft/forget"
        return switch place {
        case .home:
            ActionForm(
                address: address, key: Visit.newKey(),
                buttons: [ButtonModel(text: texts[.removeDraft], style: "quiet", subject: draft.title)])
        case .form:
            ActionForm(
                address: address, key: Visit.newKey(), hidden: [HiddenModel(name: "back", value: "form")],
                buttons: [ButtonModel(text: texts[.startAnew], style: "quiet")])
        }
    }

    enum Place { case home, form }
}

extension HTTPField.Name {
    /// The version of a draft that is kept instead of a page's own.
    fileprivate static let draft = name("Bureau-Draft")
}

/// A draft on the page where everybody begins.
struct DraftRowModel: ViewModel {
    let address: String
    let title: String
    let department: String
    let when: String
    let action: ActionForm

    init(address: String, title: String, department: String, when: String, action: ActionForm) {
        self.address = address
        self.title = title
        self.department = department
        self.when = when
        self.action = action
    }

    init(_ draft: KeptDraft, _ texts: Texts) {
        address = FormSubject.new(draft.type).address
        title = draft.title
        department = draft.departmentTitle
        when = texts.moment(draft.changedAt)
        action = DraftPages.removal(draft, texts, from: .home)
    }

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "title": .text { $0.title },
        "department": .text { $0.department },
        "when": .text { $0.when },
        "action": .model { $0.action },
    ]
}

/// What a form says of the draft that it shows.
struct DraftModel: ViewModel {
    let from: String
    /// That not everything of it fits the form any more.
    let changed: String?
    let action: ActionForm

    init(_ draft: KeptDraft, _ texts: Texts) {
        from = texts(.draftFrom, texts.moment(draft.changedAt))
        changed = draft.isWhole ? nil : texts[.draftChanged]
        action = DraftPages.removal(draft, texts, from: .form)
    }

    static let readable: [String: Readable<Self>] = [
        "draft_from": .text { $0.from },
        "draft_changed": .text { $0.changed },
        "action": .model { $0.action },
    ]
}
