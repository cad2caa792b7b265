import HTTPTypes
import Synchronization

/// Shares by the clock, for all requests of a daemon.
final class ShareKeeper<Key: Hashable & Sendable>: Sendable {
    private let shares: Mutex<Shares<Key>>
    private let start = ContinuousClock.now

    init(rate: Int, burst: Int, atOnce: Int) {
        shares = Mutex(Shares(rate: Double(rate), burst: Double(burst), atOnce: atOnce))
    }

    /// Does something as one request of somebody.
    ///
    /// - Throws: The refusal, with the seconds after which to come back, when their share is used up; what the work throws.
    func spend<Result>(
        of key: Key, refusal: @autoclosure () -> Problem, _ work: () async throws -> Result
    ) async throws -> Result {
        if let seconds = shares.withLock({ $0.begin(key, at: ContinuousClock.now - start) }) {
            var problem = refusal()
            problem.headers[.retryAfter] = String(seconds)
            throw problem
        }
        defer { shares.withLock { $0.end(key) } }
        return try await work()
    }
}
