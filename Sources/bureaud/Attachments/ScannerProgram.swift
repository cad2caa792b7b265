import Glibc
import ServiceDesk
import Subprocess
import Synchronization
import SystemPackage

/// A program of the operator's that looks at every upload: the file comes on its standard input; 0 means harmless, 1 harmful with the reason
/// in the first line that it prints. Anything else, and no answer in time, is no answer.
struct ScannerProgram: AttachmentScanner {
    /// From the root.
    let path: String
    /// How long it may take for one file.
    var patience: Duration = .seconds(60)

    func verdict(on pieces: AttachmentPieces) async -> ScanVerdict {
        await withTaskGroup(of: ScanVerdict?.self) { group in
            group.addTask { await run(on: pieces) }
            group.addTask {
                // Ends early only when the program has answered.
                try? await Task.sleep(for: patience)
                return nil
            }
            let verdict = await group.next() ?? nil
            group.cancelAll()
            return verdict ?? .unknown("the scanner took longer than \(patience)")
        }
    }

    /// A program that stops reading must not end the daemon. The server's sockets ask for the same; this does not rely on them.
    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    private func run(on pieces: AttachmentPieces) async -> ScanVerdict {
        Self.ignoresBrokenPipes
        var options = PlatformOptions()
        // What it has started itself ends with it; else that would hold its pipes open.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        do {
            let content = Content(pieces: pieces)
            let result = try await Subprocess.run(
                .path(FilePath(path)), environment: .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]),
                workingDirectory: "/", platformOptions: options, input: content,
                output: .string(limit: 4096), error: .discarded)
            switch result.terminationStatus {
            case .exited(0): return content.isBroken ? .unknown("the upload could not be read") : .harmless
            case .exited(1):
                let line = result.standardOutput.split(separator: "\n").first.map { String($0.prefix(200)) }
                return .harmful(line ?? "The scanner refuses it.")
            default: return .unknown("the scanner ended with \(result.terminationStatus)")
            }
        } catch {
            return .unknown("the scanner could not be run: \(error)")
        }
    }

    private final class Content: InputProtocol {
        private let pieces: AttachmentPieces
        private let failed = Mutex(false)

        init(pieces: AttachmentPieces) { self.pieces = pieces }

        /// Whether it has got less than the whole file, and not of its own will.
        var isBroken: Bool { failed.withLock { $0 } }

        /// Never throws: whoever does leaves the pipe open, and the library ends the process for that.
        func write(with writer: StandardInputWriter) async {
            do {
                for try await piece in pieces {
                    do throws(SubprocessError) {
                        _ = try await writer.write(piece)
                    } catch {
                        // It has seen enough; how it ends says what it thinks.
                        return
                    }
                }
            } catch {
                // Cancelled when it has ended before: nobody wants the rest.
                if !Task.isCancelled { failed.withLock { $0 = true } }
            }
        }
    }
}
