import Expressions

/// The names and functions of every expression.
enum StandardDeclarations {
    static let builtIns: [String: VariableDeclaration] = [
        "requester": VariableDeclaration(type: .person),
        "beneficiary": VariableDeclaration(type: .person),
        "now": VariableDeclaration(type: .timestamp),
        "today": VariableDeclaration(type: .date),
    ]
    static let functions = [FunctionDeclaration("manager_of", [.person], .optional(.person))]
}
