import Expressions
import FoundationEssentials

/// Variables by name, UTC at home, and working days from Monday to Friday, 09:00 to 17:00.
struct TestActivation: Activation {
    var variables: [String: Value] = [:]
    var home: ZoneRules = .utc

    var time: TimeFrame {
        TimeFrame(home: home, working: PlainWeek(home: home), zones: { systemZone($0) })
    }

    func value(of name: String) -> Value? { variables[name] }

    func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value {
        switch function {
        case "manager_of": return .person("manager")
        case "half":
            guard case .double(let number)? = arguments.first else { break }
            return .double(number / 2)
        default: break
        }
        throw EvaluationError(code: "evaluation.unknown_function", message: "There is no function `\(function)`.")
    }
}

/// Calendar arithmetic as simple as tests allow.
struct PlainWeek: WorkingTime {
    var home: ZoneRules = .utc
    var startOfBusiness: TimeOfDay { TimeOfDay(hour: 9, minute: 0) ?? .midnight }
    var closeOfBusiness: TimeOfDay { TimeOfDay(hour: 17, minute: 0) ?? .midnight }

    func date(_ start: CivilDate, adding span: Span) -> CivilDate {
        switch span.unit {
        case .days: return start.adding(days: Int(span.amount))
        case .weeks: return start.adding(days: Int(span.amount) * 7)
        case .months: return start.adding(months: Int(span.amount))
        default:
            var date = start
            var left = span.amount.magnitude
            while left > 0 {
                date = date.adding(days: span.amount < 0 ? -1 : 1)
                if date.weekday <= 5 { left -= 1 }
            }
            return date
        }
    }

    func instant(_ start: Instant, adding span: Span) -> Instant {
        switch span.unit {
        case .minutes, .workingMinutes: return start + .seconds(60 * span.amount)
        case .hours, .workingHours: return start + .seconds(3600 * span.amount)
        default:
            let civil = home.civil(of: start)
            guard let time = TimeOfDay(hour: civil.hour, minute: civil.minute) else { return start }
            return home.instant(of: date(civil.date, adding: span), time)
        }
    }
}

/// The system's rules of a zone, nil when it has none.
func systemZone(_ name: String) -> ZoneRules? {
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else { return nil }
    return ZoneRules(name: name, tzif: Array(data))
}
