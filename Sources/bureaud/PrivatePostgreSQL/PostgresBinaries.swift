import Glibc

/// A folder of PostgreSQL's programs, of one major version.
///
/// Found by looking where distributions put them, never by PATH: Debian keeps `initdb` and `postgres` off it, and what
/// is on it may be of another version than the server's.
struct PostgresBinaries: Hashable, Sendable {
    let directory: String
    let major: Int

    /// The oldest that Bureau runs on.
    static let oldestMajor = 15
    private static let programs = ["postgres", "initdb", "pg_dump", "pg_restore"]

    func path(_ program: String) -> String { directory + "/" + program }

    /// The programs to use.
    ///
    /// - Parameters:
    ///   - configured: the folder that the operator named; nil: look below `root`.
    ///   - major: the version of the cluster that is there, which must fit exactly; nil: the newest.
    ///   - root: where Debian and its kin keep one folder a version.
    ///   - others: where else to look; Red Hat's packages put their one version straight into /usr/bin.
    static func find(
        configured: String?, for major: Int?, root: String = "/usr/lib/postgresql",
        others: [String] = ["/usr/bin"]
    ) throws(Refusal) -> PostgresBinaries {
        var found: [PostgresBinaries] = []
        if let configured {
            guard let version = version(in: configured) else {
                throw Refusal(
                    .binariesMissing, "The setting postgres_binaries names \(configured), which holds no PostgreSQL.",
                    hint: "It must hold \(programs.joined(separator: ", ")).")
            }
            found = [PostgresBinaries(directory: configured, major: version)]
        } else {
            for folder in Files.names(in: root).map({ "\(root)/\($0)/bin" }) + others {
                if let version = version(in: folder) {
                    found.append(PostgresBinaries(directory: folder, major: version))
                }
            }
        }
        guard let newest = found.max(by: { $0.major < $1.major }), newest.major >= oldestMajor else {
            let installed = found.map { "\($0.major)" }.joined(separator: ", ")
            throw Refusal(
                .binariesMissing,
                found.isEmpty
                    ? "PostgreSQL is not installed on this machine."
                    : "PostgreSQL \(installed) is too old; Bureau needs \(oldestMajor) or newer.",
                hint:
                    "Install it: apt-get install postgresql. Or use a server of your own: setting `database`.")
        }
        guard let major else { return newest }
        guard let fitting = found.first(where: { $0.major == major }) else {
            throw Refusal(
                .otherMajorVersion,
                "The data directory is of PostgreSQL \(major), but PostgreSQL \(newest.major) is what is installed.",
                hint:
                    "Install postgresql-\(major); to move to \(newest.major), `bureaud backup` with \(major) and "
                    + "`bureaud restore` into an empty data directory with \(newest.major).")
        }
        return fitting
    }

    /// The major version of the cluster in a directory.
    ///
    /// - Returns: nil when there is no cluster.
    static func major(ofCluster directory: String) throws(Refusal) -> Int? {
        let text: String?
        do {
            text = try Files.text(of: directory + "/PG_VERSION")
        } catch {
            throw Refusal(.dataDirectoryUnusable, error)
        }
        guard let text else { return nil }
        guard let major = Int(text.prefix { $0.isNumber }) else {
            throw Refusal(.dataDirectoryUnusable, "\(directory)/PG_VERSION does not hold a version of PostgreSQL.")
        }
        return major
    }

    /// The version that a folder of programs is of, from the name of its parent as Debian has it, else by asking
    /// `postgres` itself.
    ///
    /// - Returns: nil when a program is missing.
    private static func version(in folder: String) -> Int? {
        guard programs.allSatisfy({ access(folder + "/" + $0, X_OK) == 0 }) else { return nil }
        let parent = Files.parent(of: folder)
        if let name = parent.split(separator: "/").last, let major = Int(name) { return major }
        guard let pipe = popen("'\(folder.split(separator: "'").joined(separator: "'\\''"))/postgres' --version", "r")
        else { return nil }
        defer { pclose(pipe) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), pipe) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: " ").lazy.compactMap { Int($0.prefix { $0.isNumber }) }.first
    }
}
