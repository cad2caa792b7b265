import ArgumentParser

/// How long something holds, as an argument says it: `12h`, `90d`.
struct Lifetime: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(settingText: argument) else { return nil }
        self.duration = duration
    }
}
