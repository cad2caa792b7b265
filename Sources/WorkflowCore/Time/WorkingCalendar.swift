public import Expressions

/// Working time of an organisation: the same hours on the same weekdays, on the clocks of one zone.
///
/// Minutes and hours are elapsed time. Days, weeks and months keep the time on the clock, working days too. Working hours and minutes are
/// elapsed time between opening and close of business. Results stop at the years 1 and 9999.
public struct WorkingCalendar: WorkingTime, Hashable {
    /// On which days and when the organisation works.
    public let hours: WorkingHours
    /// On whose clocks.
    public let zone: ZoneRules

    /// Takes the parts as they are.
    public init(hours: WorkingHours, zone: ZoneRules) {
        self.hours = hours
        self.zone = zone
    }

    /// The beginning of the working hours.
    public var startOfBusiness: TimeOfDay { hours.from }

    /// The end of the working hours.
    public var closeOfBusiness: TimeOfDay { hours.to }

    /// The moment that a span after a moment ends; see the type for what units mean.
    public func instant(_ start: Instant, adding span: Span) -> Instant {
        switch span.unit {
        case .minutes: start + Self.elapsed(span.amount, minutes: 1)
        case .hours: start + Self.elapsed(span.amount, minutes: 60)
        case .days, .weeks, .months, .workingDays: moved(start, by: span)
        case .workingMinutes: working(start, Self.elapsed(span.amount, minutes: 1))
        case .workingHours: working(start, Self.elapsed(span.amount, minutes: 60))
        }
    }

    /// The day that a civil span after a day ends; other spans change nothing.
    public func date(_ start: CivilDate, adding span: Span) -> CivilDate {
        let amount = Int(span.amount)
        switch span.unit {
        case .days: return start.adding(days: amount)
        case .weeks:
            let (days, overflow) = amount.multipliedReportingOverflow(by: 7)
            return start.adding(days: overflow ? (amount < 0 ? .min : .max) : days)
        case .months: return start.adding(months: amount)
        case .workingDays: return start.adding(workingDays: amount, hours.workingWeekdays)
        case .minutes, .hours, .workingMinutes, .workingHours: return start
        }
    }

    /// A century is longer than any span that means something, and short enough to be added up day by day.
    private static let longest: Int64 = 100 * 366 * 24 * 60

    private static func elapsed(_ amount: Int64, minutes: Int64) -> Duration {
        let (product, overflow) = amount.multipliedReportingOverflow(by: minutes * 60)
        return .seconds(overflow ? (amount < 0 ? .min / 4 : .max / 4) : product)
    }

    /// The same time on the clock, another day.
    private func moved(_ start: Instant, by span: Span) -> Instant {
        let local = zone.civil(of: start)
        guard let time = TimeOfDay(hour: local.hour, minute: local.minute) else { return start }
        let day = date(local.date, adding: span)
        // Of a time that clocks show twice, the one that was meant stays.
        if day == local.date { return start }
        return zone.instant(of: day, time) + .seconds(local.second) + .nanoseconds(Int64(start.nanoseconds))
    }

    /// Walks from day to day and uses up what lies between opening and close.
    private func working(_ start: Instant, _ span: Duration) -> Instant {
        guard span != .zero, hours.from < hours.to else { return start + span }
        guard span < .seconds(Self.longest * 60) else { return .latest }
        guard span > .seconds(-Self.longest * 60) else { return .earliest }
        return span > .zero ? forward(start, span) : backward(start, .zero - span)
    }

    private func forward(_ start: Instant, _ span: Duration) -> Instant {
        var rest = span
        var day = zone.civil(of: start).date
        while true {
            if hours.workingWeekdays.contains(day.weekday) {
                let opening = max(start, zone.instant(of: day, hours.from))
                let available = zone.instant(of: day, hours.to) - opening
                if rest <= available { return opening + rest }
                rest -= max(.zero, available)
            }
            let next = day.adding(days: 1)
            guard next > day else { return .latest }
            day = next
        }
    }

    private func backward(_ start: Instant, _ span: Duration) -> Instant {
        var rest = span
        var day = zone.civil(of: start).date
        while true {
            if hours.workingWeekdays.contains(day.weekday) {
                let close = min(start, zone.instant(of: day, hours.to))
                let available = close - zone.instant(of: day, hours.from)
                if rest <= available { return close - rest }
                rest -= max(.zero, available)
            }
            let next = day.adding(days: -1)
            guard next < day else { return .earliest }
            day = next
        }
    }
}

extension WorkingHours {
    /// The weekdays that exist; all seven when none does, so that walking through working days always ends.
    var workingWeekdays: Set<Int> {
        let sound = weekdays.intersection(1...7)
        return sound.isEmpty ? Set(1...7) : sound
    }
}

extension CivilDate {
    /// The day on which the so-manieth working day after (before, when negative) this one falls; this day itself for 0, whether it is one or not.
    func adding(workingDays amount: Int, _ weekdays: Set<Int>) -> CivilDate {
        let direction = amount < 0 ? -1 : 1
        guard amount.magnitude < 4_000_000 else { return CivilDate(daysSinceEpoch: amount < 0 ? .min : .max) }
        // Whole weeks hold as many working days wherever they begin; the last working day is always walked to.
        let weeks = max(0, abs(amount) - 1) / weekdays.count
        var rest = abs(amount) - weeks * weekdays.count
        var day = adding(days: direction * weeks * 7)
        while rest > 0 {
            let next = day.adding(days: direction)
            guard next != day else { return day }
            day = next
            if weekdays.contains(day.weekday) { rest -= 1 }
        }
        return day
    }
}

extension TimeFrame {
    /// An organisation's time: its zone, its working hours, and the zones by name that the caller has loaded. Nil when its own zone is unknown.
    public init?(_ organisation: Organisation, zones: @escaping @Sendable (String) -> ZoneRules?) {
        guard let home = zones(organisation.timeZone) else { return nil }
        self.init(home: home, working: WorkingCalendar(hours: organisation.workingHours, zone: home), zones: zones)
    }
}
