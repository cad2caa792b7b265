import Expressions
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("Steps that keep each other from running")
struct BlockingProofTests {
    /// What the checker says of a type, and the type as it would run if nobody had asked it.
    private static func checked(_ text: String) -> (found: [Diagnostic], configuration: Configuration?) {
        let files = Fixtures.organisation.merging(["departments/hr/requests/case.yaml": text]) { $1 }
        let findings = Findings()
        let configuration = BundleCompiler(findings: findings)
            .compile(ConfigurationBundle(files: files), version: Fixtures.version)
        return (findings.sorted, configuration)
    }

    /// Whether some way leads to where nothing can go on: nothing else ends such a request badly. Nil when there are too many ways.
    private static func blocks(_ configuration: Configuration, _ flags: [String]) throws -> Bool? {
        for bits in 0..<(1 << flags.count) {
            let values = Dictionary(uniqueKeysWithValues: flags.enumerated().map { ($1, bits >> $0 & 1 == 1) })
            var open = [try Walk(configuration, flags: values, places: ["berlin", "porto"])]
            var known: Set<[InstanceName: StepState]> = []
            while let walk = open.popLast() {
                if case .closed(let outcome, _) = walk.state.phase, !outcome.isGood { return true }
                let signature = walk.state.steps.mapValues {
                    StepState(status: $0.status, since: Instant(seconds: 0), isOverdue: $0.isOverdue)
                }
                guard known.insert(signature).inserted else { continue }
                guard known.count < 150 else { return nil }
                for move in walk.moves {
                    var next = walk
                    next.make(move)
                    open.append(next)
                }
            }
        }
        return false
    }

    @Test(
        "The checker says that they block each other where going every way finds that they do, and nowhere else",
        arguments: [false, true])
    func verdicts(hasElements: Bool) throws {
        var counts = (blocked: 0, free: 0)
        let first = GeneratedProcessTests.firstSeed()
        print("seed of blocking processes: \(first)")
        for round in 0..<GeneratedProcessTests.rounds(300) {
            let seed = first &+ UInt64(round)
            var generator = BlockingGenerator(seed: seed, hasElements: hasElements)
            let text = generator.requestType()
            guard text.contains("one_at_a_time"), generator.flags.count <= 3 else { continue }
            let (found, configuration) = Self.checked(text)
            let errors = found.filter { $0.severity == .error }
            guard errors.allSatisfy({ $0.code == "step.blocked" }), let configuration,
                let blocks = try Self.blocks(configuration, generator.flags)
            else { continue }
            #expect(
                blocks == !errors.isEmpty,
                "seed \(seed): going every way says \(blocks), the checker \(errors)\n\(text)")
            if blocks { counts.blocked += 1 } else { counts.free += 1 }
        }
        print("blocking processes: \(counts.blocked) block, \(counts.free) do not")
        #expect(counts.blocked > 0 && counts.free > 0)
    }
}
