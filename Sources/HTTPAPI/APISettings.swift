/// How the API is offered.
package struct APISettings: Sendable {
    /// The largest body in octets; larger ones are answered 413.
    package var maximumBodySize = 1 << 20
    /// The largest file that may be uploaded, in octets.
    package var maximumUpload = 25_000_000
    /// The largest body that holds a part of the configuration or all people, in octets.
    package var maximumImportSize = 8 << 20
    /// The largest header of a request in octets, all fields together; larger ones are answered 400.
    package var maximumHeaderSize = 16 << 10
    /// How many requests may be in work at once; more are answered 503.
    package var maximumConcurrentRequests = 512
    /// How many requests a second each person may go on sending, ten times as many at a time; more are answered 429. 0: no limit.
    package var personRate = 100
    /// How many requests of one person may be in work at once; more are answered 429.
    package var personRequestsAtOnce = 64
    /// How many requests a second may go on trying to sign in from one address, ten times as many at a time; more are answered 429.
    /// 0: no limit.
    package var addressRate = 10
    /// How many of one address may be in work at once.
    package var addressRequestsAtOnce = 32
    /// Where proxies stand whose `X-Forwarded-For` counts, besides this machine.
    package var trustedProxies: [AddressRange] = []
    /// How many connections there may be; further ones wait to be accepted.
    package var maximumConnections = 4096
    /// How long a request may take to come in, and a part of an answer to be taken.
    var transferPatience = TransferPatience(base: .seconds(30), bytesPerSecond: 16 << 10)
    /// How long a connection may be silent, or take to send the header of a request.
    package var idleTimeout: Duration = .seconds(60)
    /// Whether every request is logged at `info` instead of `debug`.
    package var logsAccess = false
    /// Where people reach the desk; nil: somewhere behind HTTPS.
    package var publicURL: PublicURL?
    /// Whether anybody may sign in as anybody. For demonstrations on one machine.
    package var offersDemoSignIn = false
    /// Whether people sign in at an identity provider.
    package var offersProviderSignIn = false

    package init() {}
}
