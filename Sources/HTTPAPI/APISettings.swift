/// How the API is offered.
package struct APISettings: Sendable {
    /// The largest body in octets; larger ones are answered 413.
    package var maximumBodySize = 1 << 20
    /// The largest header of a request in octets, all fields together; larger ones are answered 400.
    package var maximumHeaderSize = 16 << 10
    /// How many requests may be in work at once; more are answered 503.
    package var maximumConcurrentRequests = 512
    /// How many requests a second each person may go on sending, ten times as many at a time; more are answered 429. 0: no limit.
    package var personRate = 100
    /// How many requests of one person may be in work at once; more are answered 429.
    package var personRequestsAtOnce = 64
    /// How long a connection may be silent.
    package var idleTimeout: Duration = .seconds(60)
    /// Whether every request is logged at `info` instead of `debug`.
    package var logsAccess = false
    /// The organisation's languages that `Accept-Language` may choose from; empty: people always get their own.
    package var languages: [String] = []
    /// Where people reach the desk; nil: somewhere behind HTTPS.
    package var publicURL: PublicURL?
    /// Whether anybody may sign in as anybody. For demonstrations on one machine.
    package var offersDemoSignIn = false

    package init() {}
}
