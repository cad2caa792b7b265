/// What each person, or each network, has left of their share: a bucket of tokens that fills again, and a number of requests at once.
/// A value that knows no clock; it forgets whoever has been quiet, so that its size has an end.
struct Shares<Key: Hashable & Sendable>: Sendable {
    /// How many requests a second go on for ever.
    let rate: Double
    /// How many more may come at a time.
    let burst: Double
    /// How many may be in work at once.
    let atOnce: Int
    /// How many are remembered.
    let maximumKeys: Int

    private struct Share {
        var left: Double
        var at: Duration
        var inWork: Int
    }

    private var shares: [Key: Share] = [:]

    init(rate: Double, burst: Double, atOnce: Int, maximumKeys: Int = 10_000) {
        self.rate = rate
        self.burst = burst
        self.atOnce = atOnce
        self.maximumKeys = maximumKeys
    }

    /// Begins a request; nil when it may, else after how many seconds to come back. Each that begins must `end`.
    ///
    /// - Parameter now: Since any moment that stays the same; never goes back.
    mutating func begin(_ key: Key, at now: Duration) -> Int? {
        if shares[key] == nil, shares.count >= maximumKeys { forgetTheQuiet(at: now) }
        var share = shares[key] ?? Share(left: burst, at: now, inWork: 0)
        share.left = filled(share, at: now)
        share.at = now
        defer { shares[key] = share }
        guard share.inWork < atOnce else { return 1 }
        guard share.left >= 1 else { return max(1, Int(((1 - share.left) / rate).rounded(.up))) }
        share.left -= 1
        share.inWork += 1
        return nil
    }

    /// Ends a request that began.
    mutating func end(_ key: Key) {
        shares[key]?.inWork -= 1
    }

    var count: Int { shares.count }

    private func filled(_ share: Share, at now: Duration) -> Double {
        min(burst, share.left + (now - share.at) / .seconds(1) * rate)
    }

    /// Who has a full bucket and nothing in work is as good as a stranger. If nobody is quiet, everybody at rest starts anew.
    private mutating func forgetTheQuiet(at now: Duration) {
        shares = shares.filter { $0.value.inWork > 0 || filled($0.value, at: now) < burst }
        if shares.count >= maximumKeys { shares = shares.filter { $0.value.inWork > 0 } }
    }
}
