import Expressions
import Foundation

/// One case of the conformance files.
struct CelCase {
    let name: String
    let expression: String
    private let json: [String: Any]

    var expectsError: Bool { json["error"] != nil }

    init?(_ line: String) throws {
        guard !line.isEmpty else { return nil }
        guard let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let name = json["name"] as? String, let expression = json["expr"] as? String
        else { throw CocoaError(.coderReadCorrupt) }
        self.json = json
        self.name = name
        self.expression = expression
    }

    /// What is wrong with the outcome, nil when the case passes.
    func failure() -> String? {
        let variables = (json["bind"] as? [String: Any] ?? [:]).compactMapValues(Self.value)
        let activation = TestActivation(variables: variables)
        let value: Value
        do {
            let parsed = try Expressions.Expression.parse(expression)
            if json["check"] as? Bool == false {
                value = try parsed.evaluateUnchecked(in: activation)
            } else {
                let checked = try parsed.checked(in: declarations(variables))
                if let expected = json["type"], let type = Self.type(expected), type != checked.type {
                    return "has type \(checked.type), not \(type)"
                }
                if json["check_only"] != nil { return nil }
                value = try checked.evaluate(in: activation)
            }
        } catch {
            return expectsError && Self.isFailure(error) ? nil : "fails: \(error)"
        }
        if expectsError { return "gives \(value) instead of failing" }
        guard let expected = json["value"].flatMap(Self.value) else { return "has an unreadable expected value" }
        return value == expected ? nil : "gives \(value), not \(expected)"
    }

    /// What CEL leaves to the evaluation: our checker already tries literal moments and patterns, which is as good.
    private static func isFailure(_ error: any Error) -> Bool {
        guard let issues = (error as? ExpressionIssues)?.issues else { return error is EvaluationError }
        return issues.allSatisfy { $0.code == "expression.literal" || $0.code == "expression.pattern" }
    }

    private func declarations(_ variables: [String: Value]) -> Declarations {
        var declarations = Declarations()
        for entry in json["env"] as? [[String: Any]] ?? [] {
            guard let name = entry["name"] as? String, let type = entry["type"].flatMap(Self.type) else { continue }
            declarations.variables[name] = VariableDeclaration(type: type)
        }
        if json["env"] == nil {
            for name in variables.keys { declarations.variables[name] = VariableDeclaration(type: .dyn) }
        }
        return declarations
    }

    private static func type(_ json: Any) -> ExpressionType? {
        if let name = json as? String {
            let names: [String: ExpressionType] = [
                "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes, "BOOL": .bool,
                "NULL": .null, "DYN": .dyn, "DURATION": .duration, "TIMESTAMP": .timestamp, "ANY": .dyn,
            ]
            return names[name]
        }
        guard let object = json as? [String: Any] else { return nil }
        if let element = object["list"] { return type(element).map { .list($0) } }
        if let pair = object["map"] as? [Any], pair.count == 2, let key = type(pair[0]), let value = type(pair[1]) {
            return .map(key, value)
        }
        if let inner = object["type"] { return type(inner).map { .type($0) } }
        if object["abstract"] as? String == "optional_type", let inner = (object["of"] as? [Any])?.first {
            return type(inner).map { .optional($0) }
        }
        return nil
    }

    private static func value(_ json: Any) -> Value? {
        guard let object = json as? [String: Any], let (tag, content) = object.first else { return nil }
        switch tag {
        case "null": return .null
        case "bool": return (content as? Bool).map { .bool($0) }
        case "int": return (content as? String).flatMap { Int64($0) }.map { .int($0) }
        case "uint": return (content as? String).flatMap { UInt64($0) }.map { .uint($0) }
        case "double": return (content as? String).flatMap { Double($0) }.map { .double($0) }
        case "string": return (content as? String).map { .string($0) }
        case "type": return (content as? String).map { .type($0) }
        case "bytes":
            guard let text = content as? String else { return nil }
            let digits = Array(text)
            return .bytes(
                stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                    UInt8(String(digits[$0...$0 + 1]), radix: 16)
                })
        case "list":
            guard let elements = content as? [Any] else { return nil }
            return .list(elements.compactMap(value))
        case "map":
            guard let pairs = content as? [[Any]] else { return nil }
            var map: [Value: Value] = [:]
            for pair in pairs {
                guard pair.count == 2, let key = value(pair[0]), let content = value(pair[1]) else { return nil }
                map[key] = content
            }
            return .map(map)
        case "duration":
            guard let parts = content as? [Int], parts.count == 2 else { return nil }
            return .duration(.seconds(parts[0]) + .nanoseconds(parts[1]))
        case "timestamp":
            guard let parts = content as? [Int], parts.count == 2 else { return nil }
            return .timestamp(Instant(seconds: Int64(parts[0]), nanoseconds: Int32(parts[1])))
        default: return nil
        }
    }
}

/// Where the cases are.
enum CelCases {
    /// Nil when there is none.
    static var folder: URL? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CEL_CASES"].map { URL(filePath: $0) }
        let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/cel")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    static func all(in folder: URL) throws -> [CelCase] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").compactMap { try CelCase($0) }
        }
    }
}
