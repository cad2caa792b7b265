import Expressions
import WorkflowCore

/// What expressions can use at one place of a request type.
struct Scope {
    /// Fields, steps and built-in names that are known there.
    var variables: [String: VariableDeclaration]
    /// Conditions that hold there.
    var assuming: [Expression] = []
    /// Names that exist but are not known there yet, with what to do about it.
    var later: [String: String] = [:]

    var declarations: Declarations {
        Declarations(variables: variables, functions: StandardDeclarations.functions)
    }

    /// The same with conditions that hold besides.
    func assuming(_ conditions: [Expression]) -> Scope {
        var scope = self
        scope.assuming += conditions
        return scope
    }

    /// Makes a name known.
    mutating func declare(_ name: String, _ declaration: VariableDeclaration) {
        variables[name] = declaration
        later[name] = nil
    }
}
