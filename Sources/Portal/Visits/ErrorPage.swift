import Expressions
import HTTPAPI
import HTTPTypes
import Hummingbird
import Logging
import ServiceDesk
import WorkflowCore

/// What a page says when something went wrong: what it means and what to do.
struct ErrorPage: Sendable {
    let problem: Problem
    let texts: Texts
    let rejection: Rejection?

    init(_ error: any Error, texts: Texts, context: APIContext) {
        self.texts = texts
        rejection = if case .rejected(let rejection)? = error as? DeskError { rejection } else { nil }
        if let problem = Problem(foreseen: error) {
            self.problem = problem
        } else {
            context.logger.error(
                "unforeseen error", metadata: ["reference": "\(context.id)", "error": "\(String(reflecting: error))"])
            var problem = Problem(.defect)
            problem.reference = context.id
            self.problem = problem
        }
    }

    private var words: (heading: Text, text: Text) {
        switch problem.status.code {
        case 403 where problem.code == ProblemCode.foreignOrigin.rawValue: (.pageForeign, .pageForeignText)
        case 401, 403: (.pageForbidden, .pageForbiddenText)
        case 404, 405: (.pageMissing, .pageMissingText)
        case 413: (.pageLarge, .pageLargeText)
        case 429: (.pageMany, .pageManyText)
        case 503: (.pageBusy, .pageBusyText)
        case 500...: (.pageDefect, .pageDefectText)
        case 409: (.failedAction, .refusedConflict)
        default: (.pageMalformed, .pageMalformedText)
        }
    }

    func response(in shell: Shell, _ templates: Templates) -> Response {
        let (heading, text) = words
        let isSaid = rejection != nil && problem.status.code != 404
        let content = MessageContent(
            heading: texts[heading], text: isSaid ? rejection.map(texts.refusal) ?? texts[text] : texts[text],
            hint: texts.isGerman ? nil : rejection?.hint, link: "/", linkText: texts[.backHome],
            reference: problem.reference)
        var shell = shell.titled(texts[heading])
        shell.place = nil
        return .page(templates.page(content, in: shell), status: problem.status, headers: kept)
    }

    /// Of the problem's header fields those that pages need.
    private var kept: HTTPFields {
        var kept: HTTPFields = [:]
        for name in [HTTPField.Name.retryAfter, .allow, .setCookie] where problem.headers[name] != nil {
            kept[name] = problem.headers[name]
        }
        return kept
    }
}

struct MessageContent: PageContent {
    static let template = "message"
    let heading: String
    let text: String
    let hint: String?
    let link: String?
    let linkText: String
    let reference: String?
    /// What may be done about it.
    var action: ActionForm?

    static let readable: [String: Readable<Self>] = [
        "action": .model { $0.action },
        "heading": .text { $0.heading },
        "text": .text { $0.text },
        "hint": .text { $0.hint },
        "link": .text { $0.link },
        "link_text": .text { $0.linkText },
        "reference": .text { $0.reference },
    ]
}

extension Shell {
    func titled(_ title: String) -> Shell {
        var shell = self
        shell.title = title
        return shell
    }
}

/// Turns every error outside of the API into a page; what the API answers stays as it is.
struct PageErrors: RouterMiddleware {
    typealias Context = APIContext

    let gate: Gate

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let path = request.uri.path
            guard path != "/api", !path.hasPrefix("/api/"), path != "/metrics" else { throw error }
            // Where there is no page, whoever has signed in stays on their own desk; what is refused for other reasons costs no look
            // at the session. Where who it is cannot be read, the page is everybody's.
            let isMissing = [404, 405].contains(Problem(foreseen: error)?.status.code)
            if isMissing, let (visit, newSecret) = try? await gate.visitor(request, context) {
                return ErrorPage(error, texts: visit.texts, context: context)
                    .response(in: visit.shell("", nil), gate.templates)
                    .keeping(newSecret, in: gate.cookie)
            }
            // Where even the organisation cannot be read, the page speaks the language that the browser asks for.
            let known = try? await gate.texts(for: request)
            let language = request.headers[.acceptLanguage].flatMap { AcceptLanguage($0).best(of: Texts.languages) }
            let texts = known?.texts ?? Texts(language: language ?? "en", home: .utc, now: .earliest)
            return ErrorPage(error, texts: texts, context: context).response(
                in: gate.shell(request, texts, known?.organisation, ""), gate.templates)
        }
    }
}
