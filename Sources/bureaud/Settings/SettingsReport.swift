/// What `bureaud settings` prints: every setting with its effective value and where that came from.
struct SettingsReport: Sendable, CustomStringConvertible {
    struct Line: Hashable, Sendable {
        var key: SettingKey
        var value: String
        var origin: SettingOrigin
    }

    /// In the order of the settings table.
    var lines: [Line]

    init(_ sources: SettingSources) {
        lines = SettingKey.allCases.map { key in
            let given = sources.effective(key)
            let value = key.mayHoldSecret && !given.value.isEmpty ? "(set, not shown)" : given.value
            return Line(key: key, value: value, origin: given.origin)
        }
    }

    /// In the format of a settings file, so that it can be kept as one.
    var description: String {
        lines.map { line in
            let isComment = line.value.isEmpty || line.value == "(set, not shown)"
            return "# \(line.origin)\n\(isComment ? "# " : "")\(line.key.rawValue) = \(line.value)"
        }.joined(separator: "\n")
    }
}
