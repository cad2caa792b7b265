import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into a problem document; nothing behind it answers errors by itself.
struct ProblemResponses: RouterMiddleware {
    typealias Context = APIContext

    let routes: RouteTable

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return problem(of: error, request: request, context: context).response()
        }
    }

    private func problem(of error: any Error, request: Request, context: APIContext) -> Problem {
        guard let problem = Problem(foreseen: error) else {
            context.logger.error(
                "unforeseen error", metadata: ["reference": "\(context.id)", "error": "\(String(reflecting: error))"])
            var problem = Problem(.defect)
            problem.reference = context.id
            return problem
        }
        if problem.code == ProblemCode.noRoute.rawValue {
            let methods = routes.methods(at: request.uri.path)
            if !methods.isEmpty {
                var problem = Problem(.wrongMethod)
                problem.headers[.allow] = methods.joined(separator: ", ")
                return problem
            }
        }
        return problem
    }
}
