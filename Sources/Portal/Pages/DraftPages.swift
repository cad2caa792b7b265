import HTTPAPI
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceDesk
import WorkflowCore

/// What people begin to write, leave and come back to.
struct DraftPages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    /// Keeps what was entered so far; nil when there was nothing to keep.
    ///
    /// - Parameter condition: Which earlier draft goes for it.
    /// - Throws: `.draftElsewhere` where another window or device has kept one since.
    func keep(_ subject: FormSubject, _ visit: Visit, replacing condition: DraftCondition) async throws -> KeptDraft? {
        try await desk.keepDraft(
            of: subject, entries: try await entries(subject, visit), key: try visit.fields.idempotencyKey,
            version: try visit.fields.version, replacing: condition, by: visit.viewer)
    }

    private func entries(_ subject: FormSubject, _ visit: Visit) async throws -> [FieldID: JSONValue] {
        if case .comment = subject { return ["comment": .string(visit.fields["comment"] ?? "")] }
        let reader = EntryReader(RowOrder(visit.fields).fields, texts: visit.texts)
        return reader.entries(try await questions(subject, visit))
    }

    private func questions(_ subject: FormSubject, _ visit: Visit) async throws -> [FormFieldView] {
        guard case .new(let type, _) = subject else { return try await desk.questions(subject, for: visit.viewer) }
        return try await desk.catalogueEntry(type, for: visit.viewer).form
    }

    /// The reader's draft with what their form would have sent; nil for none, and where they may not fill the form.
    func kept(_ subject: FormSubject, _ visit: Visit) async throws -> (draft: KeptDraft, fields: FormFields)? {
        let found = try await answer { try await desk.keptDraft(of: subject, for: visit.viewer) }
        guard case .success(let draft?) = found else { return nil }
        let questions = try await questions(subject, visit)
        return (draft, DraftFields(texts: visit.texts).fields(draft, asking: questions))
    }

    /// What the form's script sends while somebody fills it; says what became of it, and nothing when there was nothing to keep.
    ///
    /// Another page's draft is not replaced by typing, only by a button. The header says which it is, for that button.
    func keepWhileTyping(_ visit: Visit) async throws -> Response {
        let subject = try FormPages.subject(of: visit)
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"]
        let said: String
        do {
            let draft = try await keep(subject, visit, replacing: visit.fields.ownDraft)
            said = draft == nil ? "" : visit.texts[.draftKept]
        } catch DeskError.draftElsewhere(let current) {
            said = visit.texts[.draftElsewhere]
            headers[.draft] = String(current)
        } catch DeskError.rejected(let refusal) {
            said = self.said(refusal, visit.texts)
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: said)))
    }

    /// Keeps what was entered because somebody pressed the button for it, also in the place of another draft that they were told of.
    ///
    /// - Returns: Why it is not kept; nil when it is.
    func keepByButton(_ subject: FormSubject, _ visit: Visit) async throws -> NotKept? {
        do {
            let draft = try await keep(subject, visit, replacing: visit.fields.toldDraft)
            return draft == nil ? NotKept(status: .ok, text: visit.texts[.draftEmpty]) : nil
        } catch DeskError.draftElsewhere(let current) {
            // Whoever presses the button again means it.
            var conflict = NotKept(status: .conflict, text: visit.texts[.draftElsewhere])
            conflict.changes = ["told": String(current)]
            return conflict
        } catch DeskError.rejected(let refusal) where refusal.kind != .notFound {
            var refused = NotKept(
                status: refusal.kind == .invalid ? .unprocessableContent : .conflict, text: said(refusal, visit.texts))
            // What was sent stands; pressed again, the button keeps what was entered since, as another draft.
            if refusal.isOfSentDraft { refused.changes = ["key": Visit.newKey(), "kept": "", "told": ""] }
            return refused
        }
    }

    private func said(_ refusal: Rejection, _ texts: Texts) -> String {
        refusal.isOfSentDraft ? texts[.draftSent] : texts.refusal(refusal)
    }

    /// Why a button kept nothing.
    struct NotKept: Sendable {
        /// Whether somebody has to do something about it.
        var isRefusal: Bool { status != .ok }
        let status: HTTPResponse.Status
        let text: String
        /// What the form sends when the button is pressed again.
        var changes: [String: String] = [:]
    }

    /// Removes a draft once that is meant, and goes back to where it was removed. What is gone already is gone.
    func forget(_ visit: Visit) async throws -> Response {
        let subject = try FormPages.subject(of: visit)
        let back = visit.fields["back"] == "form" ? subject.page : ReturnPath.home
        guard case .success(let draft?) = try await answer({ try await desk.keptDraft(of: subject, for: visit.viewer) })
        else { return .seeOther(back) }
        guard Confirmation.isGiven(visit) else { return question(draft, back, visit) }
        _ = try await answer { try await desk.forgetDraft(of: subject, .any, by: visit.viewer) }
        return .seeOther(back)
    }

    private func question(_ draft: KeptDraft, _ back: String, _ visit: Visit) -> Response {
        let texts = visit.texts
        let isHome = back == ReturnPath.home
        let title = texts.title(of: draft)
        return Confirmation(
            heading: texts(.removeDraftAsk, title), text: texts[.removeDraftMeans],
            button: texts[isHome ? .removeDraft : .startAnew],
            back: LineModel(text: isHome ? texts[.backHome] : texts(.backToRequest, title), address: back)
        ).page(visit, draft.request == nil ? .services : .requests, templates)
    }

    /// After it was sent, which stands whatever becomes of its draft: sent again, the form does nothing, as the key of both is the same.
    /// Another window may keep another one of the same, under its own key.
    func end(_ subject: FormSubject, _ visit: Visit, key: String?) async {
        guard let key else { return }
        _ = try? await desk.forgetDraft(of: subject, .key(key), by: visit.viewer)
    }

    static func removal(_ draft: KeptDraft, _ texts: Texts, from place: Place) -> ActionForm {
        let address = "\(draft.subject.address)/draft/forget"
        return switch place {
        case .home:
            ActionForm(
                address: address, key: Visit.newKey(),
                buttons: [ButtonModel(text: texts[.removeDraft], style: "quiet", subject: texts.title(of: draft))])
        case .form:
            ActionForm(
                address: address, key: Visit.newKey(), hidden: [HiddenModel(name: "back", value: "form")],
                buttons: [ButtonModel(text: texts[.startAnew], style: "quiet")])
        }
    }

    enum Place { case home, form }
}

extension Rejection {
    fileprivate var isOfSentDraft: Bool { code == "drafts.sent" }
}

extension Texts {
    /// What somebody began, by what they would send.
    func title(of draft: KeptDraft) -> String {
        switch draft.request?.part {
        case nil, .completion: draft.title
        case .amendment: self(.changeHeading, draft.title)
        case .comment: self(.commentOn, draft.title)
        }
    }
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
    /// Of the request that it is about; nil for a new one.
    let number: String?
    let when: String
    let action: ActionForm

    init(
        address: String, title: String, department: String, number: String? = nil, when: String, action: ActionForm
    ) {
        self.address = address
        self.title = title
        self.department = department
        self.number = number
        self.when = when
        self.action = action
    }

    init(_ draft: KeptDraft, _ texts: Texts) {
        address = draft.subject.page
        title = texts.title(of: draft)
        department = draft.departmentTitle
        number = draft.request?.number
        when = texts.moment(draft.changedAt)
        action = DraftPages.removal(draft, texts, from: .home)
    }

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "title": .text { $0.title },
        "department": .text { $0.department },
        "number": .text { $0.number },
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
