package import HTTPAPI
import HTTPTypes
package import Hummingbird
import NIOCore
import ServiceDesk

/// The pages, served beside the API.
package struct Portal: Sendable {
    let desk: any PortalDesk
    let settings: APISettings
    let templates: Templates

    /// - Throws: What is wrong with a template.
    package init(desk: any PortalDesk, settings: APISettings) throws {
        self.desk = desk
        self.settings = settings
        templates = try Templates()
    }

    /// Adds every page to the routes of the API. From here on errors outside of the API are pages.
    package func add(to router: Router<APIContext>) {
        let limit =
            settings.personRate > 0
            ? PersonLimit(
                rate: settings.personRate, burst: 10 * settings.personRate, atOnce: settings.personRequestsAtOnce)
            : nil
        let gate = Gate(desk: desk, settings: settings, templates: templates, limit: limit)
        router.add(middleware: PageErrors(gate: gate))
        router.add(middleware: ConcurrencyLimit(maximum: settings.maximumConcurrentRequests))
        for asset in Asset.allCases {
            router.get(RouterPath(asset.address)) { _, _ in Self.response(asset) }
        }
        let signIn = SignInPages(gate: gate)
        router.get("/sign-in", use: signIn.show)
        router.post("/sign-in/resume", use: signIn.resume)
        // One place tries as often on pages as at the API.
        let strangers = router.group("")
        if settings.addressRate > 0 {
            strangers.add(
                middleware: AddressLimit(
                    rate: settings.addressRate, burst: 10 * settings.addressRate,
                    atOnce: settings.addressRequestsAtOnce, proxies: settings.trustedProxies))
        }
        if gate.hasPasswords { strangers.post("/sign-in", use: signIn.signIn) }
        if settings.offersDemoSignIn { strangers.post("/sign-in/demo", use: signIn.signInForDemonstration) }
        router.get("/design", use: DesignPage(gate: gate).show)
        for page in pages(gate) + officePages(gate) {
            router.on(RouterPath(page.path), method: page.method) { request, context in
                try await gate.visit(request, context, page.handle)
            }
        }
    }

    struct SignedInPage: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let handle: Gate.Handler

        static func get(_ path: String, _ handle: @escaping Gate.Handler) -> Self {
            Self(method: .get, path: path, handle: handle)
        }

        static func post(_ path: String, _ handle: @escaping Gate.Handler) -> Self {
            Self(method: .post, path: path, handle: handle)
        }
    }

    /// Everything for people who have signed in.
    private func pages(_ gate: Gate) -> [SignedInPage] {
        let lists = ListPages(desk: desk, templates: templates)
        let forms = FormPages(desk: desk, templates: templates)
        let drafts = DraftPages(desk: desk, templates: templates)
        let request = RequestPage(desk: desk, templates: templates)
        let profile = ProfilePage(gate: gate)
        let files = FilePages(desk: desk, templates: templates)
        let step = "/requests/{id}/steps/{instance}"
        return [
            .get("/", HomePage(desk: desk, templates: templates).show),
            .get("/services", ServicesPage(desk: desk, templates: templates).show),
            .get("/services/{type}", forms.show),
            .post("/services/{type}", forms.send),
            .post("/services/{type}/check", forms.check),
            .post("/services/{type}/draft", drafts.keepWhileTyping),
            .post("/services/{type}/draft/forget", drafts.forget),
            .get("/requests", lists.requests),
            .get("/requests/{id}", request.show),
            .get("/requests/{id}/amend", forms.show),
            .post("/requests/{id}/amend", forms.send),
            .post("/requests/{id}/amend/check", forms.check),
            .post("/requests/{id}/amend/draft", drafts.keepWhileTyping),
            .post("/requests/{id}/amend/draft/forget", drafts.forget),
            // A path beside which there is a longer one is looked for by itself.
            .post("/requests/{id}/comment", request.act),
            .post("/requests/{id}/comment/draft", drafts.keepWhileTyping),
            .post("/requests/{id}/comment/draft/forget", drafts.forget),
            .get("/requests/{id}/files/{file}", files.open),
            .post("/uploads", files.store),
            .post("/requests/{id}/{action}", request.act),
            .get("\(step)/complete", forms.show),
            .post(
                "\(step)/complete",
                { visit in
                    // A task that asks nothing is done by its button alone.
                    visit.fields.has("shown") ? try await forms.send(visit) : try await request.act(visit)
                }),
            .post("\(step)/complete/check", forms.check),
            .post("\(step)/complete/draft", drafts.keepWhileTyping),
            .post("\(step)/complete/draft/forget", drafts.forget),
            .post("\(step)/{action}", request.act),
            .get("/inbox", lists.inbox),
            .post("/views/{list}", lists.saveView),
            .post("/views/{list}/rename", lists.renameView),
            .post("/views/{list}/forget", lists.forgetView),
            .post("/inbox/chosen", ChosenPages(desk: desk, templates: templates).ask),
            .post("/inbox/done", ChosenPages(desk: desk, templates: templates).carryOut),
            .get("/people", PeoplePage(desk: desk, templates: templates).show),
            .get("/profile", profile.show),
            .post("/profile", profile.save),
            .post("/profile/notifications", profile.saveNotifications),
            .post("/profile/sessions/{session}/end", profile.endSession),
            .post("/sign-out", SignInPages(gate: gate).signOut),
        ]
    }

    private static func response(_ asset: Asset) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: asset.contentType, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
