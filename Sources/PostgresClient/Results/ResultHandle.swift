internal import CLibPQ
internal import Synchronization

/// How many results libpq holds in memory for the connections that share this count.
final class ResultCount: Sendable {
    private let count = Atomic<Int>(0)

    var live: Int { count.load(ordering: .sequentiallyConsistent) }
    func add() { count.add(1, ordering: .sequentiallyConsistent) }
    func remove() { count.subtract(1, ordering: .sequentiallyConsistent) }
}

/// Owns a `PGresult` and frees it exactly once, when the last row that points into it is gone.
///
/// `@unchecked Sendable`: the pointer is constant, and after the connection's thread has received it nobody writes to
/// the result: this module calls only functions that read it (libpq's manual, "Behavior in Threaded Programs": results
/// "are normally read-only after creation, and so can be passed around freely between threads"). `PQclear` runs in
/// `deinit`, when no other reference exists.
final class ResultHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let count: ResultCount

    init(_ pointer: OpaquePointer, count: ResultCount) {
        self.pointer = pointer
        self.count = count
        count.add()
    }

    deinit {
        PQclear(pointer)
        count.remove()
    }

    var status: ExecStatusType { PQresultStatus(pointer) }
}
