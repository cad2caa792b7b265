import ServiceDesk
import WorkflowCore

/// One piece of work among several, as its page knew it: `IT-12/7/buy`.
struct ChosenWork: Sendable, Hashable {
    let number: String
    /// Of the request: what has changed since is not done blindly.
    let version: Int
    let instance: InstanceName

    /// What is done with several at once.
    enum Deed: String, CaseIterable, Sendable {
        case claim, approve

        /// Nil for work that is done one by one.
        init?(with item: InboxItem) {
            switch item.kind {
            case .approval: self = .approve
            case .task where item.assignee == nil: self = .claim
            case .task, .decision: return nil
            }
        }
    }

    init(_ item: InboxItem) {
        number = item.request.number
        version = item.request.version
        instance = item.instance
    }

    /// Nil for what no page of ours sends.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let version = Int(parts[1]), let instance = InstanceName(parts[2]) else { return nil }
        (number, self.version, self.instance) = (parts[0], version, instance)
    }

    var text: String { "\(number)/\(version)/\(instance)" }
}
