import ServiceDesk

/// One HTTP request as it goes onto the wire, whoever it is for.
struct WireRequest: Sendable {
    /// In capitals.
    var method: String
    /// The whole address, percent-encoded.
    var url: String
    /// Whole lines, `Name: value`; they hold no line breaks.
    var headers: [String]
    /// Nil for a request without a body.
    var body: String?
    /// How long all of it may take.
    var timeout: Duration
    /// A larger answer is not read.
    var maximumAnswer: Int
}

/// What became of a request.
enum WireAttempt: Sendable {
    case answered(WireAnswer)
    case failed(CallTrouble)
}

/// An answer, whatever its status.
struct WireAnswer: Sendable {
    var status: Int
    /// The value of `Cache-Control`.
    var cacheControl: String?
    var retryAfter: Duration?
    var body: [UInt8]
}
