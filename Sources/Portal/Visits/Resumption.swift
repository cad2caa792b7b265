import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Shows a form again with what was typed, after its session had ended. Nothing is sent: whoever signed in looks at it first.
struct Resumption: Sendable {
    let gate: Gate

    /// - Parameters:
    ///   - path: Where the form was sent.
    ///   - fields: What was typed.
    ///   - lostFiles: Whether there were files, too, which nobody kept.
    func response(
        for visit: Visit, path: String, fields: FormFields, lostFiles: Bool = false
    ) async throws -> Response {
        let notice = visit.texts[lostFiles ? .signedInAgainWithoutFiles : .signedInAgain]
        var kept = fields
        kept.pairs.removeAll { $0.name == "csrf" }
        let segments = path.split(separator: "/").map { percentDecoded($0) ?? "" }
        if let subject = Self.subject(segments, kept) {
            return try await FormPages(desk: gate.desk, templates: gate.templates).show(
                subject, visit, RowOrder(kept).fields, FormPages.Occasion(notice: notice))
        }
        if segments.count >= 3, segments[0] == "requests" {
            let attempt = RequestPage.Attempt(path: path, fields: kept, notice: notice)
            return try await RequestPage(desk: gate.desk, templates: gate.templates).show(
                segments[1], visit, attempt)
        }
        return .seeOther(ReturnPath.home)
    }

    /// The form of a path; nil when it is none of those that the configuration describes.
    private static func subject(_ segments: [String], _ fields: FormFields) -> FormSubject? {
        let segments = segments.last == "check" ? Array(segments.dropLast()) : segments
        if segments.count == 2, segments[0] == "services" {
            return .new(RequestTypeID(segments[1]), for: fields.text("for"))
        }
        guard segments.first == "requests", segments.count >= 3 else { return nil }
        if segments.count == 3, segments[2] == "amend" { return .amendment(segments[1]) }
        if segments.count == 5, segments[2] == "steps", segments[4] == "complete",
            let instance = InstanceName(segments[3])
        {
            return .completion(segments[1], instance)
        }
        return nil
    }
}
