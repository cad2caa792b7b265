package import Hummingbird
import Synchronization

/// Refuses work beyond what the daemon can do at once, cheaply and with a time to come back, instead of letting everybody wait.
package struct ConcurrencyLimit: RouterMiddleware {
    package typealias Context = APIContext

    private final class Counter: Sendable {
        let inWork = Atomic<Int>(0)
    }

    private let maximum: Int
    private let counter = Counter()

    package init(maximum: Int) {
        self.maximum = maximum
    }

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let inWork = counter.inWork.wrappingAdd(1, ordering: .relaxed).newValue
        defer { counter.inWork.wrappingSubtract(1, ordering: .relaxed) }
        guard inWork <= maximum else { throw Problem(.overloaded) }
        return try await next(request, context)
    }
}
