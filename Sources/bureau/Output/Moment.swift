import Expressions
import Glibc

/// Instants as people read them.
enum Moment {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec))
    }

    /// `5 min ago`, `in 3 h`, `2 d ago`, beyond a week the local date; empty for nil, the text itself when it is no instant.
    static func short(_ text: String?, now: Instant = now()) -> String {
        guard let text else { return "" }
        guard let instant = Instant(rfc3339: text) else { return text }
        let seconds = instant.seconds - now.seconds
        let amount: String
        switch abs(seconds) {
        case ..<60: return "now"
        case ..<3600: amount = "\(abs(seconds) / 60) min"
        case ..<86_400: amount = "\(abs(seconds) / 3600) h"
        case ..<604_800: amount = "\(abs(seconds) / 86_400) d"
        default: return local(instant, withTime: false)
        }
        return seconds < 0 ? "\(amount) ago" : "in \(amount)"
    }

    /// `2026-11-21 14:05` in the time zone of this machine; empty for nil, the text itself when it is no instant.
    static func full(_ text: String?) -> String {
        guard let text else { return "" }
        return Instant(rfc3339: text).map { local($0, withTime: true) } ?? text
    }

    private static func local(_ instant: Instant, withTime: Bool) -> String {
        var seconds = time_t(instant.seconds)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return withTime ? "\(date) \(two(parts.tm_hour)):\(two(parts.tm_min))" : date
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
