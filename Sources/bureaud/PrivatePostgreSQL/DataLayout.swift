/// Where things lie in the daemon's data directory.
struct DataLayout: Hashable, Sendable {
    /// From the root.
    let directory: String

    /// PostgreSQL's own data directory.
    var cluster: String { directory + "/postgresql" }
    /// A cluster while it is being made; renamed when it is whole. Every attempt has a directory of its own: `initdb` outlives
    /// a daemon that is killed, and goes on writing.
    ///
    /// - Parameter attempt: tells it from all others.
    func unfinishedCluster(attempt: UInt32) -> String { "\(directory)/\(Self.unfinished)\(attempt)" }
    /// What their names begin with.
    static let unfinished = "postgresql.new-"
    /// What PostgreSQL says; the one before is kept beside it.
    var serverLog: String { directory + "/postgresql.log" }
    /// Held by the one daemon that serves from here.
    var lock: String { directory + "/daemon.lock" }

    /// The longest path that fits a `sockaddr_un`, without its closing zero (unix(7)).
    static let longestSocketPath = 107
    /// The port is only part of the socket's name: there is no TCP.
    static let port = 5432

    /// The directory of the server's socket: within the data directory when its path is short enough, else a short one
    /// whose name is made from the data directory's.
    ///
    /// - Parameter isRoot: root has /run, everybody else /tmp.
    func socketDirectory(isRoot: Bool) -> String {
        let near = directory + "/run"
        if (near + "/.s.PGSQL.\(Self.port)").utf8.count <= Self.longestSocketPath { return near }
        // FNV-1a: stable over restarts and releases, which Swift's Hasher is not. A collision is caught by the owner
        // check or by PostgreSQL's own lock on its socket.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in directory.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (isRoot ? "/run/bureau-" : "/tmp/bureau-") + String(hash, radix: 16)
    }
}
