import Glibc

/// An account of the operating system.
struct OSAccount: Hashable, Sendable {
    let user: uid_t
    let group: gid_t
    let name: String

    init(user: uid_t, group: gid_t, name: String) {
        self.user = user
        self.group = group
        self.name = name
    }

    /// - Returns: nil when the machine knows no such name.
    init?(named name: String) {
        self.init { getpwnam_r(name, $0, $1, $2, $3) }
    }

    /// - Returns: nil when the number has no name, as in containers that run under an arbitrary one.
    init?(number: uid_t) {
        self.init { getpwuid_r(number, $0, $1, $2, $3) }
    }

    private init?(
        _ look: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        let length = buffer.count
        guard look(&record, &buffer, length, &found) == 0, found != nil, let name = record.pw_name else { return nil }
        self.init(user: record.pw_uid, group: record.pw_gid, name: String(cString: name))
    }

    /// Whom the private server runs as: never root, which PostgreSQL refuses, and always the owner of its files.
    ///
    /// - Parameters:
    ///   - clusterOwner: who owns the cluster; nil when there is none yet.
    ///   - daemon: whom the daemon runs as.
    static func server(clusterOwner: uid_t?, daemon: OSAccount) throws(Refusal) -> OSAccount {
        guard let clusterOwner else {
            if daemon.user != 0 { return daemon }
            for name in ["bureau", "postgres"] {
                if let account = OSAccount(named: name), account.user != 0 { return account }
            }
            throw Refusal(
                .noAccountToRunAs, "PostgreSQL does not run as root, and there is no account `bureau` or `postgres`.",
                hint: "Make one: adduser --system --group --home /var/lib/bureau bureau")
        }
        if daemon.user == clusterOwner, clusterOwner != 0 { return daemon }
        guard daemon.user == 0, clusterOwner != 0, let owner = OSAccount(number: clusterOwner) else {
            let name = OSAccount(number: clusterOwner)?.name ?? "user \(clusterOwner)"
            throw Refusal(
                .clusterOfAnotherUser,
                "The private PostgreSQL belongs to \(name), but the daemon runs as \(daemon.name).",
                hint: "Run the daemon as \(clusterOwner == 0 ? "an ordinary account" : name), "
                    + "or give the data directory to the account it runs as (chown -R).")
        }
        return owner
    }

    /// Whom this process runs as.
    static func current() throws(Refusal) -> OSAccount {
        guard let account = OSAccount(number: geteuid()) else {
            throw Refusal(
                .noAccountToRunAs, "The user number \(geteuid()) has no account, which PostgreSQL needs.",
                hint: "Add it to /etc/passwd, or use a PostgreSQL of your own with the setting `database`.")
        }
        return account
    }

    /// Checks that the account may go through every directory down to a path, as it must to run there.
    func check(canEnter path: String) throws(Refusal) {
        var folder = path
        while true {
            if let status = try status(ofFolder: folder) {
                let permitted: mode_t =
                    status.owner == user
                    ? status.permissions >> 6
                    : status.group == group ? status.permissions >> 3 : status.permissions
                guard permitted & 1 != 0 else {
                    throw Refusal(
                        .accountCannotEnter,
                        "PostgreSQL would run as \(name), and \(name) may not enter \(folder).",
                        hint: "Choose a data directory elsewhere, such as /var/lib/bureau, or: chmod o+x \(folder)")
                }
            }
            if folder == "/" { return }
            folder = Files.parent(of: folder)
        }
    }

    private func status(ofFolder folder: String) throws(Refusal) -> Files.Status? {
        do {
            return try Files.status(of: folder, followingLinks: true)
        } catch {
            throw Refusal(.dataDirectoryUnusable, error)
        }
    }
}
