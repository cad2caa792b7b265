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
        try await perform(request, context) { .complete($1, try FormBody($0).form) }
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

    func accept(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context) { body, instance in
            _ = try EmptyBody(body)
            return .accept(instance)
        }
    }

    func handOver(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) {
            .handOver($1, to: try HandingOverBody($0).to)
        }
    }

    func tick(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) {
            let body = try TickBody($0)
            return .tick($1, item: body.item, isDone: body.isDone)
        }
    }

    func addVoter(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) { .addVoter($1, try AddedVoterBody($0).voter) }
    }

    func addElement(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) {
            .addElement($1, try AddedElementBody($0).element)
        }
    }

    func addStep(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) { .addStep($1, try AddedStepBody($0).step) }
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
