import HTTPTypes
import Hummingbird
import ServiceDesk

/// Sign-in at an identity provider: a browser goes there and comes back.
struct ProviderSignInHandlers: Sendable {
    let desk: any Desk
    /// The session's.
    let cookie: SessionCookie
    /// What a browser holds meanwhile.
    let meanwhile: MeanwhileCookie

    /// Sends the browser away.
    func begin(_ request: Request, _ context: APIContext) async throws -> Response {
        try await readably(request) {
            try Self.checkMethod(request)
            var query = try QueryReader(request)
            let returnTo = try query.text("return_to", maximum: 500)
            try query.finish()
            let start = try await desk.beginProviderSignIn(returnTo: returnTo)
            return Response(
                status: .found, headers: [.location: start.address, .setCookie: meanwhile.field(start.browserSecret)])
        }
    }

    /// Takes the browser back. Parameters that nobody knows are passed over: providers add their own.
    func finish(_ request: Request, _ context: APIContext) async throws -> Response {
        try await readably(request) {
            try Self.checkMethod(request)
            var query = try QueryReader(request)
            let answer = SignInAnswer(
                state: try query.text("state", maximum: 200), code: try query.text("code", maximum: 4000),
                error: try query.text("error", maximum: 200), issuer: try query.text("iss", maximum: 500))
            let end = try await desk.finishProviderSignIn(answer, browserSecret: try meanwhile.secret(in: request))
            // Whoever was signed in here before is not any more; the new session has a secret of its own.
            // Of two cookies by that name neither is ours to end.
            if let old = try? cookie.secret(in: request) { try await desk.endSession(secret: old) }
            var headers: HTTPFields = [.location: end.returnTo]
            headers[values: .setCookie] = [cookie.field(end.session.secret), meanwhile.removal]
            return Response(status: .seeOther, headers: headers)
        }
    }

    /// Whoever only asks what there is begins and ends nothing.
    private static func checkMethod(_ request: Request) throws(Problem) {
        guard request.method != .get else { return }
        var problem = Problem(.wrongMethod)
        problem.headers[.allow] = "GET"
        throw problem
    }

    /// Answers what goes wrong as a page, where a browser asks for one: nobody else is there to read a problem.
    private func readably(_ request: Request, _ answer: () async throws -> Response) async throws -> Response {
        do {
            return try await answer()
        } catch {
            guard let problem = Problem(foreseen: error), ProblemPage.isWanted(by: request) else { throw error }
            return ProblemPage(problem).response()
        }
    }
}
