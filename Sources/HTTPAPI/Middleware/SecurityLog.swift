import HTTPTypes
import Hummingbird
import Logging

/// One line of the log for each refusal that means something for security, under a name that stays: what was refused, by which code, where,
/// and to whom where that is known. Never what was sent, nor an address, a path or a secret. Nothing stands around what people without a
/// name use.
struct SecurityLog<Context: RequestContext>: RouterMiddleware {
    /// Which events are told here; another one stands further in or further out.
    let tells: @Sendable (SecurityEvent) -> Bool

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            if let problem = Problem(foreseen: error), let event = SecurityEvent(of: problem), tells(event) {
                context.logger.notice(
                    "refused",
                    metadata: [
                        "event": "\(event.rawValue)", "code": "\(problem.code)", "status": "\(problem.status.code)",
                        "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "")",
                    ])
            }
            throw error
        }
    }
}
