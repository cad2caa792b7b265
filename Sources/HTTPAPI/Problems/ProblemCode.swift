/// What can go wrong in HTTP itself. The application's rejections bring codes of their own.
package enum ProblemCode: String, CaseIterable, Sendable {
    case missingToken = "auth.missing_token"
    case invalidToken = "auth.invalid_token"
    case invalidSession = "auth.invalid_session"
    case twoCredentials = "auth.two_credentials"
    case foreignOrigin = "auth.foreign_origin"
    case csrfToken = "auth.csrf_token"
    case noSession = "auth.no_session"
    case ambiguousCookie = "header.cookie"
    case repeatedField = "header.repeated"
    case tooManyRequests = "rate.exceeded"
    case signInThrottled = "sign_in.throttled"
    case insufficientScope = "auth.insufficient_scope"
    case malformedJSON = "json.malformed"
    case duplicateKey = "json.duplicate_key"
    case unknownField = "body.unknown_field"
    case wrongType = "body.type"
    case missingField = "body.missing"
    case mediaType = "body.media_type"
    case bodyTooLarge = "body.too_large"
    case bodyTooSlow = "body.too_slow"
    case bodyUnreadable = "body.unreadable"
    case unknownParameter = "query.unknown"
    case invalidParameter = "query.invalid"
    case malformedPath = "path.malformed"
    case malformedKey = "header.idempotency_key"
    case malformedIfMatch = "header.if_match"
    case malformedDisposition = "header.content_disposition"
    case noRoute = "route.not_found"
    case wrongMethod = "route.method_not_allowed"
    case versionMismatch = "request.version_mismatch"
    case configurationChanged = "configuration.changed"
    case draftElsewhere = "drafts.elsewhere"
    case preconditionRequired = "header.if_match_required"
    case keyReused = "idempotency.key_reused"
    case unavailable = "service.unavailable"
    case providerAway = "sign_in.provider_away"
    case overloaded = "service.overloaded"
    case notReady = "service.not_ready"
    case defect = "service.defect"

    /// The HTTP status it is answered with.
    package var status: Int {
        switch self {
        case .malformedJSON, .duplicateKey, .bodyUnreadable, .unknownParameter, .invalidParameter, .malformedPath,
            .malformedKey, .malformedIfMatch, .twoCredentials, .ambiguousCookie, .repeatedField,
            .malformedDisposition:
            400
        case .missingToken, .invalidToken, .invalidSession: 401
        case .insufficientScope, .foreignOrigin, .csrfToken: 403
        case .noRoute, .noSession: 404
        case .wrongMethod: 405
        case .bodyTooSlow: 408
        case .versionMismatch, .configurationChanged, .draftElsewhere: 412
        case .preconditionRequired: 428
        case .bodyTooLarge: 413
        case .mediaType: 415
        case .unknownField, .wrongType, .missingField, .keyReused: 422
        case .tooManyRequests, .signInThrottled: 429
        case .defect: 500
        case .unavailable, .overloaded, .notReady, .providerAway: 503
        }
    }

    /// What people read when nothing more precise is known.
    var detail: String {
        switch self {
        case .missingToken: "This needs an access token or a session."
        case .invalidSession: "You are not signed in any more."
        case .twoCredentials: "A request says once who sends it: by one token or by one session."
        case .foreignOrigin: "A browser may change something only from a page of this desk."
        case .csrfToken: "The session's X-CSRF-Token is missing or another one."
        case .repeatedField: "A header field came twice that can mean only one thing."
        case .tooManyRequests: "You send more than the desk does for one person."
        case .signInThrottled: "A wrong password was given too often; no password is looked at now."
        case .noSession: "You came with a token, not with a session."
        case .ambiguousCookie: "The session's cookie came twice."
        case .invalidToken: "The access token is unknown, has expired or was revoked."
        case .insufficientScope: "This token is not made for this."
        case .malformedJSON: "The body is not the JSON that is expected here."
        case .duplicateKey: "A key stands twice in one JSON object."
        case .unknownField: "The body holds a member that does not exist here."
        case .wrongType: "A member of the body has the wrong type."
        case .missingField: "A member of the body is missing."
        case .mediaType: "The body must be application/json in UTF-8, without a content coding."
        case .bodyTooLarge: "The body is too large."
        case .bodyTooSlow: "The body came too slowly."
        case .malformedDisposition:
            "The header Content-Disposition must name the file: attachment; filename*=UTF-8''report.pdf"
        case .bodyUnreadable: "The body could not be read to its end."
        case .unknownParameter: "The query holds a parameter that does not exist here."
        case .invalidParameter: "A parameter of the query has a value that does not fit."
        case .malformedPath: "The path holds a percent-encoding that is not one of text."
        case .malformedKey: "Idempotency-Key must be 1 to 255 visible ASCII characters."
        case .malformedIfMatch: "If-Match must be one version as it came in ETag, such as \"v7\", or an asterisk."
        case .noRoute: "There is nothing at this address."
        case .wrongMethod: "This address does not take that method."
        case .versionMismatch: "The request has changed since you last saw it."
        case .configurationChanged: "Somebody else has applied another configuration since you last saw it."
        case .draftElsewhere: "Another draft of this is kept than you have seen."
        case .preconditionRequired: "This needs If-Match with the version that you have seen, or an asterisk."
        case .keyReused: "This Idempotency-Key was used before for something else."
        case .unavailable: "The service cannot do this at the moment."
        case .providerAway: "Your organisation's sign-in service does not answer, so nobody can sign in there now."
        case .overloaded: "The service is busy."
        case .notReady: "The service is not ready."
        case .defect: "Something went wrong on our side; nothing that you sent is at fault."
        }
    }

    /// What to do about it; nil where the sentence says it.
    var hint: String? {
        switch self {
        case .missingToken: "Send it as `Authorization: Bearer …`."
        case .invalidToken: "Ask whoever runs Bureau for a new token."
        case .tooManyRequests, .signInThrottled: "Go on after the time that Retry-After says."
        case .invalidSession: "Sign in again."
        case .csrfToken: "GET /api/v1/session says which it is."
        case .insufficientScope: "Use a token with that scope; people make their own."
        case .versionMismatch, .configurationChanged, .draftElsewhere: "Look again, then decide again."
        case .keyReused: "Use a new key for every new thing you want done."
        case .unavailable, .overloaded: "Try again shortly."
        case .providerAway: "Try again shortly; whoever is signed in stays it."
        default: nil
        }
    }
}
