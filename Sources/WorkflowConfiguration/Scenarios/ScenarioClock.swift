package import Expressions
package import WorkflowCore

/// Moments as people write them in scenarios and in the simulator.
package struct ScenarioClock {
    /// What a date without a time means.
    package enum BareDate {
        case opening
        case closing
    }

    private let hours: WorkingHours
    private let home: ZoneRules

    /// On the organisation's clocks.
    package init(_ organisation: Organisation, _ time: TimeFrame) {
        hours = organisation.workingHours
        home = time.home
    }

    /// A Monday morning in 2027; where dates matter, people say their own.
    package var usual: Instant { moment("2027-01-04T09:00", bareDate: .opening) ?? .earliest }

    /// `2027-01-04T09:00` or with a space between, a bare date, or a moment with its offset; nil for anything else.
    package func moment(_ text: String, bareDate: BareDate) -> Instant? {
        if let instant = Instant(rfc3339: text) { return instant }
        let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }.map(String.init)
        guard let first = parts.first, let date = CivilDate(iso8601: first) else { return nil }
        guard parts.count == 2 else { return home.instant(of: date, bareDate == .opening ? hours.from : hours.to) }
        return TimeOfDay(parts[1]).map { home.instant(of: date, $0) }
    }
}
