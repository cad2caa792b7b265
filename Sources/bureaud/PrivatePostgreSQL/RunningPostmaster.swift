import Glibc

/// A PostgreSQL server that runs in a cluster, whoever started it.
struct RunningPostmaster: Hashable, Sendable {
    let process: pid_t
    let socketDirectory: String
    let port: Int

    /// Reads `postmaster.pid` (the layout is in PostgreSQL's `miscadmin.h`) without asking whether the process lives.
    ///
    /// - Returns: nil for a file that is half written or has no socket.
    init?(pidFile text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 5, let process = pid_t(lines[0].filter { $0 != " " }), process > 0,
            let port = Int(lines[3]),
            !lines[4].isEmpty
        else { return nil }
        self.process = process
        self.port = port
        socketDirectory = String(lines[4])
    }

    /// The server that runs in a cluster at this moment.
    ///
    /// A process number alone proves nothing, since numbers are used again (in a container after every restart). What
    /// does is that the process works in the cluster's directory, as every postmaster does; a dead one that nobody
    /// collected has no directory any more.
    static func find(inCluster cluster: String) -> RunningPostmaster? {
        // A file that cannot be read, like one that is missing, means that there is nothing to adopt.
        guard let text = try? Files.text(of: cluster + "/postmaster.pid"),
            let running = RunningPostmaster(pidFile: text), running.works(in: cluster)
        else { return nil }
        return running
    }

    /// Whether the process lives and works in the directory.
    func works(in cluster: String) -> Bool {
        // No such process, or a cluster that is gone: either way it does not run there.
        guard let folder = try? Files.real("/proc/\(process)/cwd"), let cluster = try? Files.real(cluster) else {
            return false
        }
        return folder == cluster
    }

    /// Asks for a fast shutdown: sessions are ended, everything is written.
    func requestFastShutdown() { kill(process, SIGINT) }

    /// Asks the server to read its configuration files again.
    func requestReload() { kill(process, SIGHUP) }
}
