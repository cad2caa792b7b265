import HTTPAPI
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceDesk
import WorkflowCore

/// Signing in and out. What somebody typed before their session ended goes along, and comes back filled.
struct SignInPages: Sendable {
    let gate: Gate

    private var desk: any PortalDesk { gate.desk }

    func show(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let returnTo = try query.text("return_to", maximum: 500)
        try query.finish()
        if let secret = try gate.cookie.secret(in: request), try await desk.visit(session: secret) != nil {
            return .seeOther(ReturnPath.checked(returnTo))
        }
        return try await page(request, returnTo: ReturnPath.checked(returnTo))
    }

    func page(
        _ request: Request, returnTo: String, carried: [FormFields.Pair] = [],
        status: HTTPResponse.Status = .ok, error: String? = nil, handle: String? = nil, notice: String? = nil,
        lostFiles: Bool = false, isLost: Bool = false
    ) async throws -> Response {
        let (texts, organisation) = try await gate.texts(for: request)
        var people: [OptionModel] = []
        if gate.settings.offersDemoSignIn {
            people = try await desk.peopleForDemonstration(in: texts.language).map { person, roles in
                let label = roles.isEmpty ? person.name : "\(person.name) – \(roles.joined(separator: ", "))"
                return OptionModel(
                    id: "", value: person.handle, label: label, isChecked: person.handle == handle)
            }
        }
        let content = SignInContent(
            error: error.flatMap { ErrorSummary([LineModel(text: $0)], texts: texts) },
            carriedNote: isLost
                ? texts[.typedLost]
                : carried.isEmpty ? nil : texts[lostFiles ? .typedKeptWithoutFiles : .typedKept],
            returnTo: returnTo,
            carried: carried.map { HiddenModel(name: $0.name, value: $0.value) },
            provider: gate.hasProvider
                ? "/api/v1/sign-in/oidc?return_to=\(carried.isEmpty ? returnTo.percentEncoded : "%2F")" : nil,
            hasPassword: gate.hasPasswords, handle: handle ?? "", people: people)
        var shell = gate.shell(request, texts, organisation, texts[.signIn])
        shell.notice = notice
        return .page(gate.templates.page(content, in: shell), status: status)
    }

    func signInForDemonstration(_ request: Request, _ context: APIContext) async throws -> Response {
        try await signIn(request, context) { fields in
            try await desk.signInForDemonstration(as: fields["handle"] ?? "", label: nil)
        }
    }

    func signIn(_ request: Request, _ context: APIContext) async throws -> Response {
        try await signIn(request, context) { fields in
            try await desk.signIn(
                as: (fields["handle"] ?? "").trimmed, password: fields["password"] ?? "", label: nil)
        }
    }

    /// Goes on with what was typed once somebody has signed in elsewhere, in another window.
    func resume(_ request: Request, _ context: APIContext) async throws -> Response {
        guard !gate.origin.isContradicted(by: request) else { throw Problem(.foreignOrigin) }
        let fields = try await FormFields(request, upTo: gate.settings.maximumBodySize)
        guard let secret = try gate.cookie.secret(in: request), let session = try await desk.visit(session: secret)
        else {
            return try await page(
                request, returnTo: ReturnPath.checked(fields["return_to"]),
                carried: fields.carried.map { $0.fields.carried(to: $0.path) } ?? [], status: .unauthorized)
        }
        let visit = try await gate.visit(session, request, fields, context)
        return try await goOn(visit, fields, newSecret: session.newSecret)
    }

