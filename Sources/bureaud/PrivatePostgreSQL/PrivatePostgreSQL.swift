import Glibc
import Logging
import Subprocess
import SystemPackage

/// A PostgreSQL of the daemon's own: started with it, kept running beside it, stopped with it.
///
/// The server is started directly, in a session of its own. Should the daemon be killed, the server goes on and is
/// adopted by the next daemon of the directory.
struct PrivatePostgreSQL: Sendable {
    let preparation: ClusterPreparation
    let logger: Logger

    /// How long a server may be silent while it starts. Recovery after a crash is not silence.
    private static let longestSilence: Duration = .seconds(60)
    /// How long a fast shutdown may take before it becomes an immediate one.
    private static let longestShutdown: Duration = .seconds(90)

    init(layout: DataLayout, configuredBinaries: String?, logger: Logger) throws(Refusal) {
        self.logger = logger
        preparation = try ClusterPreparation(layout: layout, configuredBinaries: configuredBinaries, logger: logger)
    }

    private var layout: DataLayout { preparation.layout }

    /// Runs the body while the server runs. A server that dies meanwhile is started again, with growing pauses.
    ///
    /// - Throws: a refusal when another daemon has the directory or the server does not start; else what the body
    ///   throws.
    func whileRunning<Value: Sendable>(
        _ body: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        let lock = try DirectoryLock(layout.lock)
        try await preparation.prepare()
        let value = try await superviseWhile(body)
        // The lock is held until the server has stopped.
        _ = consume lock
        return value
    }

    private enum Part<Value: Sendable>: Sendable {
        case body(Result<Value, any Error>)
        /// The supervisor, or the body when there was never a server for it; whatever went wrong, the supervisor says.
        case nothing
    }

    private func superviseWhile<Value: Sendable>(
        _ body: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        let (ready, announcement) = AsyncStream.makeStream(of: ServerAddress.self, bufferingPolicy: .bufferingOldest(1))
        return try await withThrowingTaskGroup(of: Part<Value>.self) { group in
            group.addTask {
                defer { announcement.finish() }
                try await supervise { announcement.yield($0) }
                return .nothing
            }
            group.addTask {
                var addresses = ready.makeAsyncIterator()
                guard let address = await addresses.next() else { return .nothing }
                do {
                    return .body(.success(try await body(address)))
                } catch {
                    return .body(.failure(error))
                }
            }
            while let part = try await group.next() {
                guard case .body(let result) = part else { continue }
                // Stops the server; its task ends when the server has.
                group.cancelAll()
                try await group.waitForAll()
                return try result.get()
            }
            throw CancellationError()
        }
    }

