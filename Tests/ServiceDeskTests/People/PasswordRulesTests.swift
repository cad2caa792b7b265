import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("What passwords may be, and how guessing is slowed down")
struct PasswordRulesTests {
    @Test(
        "A password is long, and nobody else's",
        arguments: [
            ("correct horse!", nil), ("aaaabbbbcccd", "common"), ("elevenchars", "too_short"),
            ("zwölf-ist-ok", nil), ("            ", "common"), (" leading and trailing ", nil),
            ("🐎🐄🐖🐑🐐🐓🦆🦢🦉🦚🦜🐇", nil), (String(repeating: "a🐎bcd", count: 26), "too_long"),
            (String(repeating: "abcde🐎xy", count: 16), nil), ("1234567890123", "common"), ("abcdefghijklm", "common"),
            ("zyxwvutsrqponm", "common"), ("QwertyQwerty", "common"), ("PASSWORD1234", "common"),
            ("mein lin.zhao hier", "holds_handle"), ("mein LIN.ZHAO hier", "holds_handle"), ("lin zhao lacht", nil),
        ] as [(String, String?)])
    func rules(password: String, refused: String?) {
        let code = Result { () throws(Rejection) in try PasswordRules.check(password, of: "lin.zhao") }.refusal
        #expect(code == refused.map { "password.\($0)" }, "\(password)")
    }

    @Test("A short handle may be part of a password")
    func shortHandle() throws {
        try PasswordRules.check("the boat is blue", of: "bo")
        #expect(throws: Rejection.self) { try PasswordRules.check("the boss is blue", of: "boss") }
    }

    @Test("There are more than three thousand passwords that nobody gets, each long enough to be one")
    func common() {
        #expect(CommonPasswords.all.count > 3000)
        for password in CommonPasswords.all {
            #expect(PasswordRules.lengths.contains(password.unicodeScalars.count) && password == password.lowercased())
        }
    }

    @Test("Each failure of a handle costs more than the one before, the tenth locks it")
    func delays() throws {
        let rules = AttemptRules()
        var now = Instant(seconds: 1_000_000)
        var (own, all): (AttemptCount?, AttemptCount?) = (nil, nil)
        var waits: [Int64] = []
        for _ in 0..<18 {
            guard case .go(let newOwn, let newAll) = rules.verdict(handle: own, all: all, at: now) else {
                Issue.record("an attempt after the time was refused")
                return
            }
            (own, all) = (newOwn, newAll)
            let wait = newOwn.blockedUntil - now
            waits.append(wait.components.seconds)
            if wait > .zero {
                let early = rules.verdict(handle: own, all: all, at: now + wait - .microseconds(1))
                #expect(early == .wait(.microseconds(1)))
            }
            now = now + wait
        }
        #expect(waits == [0, 0, 0, 1, 2, 4, 8, 16, 32, 900, 1800, 3600, 7200, 14400, 14400, 14400, 14400, 14400])
        #expect(rules.isLocked(after: 10) && !rules.isLocked(after: 9))
        guard case .go(let afresh, _) = rules.verdict(handle: own, all: all, at: now + .seconds(86_400)) else {
            Issue.record("a day of peace was not enough")
            return
        }
        #expect(afresh.failures == 1)
    }

    @Test("Failures of all handles together cost all of them time, for a minute")
    func all() {
        let rules = AttemptRules()
        let now = Instant(seconds: 1_000_000)
        var all: AttemptCount?
        for number in 1...300 {
            guard case .go(let own, let count) = rules.verdict(handle: nil, all: all, at: now) else {
                Issue.record("attempt \(number) was refused")
                return
            }
            #expect(own.failures == 1)
            all = count
        }
        #expect(all?.blockedUntil == now)
        var (moment, waits): (Instant, [Int64]) = (now, [])
        for _ in 0..<7 {
            guard case .go(_, let count) = rules.verdict(handle: nil, all: all, at: moment) else { break }
            waits.append((count.blockedUntil - moment).components.seconds)
            if count.blockedUntil > moment {
                #expect(rules.verdict(handle: nil, all: count, at: moment) == .wait(count.blockedUntil - moment))
            }
            (all, moment) = (count, count.blockedUntil)
        }
        // A minute after the first the counting begins anew.
        #expect(waits == [1, 2, 4, 8, 16, 30, 0])
    }
}

extension Result where Failure == Rejection {
    fileprivate init(_ body: () throws(Failure) -> Success) {
        do throws(Failure) { self = .success(try body()) } catch { self = .failure(error) }
    }

    fileprivate var refusal: String? {
        if case .failure(let rejection) = self { rejection.code } else { nil }
    }
}
