import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// A request: how far it is, what was said, and what the reader may do.
struct RequestPage: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    /// An action that did not work, or whose sender had to sign in again: what was typed is shown again.
    struct Attempt: Sendable {
        /// Where the form went.
        let path: String
        var fields: FormFields
        var status = HTTPResponse.Status.ok
        var errors: [LineModel] = []
        var conflict: ConflictModel?
        var notice: String?
        /// What was typed into a form that there is no longer.
        var entered: [FactModel] = []
    }

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        let after = try query.cursor()
        let done = try query.text("done")
        try query.finish()
        return try await show(try visit.variable("id"), visit, after: after, undo: done.flatMap(Undo.init), nil)
    }

    func show(
        _ reference: String, _ visit: Visit, after cursor: String? = nil, undo: Undo? = nil, _ attempt: Attempt?
    ) async throws -> Response {
        let view = try await desk.request(reference, for: visit.viewer)
        async let timeline = desk.timeline(of: reference, for: visit.viewer, cursor: cursor, limit: 200)
        async let begun = answer { try await desk.keptDraft(of: .comment(reference), for: visit.viewer) }
        var builder = RequestContentBuilder(view: view, story: try await timeline, visit: visit, attempt: attempt)
        if case .success(let draft) = try await begun { builder.commentDraft = draft }
        if let ids = attempt?.fields.identifiers, !ids.isEmpty {
            let files = try await desk.uploads(ids, of: visit.viewer)
            builder.files = Dictionary(files.map { ($0.id, $0) }) { first, _ in first }
        }
        builder.undo = undo
        let content = builder.content
        let address = FormPages.address(of: view.summary)
        var shell = visit.shell(
            "\(view.summary.number) \(view.summary.title)", builder.isOwn ? .requests : .inbox,
            following: view.summary.number,
            at: cursor.map { "\(address)?cursor=\($0.percentEncoded)" } ?? address)
        shell.notice = attempt?.notice
        return .page(templates.page(content, in: shell), status: attempt?.status ?? .ok)
    }

    /// Does what a form of the page asks, and shows the request as it is then.
    func act(_ visit: Visit) async throws -> Response {
        let reference = try visit.variable("id")
        var attempt = Attempt(path: visit.request.uri.path, fields: visit.fields.withoutDroppedFile)
        if visit.fields["do"] == "keep" { return try await keepComment(reference, visit, attempt) }
        if visit.fields["do"]?.hasPrefix("drop:") == true { return try await show(reference, visit, attempt) }
        guard visit.refusedFiles.isEmpty else {
            attempt.status = .unprocessableContent
            attempt.errors = visit.refusedFiles.values.map { LineModel(text: visit.texts.refusal($0)) }
            return try await show(reference, visit, attempt)
        }
        do {
            let action = try await action(visit)
            if case .unrestrict(let reason) = action {
                // Whoever ends it need not see the request afterwards.
                try await desk.restrict(
                    reference, to: nil, reason: reason, by: visit.viewer, key: try visit.fields.idempotencyKey)
                return .seeOther("/requests/\(reference.percentEncoded)")
            }
            let written = try await desk.perform(
                action, on: reference, by: visit.viewer, key: try visit.fields.idempotencyKey,
                expectedVersion: try visit.fields.version)
            if action.isRemark {
                let sent = FormSubject.comment(written.value.summary.id.description)
                await DraftPages(desk: desk, templates: templates).end(
                    sent, visit, key: try visit.fields.idempotencyKey)
            }
            let address = FormPages.address(after: written.value)
            // What was taken back is not offered again, nor what is seen no more.
            guard !visit.fields.has("undo"), !written.value.isLastLook, let undo = Undo.text(after: action)
            else { return .seeOther(address) }
            return .seeOther("\(address)?done=\(undo.percentEncoded)")
        } catch DeskError.versionMismatch {
            attempt.conflict = try await Conflicts(desk: desk).changes(visit, reference)
            attempt.status = .conflict
        } catch DeskError.keyReused {
            attempt.notice = visit.texts[.sentOnce]
        } catch DeskError.rejected(let rejection) where rejection.kind != .notFound {
            attempt.status = rejection.kind == .invalid ? .unprocessableContent : .conflict
            attempt.errors = [LineModel(text: visit.texts.refusal(rejection))]
        }
        return try await show(reference, visit, attempt)
    }

    /// Keeps what was written without sending it.
    private func keepComment(_ reference: String, _ visit: Visit, _ attempt: Attempt) async throws -> Response {
        let subject = FormSubject.comment(reference)
        guard let failure = try await DraftPages(desk: desk, templates: templates).keepByButton(subject, visit) else {
            return .seeOther(subject.page)
        }
        var attempt = attempt
        attempt.status = failure.status
        attempt.fields = attempt.fields.setting(failure.changes)
        if failure.isRefusal {
            attempt.errors = [LineModel(text: failure.text)]
        } else {
            attempt.notice = failure.text
        }
        return try await show(reference, visit, attempt)
    }

    private func action(_ visit: Visit) async throws -> Action {
        let fields = visit.fields
        // The last part of the path; of `complete`, which has a page too, it is no variable.
        let name = visit.request.uri.path.split(separator: "/").last.map(String.init) ?? ""
        if visit.context.parameters.get("instance") == nil {
            switch name {
            case "comment":
                return .comment(fields["comment"] ?? "", files: fields.values("files").compactMap { UniqueID($0) })
            case "note":
                guard !fields.has("files") else { throw DeskError.rejected(.filesOfNote) }
                return .note(fields["comment"] ?? "", .workers)
            case "team-note": return .note(fields["comment"] ?? "", .team(TeamID(fields["team"] ?? "")))
            case "cancel": return .cancel(reason: fields.text("comment"))
            case "rate": return .rate(score: Int(fields["score"] ?? "") ?? 0, comment: fields.text("comment"))
            case "reopen": return .reopen([:])
            case "restrict": return .restrict(to: TeamID(fields["team"] ?? ""), reason: fields["comment"] ?? "")
            case "unrestrict": return .unrestrict(reason: fields["comment"] ?? "")
            default: throw HTTPError(.notFound)
            }
        }
        let instance = try visit.context.instance()
        switch StepAction(rawValue: name) {
        case .claim: return .claim(instance)
        case .release: return .release(instance)
        case .complete: return .complete(instance, [:])
        case .approve: return .approve(instance, comment: fields.text("comment"))
        case .reject: return .reject(instance, comment: fields.text("comment"))
        case .retry: return .retry(instance)
        case .accept: return .accept(instance)
        case .giveUp: return .giveUp(instance, OutcomeID(fields["outcome"] ?? ""))
        case .handOver: return .handOver(instance, to: try await person(fields))
        case .addVoter: return .addVoter(instance, try await person(fields))
        case .addElement: return .addElement(instance, .string(fields["element"] ?? ""))
        case .addStep: return .addStep(instance, StepID(fields["step"] ?? ""))
        case .tick: return .tick(instance, item: fields["item"] ?? "", isDone: fields["done"] != "false")
        case nil: throw HTTPError(.notFound)
        }
    }

    private func person(_ fields: FormFields) async throws -> String {
        try await desk.handle(for: fields["person"] ?? "")
    }
}

extension Action {
    /// Whether it is what the comment's form sends.
    fileprivate var isRemark: Bool {
        switch self {
        case .comment, .note(_, .workers): true
        default: false
        }
    }
}

extension Rejection {
    fileprivate static let filesOfNote = Rejection(
        .invalid, code: "comment.note_files",
        message: "Files come with comments that everybody reads, not with notes: take the files away, or comment.")
}
