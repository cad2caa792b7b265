import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Forms of new requests, of tasks to complete and of changes: shown, judged while they are filled, and sent.
struct FormPages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    /// How a form came to be shown.
    struct Occasion: Sendable {
        var status = HTTPResponse.Status.ok
        /// Whether everything wrong is said, or only what was entered wrongly.
        var isComplete = false
        var conflict: ConflictModel?
        /// What the desk refused besides.
        var refusals: [LineModel] = []
        var notice: String?
        var more: String?
        /// What the form is filled with, where it was kept.
        var draft: KeptDraft?
    }

    static func subject(of visit: Visit) throws(Problem) -> FormSubject {
        if visit.context.parameters.get("type") != nil {
            return .new(RequestTypeID(try visit.variable("type")), for: visit.fields.text("for"))
        }
        let reference = try visit.variable("id")
        if visit.context.parameters.get("instance") != nil {
            return .completion(reference, try visit.context.instance())
        }
        let isComment = visit.request.uri.path.split(separator: "/").dropFirst(2).first == "comment"
        return isComment ? .comment(reference) : .amendment(reference)
    }

    func show(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        let subject = try Self.subject(of: visit)
        let drafts = DraftPages(desk: desk, templates: templates)
        guard let (draft, fields) = try await drafts.kept(subject, visit) else {
            return try await show(subject, visit, FormFields())
        }
        return try await show(draft.request == nil ? draft.subject : subject, visit, fields, Occasion(draft: draft))
    }

    /// The form with what was typed; nothing is sent.
    func show(
        _ subject: FormSubject, _ visit: Visit, _ fields: FormFields, _ occasion: Occasion = Occasion()
    ) async throws -> Response {
        let reader = EntryReader(fields, texts: visit.texts)
        switch try await answer({ try await draft(subject, visit, reader) }) {
        case .success(let draft): return page(subject, visit, draft, reader, occasion)
        case .failure(let refusal): return try await closed(subject, visit, reader, refusal)
        }
    }

    /// Somebody else was faster, or it is over: the request as it is now, with what was typed to be copied from.
    private func closed(
        _ subject: FormSubject, _ visit: Visit, _ reader: EntryReader, _ refusal: Rejection
    ) async throws -> Response {
        guard let reference = subject.reference, reader.fields.has("shown") else {
            throw DeskError.rejected(refusal)
        }
        var attempt = RequestPage.Attempt(path: "", fields: FormFields(), status: .conflict)
        attempt.errors = [LineModel(text: visit.texts(.formClosed, visit.texts.refusal(refusal)))]
        attempt.entered = reader.entered(try await desk.questions(subject, for: visit.viewer))
        return try await RequestPage(desk: desk, templates: templates).show(reference, visit, attempt)
    }

    private func draft(_ subject: FormSubject, _ visit: Visit, _ reader: EntryReader) async throws -> FormDraft {
        try await desk.draft(subject, for: visit.viewer, files: reader.fields.identifiers) { reader.entries($0) }
    }

    /// The questions as they are after what was typed so far.
    func check(_ visit: Visit) async throws -> Response {
        let fields = RowOrder(visit.fields).fields
        let reader = EntryReader(fields, texts: visit.texts)
        let draft = try await draft(try Self.subject(of: visit), visit, reader)
        let problems = draft.problems.filter { problem in
            !Self.isEmptiness(problem) && "f.\(problem.field.text)" != fields["typing"]
        }
        let content = QuestionsContent(questions: questions(draft, reader, problems, visit))
        return .page(templates.fragment("questions", content, in: visit.shell("", nil)))
    }

    func send(_ visit: Visit) async throws -> Response {
        let subject = try Self.subject(of: visit)
        let ordered = RowOrder(visit.fields)
        if visit.fields["do"] == "keep" { return try await keep(subject, visit, ordered.fields) }
        guard visit.fields["do"] ?? "send" == "send" else {
            return try await show(subject, visit, ordered.fields)
        }
        let fields = ordered.withoutEmptyRows()
        let reader = EntryReader(fields, texts: visit.texts)
        let draft: FormDraft
        switch try await answer({ try await self.draft(subject, visit, reader) }) {
        case .success(let judged): draft = judged
        case .failure(let refusal): return try await closed(subject, visit, reader, refusal)
        }
        var occasion = Occasion(status: .unprocessableContent, isComplete: true)
        guard draft.problems.isEmpty, !draft.beneficiary.isUnknown, visit.refusedFiles.isEmpty else {
            return page(subject, visit, draft, reader, occasion)
        }
        do {
            let written = try await carryOut(subject, visit, draft.entries, for: draft.beneficiary.handle)
            return .seeOther(Self.address(after: written.value))
        } catch DeskError.versionMismatch(let current) {
            occasion.status = .conflict
            var conflict = try await Conflicts(desk: desk).changes(visit, subject.reference ?? "")
            conflict.differences = try await differences(subject, visit, draft)
            occasion.conflict = conflict
            var renewed = fields
            renewed.set("version", String(current))
            let reader = EntryReader(renewed, texts: visit.texts)
            return page(subject, visit, draft, reader, occasion)
        } catch DeskError.keyReused {
            // The same form was sent with something else in it: what was done first stands, and nothing of this is lost.
            occasion.status = .conflict
            let done = subject.reference.map { "/requests/\($0.percentEncoded)" } ?? "/requests"
            occasion.refusals = [LineModel(text: visit.texts[.sentBefore], address: done)]
            var renewed = fields
            renewed.set("key", Visit.newKey())
            return page(subject, visit, draft, EntryReader(renewed, texts: visit.texts), occasion)
        } catch DeskError.rejected(let rejection) where rejection.kind != .notFound {
            occasion.status = rejection.kind == .invalid ? .unprocessableContent : .conflict
            occasion.refusals = [LineModel(text: visit.texts.refusal(rejection))]
            return page(subject, visit, draft, reader, occasion)
        }
    }

    private func keep(
        _ subject: FormSubject, _ visit: Visit, _ fields: FormFields
    ) async throws -> Response {
        guard let failure = try await DraftPages(desk: desk, templates: templates).keepByButton(subject, visit) else {
            return .seeOther(ReturnPath.home)
        }
        var occasion = Occasion(status: failure.status)
        if failure.isRefusal {
            occasion.refusals = [LineModel(text: failure.text)]
        } else {
            occasion.notice = failure.text
        }
        return try await show(subject, visit, fields.setting(failure.changes), occasion)
    }

    /// Where the request holds something else than was entered.
    private func differences(
        _ subject: FormSubject, _ visit: Visit, _ draft: FormDraft
    ) async throws -> [DifferenceModel] {
        let present = try await desk.draft(subject, for: visit.viewer, files: []) { _ in [:] }
        let held = Dictionary(present.questions.map { ($0.field.id, $0) }) { first, _ in first }
        return draft.questions.compactMap { question in
            guard question.field.computed == nil, let now = held[question.field.id], !now.isConcealed,
                !now.text.isEmpty, now.text != question.text
            else { return nil }
            return DifferenceModel(
                label: question.field.label, now: words(now, visit.texts), yours: words(question, visit.texts))
        }
    }

    /// An answer in one line; a dash for none.
    private func words(_ question: QuestionView, _ texts: Texts) -> String {
        guard question.rows.isEmpty else {
            return question.rows.map { row in
                row.filter { !$0.text.isEmpty }.map { "\($0.field.label): \(words($0, texts))" }
                    .joined(separator: ", ")
            }.joined(separator: "; ")
        }
        return question.text.isEmpty ? "–" : texts.shown(question.value, question.text)
    }

    private func carryOut(
        _ subject: FormSubject, _ visit: Visit, _ entries: [FieldID: JSONValue], for handle: String?
    ) async throws -> Written<RequestView> {
        let key = try visit.fields.idempotencyKey
        let written: Written<RequestView>
        switch subject {
        case .new(let type, _):
            written = try await desk.raise(type, entries: entries, beneficiary: handle, by: visit.viewer, key: key)
        case .completion(let reference, let instance):
            written = try await desk.perform(
                .complete(instance, entries), on: reference, by: visit.viewer, key: key,
                expectedVersion: try visit.fields.version)
        case .amendment(let reference):
            written = try await desk.perform(
                .amend(entries), on: reference, by: visit.viewer, key: key, expectedVersion: try visit.fields.version)
        case .comment: throw HTTPError(.notFound)
        }
        // By its identifier, as whoever sent it need not see it any more.
        let sent = subject.named(written.value.summary.id.description)
        await DraftPages(desk: desk, templates: templates).end(sent, visit, key: key)
        return written
    }

    /// Where to go on after something was done: the request or, for somebody who sees it no more because their part in it is over, the inbox,
    /// which says so.
    static func address(after view: RequestView) -> String {
        view.isLastLook ? ListPages.inboxAfterwards : address(of: view.summary)
    }

    static func address(of request: RequestSummary) -> String { "/requests/\(request.number.percentEncoded)" }

    /// Whether a problem only says that something is missing yet.
    private static func isEmptiness(_ problem: Rejection.FieldProblem) -> Bool {
        ["form.required", "form.too_few", "form.not_evaluated"].contains(problem.code)
    }

    private func questions(
        _ draft: FormDraft, _ reader: EntryReader, _ problems: [Rejection.FieldProblem], _ visit: Visit
    ) -> [QuestionModel] {
        let byField = Dictionary(problems.map { ($0.field.text, $0) }) { first, _ in first }
        var builder = QuestionBuilder(
            texts: visit.texts, typed: reader, problems: byField, maximumUpload: visit.maximumUpload)
        builder.files = draft.files
        builder.refused = visit.refusedFiles
        let models = builder.models(draft.questions)
        guard draft.beneficiary.mayBeNamed else { return models }
        var whom = QuestionModel(name: "for", label: visit.texts[.forWhom], help: visit.texts[.forWhomHelp])
        (whom.isPerson, whom.isOptional, whom.width) = (true, true, "middle")
        whom.value = reader.fields["for"] ?? ""
        if draft.beneficiary.isUnknown { whom.error = visit.texts[.noPerson] }
        return [whom] + models
    }

    private func page(
        _ subject: FormSubject, _ visit: Visit, _ draft: FormDraft, _ reader: EntryReader, _ occasion: Occasion
    ) -> Response {
        let texts = visit.texts
        // A question that nobody has seen yet is not wrong, it is new.
        let shown = draft.problems.filter { reader.wasShown("f.\($0.field.text)") || $0.field.text.contains("[") }
        let problems = occasion.isComplete ? shown : shown.filter { !Self.isEmptiness($0) }
        let questions = questions(draft, reader, problems, visit)
        var lines = occasion.refusals + ErrorSummary.of(questions)
        let hasMore = occasion.isComplete && shown.count < draft.problems.count
        if lines.isEmpty, !shown.isEmpty, occasion.isComplete {
            // Of a question that is not on the page.
            lines = shown.map { LineModel(text: texts.problem($0, of: nil)) }
        }
        let words = words(subject, draft, texts)
        let content = FormContent(
            back: words.back, heading: words.heading, summary: draft.summary,
            errors: ErrorSummary(lines, texts: texts), conflict: occasion.conflict,
            more: occasion.more ?? (hasMore ? texts[.moreQuestions] : nil), address: subject.address,
            key: reader.fields["key"] ?? Visit.newKey(),
            version: reader.fields["version"] ?? draft.request.map { String($0.version) }, button: words.button,
            isBranching: draft.isBranching, hasFiles: draft.questions.contains(where: \.hasFiles),
            draft: occasion.draft.map { DraftModel($0, texts) },
            mark: draft.unkept.map { _ in DraftMark(reader.fields, occasion.draft) },
            draftHelp: draft.unkept.map { labels in
                labels.isEmpty
                    ? texts[.draftHelp]
                    : "\(texts[.draftHelp]) \(texts(.draftWithout, labels.joined(separator: ", ")))"
            },
            questions: questions)
        var shell = visit.shell(
            content.errors == nil ? words.heading : "\(texts[.error]): \(words.heading)",
            draft.request.map { visit.owns($0) ? .requests : .inbox } ?? .services)
        shell.notice = occasion.notice
        return .page(templates.page(content, in: shell), status: occasion.status)
    }

    private func words(
        _ subject: FormSubject, _ draft: FormDraft, _ texts: Texts
    ) -> (back: LineModel, heading: String, button: String) {
        guard let request = draft.request else {
            return (LineModel(text: texts[.services], address: "/services"), draft.title, texts[.send])
        }
        let back = LineModel(text: texts(.backToRequest, request.number), address: Self.address(of: request))
        if case .amendment = subject {
            return (back, texts(.changeHeading, draft.title), texts[.changeButton])
        }
        return (back, draft.title, texts[.complete])
    }
}

