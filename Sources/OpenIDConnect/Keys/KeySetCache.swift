package import Expressions

/// When keys are fetched: decides, and sends nothing itself.
///
/// Keys are believed for as long as the provider says, within bounds. A token by an unknown key asks for new ones, at most once
/// a minute: anybody can send such tokens.
package struct KeySetCache: Sendable {
    package static let shortestLife = Duration.seconds(300)
    package static let longestLife = Duration.seconds(86_400)
    package static let usualLife = Duration.seconds(3600)
    /// Between two fetches that unknown keys cause.
    package static let pause = Duration.seconds(60)

    private var keys: KeySet?
    private var expiresAt = Instant.earliest
    private var askedAt = Instant.earliest

    package init() {}

    /// What to do for a token.
    package enum Step: Sendable, Hashable {
        case use([VerificationKey])
        case fetch
        /// The keys are fresh and none of them fits.
        case unknown
    }

    package mutating func step(
        _ algorithm: SignatureAlgorithm, id: String?, at now: Instant
    ) -> Step {
        guard let keys, now < expiresAt else { return .fetch }
        let candidates = keys.candidates(algorithm, id: id)
        if !candidates.isEmpty { return .use(candidates) }
        // A clock that was set back does not stop the asking.
        guard now < askedAt || now - askedAt >= Self.pause else { return .unknown }
        return .fetch
    }

    package mutating func keep(_ keys: KeySet, cacheControl: String?, at now: Instant) {
        self.keys = keys
        askedAt = now
        expiresAt = now + Self.life(cacheControl)
    }

    /// How long an answer with that `Cache-Control` (RFC 9111) is believed.
    package static func life(_ cacheControl: String?) -> Duration {
        guard let cacheControl else { return usualLife }
        var life: Duration?
        for directive in cacheControl.split(separator: ",") {
            let words = directive.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "\"" }
            if words == "no-store" || words == "no-cache" { return shortestLife }
            if words.hasPrefix("max-age="), let seconds = UInt32(words.dropFirst("max-age=".count)) {
                life = .seconds(Int64(seconds))
            }
        }
        return min(max(life ?? usualLife, shortestLife), longestLife)
    }
}