    private func signIn(
        _ request: Request, _ context: APIContext, start: (FormFields) async throws -> StartedSession
    ) async throws -> Response {
        // Else another site could sign its visitors in as somebody else.
        guard !gate.origin.isContradicted(by: request) else { throw Problem(.foreignOrigin) }
        let fields = try await FormFields(request, upTo: gate.settings.maximumBodySize)
        let before = try gate.cookie.secret(in: request)
        let session: StartedSession
        do {
            session = try await start(fields)
        } catch DeskError.rejected(let rejection) {
            let (texts, _) = try await gate.texts(for: request)
            return try await page(
                request, returnTo: ReturnPath.checked(fields["return_to"]),
                carried: fields.carried.map { $0.fields.carried(to: $0.path) } ?? [], status: .unprocessableContent,
                error: texts.refusal(rejection), handle: fields["handle"])
        } catch DeskError.tooManyAttempts(let seconds) {
            let (texts, _) = try await gate.texts(for: request)
            var response = try await page(
                request, returnTo: ReturnPath.checked(fields["return_to"]),
                carried: fields.carried.map { $0.fields.carried(to: $0.path) } ?? [], status: .tooManyRequests,
                error: texts(.signInWait, String(seconds)), handle: fields["handle"])
            response.headers[.retryAfter] = String(seconds)
            return response
        }
        if let before { try await desk.endSession(secret: before) }
        let visit = try await gate.visit(
            SessionVisit(viewer: session.viewer, csrfToken: session.csrfToken, newSecret: session.secret), request,
            fields, context)
        return try await goOn(visit, fields, newSecret: session.secret)
    }

    /// To where somebody was going; back into the form that they were filling.
    private func goOn(_ visit: Visit, _ fields: FormFields, newSecret: String?) async throws -> Response {
        var response: Response
        if let carried = fields.carried {
            response = try await Resumption(gate: gate).response(
                for: visit, path: carried.path, fields: carried.fields)
        } else {
            response = .seeOther(ReturnPath.checked(fields["return_to"]))
        }
        if let newSecret { response.headers[.setCookie] = gate.cookie.field(newSecret) }
        return response
    }

    /// Where there was no session any more: what was wanted is so.
    func signedOut(_ request: Request) async throws -> Response {
        let (texts, _) = try await gate.texts(for: request)
        var response = try await page(request.withoutBody, returnTo: ReturnPath.home, notice: texts[.signedOut])
        response.headers[.setCookie] = gate.cookie.removal
        return response
    }

    func signOut(_ visit: Visit) async throws -> Response {
        let session = try await desk.sessions(of: visit.viewer).first(where: \.isCurrent)
        if let id = visit.viewer.credential.session { try await desk.endSession(id, of: visit.viewer) }
        let headers: HTTPFields = [.setCookie: gate.cookie.removal]
        let texts = visit.texts
        var shell = gate.shell(visit.request, texts, visit.organisation, texts[.signedOut])
        shell.place = nil
        var address: String?
        if session?.method == .provider, let publicURL = gate.settings.publicURL {
            // The session at the provider goes on, and would sign the next person in without asking.
            address = await desk.providerSignOutAddress(returnTo: "\(publicURL)/")
        }
        guard let address else {
            var response = try await page(
                visit.request.withoutBody, returnTo: ReturnPath.home, notice: texts[.signedOut])
            response.headers.append(contentsOf: headers)
            return response
        }
        let content = MessageContent(
            heading: texts[.signedOut], text: texts[.signedOutProvider], hint: nil, link: address,
            linkText: texts[.signOutProvider], reference: nil)
        return .page(gate.templates.page(content, in: shell), headers: headers)
    }
}

extension Gate {
    /// Whether people sign in elsewhere.
    var hasProvider: Bool { settings.offersProviderSignIn }
    /// Whether people sign in with a password of this desk. In a demonstration nobody has one.
    var hasPasswords: Bool { !settings.offersDemoSignIn }
}

extension Request {
    /// What other pages need to know of a request whose form was read.
    var withoutBody: Request { Request(head: head, body: RequestBody(buffer: ByteBuffer())) }
}

struct SignInContent: PageContent {
    static let template = "sign_in"

    let error: ErrorSummary?
    let carriedNote: String?
    let returnTo: String
    let carried: [HiddenModel]
    let provider: String?
    let hasPassword: Bool
    let handle: String
    let people: [OptionModel]

    static let readable: [String: Readable<Self>] = [
        "errors": .model { $0.error },
        "carried_note": .text { $0.carriedNote },
        "return_to": .text { $0.returnTo },
        "carried": .list { $0.carried },
        "has_carried": .flag { !$0.carried.isEmpty },
        "provider": .text { $0.provider },
        "has_password": .flag { $0.hasPassword },
        "handle": .text { $0.handle },
        "people": .list { $0.people },
        "has_people": .flag { !$0.people.isEmpty },
        "has_ways": .flag { $0.provider != nil || $0.hasPassword || !$0.people.isEmpty },
    ]
}
