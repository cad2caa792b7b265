@testable public import WorkflowCore

extension InstanceName: ExpressibleByStringLiteral {
    /// Lets tests write `"decide#2"`.
    public init(stringLiteral text: String) {
        guard let name = InstanceName(text) else { preconditionFailure("no instance name: \(text)") }
        self = name
    }
}
