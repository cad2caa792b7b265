import Hummingbird
import ServiceDesk
import WorkflowCore

/// Steps of a request.
struct StepHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func claim(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { body, instance in
            _ = try EmptyBody(body)
            return .claim(instance)
        }
    }

    func release(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { body, instance in
            _ = try EmptyBody(body)
            return .release(instance)
        }
    }

    func complete(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { .complete($1, try CompletionBody($0).form) }
    }

    func approve(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { .approve($1, comment: try VoteBody($0).comment) }
    }

    func reject(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { .reject($1, comment: try VoteBody($0).comment) }
    }

    func retry(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { body, instance in
            _ = try EmptyBody(body)
            return .retry(instance)
        }
    }

    func giveUp(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) { .giveUp($1, try GivingUpBody($0).outcome) }
    }

    private func perform(
        _ request: Request, _ context: ViewerContext, isBodyOptional: Bool = true,
        action: (JSONValue, InstanceName) throws -> Action
    ) async throws -> Response {
        let instance = try context.instance()
        return try await desk.perform(request, context, upTo: maximumBodySize, isBodyOptional: isBodyOptional) {
            try action($0, instance)
        }
    }
}