extension FormSubject {
    /// The request's number or identifier; nil for a new one.
    var reference: String? {
        switch self {
        case .new: nil
        case .completion(let reference, _), .amendment(let reference), .comment(let reference): reference
        }
    }

    /// The same of the request that is named so.
    func named(_ reference: String) -> FormSubject {
        switch self {
        case .new: self
        case .completion(_, let instance): .completion(reference, instance)
        case .amendment: .amendment(reference)
        case .comment: .comment(reference)
        }
    }

    /// Where its page is, and where its form goes.
    var address: String {
        switch self {
        case .new(let type, _): "/services/\(type.text.percentEncoded)"
        case .completion(let reference, let instance):
            "/requests/\(reference.percentEncoded)/steps/\(instance.description.percentEncoded)/complete"
        case .amendment(let reference): "/requests/\(reference.percentEncoded)/amend"
        case .comment(let reference): "/requests/\(reference.percentEncoded)/comment"
        }
    }

    /// Where it is written.
    var page: String {
        guard case .comment(let reference) = self else { return address }
        return "/requests/\(reference.percentEncoded)#comment"
    }
}

extension QuestionView {
    /// Whether it asks for files, also in its rows.
    fileprivate var hasFiles: Bool {
        ([field] + field.columns).contains { ($0.elementType ?? $0.type) == "file" }
    }
}

