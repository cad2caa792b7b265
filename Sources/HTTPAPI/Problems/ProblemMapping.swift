import HTTPTypes
import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// The one place where errors become answers.
extension Problem {
    /// The problem of an error that is foreseen; nil for a defect of ours.
    package init?(foreseen error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as DeskError: self.init(from: error)
        case let error as JSONProblem: self.init(from: error)
        case let error as HTTPError where error.status.code < 500: self.init(from: error)
        default: return nil
        }
    }

    init(from error: DeskError) {
        switch error {
        case .rejected(let rejection):
            self.init(from: rejection)
        case .versionMismatch(let current):
            self.init(.versionMismatch)
            currentVersion = current
            headers[.eTag] = EntityTag(version: current).description
        case .configurationChanged(let current):
            self.init(.configurationChanged)
            headers[.eTag] = "\"\(current)\""
        case .draftElsewhere(let current):
            self.init(.draftElsewhere)
            headers[.eTag] = EntityTag(version: current).description
        case .keyReused:
            self.init(.keyReused)
        case .unavailable(let seconds):
            self.init(.unavailable)
            headers[.retryAfter] = String(max(1, seconds))
        case .tooManyAttempts(let seconds):
            self.init(.signInThrottled)
            headers[.retryAfter] = String(max(1, seconds))
        case .providerAway:
            self.init(.providerAway)
        case .defect(let reference):
            self.init(.defect)
            self.reference = reference
        }
    }

    init(from rejection: Rejection) {
        self.init(
            status: Self.status(of: rejection.kind), code: rejection.code, detail: rejection.message,
            hint: rejection.hint)
        fields = rejection.fields.map { Field(field: $0.field.text, code: $0.code, message: $0.message) }
    }

    init(from error: JSONProblem) {
        if case .duplicateKey = error.reason {
            self.init(.duplicateKey, detail: error.description)
        } else {
            self.init(.malformedJSON, detail: error.description)
        }
    }

    init(from error: HTTPError) {
        switch error.status.code {
        case 404: self.init(.noRoute)
        case 405: self.init(.wrongMethod)
        case 413: self.init(.bodyTooLarge)
        case 415: self.init(.mediaType)
        default:
            self.init(status: error.status, code: "http.\(error.status.code)", detail: "The request cannot be served.")
        }
        headers.append(contentsOf: error.headers)
    }

    static func status(of kind: Rejection.Kind) -> HTTPResponse.Status {
        switch kind {
        case .invalid: .unprocessableContent
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .conflict, .stale: .conflict
        }
    }
}
