import Expressions
import WorkflowCore

/// Who listens to what changes, and what has changed lately. A value that knows no clock and does no I/O.
struct LiveStreams: Sendable {
    /// The most at one time; more come back later.
    static let maximum = 2_000
    static let maximumOfPerson = 8
    /// How many changes are remembered for those who come back.
    static let memory = 5_000
    /// Whoever missed more looks at everything anew.
    static let mostMissed = 50
    /// After so many beats a stream ends, and its reader says anew who they are.
    static let life = 20

    struct Listener: Sendable {
        let person: PersonID
        let credential: Credential
        let continuation: AsyncStream<LiveEvent>.Continuation
        var beats = 0
    }

    /// What somebody missed who comes back.
    enum Missed: Sendable, Hashable {
        case requests([RequestID])
        case everything
    }

    let epoch: UInt64
    private(set) var listeners: [UInt64: Listener] = [:]
    private var sequence: UInt64 = 0
    private var last: UInt64 = 0
    /// With the sequences up to `sequence`, the newest last.
    private var changes: [RequestID] = []

    init(epoch: UInt64) {
        self.epoch = epoch
    }

    var position: LivePosition { LivePosition(epoch: epoch, sequence: sequence) }

    /// Begins a stream; nil when there are too many, of this person or at all.
    mutating func add(_ listener: Listener) -> UInt64? {
        guard listeners.count < Self.maximum,
            listeners.values.count(where: { $0.person == listener.person }) < Self.maximumOfPerson
        else { return nil }
        last += 1
        listeners[last] = listener
        listener.continuation.yield(.ready(position))
        return last
    }

    mutating func remove(_ id: UInt64) { listeners[id] = nil }

    /// What happened after a position.
    func missed(since text: String) -> Missed {
        guard let position = LivePosition(text), position.epoch == epoch, position.sequence <= sequence,
            sequence - position.sequence <= UInt64(changes.count)
        else { return .everything }
        let requests = Set(changes.suffix(Int(sequence - position.sequence)))
        return requests.count > Self.mostMissed ? .everything : .requests(requests.sorted())
    }

    /// Remembers a change, and tells those who may know of it.
    mutating func tell(_ request: RequestID, as changed: ChangedRequest?, to readers: Set<PersonID>) {
        sequence += 1
        changes.append(request)
        if changes.count > 2 * Self.memory { changes.removeFirst(Self.memory) }
        guard let changed else { return }
        for (id, listener) in listeners where readers.contains(listener.person) {
            send(.changed(position, changed), to: id, listener)
        }
    }

    /// Tells everybody to look at everything anew.
    mutating func reset() {
        // Nobody can come back to a position from before.
        sequence += 1
        changes = []
        for (id, listener) in listeners { send(.reset(position), to: id, listener) }
    }

    mutating func beat() {
        for (id, listener) in listeners {
            listeners[id]?.beats += 1
            if listener.beats >= Self.life { end(id) } else { send(.beat, to: id, listener) }
        }
    }

    mutating func end(where isMeant: (Listener) -> Bool) {
        for (id, listener) in listeners where isMeant(listener) { end(id) }
    }

    private mutating func end(_ id: UInt64) {
        listeners.removeValue(forKey: id)?.continuation.finish()
    }

    private mutating func send(_ event: LiveEvent, to id: UInt64, _ listener: Listener) {
        switch listener.continuation.yield(event) {
        case .enqueued: break
        // Whoever reads too slowly comes back, and hears what they missed.
        case .dropped, .terminated: end(id)
        @unknown default: end(id)
        }
    }
}
