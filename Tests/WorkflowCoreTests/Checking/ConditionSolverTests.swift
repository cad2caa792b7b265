import Expressions
import Testing

@testable import WorkflowCore

@Suite("Reasoning about conditions")
struct ConditionSolverTests {
    private static let site = ChoiceType(name: "sites", members: ["berlin", "porto", "remote"])

    private static let declared: [String: VariableDeclaration] = [
        "site": VariableDeclaration(type: .choice(site)), "n": VariableDeclaration(type: .int),
        "maybe": VariableDeclaration(type: .int, presence: .sometimes), "yes": VariableDeclaration(type: .bool),
        "day": VariableDeclaration(type: .date), "price": VariableDeclaration(type: .money),
        "word": VariableDeclaration(type: .string), "x": VariableDeclaration(type: .double),
    ]

    private static func domain(_ path: [String]) -> VariableDomain {
        guard let declaration = declared[path[0]] else { return .unknown }
        return VariableDomain(type: declaration.type, mayBeAbsent: declaration.presence != .always)
    }

    private static func solve(_ condition: String) -> String {
        let formula = expression(condition, declared: declared).formula
        return switch ConditionSolver([formula], domain: domain).solve() {
        case .never: "never"
        case .holds(let witness): witness.words
        case .mayHold(let witness): "perhaps " + witness.words
        case .tooHard: "too hard"
        }
    }

    @Test(
        "What cannot be is found",
        arguments: [
            "yes and not yes", "n > 5 and n < 5", "n > 5 and n < 6", "n >= 3 and n <= 2",
            "site == \"berlin\" and site == \"porto\"",
            "not (site in [\"berlin\", \"porto\", \"remote\"])", "n == 1 and n != 1", "n in [1, 2] and n > 2",
            "day > date(\"2026-01-01\") and day < date(\"2026-01-02\")",
            "price > money(\"10.00 EUR\") and price < money(\"10.01 EUR\")",
            "site == \"remote\" and (yes ? site == \"porto\" : site == \"berlin\")",
            "maybe == 1 and maybe == 2", "has(maybe) and not has(maybe)", "maybe.otherwise(0) == 0 and maybe == 1",
            "n > 2 and not (n > 1)", "word == \"a\" and word == \"b\"", "word < \"\"",
            "size(word) > 3 and not (size(word) > 3)",
        ])
    func impossible(_ condition: String) {
        #expect(Self.solve(condition) == "never")
    }

    @Test(
        "What can be comes with an example",
        arguments: [
            ("yes", "yes is yes"), ("n > 5 and n < 7", "n is between 5 and 7"),
            ("x > 5.0 and x < 6.0", "x is between 5.0 and 6.0"),
            ("site != \"berlin\"", "site is \"porto\""), ("n < 3", "n is below 3"), ("not (n <= 3)", "n is above 3"),
            ("not has(maybe)", "maybe is empty"), ("maybe != 1 and maybe != 2 and not has(maybe)", "maybe is empty"),
            ("maybe.otherwise(7) == 7 and maybe != 7", "maybe is empty"),
            ("site in [\"porto\", \"remote\"] and not yes", "site is \"porto\" and yes is no"),
            ("n == 3 or 3 < n and n < 5", "n is 3"),
            ("size(word) > n", "perhaps `size(word) > n` holds"),
            ("n == 4 and size(word) > 2", "perhaps n is 4 and `size(word)` is above 2"),
            ("day >= date(\"2026-01-01\")", "day is 2026-01-01"),
        ])
    func possible(_ condition: String, _ example: String) {
        #expect(Self.solve(condition) == example)
    }

    @Test("Too many combinations are given up on, and said to be")
    func tooHard() {
        // Ten pigeons do not fit into nine holes, and no short search finds that out.
        let holes = ChoiceType(name: "holes", members: (0..<9).map { "h\($0)" })
        var parts: [Formula] = []
        for hole in holes.members {
            for pigeon in 0..<10 {
                for other in 0..<pigeon {
                    let both = [pigeon, other].map { Formula.equals(["p\($0)"], .string(hole)) }
                    parts.append(.not(.all(both)))
                }
            }
        }
        let solver = ConditionSolver(parts) { _ in VariableDomain(type: .choice(holes), mayBeAbsent: false) }
        guard case .tooHard = solver.solve() else {
            Issue.record("It found an answer.")
            return
        }
    }

    @Test("Random conditions agree with trying every value", arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
    func agreesWithTrying(_ seed: UInt64) throws {
        var generator = Mixer(seed: seed)
        for _ in 0..<150 {
            let condition = Self.condition(depth: 3, &generator)
            let checked = expression(condition, declared: Self.declared)
            var isPossible = false
            for site in Self.site.members {
                for number in Int64(-1)...5 {
                    for flag in [true, false] {
                        for maybe in [Int64?.none, 0, 1, 2, 3, 4] {
                            var values: [String: Value] = [
                                "site": .string(site), "n": .int(number), "yes": .bool(flag),
                            ]
                            values["maybe"] = maybe.map { .int($0) }
                            let value = try checked.evaluate(in: Values(values: values))
                            if value == .bool(true) { isPossible = true }
                        }
                    }
                }
            }
            let answer = ConditionSolver([checked.formula], domain: Self.domain).solve()
            switch answer {
            case .never: #expect(!isPossible, "seed \(seed): \(condition)")
            case .holds: #expect(isPossible, "seed \(seed): \(condition)")
            case .mayHold, .tooHard: Issue.record("seed \(seed): \(condition)")
            }
        }
    }

    /// Constants lie inside of what is tried, so that every interval between them is tried too.
    private static func condition(depth: Int, _ generator: inout Mixer) -> String {
        guard depth > 0, generator.below(5) > 0 else {
            let number = generator.below(5)
            return switch generator.below(7) {
            case 0: "yes"
            case 1: "site == \"\(site.members[generator.below(3)])\""
            case 2: "site in [\"berlin\", \"\(site.members[generator.below(3)])\"]"
            case 3: "n \(["<", "<=", ">", ">=", "==", "!="][generator.below(6)]) \(number)"
            case 4: "maybe \(["==", "!="][generator.below(2)]) \(min(number, 3))"
            case 5:
                "maybe.otherwise(\(generator.below(3))) \(["<", ">=", "=="][generator.below(3)]) \(max(1, min(number, 3)))"
            default: "has(maybe)"
            }
        }
        let left = condition(depth: depth - 1, &generator)
        let right = condition(depth: depth - 1, &generator)
        return switch generator.below(4) {
        case 0: "not (\(left))"
        case 1: "((\(left)) or (\(right)))"
        case 2: "((\(left)) and (\(right)))"
        default: "((\(left)) ? (\(right)) : not (\(right)))"
        }
    }
}

/// SplitMix64: the same seed gives the same numbers.
private struct Mixer {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }
}

private struct Values: Activation, WorkingTime {
    let values: [String: Value]
    var time: TimeFrame { TimeFrame(home: .utc, working: self, zones: { _ in nil }) }
    var startOfBusiness: TimeOfDay { .midnight }
    var closeOfBusiness: TimeOfDay { .midnight }
    func value(of name: String) -> Value? { values[name] }
    func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value { .null }
    func instant(_ start: Instant, adding span: Span) -> Instant { start }
    func date(_ start: CivilDate, adding span: Span) -> CivilDate { start }
}
