import Glibc

/// `~/.config/bureau/config`: lines `key = value`, `#` begins a comment.
struct SettingsFile: Equatable {
    var server: String?
    var token: String?

    /// The file of this user; empty when there is none.
    static func load() throws(ClientError) -> SettingsFile {
        guard
            let folder = environment("XDG_CONFIG_HOME") ?? environment("HOME").map({ "\($0)/.config" }),
            let text = TextFile.contents(of: "\(folder)/bureau/config")
        else { return SettingsFile() }
        return try SettingsFile(text: text, path: "\(folder)/bureau/config")
    }

    init() {}

    init(text: String, path: String) throws(ClientError) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = Self.trimmed(line)
            guard !content.isEmpty, !content.hasPrefix("#") else { continue }
            let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw .usage("\(path):\(index + 1): expected `key = value`.") }
            let value = Self.trimmed(parts[1])
            switch Self.trimmed(parts[0]) {
            case "server": server = value
            case "token": token = value
            case let key: throw .usage("\(path):\(index + 1): unknown key `\(key)`; there are `server` and `token`.")
            }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character == " " || character == "\t" || character == "\r" }
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }
}
