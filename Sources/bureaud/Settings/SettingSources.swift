import Expressions

/// All that was said about settings, before anybody judged the values.
struct SettingSources: Sendable {
    /// By flags of the command line.
    var flags: [SettingKey: String] = [:]
    /// The whole environment; what does not begin with `BUREAU_` is ignored.
    var environment: [String: String] = [:]
    var file: SettingsFile?
    /// Whether the daemon runs as root, on which some defaults depend.
    var isRoot: Bool

    /// The value that counts: the flag's, else the environment's, else the file's, else the default.
    func effective(_ key: SettingKey) -> GivenSetting {
        if let value = flags[key] { return GivenSetting(value: value, origin: .flag(key.flag)) }
        if let value = environment[key.environmentName], !value.isEmpty {
            return GivenSetting(value: value, origin: .environment(key.environmentName))
        }
        return file?.given[key] ?? GivenSetting(value: key.standard(isRoot: isRoot), origin: .standard)
    }

    /// Variables that look like settings but are none, each with a sentence.
    ///
    /// They are worth a warning only: orchestrators set variables named after services, such as `BUREAU_SERVICE_HOST`,
    /// and the command line client has some of its own.
    var environmentWarnings: [String] {
        let known = Set(SettingKey.allCases.map(\.environmentName))
        let others: Set = ["BUREAU_SETTINGS", "BUREAU_SERVER", "BUREAU_TOKEN", TestClock.permission]
        return environment.keys.sorted().compactMap { name in
            guard name.hasPrefix("BUREAU_"), !known.contains(name), !others.contains(name),
                !name.hasPrefix(ServiceSecrets.prefix),
                let nearest = NearestName.of(name, among: known.sorted())
            else { return nil }
            return "The environment variable \(name) is not a setting; did you mean \(nearest)?"
        }
    }
}
