import Glibc

/// How many files and connections the process may have open.
enum DescriptorLimit {
    /// Raises the limit to what the system allows, 65536 at most; gives what it is then.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        var wanted = limit
        wanted.rlim_cur = min(limit.rlim_max, 65536)
        guard wanted.rlim_cur > limit.rlim_cur,
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &wanted) == 0
        else { return Int(min(limit.rlim_cur, 65536)) }
        return Int(wanted.rlim_cur)
    }
}
