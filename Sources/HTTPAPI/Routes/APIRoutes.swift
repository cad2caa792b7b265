import Hummingbird
import ServiceDesk

/// The one list of what can be reached; Schemas/openapi.yaml describes exactly these.
extension API {
    /// For everybody, without a token.
    var openEndpoints: [Endpoint<APIContext>] {
        let health = HealthHandlers(desk: desk)
        let provider = ProviderSignInHandlers(
            desk: desk, cookie: SessionCookie(publicURL: settings.publicURL),
            meanwhile: MeanwhileCookie(publicURL: settings.publicURL))
        let passwords = PasswordHandlers(desk: desk, sessions: sessionHandlers)
        var endpoints: [Endpoint<APIContext>] = [
            .get("/healthz", health.alive),
            .get("/readyz", health.ready),
            .post("/api/v1/sign-in", passwords.signIn),
            .post("/api/v1/sign-in/invitation", passwords.redeem),
            .get("/api/v1/sign-in/oidc", provider.begin),
            .get("/api/v1/sign-in/oidc/callback", provider.finish),
        ]
        if settings.offersDemoSignIn {
            endpoints.append(.post("/api/v1/sign-in/demo", sessionHandlers.signInForDemonstration))
        }
        return endpoints
    }

    /// For people who do not say who they are: nothing looks at the tokens and cookies that they may send.
    var anonymousEndpoints: [Endpoint<APIContext>] {
        let handlers = AnonymousHandlers(
            desk: desk, attachments: attachmentHandlers, maximumBodySize: settings.maximumBodySize)
        let (root, mine) = (AnonymousHandlers.root, AnonymousHandlers.request)
        return [
            .get("\(root)/catalogue", handlers.catalogue),
            .get("\(root)/catalogue/{type}", handlers.entry),
            .post("\(root)/requests", handlers.raise),
            .get(mine, handlers.show),
            .get("\(mine)/timeline", handlers.timeline),
            .post("\(mine)/comments", handlers.comment),
            .post("\(mine)/attachments", handlers.upload),
            .get("\(mine)/attachments/{attachment}", handlers.download),
            .post("\(mine)/cancellation", handlers.cancel),
            .post("\(mine)/amendments", handlers.amend),
            .post("\(mine)/rating", handlers.rate),
            .post("\(mine)/steps/{instance}/complete", handlers.complete),
            .post("\(mine)/steps/{instance}/tick", handlers.tick),
        ]
    }

    private var attachmentHandlers: AttachmentHandlers {
        AttachmentHandlers(desk: desk, maximumSize: settings.maximumUpload)
    }

    private var sessionHandlers: SessionHandlers {
        SessionHandlers(
            desk: desk, cookie: SessionCookie(publicURL: settings.publicURL), publicURL: settings.publicURL,
            origin: SameOrigin(publicURL: settings.publicURL))
    }

