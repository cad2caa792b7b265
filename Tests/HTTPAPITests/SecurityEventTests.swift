import HTTPAPI
import ServiceDesk
import Testing
import WorkflowCore

@Suite("What refusals mean for security")
struct SecurityEventTests {
    @Test(
        "Refusals, limits and forged requests have a name; everyday mistakes have none",
        arguments: [
            (Problem(.invalidToken), .authenticationFailed), (Problem(.invalidSession), .authenticationFailed),
            (Problem(.missingToken), nil), (Problem(.csrfToken), .requestForged),
            (Problem(.foreignOrigin), .requestForged), (Problem(.twoCredentials), .requestForged),
            (Problem(.tooManyRequests), .limitReached), (Problem(.signInThrottled), .limitReached),
            (Problem(.overloaded), .limitReached), (Problem(.insufficientScope), .accessRefused),
            (Problem(.malformedJSON), .inputRefused), (Problem(.unknownField), .inputRefused),
            (Problem(.missingField), nil), (Problem(.unavailable), nil), (Problem(.providerAway), nil),
            (Problem(.noRoute), nil), (Problem(.versionMismatch), nil),
        ] as [(Problem, SecurityEvent?)])
    func ofHTTP(_ problem: Problem, _ event: SecurityEvent?) {
        #expect(SecurityEvent(of: problem) == event, "\(problem.code)")
    }

    @Test(
        "So have the desk's own",
        arguments: [
            (.forbidden, "access.not_allowed", .accessRefused), (.notFound, "request.not_found", .accessRefused),
            (.forbidden, "sign_in.failed", .signInRefused), (.forbidden, "account.locked", .signInRefused),
            (.conflict, "sign_in.not_current", .signInRefused), (.conflict, "request.stale", nil),
            (.invalid, "form.invalid", nil), (.invalid, "attachment.harmful", .inputRefused),
        ] as [(Rejection.Kind, String, SecurityEvent?)])
    func ofTheDesk(_ kind: Rejection.Kind, _ code: String, _ event: SecurityEvent?) throws {
        let problem = try #require(
            Problem(foreseen: DeskError.rejected(Rejection(kind, code: code, message: "No."))))
        #expect(SecurityEvent(of: problem) == event, "\(code)")
    }
}
