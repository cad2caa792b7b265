import Foundation
import Synchronization
import Testing

@testable import WorkflowCore

/// One of the random processes, so that what goes wrong with it can be repeated and read.
final class RandomCase: Sendable {
    /// The one that is under way.
    @TaskLocal static var current: RandomCase?

    private let seed: UInt64
    private let number: Int
    private let type: RequestType
    private let isShown = Mutex(false)

    init(seed: UInt64, number: Int, type: RequestType) {
        self.seed = seed
        self.number = number
        self.type = type
    }

    /// The issue with what repeats it; the first one of a process brings the process along.
    static func named(_ issue: Issue) -> Issue? {
        guard let current else { return issue }
        var issue = issue
        let isFirst = current.isShown.withLock { isShown in
            defer { isShown = true }
            return !isShown
        }
        var text = "BUREAU_TEST_SEED=\(current.seed) BUREAU_TEST_PROCESS=\(current.number)"
        if isFirst { text += "\n" + ProcessText.lines(current.type).joined(separator: "\n") }
        issue.comments.append(Comment(rawValue: text))
        return issue
    }

    /// At once, so that it stands there even when the process dies.
    static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
