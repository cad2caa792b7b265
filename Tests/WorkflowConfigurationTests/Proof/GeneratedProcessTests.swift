import Expressions
import Foundation
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("Generated processes")
struct GeneratedProcessTests {
    /// More with `BUREAU_PROOF_ROUNDS`; a failure names the seed, which `BUREAU_PROOF_SEED` repeats.
    static func rounds(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["BUREAU_PROOF_ROUNDS"].flatMap { Int($0) } ?? usual
    }

    static func firstSeed() -> UInt64 {
        ProcessInfo.processInfo.environment["BUREAU_PROOF_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max)
    }

    static func compiled(_ text: String, _ seed: UInt64) throws -> Configuration? {
        let compilation = Fixtures.compile(requestType: text)
        let errors = compilation.diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "seed \(seed): \(errors.map(\.description))\n\(text)")
        return compilation.configuration
    }

    @Test("Well-formed processes compile, always can be finished, end exactly once and replay to what they are")
    func random() throws {
        let first = Self.firstSeed()
        print("seed of generated processes: \(first)")
        var moves = 0
        for round in 0..<Self.rounds(60) {
            let seed = first &+ UInt64(round)
            var generator = ProcessGenerator(seed: seed)
            let text = generator.requestType()
            guard let configuration = try Self.compiled(text, seed) else { return }
            for path in 0..<3 {
                var random = SeededGenerator(seed: seed ^ UInt64(path))
                let flags = Dictionary(uniqueKeysWithValues: generator.flags.map { ($0, Bool.random(using: &random)) })
                let places = ["berlin", "porto", "remote"].filter { _ in Bool.random(using: &random) }
                var walk = try Walk(configuration, flags: flags, places: places)
                for _ in 0..<120 where !walk.isClosed {
                    if Int.random(in: 0..<60, using: &random) == 0 {
                        _ = try walk.desk.give(.cancel(reason: nil), on: walk.request, as: .person(Walk.requester))
                    } else if let move = walk.moves.randomElement(using: &random) {
                        walk.make(move)
                    } else {
                        Issue.record("seed \(seed): nothing can be done, and it has not ended\n\(text)")
                        return
                    }
                    moves += 1
                    if Int.random(in: 0..<12, using: &random) == 0 {
                        #expect(walk.canFinish(), "seed \(seed), path \(path): it cannot be finished any more\n\(text)")
                    }
                }
                #expect(walk.canFinish(), "seed \(seed), path \(path)\n\(text)")
                #expect(walk.replayed == walk.state, "seed \(seed), path \(path): it does not replay\n\(text)")
                guard walk.isClosed else { continue }
                #expect(walk.closings == 1, "seed \(seed)")
                let open = walk.state.steps.filter { $0.value.status.isOpen }
                #expect(open.isEmpty, "seed \(seed): closed, and still open: \(open.keys)\n\(text)")
                #expect(walk.desk.requests[0].timers.isEmpty, "seed \(seed): closed, and a timer is set\n\(text)")
            }
        }
        #expect(moves > 300)
    }

