import HTTPTypes

/// What a refusal means for whoever watches over the desk. The names stay, so that rules of a monitoring can be written for them.
package enum SecurityEvent: String, CaseIterable, Sendable {
    /// A token, session or cookie that is none, or not any more.
    case authenticationFailed = "authentication.failed"
    /// A password, code or answer of the provider that signed nobody in.
    case signInRefused = "sign_in.refused"
    /// A browser's write that does not prove that a page of the desk sends it, or that comes with two proofs of who it is.
    case requestForged = "request.forged"
    /// Something that the caller may not, or that is hidden from them or does not exist.
    case accessRefused = "access.refused"
    /// More than the desk takes of one person, of one place or of all.
    case limitReached = "limit.reached"
    /// A request that no client of the desk sends: its framing, names or shape are wrong. Not what a form refuses.
    case inputRefused = "input.refused"

    /// What a problem means; nil for what is everyday work.
    package init?(of problem: Problem) {
        switch problem.code {
        case "auth.invalid_token", "auth.invalid_session": self = .authenticationFailed
        case "auth.foreign_origin", "auth.csrf_token", "auth.two_credentials", "header.cookie": self = .requestForged
        case "rate.exceeded", "sign_in.throttled", "service.overloaded": self = .limitReached
        case "password.wrong", "account.locked", "invitation.unknown", "invitation.unconfirmed": self = .signInRefused
        case "request.not_found", "attachment.unknown": self = .accessRefused
        case "attachment.harmful", "attachment.other_content", "body.unknown_field", "body.type", "body.too_large",
            "body.media_type":
            self = .inputRefused
        case let code where code.hasPrefix("sign_in.") && problem.status.code < 500: self = .signInRefused
        default:
            switch problem.status.code {
            case 400: self = .inputRefused
            case 403: self = .accessRefused
            default: return nil
            }
        }
    }

    /// Whether it is found out before anybody knows who asks.
    var isBeforeAnybodyIsKnown: Bool {
        switch self {
        case .authenticationFailed, .requestForged: true
        case .signInRefused, .accessRefused, .limitReached, .inputRefused: false
        }
    }
}