    /// Keeps a server running until the task is cancelled, then stops it.
    ///
    /// - Parameter ready: called each time that a server takes connections.
    private func supervise(ready: @escaping @Sendable (ServerAddress) -> Void) async throws {
        if let running = RunningPostmaster.find(inCluster: layout.cluster) {
            logger.notice("Adopting the private PostgreSQL that still runs.", metadata: ["pid": "\(running.process)"])
            running.requestReload()
            let address = ServerAddress(socketDirectory: running.socketDirectory, port: running.port)
            _ = await live(address, ready: ready) { await watch(running) }
        }
        var restartPause = RestartPause()
        var hasServed = false
        let address = ServerAddress(socketDirectory: preparation.socketDirectory, port: DataLayout.port)
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let life = await live(address, ready: ready) { await launch() }
            if Task.isCancelled { return }
            if !life.becameReady, !hasServed {
                let refusal = doesNotStart(life.ending)
                // Sessions of a server that was killed end within seconds, and until then no other may start.
                let isHeldByTheDead = refusal.sentence.contains("shared memory block")
                guard isHeldByTheDead, restartPause.failures < 6 else { throw refusal }
            }
            hasServed = hasServed || life.becameReady
            let pause = restartPause.next(afterLiving: ContinuousClock.now - start, jitter: .random(in: 0...1))
            logger.error(
                "The private PostgreSQL ended; starting it again.",
                metadata: ["ending": "\(life.ending)", "pause": "\(pause)", "log": "\(layout.serverLog)"])
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// One server from its start to its end.
    private struct Life: Sendable {
        var becameReady = false
        var ending = ""
    }

    private func live(
        _ address: ServerAddress, ready: @escaping @Sendable (ServerAddress) -> Void,
        run: @escaping @Sendable () async -> String
    ) async -> Life {
        await withTaskGroup(of: String?.self) { group in
            var life = Life()
            group.addTask { await run() }
            group.addTask {
                guard await waitUntilReady(address) else { return Task.isCancelled ? nil : "It does not answer." }
                return nil
            }
            while let news = await group.next() {
                if let news {
                    life.ending = life.ending.isEmpty ? news : life.ending
                    group.cancelAll()
                } else if !Task.isCancelled, life.ending.isEmpty {
                    life.becameReady = true
                    ready(address)
                }
            }
            return life
        }
    }

    /// - Returns: false when the task was cancelled or the server was silent for too long.
    private func waitUntilReady(_ address: ServerAddress) async -> Bool {
        var lastSign = ContinuousClock.now
        var lastReport = lastSign
        while !Task.isCancelled {
            let now = ContinuousClock.now
            switch await ServerProbe.ask(address) {
            case .accepts: return true
            case .refuses: lastSign = now
            case .silent: if now - lastSign > Self.longestSilence { return false }
            }
            if now - lastReport > .seconds(10) {
                lastReport = now
                logger.info("Still waiting for the private PostgreSQL, which may be recovering from a crash.")
            }
            // Cancellation is seen by the loop.
            try? await Task.sleep(for: .milliseconds(30))
        }
        return false
    }

    /// Starts a server and waits for its end; cancelling stops it.
    private func launch() async -> String {
        rotateLog()
        do {
            let log = try FileDescriptor.open(
                FilePath(layout.serverLog), .writeOnly, options: [.append, .create, .closeOnExec],
                permissions: [.ownerReadWrite])
            var options = PlatformOptions()
            // Out of the terminal's session, so that Ctrl-C reaches the daemon alone.
            options.createSession = true
            options.teardownSequence = [
                .send(signal: .interrupt, allowedDurationToNextStep: Self.longestShutdown),
                .send(signal: .quit, allowedDurationToNextStep: .seconds(10)),
            ]
            let invocation = Invocation(
                preparation.binaries.path("postgres"), ["-D", layout.cluster], as: preparation.otherAccount)
            let result = try await Subprocess.run(
                invocation.executable, arguments: invocation.arguments,
                environment: .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"]),
                workingDirectory: "/",
                platformOptions: options,
                output: .fileDescriptor(log, closeAfterSpawningProcess: false),
                error: .fileDescriptor(log, closeAfterSpawningProcess: true))
            return "\(result.terminationStatus)"
        } catch {
            return "\(error)"
        }
    }

    /// Waits for the end of a server that is nobody's child any more; cancelling stops it.
    private func watch(_ running: RunningPostmaster) async -> String {
        while running.works(in: layout.cluster) {
            guard !Task.isCancelled else {
                await stop(running)
                return "stopped"
            }
            // Cancellation is seen by the loop.
            try? await Task.sleep(for: .milliseconds(200))
        }
        return "The adopted server ended."
    }

    private func stop(_ running: RunningPostmaster) async {
        running.requestFastShutdown()
        let cluster = layout.cluster
        // A task of its own, since a cancelled one cannot wait.
        await Task {
            while running.works(in: cluster) {
                do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
            }
        }.value
    }

    private func doesNotStart(_ ending: String) -> Refusal {
        // The log only helps to explain; without it the refusal stands.
        let log = (try? Files.text(of: layout.serverLog, last: 4096)) ?? ""
        let lines = log.split(separator: "\n").suffix(5).joined(separator: "\n")
        return Refusal(
            .serverDoesNotStart, "The private PostgreSQL does not start (\(ending)). It last said:\n\(lines)",
            hint: "More is in \(layout.serverLog).")
    }

    /// Keeps the log and its predecessor from growing beyond some megabytes each, judged at every start.
    private func rotateLog() {
        var record = stat()
        guard stat(layout.serverLog, &record) == 0, record.st_size > 4 << 20 else { return }
        rename(layout.serverLog, layout.serverLog + ".1")
    }
}
