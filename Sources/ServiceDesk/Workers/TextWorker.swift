import Expressions
import Logging
import WorkflowCore

/// Gives requests words that have none, so that they are found: those from before there was a search, and those whose text
/// was deleted because what it said is no longer kept. All others get theirs from the command that changes them.
struct TextWorker: Sendable {
    let storage: any JournalStorage & SearchStorage
    let configurations: ConfigurationCache
    let random: RandomBytes
    let logger: Logger
    let settings: DeskSettings

    /// How many requests got words.
    @discardableResult
    func runOnce() async throws(DeskError) -> Int {
        var count = 0
        var before: [RequestID] = []
        do throws(StorageError) {
            while true {
                let ids = try await storage.requestsWithoutText(limit: settings.claimLimit)
                // What changed meanwhile is there again, once; what stays for another reason is left to the next look.
                guard !ids.isEmpty, ids != before else { return count }
                let texts = try await texts(of: ids)
                try await storage.index(texts)
                count += texts.count
                before = ids
            }
        } catch {
            throw DeskError(error, logger: logger)
        }
    }

    private func texts(of ids: [RequestID]) async throws(StorageError) -> [IndexedText] {
        var texts: [IndexedText] = []
        for stored in try await storage.requests(ids) {
            let compiled = try await configurations.version(stored.configuration)
            guard let type = compiled.configuration.requestTypes[stored.type] else { continue }
            var comments: [String] = []
            let journal = try await storage.events(of: stored.id, after: 0, limit: stored.version)
            for row in journal where row.entry.kind == "commented" {
                if case .commented(let text, files: _) = try JournalReplay.event(row).event { comments.append(text) }
            }
            let text = RequestText(try StateCodec.decode(stored), type: type, comments: comments)
            texts.append(IndexedText(request: stored.id, version: stored.version, text: text))
        }
        return texts
    }

    /// Looks at once and from time to time until the task is cancelled.
    func run() async {
        while true {
            do throws(DeskError) {
                let count = try await runOnce()
                if count > 0 { logger.info("indexed", metadata: ["requests": "\(count)"]) }
            } catch {
                // Logged where it arose; the next look tries again.
            }
            // Cancellation ends the pause and the loop.
            try? await Task.sleep(for: settings.textInterval * (0.75 + Double(random(1)[0]) / 512))
            if Task.isCancelled { return }
        }
    }
}
