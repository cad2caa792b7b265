/// How long to wait before trying again: half a second, doubled each time up to half a minute, and begun anew after a
/// minute of success.
struct RestartPause: Sendable {
    private(set) var failures = 0

    /// The wait after one more failure.
    ///
    /// - Parameters:
    ///   - lived: how long the attempt had worked before it failed.
    ///   - jitter: from 0 to 1; spreads the wait between half and all of its length.
    mutating func next(afterLiving lived: Duration, jitter: Double) -> Duration {
        if lived >= .seconds(60) { failures = 0 }
        let longest = min(30_000, 500 * (1 << min(failures, 10)))
        failures += 1
        return .milliseconds(Int(Double(longest) * (0.5 + 0.5 * jitter)))
    }
}
