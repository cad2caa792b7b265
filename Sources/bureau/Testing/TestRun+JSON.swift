import JSONText
import WorkflowConfiguration
import WorkflowCore

extension TestRun {
    /// One object: `passed`, `failed`, `scenarios`, `diagnostics` and `coverage`.
    var json: String {
        let object: [String: JSONValue] = [
            "passed": .number("\(results.count - failed)"), "failed": .number("\(failed)"),
            "scenarios": .array(results.map(json)),
            "diagnostics": .array(
                diagnostics.map { diagnostic in
                    .object(
                        place(diagnostic.location).merging([
                            "code": .string(diagnostic.code), "severity": .string(diagnostic.severity.rawValue),
                            "message": .string(diagnostic.message),
                            "hint": diagnostic.hint.map { .string($0) } ?? .null,
                        ]) { $1 })
                }),
            "coverage": .array(
                coverage.map { type in
                    .object([
                        "type": .string(type.id.text), "steps": .number("\(type.steps)"),
                        "outcomes": .number("\(type.outcomes)"),
                        "missing_steps": .array(type.missingSteps.map { .string($0.text) }),
                        "missing_outcomes": .array(type.missingOutcomes.map { .string($0.text) }),
                    ])
                }),
        ]
        var writer = JSONWriter()
        writer.value(.object(object))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func json(_ result: ScenarioResult) -> JSONValue {
        .object(
            place(result.location).merging([
                "name": .string(result.name), "type": .string(result.type.text), "passed": .bool(result.hasPassed),
                "failures": .array(
                    result.failures.map { failure in
                        .object(
                            place(failure.location).merging([
                                "message": .string(failure.message),
                                "expected": failure.expected.map { .string($0) } ?? .null,
                                "actual": failure.actual.map { .string($0) } ?? .null,
                            ]) { $1 })
                    }),
                "timeline": .array(result.timeline.map { .string($0) }),
            ]) { $1 })
    }

    private func place(_ location: SourceLocation) -> [String: JSONValue] {
        [
            "file": .string(location.file), "line": .number("\(location.line)"),
            "column": .number("\(location.column)"),
        ]
    }
}
