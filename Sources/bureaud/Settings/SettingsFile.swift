import Expressions

/// A settings file: lines of `key = value`, blank lines, and comments that begin with `#`.
///
/// A value is the rest of its line without surrounding blanks; nothing is quoted, and a `#` within it is part of it,
/// so that connection strings need no escaping.
struct SettingsFile: Sendable {
    /// The path as the operator wrote it; relative paths within the file count from its folder.
    var path: String
    var given: [SettingKey: GivenSetting] = [:]
    /// In the order of lines.
    var problems: [SettingProblem] = []

    init(path: String, text: String) {
        self.path = path
        // By scalars: to a String, "\r\n" is one character that is not "\n".
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let origin = SettingOrigin.file(path: path, line: index + 1)
            let line = Substring(line).trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                problems.append(SettingProblem(origin: origin, message: "a line reads `key = value`"))
                continue
            }
            let name = String(line[..<equals].trimmed)
            guard let key = SettingKey(rawValue: name) else {
                problems.append(SettingProblem(origin: origin, message: Self.unknown(name)))
                continue
            }
            if let earlier = given[key] {
                problems.append(SettingProblem(origin: origin, message: "\(name) is set already at \(earlier.origin)"))
                continue
            }
            given[key] = GivenSetting(value: String(line[line.index(after: equals)...].trimmed), origin: origin)
        }
    }

    private static func unknown(_ name: String) -> String {
        let nearest = NearestName.of(name, among: SettingKey.allCases.map(\.rawValue))
        return "there is no setting `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
    }
}

extension Substring {
    /// Without blanks, tabs and carriage returns at either end.
    fileprivate var trimmed: Substring {
        var rest = self
        while let last = rest.unicodeScalars.last, " \t\r".unicodeScalars.contains(last) {
            rest.unicodeScalars.removeLast()
        }
        while let first = rest.unicodeScalars.first, " \t\r".unicodeScalars.contains(first) {
            rest.unicodeScalars.removeFirst()
        }
        return rest
    }
}
