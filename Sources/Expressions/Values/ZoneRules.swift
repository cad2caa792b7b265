/// The offsets of one time zone from UTC over the years, as a value: the same for every reader, whatever the system
/// says.
public struct ZoneRules: Hashable, Sendable {
    /// What the zone is called, `Europe/Berlin`.
    public let name: String

    /// Instants in seconds at which the offset changes, ascending.
    let transitions: [Int64]
    /// The offset from each transition on, one for each.
    let offsets: [Int]
    /// The offset before the first transition, in seconds east of UTC.
    let first: Int
    /// What holds after the last transition; nil when its offset stays for ever.
    let footer: ZoneFooter?

    /// UTC itself.
    public static let utc = ZoneRules(name: "UTC", transitions: [], offsets: [], first: 0, footer: nil)

    /// A zone that is always the same number of seconds east of UTC (west when negative), named `+01:00`. As in RFC 8536,
    /// that is less than 26 hours; more counts as that.
    public static func fixed(offsetSeconds: Int) -> ZoneRules {
        let offsetSeconds = min(max(offsetSeconds, -93_599), 93_599)
        let minutes = offsetSeconds.magnitude / 60
        let name = "\(offsetSeconds < 0 ? "-" : "+")\(padded(Int(minutes / 60), 2)):\(padded(Int(minutes % 60), 2))"
        return ZoneRules(name: name, transitions: [], offsets: [], first: offsetSeconds, footer: nil)
    }

    /// Reads the contents of a TZif file, version 2 or later (RFC 8536); nil when it is not a sound one.
    ///
    /// Its footer gives the years after its last transition. Leap seconds are ignored, as instants do not count them.
    public init?(name: String, tzif bytes: [UInt8]) {
        guard let file = TimeZoneFile(bytes) else { return nil }
        self.init(
            name: name, transitions: file.transitions, offsets: file.offsets, first: file.first, footer: file.footer)
    }

    init(name: String, transitions: [Int64], offsets: [Int], first: Int, footer: ZoneFooter?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.first = first
        self.footer = footer
    }

    /// Seconds east of UTC at that instant. Cost: the logarithm of the number of transitions.
    public func offset(at instant: Instant) -> Int {
        offset(atSecond: instant.seconds)
    }

    /// What calendar and clock show in the zone at that instant; the second is whole, rounded down.
    public func civil(of instant: Instant) -> (date: CivilDate, hour: Int, minute: Int, second: Int) {
        let local = instant.seconds + Int64(offset(at: instant))
        let day = local.flooredDivision(by: 86_400)
        let second = Int(local - day * 86_400)
        return (CivilDate(daysSinceEpoch: Int(day)), second / 3600, second / 60 % 60, second % 60)
    }

    /// The instant at which the zone's clocks show that date and time.
    ///
    /// A time that a change of offset skips is moved forward by what it skips (02:30 becomes 03:30); of one that
    /// happens twice, the first is meant.
    public func instant(of date: CivilDate, _ time: TimeOfDay) -> Instant {
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.minuteOfDay) * 60
        let before = offset(atSecond: local - 86_400)
        let after = offset(atSecond: local + 86_400)
        let candidates = [local - Int64(max(before, after)), local - Int64(min(before, after))]
        let real = candidates.first { offset(atSecond: $0) == Int(local - $0) }
        return Instant(seconds: real ?? local - Int64(before))
    }

    private func offset(atSecond second: Int64) -> Int {
        guard let firstChange = transitions.first, let lastChange = transitions.last else {
            return footer?.offset(atSecond: second) ?? first
        }
        if second < firstChange { return first }
        if second >= lastChange, let footer { return footer.offset(atSecond: second) }
        var (low, high) = (0, transitions.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle] <= second { low = middle } else { high = middle }
        }
        return offsets[low]
    }
}
