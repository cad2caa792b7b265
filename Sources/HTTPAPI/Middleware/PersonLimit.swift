package import Hummingbird
import ServiceDesk
import Synchronization
import WorkflowCore

/// Keeps one person, or a program that acts as one, from taking the desk away from everybody else.
package struct PersonLimit: RouterMiddleware {
    package typealias Context = ViewerContext

    private final class State: Sendable {
        let shares: Mutex<PersonShares<PersonID>>
        let start = ContinuousClock.now

        init(_ shares: PersonShares<PersonID>) {
            self.shares = Mutex(shares)
        }
    }

    private let state: State

    package init(rate: Int, burst: Int, atOnce: Int) {
        state = State(PersonShares(rate: Double(rate), burst: Double(burst), atOnce: atOnce))
    }

    package func handle(
        _ request: Request, context: ViewerContext, next: (Request, ViewerContext) async throws -> Response
    ) async throws -> Response {
        let person = context.viewer.person.id
        let now = ContinuousClock.now - state.start
        if let seconds = state.shares.withLock({ $0.begin(person, at: now) }) {
            var problem = Problem(.tooManyRequests)
            problem.headers[.retryAfter] = String(seconds)
            throw problem
        }
        defer { state.shares.withLock { $0.end(person) } }
        return try await next(request, context)
    }
}
