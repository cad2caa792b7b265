import Expressions
import HTTPAPI
import HTTPTypes
import Hummingbird
import Logging
import ServiceDesk
import WorkflowCore

/// Who may come to a page: everything between a request and its handler.
struct Gate: Sendable {
    let desk: any PortalDesk
    let settings: APISettings
    let templates: Templates
    let limit: PersonLimit?

    var cookie: SessionCookie { SessionCookie(publicURL: settings.publicURL) }
    var origin: SameOrigin { SameOrigin(publicURL: settings.publicURL) }
    var isSecure: Bool { settings.publicURL?.isSecure ?? true }

    typealias Handler = @Sendable (Visit) async throws -> Response

    /// Lets those in who have signed in, sends others to the sign-in, and keeps what they typed.
    func visit(_ request: Request, _ context: APIContext, _ handle: @escaping Handler) async throws -> Response {
        let isWriting = request.method == .post
        let secret = try cookie.secret(in: request)
        let boundary = isWriting ? MultipartParser.boundary(of: request.headers[.contentType]) : nil
        let fields =
            isWriting && boundary == nil
            ? try await FormFields(request, upTo: settings.maximumBodySize) : FormFields()
        // What another page sends is not even kept.
        if isWriting, !(secret == nil ? !origin.isContradicted(by: request) : origin.isProven(by: request)) {
            throw Problem(.foreignOrigin)
        }
        var session: SessionVisit?
        if let secret {
            session =
                try await request.headers[.unattended] == nil
                ? desk.visit(session: secret) : desk.visit(unattended: secret)
        }
        guard let session else {
            if isWriting, request.uri.path == Self.signOut {
                return try await SignInPages(gate: self).signedOut(request)
            }
            var form = SentForm(fields: fields)
            if let boundary {
                form = try await SentFormReader(desk: desk, session: nil, settings: settings).read(
                    request, boundary: boundary)
            }
            return try await signIn(request, form, hadSession: secret != nil)
        }
        var response: Response
        let visit = try await visit(session, request, fields, context)
        do {
            response = try await limited(visit, context) { visit in
                var visit = visit
                if let boundary {
                    visit.take(
                        try await SentFormReader(desk: desk, session: session, settings: settings).read(
                            request, boundary: boundary))
                }
                // Signing out is meant whichever session the page was made for.
                let isProven =
                    request.uri.path == Self.signOut
                    || session.isProven(by: FormProof(visit.fields["csrf"] ?? "").token)
                guard !isWriting || isProven else {
                    // The form was made for another session of this browser: the page comes again, filled.
                    return try await Resumption(gate: self).response(
                        for: visit, path: request.uri.path, fields: visit.fields, lostFiles: visit.lostFiles)
                }
                return try await handle(visit)
            }
        } catch {
            // A page that says what went wrong brings the new secret, too: the old one is good for a moment only.
            response = ErrorPage(error, texts: visit.texts, context: context).response(
                in: visit.shell("", nil), templates)
        }
        return response.keeping(session.newSecret, in: cookie)
    }

    static let signOut = "/sign-out"

    /// Somebody who has signed in, on a page that needs nobody; nil where nobody has.
    func visitor(
        _ request: Request, _ context: APIContext
    ) async throws -> (visit: Visit, newSecret: String?)? {
        guard let secret = try cookie.secret(in: request), let session = try await desk.visit(session: secret) else {
            return nil
        }
        return (try await visit(session, request, FormFields(), context), session.newSecret)
    }

    private func limited(_ visit: Visit, _ context: APIContext, _ handle: @escaping Handler) async throws -> Response {
        guard let limit else { return try await handle(visit) }
        var known = context
        known.viewer = visit.viewer
        return try await limit.handle(visit.request, context: try ViewerContext(context: known)) { _, _ in
            try await handle(visit)
        }
    }

    func visit(
        _ session: SessionVisit, _ request: Request, _ fields: FormFields, _ context: APIContext
    ) async throws -> Visit {
        let organisation = try await desk.organisation()
        let preferences = Preferences(request)
        var viewer = session.viewer
        viewer.language = organisation.language(
            chosen: preferences.language, own: viewer.person.language, accepted: request.headers[.acceptLanguage])
        viewer.zone = session.zone
        var context = context
        context.logger[metadataKey: "person"] = "\(viewer.person.id)"
        return Visit(
            request: request, viewer: viewer, csrf: FormProof.text(viewer.person.id, session.csrfToken),
            organisation: organisation,
            texts: Texts(
                language: viewer.language, home: session.zone ?? organisation.home, now: organisation.now,
                isOwnZone: session.zone.map { $0.name != organisation.home.name } ?? false),
            theme: preferences.theme, maximumUpload: settings.maximumUpload, position: desk.livePosition,
            fields: fields, context: context)
    }

    /// Where nobody is signed in: back to here afterwards, with what was typed.
    private func signIn(_ request: Request, _ form: SentForm, hadSession: Bool) async throws -> Response {
        var headers: HTTPFields = [:]
        if hadSession { headers[.setCookie] = cookie.removal }
        if request.method == .post {
            let page = SignInPages(gate: self)
            let path = request.uri.path
            // What cannot come back is not carried along, and that is said.
            let isKept = Resumption.isKept(path, form.fields)
            var response = try await page.page(
                request.withoutBody, returnTo: Resumption.page(of: request),
                carried: isKept ? form.fields.carried(to: path) : [], status: .unauthorized,
                lostFiles: form.lostFiles, isLost: !isKept)
            response.headers.append(contentsOf: headers)
            return response
        }
        let path = request.address
        return .seeOther(path == "/" ? "/sign-in" : "/sign-in?return_to=\(path.percentEncoded)", headers: headers)
    }

    /// What a page says to somebody who has not signed in.
    func texts(for request: Request) async throws(DeskError) -> (texts: Texts, organisation: OrganisationView) {
        let organisation = try await desk.organisation()
        let language = organisation.language(
            chosen: Preferences(request).language, own: nil, accepted: request.headers[.acceptLanguage])
        return (Texts(language: language, home: organisation.home, now: organisation.now), organisation)
    }

    func shell(_ request: Request, _ texts: Texts, _ organisation: OrganisationView?, _ title: String) -> Shell {
        Shell(
            texts: texts, title: title, brand: organisation?.brand(in: texts.language) ?? "Bureau",
            theme: Preferences(request).theme, path: request.address)
    }
}

extension Response {
    /// The same with a session's new secret, but for whoever has just signed out.
    func keeping(_ secret: String?, in cookie: SessionCookie) -> Response {
        let cookies = headers[values: .setCookie]
        guard let secret, !cookies.contains(where: { $0.hasPrefix("\(cookie.name)=") }) else { return self }
        var response = self
        response.headers[values: .setCookie] = cookies + [cookie.field(secret)]
        return response
    }
}

extension FormFields {
    /// The form in a request's body.
    init(_ request: Request, upTo limit: Int) async throws {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded", request.headers[.contentEncoding] == nil else {
            throw Problem(.mediaType)
        }
        let content = try await request.content(upTo: limit)
        guard let body = String(validating: content.readableBytesView, as: UTF8.self) else {
            throw Problem(.bodyUnreadable)
        }
        try self.init(body)
    }
}
