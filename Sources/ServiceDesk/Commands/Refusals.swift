import Logging
import WorkflowCore

extension Rejection {
    /// Somebody else delivered it.
    static let deliveredBefore = Rejection(
        .stale, code: "message.delivered", message: "This was delivered before.")
}

extension DeskError {
    /// A storage error as callers learn it. What is no fault of theirs stays in the log, under a reference that they get.
    init(_ error: StorageError, logger: Logger) {
        switch error {
        case .unavailable, .unknownOutcome, .stale:
            logger.warning("storage unavailable", metadata: ["error": "\(String(describing: error))"])
            self = .unavailable(retryAfterSeconds: 1)
        case .duplicateKey, .defect:
            let reference = TextForms.base64URL(SystemRandom.bytes(9))
            logger.error(
                "defect in storage", metadata: ["reference": "\(reference)", "error": "\(String(describing: error))"])
            self = .defect(reference: reference)
        }
    }
}
