public import Expressions

/// Everything outside the request that a decision may depend on. The core reads no clock, no files and no randomness: they come in here.
public struct DecisionContext: Sendable {
    /// The moment of the decision, the same for everything in it.
    public let now: Instant
    /// Who gives the command.
    public let principal: Principal
    /// The version that the request is pinned to.
    public let configuration: Configuration
    /// The request's type in that version.
    public let type: RequestType
    /// The people as they are now.
    public let directory: Directory
    /// Zones and working time of the organisation.
    public let time: TimeFrame
    /// Two random words drawn for this decision; identifiers of what it creates come from them.
    public let seed: (UInt64, UInt64)

    /// Takes the parts as they are.
    public init(
        now: Instant, principal: Principal, configuration: Configuration, type: RequestType, directory: Directory,
        time: TimeFrame, seed: (UInt64, UInt64)
    ) {
        self.now = now
        self.principal = principal
        self.configuration = configuration
        self.type = type
        self.directory = directory
        self.time = time
        self.seed = seed
    }
}