    @Test("What the checker says of rules and conditions is what going every way finds")
    func verdicts() throws {
        let first = Self.firstSeed()
        print("seed of explored processes: \(first)")
        var violated = 0, held = 0
        for round in 0..<Self.rounds(150) {
            let seed = first &+ UInt64(round)
            var random = SeededGenerator(seed: ~seed)
            var generator = ProcessGenerator(
                seed: seed, style: ProcessGenerator.Style(size: 3, depth: 2, isFinite: true))
            var rule = (never: "", unless: "")
            let text = generator.requestType { generated in
                let claims = generated.flags + generated.approvals.map { "\($0).outcome == \"approved\"" }
                guard let never = generated.stepNames.randomElement(using: &random),
                    let unless = claims.filter({ !$0.hasPrefix(never + ".") }).randomElement(using: &random)
                else { return [] }
                rule = (never, unless)
                return ["never: \(never)\n    unless: \(unless)"]
            }
            guard !rule.never.isEmpty, generator.flags.count <= 4 else { continue }
            let compilation = Fixtures.compile(requestType: text)
            let found = compilation.diagnostics.filter { $0.severity == .error }
            #expect(
                found.allSatisfy { $0.code == "rule.violated" }, "seed \(seed): \(found.map(\.description))\n\(text)")
            let plain = text.replacing("rules:\n  - never: \(rule.never)\n    unless: \(rule.unless)\n", with: "")
            guard let configuration = try Self.compiled(plain, seed),
                let exploration = try Exploration(configuration, generator.flags, rule)
            else { continue }
            #expect(
                exploration.isViolated == !found.isEmpty,
                "seed \(seed): exploring says \(exploration.isViolated), the checker \(found.map(\.message))\n\(text)")
            if exploration.isViolated { violated += 1 } else { held += 1 }
        }
        print("explored: \(violated) violated, \(held) hold")
        #expect(violated > 5 && held > 5)
    }

    @Test("A rule that the checker proves is not broken either when fields change on the way")
    func changes() throws {
        let first = Self.firstSeed()
        print("seed of amended processes: \(first)")
        var broken = 0, held = 0
        for round in 0..<Self.rounds(120) {
            let seed = first &+ UInt64(round)
            var random = SeededGenerator(seed: ~seed)
            var generator = ProcessGenerator(
                seed: seed, style: ProcessGenerator.Style(size: 3, depth: 1, isFinite: true, isAmended: true))
            var rule = (never: "", unless: "")
            let text = generator.requestType { generated in
                let claims = generated.flags + generated.approvals.map { "\($0).outcome == \"approved\"" }
                guard let never = generated.stepNames.randomElement(using: &random),
                    let unless = claims.filter({ !$0.hasPrefix(never + ".") }).randomElement(using: &random)
                else { return [] }
                rule = (never, unless)
                return ["never: \(never)\n    unless: \(unless)"]
            }
            guard !rule.never.isEmpty, (1...2).contains(generator.flags.count) else { continue }
            let found = Fixtures.compile(requestType: text).diagnostics.filter { $0.severity == .error }
            #expect(
                found.allSatisfy { $0.code.hasPrefix("rule.") }, "seed \(seed): \(found.map(\.description))\n\(text)")
            let plain = text.replacing("rules:\n  - never: \(rule.never)\n    unless: \(rule.unless)\n", with: "")
            guard let configuration = try Self.compiled(plain, seed),
                let exploration = try Exploration(configuration, generator.flags, rule, isAmending: true)
            else { continue }
            if exploration.isViolated {
                #expect(!found.isEmpty, "seed \(seed): it can be broken, and the checker says nothing\n\(text)")
            } else {
                #expect(
                    found.allSatisfy { $0.code != "rule.violated" },
                    "seed \(seed): it cannot be broken, and the checker says \(found.map(\.message))\n\(text)")
            }
            if exploration.isViolated { broken += 1 } else if found.isEmpty { held += 1 }
        }
        print("amended: \(broken) can be broken, \(held) are proven")
        #expect(broken > 3 && held > 0)
    }
}

/// Every way that a small process can go.
struct Exploration {
    private(set) var isViolated = false

    /// Nil when there are too many states to go through.
    init?(
        _ configuration: Configuration, _ flags: [String], _ rule: (never: String, unless: String),
        isAmending: Bool = false
    ) throws {
        let type = try #require(configuration.requestTypes["hr.case"])
        for bits in 0..<(1 << flags.count) {
            let values = Dictionary(
                uniqueKeysWithValues: flags.enumerated().map { ($1, bits >> $0 & 1 == 1) })
            var open = [try Walk(configuration, flags: values, places: ["berlin"])]
            var known: Set<Signature> = []
            while let walk = open.popLast() {
                if try Self.breaks(rule, walk, type) { isViolated = true }
                guard known.insert(Self.signature(walk.state)).inserted else { continue }
                guard known.count < 600 else { return nil }
                guard !walk.isClosed else { continue }
                for move in walk.moves + (isAmending ? walk.amendments(of: flags) : []) {
                    var next = walk
                    next.make(move)
                    open.append(next)
                }
            }
        }
    }

    private struct Signature: Hashable {
        let steps: [InstanceName: StepState]
        let values: [String: Value]
    }

    /// How the steps stand, without the moments, and what the form holds.
    private static func signature(_ state: RequestState) -> Signature {
        Signature(
            steps: state.steps.mapValues {
                StepState(status: $0.status, since: Instant(seconds: 0), isOverdue: $0.isOverdue)
            },
            values: state.values)
    }

    /// Whether the step has started although the condition did not hold; what it reads does not change once it is settled.
    private static func breaks(
        _ rule: (never: String, unless: String), _ walk: Walk, _ type: RequestType
    ) throws -> Bool {
        let events = walk.desk.history.filter { $0.request == walk.request }
        for (index, event) in events.enumerated() {
            guard case .started(let name, _) = event.event, name.step.text == rule.never else { continue }
            let state = try #require(Engine.replay(events[..<index].map { ($0.event, $0.at) }))
            if rule.unless.contains("outcome") {
                let approval = InstanceName(StepID(String(rule.unless.prefix { $0 != "." })))
                guard case .settled(.done(outcome: "approved", outputs: _))? = state.steps[approval]?.status else {
                    return true
                }
            } else if state.values[rule.unless] != .bool(true) {
                return true
            }
        }
        return false
    }
}
