/// The rule of a zone for all later years: a POSIX TZ string with the extensions of RFC 8536, section 3.3.1,
/// such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneFooter: Hashable, Sendable {
    /// Seconds east of UTC.
    private let standard: Int
    private let summer: Summer?

    private struct Summer: Hashable, Sendable {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// A moment of the year, in the clock time that holds before it.
    private struct Change: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// 1 to 365, 29 February never counted.
            case withoutLeapDay(Int)
            /// 0 to 365.
            case ofYear(Int)
            /// The week is 1 to 5, 5 the last; the weekday is 0 for Sunday to 6.
            case ofMonth(Int, week: Int, weekday: Int)
        }
        let day: Day
        let seconds: Int

        /// Days since 1970-01-01 in that year.
        func daysSinceEpoch(in year: Int) -> Int {
            let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
            switch day {
            case .withoutLeapDay(let number):
                let isLeap = CivilDate.days(in: 2, of: year) == 29
                return newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
            case .ofYear(let number):
                return newYear + number
            case .ofMonth(let month, let week, let weekday):
                guard let first = CivilDate(year: year, month: month, day: 1) else { return newYear }
                let skipped = (weekday - first.weekday % 7 + 7) % 7
                var day = skipped + (week - 1) * 7
                if day >= CivilDate.days(in: month, of: year) { day -= 7 }
                return first.daysSinceEpoch + day
            }
        }
    }

    init?(_ text: String) {
        var reader = Reader(rest: Substring(text).utf8)
        guard reader.name(), let west = reader.seconds() else { return nil }
        standard = -west
        guard !reader.rest.isEmpty else {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = standard + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.seconds() else { return nil }
            offset = -west
        }
        guard reader.take(","), let start = reader.change(), reader.take(","), let end = reader.change(),
            reader.rest.isEmpty
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Seconds east of UTC.
    func offset(atSecond second: Int64) -> Int {
        guard let summer else { return standard }
        let day = (second + Int64(standard)).flooredDivision(by: 86_400)
        let year = CivilDate(daysSinceEpoch: Int(day)).year
        func instant(_ change: Change, _ before: Int) -> Int64 {
            Int64(change.daysSinceEpoch(in: year)) * 86_400 + Int64(change.seconds - before)
        }
        let start = instant(summer.start, standard)
        let end = instant(summer.end, summer.offset)
        let isSummer = start < end ? start <= second && second < end : !(end <= second && second < start)
        return isSummer ? summer.offset : standard
    }

    private struct Reader {
        var rest: Substring.UTF8View

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard let first = rest.first, UInt32(first) == character.value else { return false }
            rest.removeFirst()
            return true
        }

        /// Skips `CET` or `<+0330>`.
        mutating func name() -> Bool {
            if take("<") {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
                rest = rest[rest.index(after: end)...]
                return true
            }
            let letters = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
            rest.removeFirst(letters.count)
            return letters.count >= 3
        }

        mutating func number(upTo limit: Int) -> Int? {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty, digits.count <= 3 else { return nil }
            rest.removeFirst(digits.count)
            let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            return number <= limit ? number : nil
        }

        /// `[+-]h[:mm[:ss]]`
        mutating func seconds() -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hours = number(upTo: 167) else { return nil }
            var total = hours * 3600
            if take(":") {
                guard let minutes = number(upTo: 59) else { return nil }
                total += minutes * 60
                if take(":") {
                    guard let seconds = number(upTo: 59) else { return nil }
                    total += seconds
                }
            }
            return isNegative ? -total : total
        }

        mutating func change() -> Change? {
            let day: Change.Day
            if take("M") {
                guard let month = number(upTo: 12), month >= 1, take("."), let week = number(upTo: 5), week >= 1,
                    take("."),
                    let weekday = number(upTo: 6)
                else { return nil }
                day = .ofMonth(month, week: week, weekday: weekday)
            } else if take("J") {
                guard let number = number(upTo: 365), number >= 1 else { return nil }
                day = .withoutLeapDay(number)
            } else {
                guard let number = number(upTo: 365) else { return nil }
                day = .ofYear(number)
            }
            guard take("/") else { return Change(day: day, seconds: 7200) }
            guard let seconds = seconds() else { return nil }
            return Change(day: day, seconds: seconds)
        }
    }
}
