/// Where a setting's value was given; the order of the cases is the order of precedence, first wins.
enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
    case flag(String)
    case environment(String)
    /// Lines count from 1.
    case file(path: String, line: Int)
    case standard

    var description: String {
        switch self {
        case .flag(let name): name
        case .environment(let name): "environment variable \(name)"
        case .file(let path, let line): "\(path):\(line)"
        case .standard: "default"
        }
    }
}

/// A value as somebody wrote it, and where.
struct GivenSetting: Hashable, Sendable {
    var value: String
    var origin: SettingOrigin
}

/// Something wrong with a setting, to be reported together with all others.
struct SettingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    var origin: SettingOrigin
    var message: String

    var description: String { "\(origin): \(message)" }
}
