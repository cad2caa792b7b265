import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Shows a form again with what was typed, after its session had ended. Nothing is sent: whoever signed in looks at it first.
struct Resumption: Sendable {
    let gate: Gate

    /// What a form comes back into.
    private enum Place {
        case form(FormSubject)
        case request(String)
        case deputies, tokens, chosen
    }

    /// - Parameters:
    ///   - path: Where the form was sent.
    ///   - fields: What was typed.
    ///   - lostFiles: Whether there were files, too, which nobody kept.
    func response(
        for visit: Visit, path: String, fields: FormFields, lostFiles: Bool = false
    ) async throws -> Response {
        if let writer = fields.writer, writer != visit.viewer.person.id.description { return notTheirs(visit) }
        let notice = visit.texts[lostFiles ? .signedInAgainWithoutFiles : .signedInAgain]
        let kept = fields.typed
        let (desk, templates) = (gate.desk, gate.templates)
        let sheets = Sheets(desk: desk, templates: templates)
        switch Self.place(path, kept) {
        case .form(let subject):
            return try await FormPages(desk: desk, templates: templates).show(
                subject, visit, RowOrder(kept).fields, FormPages.Occasion(notice: notice))
        case .request(let reference):
            let attempt = RequestPage.Attempt(path: path, fields: kept, notice: notice)
            return try await RequestPage(desk: desk, templates: templates).show(reference, visit, attempt)
        case .deputies: return try await DeputyPages(sheets: sheets).show(visit, typed: kept, nil, notice: notice)
        case .tokens: return try await TokenPages(sheets: sheets).page(visit, typed: kept, notice: notice)
        case .chosen: return try await ChosenPages(desk: desk, templates: templates).ask(visit, kept, notice: notice)
        case nil: return notSent(visit)
        }
    }

    /// Somebody else typed it in this browser: it is neither sent nor shown to whoever is signed in now.
    private func notTheirs(_ visit: Visit) -> Response {
        nothingSent(visit, .typedByOther, LineModel(text: visit.texts[.backHome], address: ReturnPath.home))
    }

    /// Says that nothing was done, and leads back to where the form stands.
    private func notSent(_ visit: Visit) -> Response {
        let back = LineModel(text: visit.texts[.backToPage], address: Self.page(of: visit.request))
        return nothingSent(visit, .nothingSentText, back)
    }

    private func nothingSent(_ visit: Visit, _ text: Text, _ back: LineModel) -> Response {
        let content = MessageContent(
            heading: visit.texts[.nothingSent], text: visit.texts[text], hint: nil, link: back.address,
            linkText: back.text, reference: nil)
        return .page(gate.templates.page(content, in: visit.shell(content.heading, nil)), status: .conflict)
    }

    /// Whether what was typed into a form comes back after a sign-in.
    static func isKept(_ path: String, _ fields: FormFields) -> Bool { place(path, fields) != nil }

    /// The page on which a form stood, as the browser says; home where it says nothing of this desk.
    static func page(of request: Request) -> String {
        guard let text = request.headers[.referer], let scheme = text.firstRange(of: "://") else {
            return ReturnPath.home
        }
        let rest = text[scheme.upperBound...]
        let path = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let authority = request.head.authority, rest[..<path] == authority else { return ReturnPath.home }
        return ReturnPath.checked(String(rest[path...]))
    }

    /// The place of a path; nil when nothing can be filled there.
    private static func place(_ path: String, _ fields: FormFields) -> Place? {
        let segments = path.split(separator: "/").map { percentDecoded($0) ?? "" }
        if let subject = subject(segments, fields) { return .form(subject) }
        switch segments.first {
        case "requests" where segments.count >= 3: return .request(segments[1])
        case "profile" where segments == ["profile", "deputies"]: return .deputies
        case "profile" where segments == ["profile", "tokens"]: return .tokens
        case "inbox" where segments.count == 2: return .chosen
        default: return nil
        }
    }

    /// The form of a path; nil when it is none of those that the configuration describes.
    private static func subject(_ segments: [String], _ fields: FormFields) -> FormSubject? {
        let segments = segments.last == "check" ? Array(segments.dropLast()) : segments
        if segments.count == 2, segments[0] == "services" {
            return .new(RequestTypeID(segments[1]), for: fields.text("for"))
        }
        guard segments.first == "requests", segments.count >= 3 else { return nil }
        if segments.count == 3, segments[2] == "amend" { return .amendment(segments[1]) }
        // A task that asks nothing is done by its button alone.
        if segments.count == 5, segments[2] == "steps", segments[4] == "complete", fields.has("shown"),
            let instance = InstanceName(segments[3])
        {
            return .completion(segments[1], instance)
        }
        return nil
    }
}
