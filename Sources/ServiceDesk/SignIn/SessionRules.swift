import Expressions

/// How long sessions last and when their secrets change (OWASP ASVS 5.0, chapter 7), as a value that knows no clock.
struct SessionRules: Sendable {
    /// How long a session may be unused.
    let idle: Duration
    /// How long it lasts at most.
    let lifetime: Duration
    /// How old a secret gets.
    let rotation: Duration
    /// How long the secret before is still good, for requests that were on their way.
    let grace: Duration

    /// What to do for whoever shows a secret.
    enum Verdict: Hashable, Sendable {
        case refuse
        /// Let them in; `isWorthNoting`: the last recorded use is so long ago that this one should be recorded.
        case admit(isWorthNoting: Bool)
        /// Let them in and give them a new secret.
        case rotate
    }

    func verdict(on session: StoredSession, shown digest: [UInt8], at now: Instant) -> Verdict {
        guard now < session.expiresAt, now - session.seenAt < idle else { return .refuse }
        if Digest.areEqual(digest, session.digest) {
            if now - session.rotatedAt >= rotation { return .rotate }
        } else {
            guard let previous = session.previousDigest, Digest.areEqual(digest, previous),
                now - session.rotatedAt < grace
            else { return .refuse }
        }
        return .admit(isWorthNoting: now - session.seenAt >= noting)
    }

    /// Not every request is a write: the idle time is kept to a thirtieth, or to a minute.
    private var noting: Duration { min(idle / 30, .seconds(60)) }
}

extension DeskSettings {
    var sessions: SessionRules {
        SessionRules(
            idle: sessionIdle, lifetime: sessionLifetime, rotation: sessionRotation, grace: sessionGrace)
    }
}