extension FormFields {
    /// All that may name an upload.
    var identifiers: [UniqueID] { pairs.compactMap { UniqueID($0.value) } }

    /// What makes a form do its work once.
    var idempotencyKey: String? {
        get throws(Problem) {
            guard let key = self["key"] else { return nil }
            guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw Problem(.malformedKey)
            }
            return key
        }
    }

    /// The version of the request that the page showed; nil when it does not matter.
    var version: Int? {
        get throws(Problem) {
            guard let text = self["version"] else { return nil }
            guard text.utf8.count < 18, let version = Int(text) else { throw Problem(.malformedIfMatch) }
            return version
        }
    }
}

/// What others did while somebody filled a form.
struct Conflicts {
    let desk: any PortalDesk

    /// The lines of the story since the version that the form was made for.
    func changes(_ visit: Visit, _ reference: String) async throws -> ConflictModel {
        let seen = try visit.fields.version ?? 0
        var lines: [LineModel] = []
        var cursor: String?
        repeat {
            let page = try await desk.timeline(of: reference, for: visit.viewer, cursor: cursor, limit: 200)
            lines += page.items.filter { $0.sequence > seen }.map { entry in
                LineModel(text: entry.comment.map { "\(entry.text) “\($0)”" } ?? entry.text)
            }
            cursor = page.next
        } while cursor != nil
        return ConflictModel(changes: lines)
    }
}