    /// For people who say who they are.
    var personalEndpoints: [Endpoint<ViewerContext>] {
        let catalogue = CatalogueHandlers(desk: desk)
        let requests = RequestHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let steps = StepHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let events = EventHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let inbox = InboxHandlers(desk: desk)
        let sessions = sessionHandlers
        let tokens = TokenHandlers(desk: desk)
        let notifications = NotificationHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let drafts = DraftHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let preferences = PreferenceHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let deputies = DeputyHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let audit = AuditHandlers(desk: desk)
        let attachments = attachmentHandlers
        let configuration = ConfigurationHandlers(desk: desk, maximumBodySize: settings.maximumImportSize)
        let passwords = PasswordHandlers(desk: desk, sessions: sessions)
        let accounts = AccountHandlers(desk: desk)
        let others = OthersAccessHandlers(desk: desk)
        let glasses = BreakGlassHandlers(desk: desk)
        let streams = StreamHandlers(desk: desk)
        let dashboard = DashboardHandlers(desk: desk)
        let step = "/api/v1/requests/{id}/steps/{instance}"
        return [
            .get("/api/v1/me", .anything, catalogue.profile),
            .get("/api/v1/session", .account, sessions.current),
            .delete("/api/v1/session", .account, sessions.signOut),
            .get("/api/v1/sessions", .account, sessions.list),
            .delete("/api/v1/sessions/{id}", .account, sessions.end),
            .put("/api/v1/password", .account, passwords.change),
            .get("/api/v1/tokens", .account, tokens.list),
            .post("/api/v1/tokens", .account, tokens.create),
            .delete("/api/v1/tokens/{id}", .account, tokens.revoke),
            .get("/api/v1/accounts/{handle}", .directory, accounts.show),
            .post("/api/v1/accounts/{handle}/invitation", .directory, accounts.invite),
            .post("/api/v1/accounts/{handle}/invitation/confirmation", .directory, accounts.confirmInvitation),
            .put("/api/v1/accounts/{handle}/lock", .directory, accounts.lock),
            .delete("/api/v1/accounts/{handle}/lock", .directory, accounts.unlock),
            .get("/api/v1/accounts/{handle}/sessions", .directory, others.sessions),
            .delete("/api/v1/accounts/{handle}/sessions/{id}", .directory, others.endSession),
            .get("/api/v1/accounts/{handle}/tokens", .directory, others.tokens),
            .post("/api/v1/accounts/{handle}/tokens", .directory, others.createToken),
            .delete("/api/v1/accounts/{handle}/tokens/{id}", .directory, others.revokeToken),
            .get("/api/v1/catalogue", .readRequests, catalogue.list),
            .get("/api/v1/catalogue/{type}", .readRequests, catalogue.entry),
            .get("/api/v1/me/preferences", .account, preferences.show),
            .put("/api/v1/me/preferences", .account, preferences.keep),
            .get("/api/v1/me/views", .account, preferences.views),
            .post("/api/v1/me/views", .account, preferences.saveView),
            .put("/api/v1/me/views/{view}/name", .account, preferences.renameView),
            .delete("/api/v1/me/views/{view}", .account, preferences.forgetView),
            .get("/api/v1/me/drafts", .drafts, drafts.list),
            .get("/api/v1/me/drafts/{type}", .drafts, drafts.show),
            .put("/api/v1/me/drafts/{type}", .writeRequests, drafts.keep),
            .delete("/api/v1/me/drafts/{type}", .writeRequests, drafts.forget),
            .get("/api/v1/me/deputies", .account, deputies.mine),
            .post("/api/v1/me/deputies", .account, deputies.appoint),
            .delete("/api/v1/me/deputies/{deputy}", .account, deputies.withdraw),
            .get("/api/v1/departments/{department}/dashboard", .readRequests, dashboard.show),
            .get("/api/v1/departments/{department}/deputies", .directory, deputies.list),
            .post("/api/v1/departments/{department}/deputies", .directory, deputies.appointForDepartment),
            .delete(
                "/api/v1/departments/{department}/deputies/{deputy}", .directory,
                deputies.withdrawFromDepartment),
            .get("/api/v1/notifications", .readRequests, notifications.list),
            .post("/api/v1/notifications/read", .oneOf([.requestsWrite, .work]), notifications.read),
            .get(StreamHandlers.path, .readRequests, streams.open),
            .get("/api/v1/inbox", .work, inbox.list),
            .get("/api/v1/counts", .readRequests, inbox.counts),
            .get("/api/v1/requests", .readRequests, requests.list),
            .post("/api/v1/requests", .writeRequests, requests.raise),
            .get("/api/v1/requests/search", .readRequests, requests.search),
            .get("/api/v1/requests/{id}", .readRequests, requests.show),
            .get("/api/v1/requests/{id}/timeline", .readRequests, requests.timeline),
            .get("/api/v1/requests/{id}/access", .readRequests, requests.access),
            .get("/api/v1/requests/{id}/journal", .readRequests, audit.journal),
            .post("/api/v1/requests/{id}/comments", .oneOf([.requestsWrite, .work]), requests.comment),
            .post("/api/v1/requests/{id}/cancellation", .writeRequests, requests.cancel),
            .post("/api/v1/requests/{id}/restriction", .work, requests.restrict),
            .post("/api/v1/requests/{id}/restriction/end", .work, requests.endRestriction),
            .post("/api/v1/requests/{id}/break-glass", .directory, glasses.open),
            .delete("/api/v1/requests/{id}/break-glass", .directory, glasses.end),
            .post("/api/v1/requests/{id}/amendments", .writeRequests, requests.amend),
            .post("/api/v1/requests/{id}/events", .oneOf([.requestsWrite, .work]), requests.receive),
            .post("/api/v1/requests/{id}/rating", .writeRequests, requests.rate),
            .post("/api/v1/requests/{id}/reopening", .writeRequests, requests.reopen),
            .get("/api/v1/requests/{id}/drafts/{part}", .draftsOfRequests, drafts.show),
            .put("/api/v1/requests/{id}/drafts/{part}", .oneOf([.requestsWrite, .work]), drafts.keep),
            .delete("/api/v1/requests/{id}/drafts/{part}", .oneOf([.requestsWrite, .work]), drafts.forget),
            .post("/api/v1/attachments", .oneOf([.requestsWrite, .work]), attachments.upload),
            .get("/api/v1/requests/{id}/attachments/{attachment}", .readRequests, attachments.download),
            .post("/api/v1/events", .oneOf([.requestsWrite, .work]), events.receive),
            .post("\(step)/claim", .work, steps.claim),
            .post("\(step)/release", .work, steps.release),
            .post("\(step)/complete", .work, steps.complete),
            .post("\(step)/approve", .work, steps.approve),
            .post("\(step)/reject", .work, steps.reject),
            .post("\(step)/retry", .work, steps.retry),
            .post("\(step)/give_up", .work, steps.giveUp),
            .post("\(step)/accept", .work, steps.accept),
            .post("\(step)/hand_over", .work, steps.handOver),
            .post("\(step)/tick", .work, steps.tick),
            .post("\(step)/add_voter", .work, steps.addVoter),
            .post("\(step)/add_element", .work, steps.addElement),
            .post("\(step)/add_step", .work, steps.addStep),
            .get("/api/v1/audit", .audit, audit.list),
            .get("/api/v1/audit/export", .audit, audit.export),
            .get("/api/v1/configuration", .configuration, configuration.show),
            .put("/api/v1/configuration/shared", .configuration, configuration.applyShared),
            .put("/api/v1/configuration/departments/{department}", .configuration, configuration.applyDepartment),
            .put("/api/v1/people", .directory, configuration.importPeople),
            .post("/api/v1/people/{handle}/erasure", .directory, configuration.erase),
        ]
    }

    /// For whatever watches over the daemon, which is answered whatever there is to do.
    var healthEndpoints: [Endpoint<APIContext>] { openEndpoints.filter { !isSignIn($0) } }

    /// For people who are about to say who they are.
    var signInEndpoints: [Endpoint<APIContext>] { openEndpoints.filter(isSignIn) }

    private func isSignIn(_ endpoint: Endpoint<APIContext>) -> Bool {
        endpoint.route.path.hasPrefix("/api/v1/sign-in")
    }

    /// Every route, in the order of the lists.
    package var everyRoute: [Route] {
        openEndpoints.map(\.route) + anonymousEndpoints.map(\.route) + personalEndpoints.map(\.route)
    }
}
