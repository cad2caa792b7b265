import Glibc

/// Where a configuration lies around a path that somebody named.
struct ConfigurationRoot {
    /// The folder with shared/ and departments/.
    let directory: String
    /// What of it was named, inside the folder; empty for all of it.
    let inside: String

    /// Goes up from a file or folder to the configuration around it; nil when it stands in none.
    init?(around path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let isAbsolute = path.hasPrefix("/")
        var inside: [String] = []
        while true {
            let directory =
                (isAbsolute ? "/" : "") + (parts.isEmpty && !isAbsolute ? "." : parts.joined(separator: "/"))
            if access("\(directory)/shared/organisation.yaml", F_OK) == 0 {
                self.directory = directory
                self.inside = inside.joined(separator: "/")
                return
            }
            guard let last = parts.popLast() else { return nil }
            if last != "." { inside.insert(last, at: 0) }
        }
    }

    /// Whether a file inside the folder was named, itself or by a folder around it.
    func includes(_ file: String) -> Bool {
        inside.isEmpty || file == inside || file.hasPrefix(inside + "/")
    }
}
