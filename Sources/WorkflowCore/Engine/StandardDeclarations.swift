public import Expressions

/// What every expression of a request may use besides fields and steps. `RequestActivation` gives them their meaning.
public enum StandardDeclarations {
    static let managerOf = "manager_of"

    /// `manager_of(person)`: the manager, unless there is none or they have left.
    public static let functions = [FunctionDeclaration(managerOf, [.person], .optional(.person))]

    /// `requester` and `beneficiary`, and the moment of the command being decided: `now`, and `today` in the organisation's zone.
    public static let builtIns = [
        "requester": VariableDeclaration(type: .person), "beneficiary": VariableDeclaration(type: .person),
        "now": VariableDeclaration(type: .timestamp), "today": VariableDeclaration(type: .date),
    ]

    /// The same in a type that people may raise without saying who they are: `requester` and `beneficiary` may be absent.
    public static let anonymousBuiltIns = builtIns.merging(
        [
            "requester": VariableDeclaration(type: .person, presence: .sometimes),
            "beneficiary": VariableDeclaration(type: .person, presence: .sometimes),
        ]) { $1 }

    /// Names that no field and no step may have: the built-ins, and those that the language keeps for loops and voters.
    public static var reservedNames: Set<String> {
        Set(builtIns.keys).union(["round", "voter", "previous"])
    }
}
