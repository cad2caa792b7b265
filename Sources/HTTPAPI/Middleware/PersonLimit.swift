package import Hummingbird
import ServiceDesk
import WorkflowCore

/// Keeps one person, or a program that acts as one, from taking the desk away from everybody else.
package struct PersonLimit: RouterMiddleware {
    package typealias Context = ViewerContext

    private let shares: ShareKeeper<PersonID>

    package init(rate: Int, burst: Int, atOnce: Int) {
        shares = ShareKeeper(rate: rate, burst: burst, atOnce: atOnce)
    }

    package func handle(
        _ request: Request, context: ViewerContext, next: (Request, ViewerContext) async throws -> Response
    ) async throws -> Response {
        try await shares.spend(of: context.viewer.person.id, refusal: Problem(.tooManyRequests)) {
            try await next(request, context)
        }
    }
}
