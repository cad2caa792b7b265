import ServiceLifecycle

/// Work that runs until it is cancelled, as a service: a graceful shutdown cancels it when its turn comes.
struct BackgroundService: Service {
    let work: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await work() }
    }
}
