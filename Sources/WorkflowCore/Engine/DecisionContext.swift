public import Expressions

/// Everything outside the request that a decision may depend on. The core reads no clock, no files and no randomness: they come in here.
///
/// A reference inside, so that handing it on copies nothing.
public struct DecisionContext: Sendable {
    private let parts: Parts
    /// Requests that the principal may read, although no rule shows them to them; by that they may change nothing.
    public var opened: Set<RequestID> = []

    private final class Parts: Sendable {
        let principal: Principal
        let configuration: Configuration
        let seed: (UInt64, UInt64)
        let files: FileSource
        let frame: ActivationFrame

        init(
            principal: Principal, configuration: Configuration, seed: (UInt64, UInt64), files: FileSource,
            frame: ActivationFrame
        ) {
            self.principal = principal
            self.configuration = configuration
            self.seed = seed
            self.files = files
            self.frame = frame
        }
    }

    /// Takes the parts as they are.
    public init(
        now: Instant, principal: Principal, configuration: Configuration, type: RequestType, directory: Directory,
        time: TimeFrame, seed: (UInt64, UInt64), files: FileSource = .uploaded([:])
    ) {
        parts = Parts(
            principal: principal, configuration: configuration, seed: seed, files: files,
            frame: ActivationFrame(type: type, directory: directory, time: time, now: now))
    }

    /// The moment of the decision, the same for everything in it.
    public var now: Instant { frame.now }
    /// Who gives the command.
    public var principal: Principal { parts.principal }
    /// The version that the request is pinned to.
    public var configuration: Configuration { parts.configuration }
    /// The request's type in that version.
    public var type: RequestType { frame.type }
    /// The people as they are now.
    public var directory: Directory { frame.directory }
    /// Zones and working time of the organisation.
    public var time: TimeFrame { frame.time }
    /// Two random words drawn for this decision; identifiers of what it creates come from them.
    public var seed: (UInt64, UInt64) { parts.seed }

    /// The present day in the organisation's zone.
    var today: CivilDate { time.home.civil(of: now).date }

    /// The same without those from whom the request is kept.
    func hiding(_ people: Set<PersonID>) -> DecisionContext {
        guard people != directory.hidden else { return self }
        var context = DecisionContext(
            now: now, principal: principal, configuration: configuration, type: type,
            directory: directory.hiding(people), time: time, seed: seed, files: files)
        context.opened = opened
        return context
    }

    /// The files that entries may name.
    public var files: FileSource { parts.files }

    /// What expressions need of it.
    var frame: ActivationFrame { parts.frame }
}

/// What the expressions of one decision share.
final class ActivationFrame: Sendable {
    let type: RequestType
    let directory: Directory
    let time: TimeFrame
    let now: Instant

    init(type: RequestType, directory: Directory, time: TimeFrame, now: Instant) {
        self.type = type
        self.directory = directory
        self.time = time
        self.now = now
    }
}
