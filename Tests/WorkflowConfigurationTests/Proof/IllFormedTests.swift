import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("Processes that somebody has spoiled")
struct IllFormedTests {
    /// One way to spoil a file: the line it needs, what becomes of it, and the codes that say so.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let finds: @Sendable (String) -> Bool
        let changes: @Sendable (String) -> String?
        let codes: Set<String>
    }

    static let damages = [
        Damage(
            testDescription: "a misspelt key", finds: { $0.contains("assign:") },
            changes: { $0.replacing("assign:", with: "asign:") }, codes: ["config.unknown_key", "config.missing_key"]),
        Damage(
            testDescription: "a team that is not there", finds: { $0.contains("team:hr") },
            changes: { $0.replacing("team:hr", with: "team:hrr") }, codes: ["reference.unknown_team"]),
        Damage(
            testDescription: "a role that is not there", finds: { $0.contains("to: role:lead") },
            changes: { $0.replacing("role:lead", with: "role:leed") }, codes: ["reference.unknown_role"]),
        Damage(
            testDescription: "a request type that is not there", finds: { $0.contains("type: it.account") },
            changes: { $0.replacing("it.account", with: "it.acount") }, codes: ["reference.unknown_type"]),
        Damage(
            testDescription: "an outcome that is not there", finds: { $0.contains("{end: no}") },
            changes: { $0.replacing("{end: no}", with: "{end: nobody}") }, codes: ["reference.unknown_outcome"]),
        Damage(
            testDescription: "no due", finds: { $0.contains(" due: ") }, changes: { _ in nil },
            codes: ["step.no_due", "step.action_without_due", "step.due_without_action"]),
        Damage(
            testDescription: "a loop without an end", finds: { $0.contains("max: 2") }, changes: { _ in nil },
            codes: ["config.missing_key"]),
        Damage(
            testDescription: "a condition that is no yes or no", finds: { $0.contains("when: ") },
            changes: { $0.prefix { $0 != ":" } + ": 1 + 1" }, codes: ["expression.type"]),
        Damage(
            testDescription: "a name that is not there", finds: { $0.contains("when: ") },
            changes: { $0.prefix { $0 != ":" } + ": unheard_of" }, codes: ["expression.unknown_name"]),
        Damage(
            testDescription: "no undo", finds: { $0.contains("undo: none") }, changes: { _ in nil },
            codes: ["undo.missing"]),
        Damage(
            testDescription: "a choice without else", finds: { $0.contains("else: none") }, changes: { _ in nil },
            codes: ["choose.gap", "choose.unproven"]),
    ]

    @Test("Each damage is rejected with its own code, at a place in the file", arguments: damages)
    func rejected(_ damage: Damage) throws {
        let first = GeneratedProcessTests.firstSeed()
        print("seed of spoiled processes: \(first)")
        var tried = 0
        var seed = first
        while tried < 20, seed < first &+ 400 {
            seed &+= 1
            var generator = ProcessGenerator(seed: seed)
            var lines = generator.requestType().split(separator: "\n").map(String.init)
            let candidates = lines.indices.filter { damage.finds(lines[$0]) }
            var random = SeededGenerator(seed: seed)
            guard let line = candidates.randomElement(using: &random) else { continue }
            tried += 1
            if let changed = damage.changes(lines[line]) { lines[line] = changed } else { lines.remove(at: line) }
            let text = lines.joined(separator: "\n") + "\n"
            let compilation = Fixtures.compile(requestType: text)
            #expect(compilation.configuration == nil, "seed \(seed)\n\(text)")
            let found = Set(compilation.diagnostics.map(\.code))
            #expect(
                !found.isDisjoint(with: damage.codes),
                "seed \(seed): \(compilation.diagnostics.map(\.description))\n\(text)")
            #expect(compilation.diagnostics.allSatisfy { $0.location.line >= 1 && $0.location.line <= lines.count + 1 })
        }
        #expect(tried == 20)
    }

    @Test("A circle of `after` is found wherever it is")
    func circles() {
        for seed in UInt64(1)...40 {
            var generator = ProcessGenerator(seed: seed)
            var lines = generator.requestType().split(separator: "\n").map(String.init)
            guard let line = lines.firstIndex(where: { $0.contains("after: [") }) else { continue }
            let name = lines[line - 1].split(separator: " ").last.map(String.init) ?? ""
            lines[line] = lines[line].replacing("after: [", with: "after: [\(name), ")
            let compilation = Fixtures.compile(requestType: lines.joined(separator: "\n") + "\n")
            #expect(compilation.diagnostics.map(\.code).contains("step.after_cycle"), "seed \(seed)")
        }
    }
}
