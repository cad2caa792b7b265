import Synchronization
import WorkflowCore

/// Request numbers from blocks that were reserved for this daemon: gaps are fine, a counter row locked until commit is not.
final class NumberSource: Sendable {
    private let blocks = Mutex<[String: [Range<Int64>]]>([:])
    private let storage: any RequestStorage
    private let blockSize: Int

    init(storage: any RequestStorage, blockSize: Int) {
        self.storage = storage
        self.blockSize = blockSize
    }

    /// The next number of a department, `HR-1042`. Waits for the database once a block.
    func next(prefix: String) async throws(StorageError) -> String {
        while true {
            if let number = take(prefix) { return "\(prefix)-\(number)" }
            let block = try await storage.reserveNumbers(prefix: prefix, count: blockSize)
            guard !block.isEmpty else { throw .defect("an empty block of numbers was reserved for \(prefix)") }
            blocks.withLock { $0[prefix, default: []].append(block) }
        }
    }

    /// Takes a number back that nothing was stored under; a refused form costs no number.
    func giveBack(_ number: String, prefix: String) {
        guard let value = Int64(number.dropFirst(prefix.utf8.count + 1)) else { return }
        blocks.withLock { $0[prefix, default: []].insert(value..<(value + 1), at: 0) }
    }

    private func take(_ prefix: String) -> Int64? {
        blocks.withLock { blocks in
            guard var ranges = blocks[prefix], let first = ranges.first else { return nil }
            let rest = (first.lowerBound + 1)..<first.upperBound
            if rest.isEmpty { ranges.removeFirst() } else { ranges[0] = rest }
            blocks[prefix] = ranges
            return first.lowerBound
        }
    }
}
