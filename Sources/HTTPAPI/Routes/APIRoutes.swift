import Hummingbird

/// The one list of what can be reached; Schemas/openapi.yaml describes exactly these.
extension API {
    /// For everybody, without a token.
    var openEndpoints: [Endpoint<APIContext>] {
        let health = HealthHandlers(desk: desk)
        return [
            .get("/healthz", health.alive),
            .get("/readyz", health.ready),
        ]
    }

    /// For people who say who they are.
    var personalEndpoints: [Endpoint<ViewerContext>] {
        let catalogue = CatalogueHandlers(desk: desk)
        let requests = RequestHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let steps = StepHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let events = EventHandlers(desk: desk, maximumBodySize: settings.maximumBodySize)
        let inbox = InboxHandlers(desk: desk)
        let step = "/api/v1/requests/{id}/steps/{instance}"
        return [
            .get("/api/v1/me", catalogue.profile),
            .get("/api/v1/catalogue", catalogue.list),
            .get("/api/v1/catalogue/{type}", catalogue.entry),
            .get("/api/v1/inbox", inbox.list),
            .get("/api/v1/requests", requests.list),
            .post("/api/v1/requests", requests.raise),
            .get("/api/v1/requests/{id}", requests.show),
            .get("/api/v1/requests/{id}/timeline", requests.timeline),
            .post("/api/v1/requests/{id}/comments", requests.comment),
            .post("/api/v1/requests/{id}/cancellation", requests.cancel),
            .post("/api/v1/requests/{id}/amendments", requests.amend),
            .post("/api/v1/requests/{id}/events", requests.receive),
            .post("/api/v1/requests/{id}/rating", requests.rate),
            .post("/api/v1/requests/{id}/reopening", requests.reopen),
            .post("/api/v1/events", events.receive),
            .post("\(step)/claim", steps.claim),
            .post("\(step)/release", steps.release),
            .post("\(step)/complete", steps.complete),
            .post("\(step)/approve", steps.approve),
            .post("\(step)/reject", steps.reject),
            .post("\(step)/retry", steps.retry),
            .post("\(step)/give_up", steps.giveUp),
            .post("\(step)/accept", steps.accept),
            .post("\(step)/hand_over", steps.handOver),
            .post("\(step)/tick", steps.tick),
            .post("\(step)/add_voter", steps.addVoter),
            .post("\(step)/add_element", steps.addElement),
            .post("\(step)/add_step", steps.addStep),
        ]
    }

    /// Every route, in the order of the lists.
    package var everyRoute: [Route] { openEndpoints.map(\.route) + personalEndpoints.map(\.route) }
}
