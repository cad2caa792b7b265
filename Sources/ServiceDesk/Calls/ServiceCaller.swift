package import WorkflowCore

/// What carries requests to other systems. The application decides what is sent, how often and what an answer means; this only
/// sends once and says what happened.
package protocol ServiceCaller: Sendable {
    /// Sends the request once and waits for its answer, at most as long as the request says.
    ///
    /// It follows no redirections. When the task is cancelled it gives up, and whether the request arrived is not known.
    func send(_ request: ServiceRequest) async -> CallAttempt
}

/// One HTTP request to another system, ready to be sent.
package struct ServiceRequest: Sendable, Hashable {
    /// For the log.
    package let service: ServiceID
    package let method: CallMethod
    /// The whole address with path and query, percent-encoded.
    package let url: String
    /// JSON; nil for a request without a body.
    package let body: String?
    /// What goes into the header `Idempotency-Key`: visible ASCII.
    package let key: String
    /// The name of the bearer token; nil when none is sent.
    package let secret: String?
    /// How long all of it may take.
    package let timeout: Duration

    package init(
        service: ServiceID, method: CallMethod, url: String, body: String?, key: String, secret: String?,
        timeout: Duration
    ) {
        self.service = service
        self.method = method
        self.url = url
        self.body = body
        self.key = key
        self.secret = secret
        self.timeout = timeout
    }
}

/// What became of sending once.
package enum CallAttempt: Sendable, Hashable {
    /// An answer came. Its body is nil when it was empty or is no JSON.
    case answered(status: Int, JSONValue?, retryAfter: Duration?)
    case failed(CallTrouble)
}

/// Why no answer came.
package enum CallTrouble: String, Sendable, Hashable, CaseIterable {
    /// The service could not be reached, or the connection broke.
    case unreachable
    case timedOut
    /// The service's certificate is not one to be trusted.
    case untrusted
    /// The answer is larger than what is read.
    case tooLarge
    /// The daemon has no secret of the name that the service wants.
    case missingSecret
    /// The secret would have travelled in the clear.
    case insecure
    /// The request could not even be put together.
    case impossible
    /// The daemon stops.
    case interrupted

    /// Whether another attempt may go better without anybody changing the configuration or the service.
    package var mayPass: Bool {
        switch self {
        case .unreachable, .timedOut, .missingSecret, .interrupted: true
        case .untrusted, .tooLarge, .insecure, .impossible: false
        }
    }

    /// One sentence for people, which holds nothing of what was sent or answered.
    package var sentence: String {
        switch self {
        case .unreachable: "The service could not be reached."
        case .timedOut: "The service did not answer in time."
        case .untrusted: "The service's certificate is not to be trusted."
        case .tooLarge: "The answer of the service is too large."
        case .missingSecret: "The secret for the service is not there."
        case .insecure: "The secret for the service must not travel without encryption."
        case .impossible: "The request to the service could not be put together."
        case .interrupted: "The daemon stopped before the service answered."
        }
    }
}
