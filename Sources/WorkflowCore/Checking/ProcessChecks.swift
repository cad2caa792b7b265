/// What the checker proves of a request type once its expressions are sound.
public enum ProcessChecks {
    /// Everything that is wrong with the process of one type, in the order of the file: conditions and chooses, changing fields, loops,
    /// steps that block each other or never go on, additions that nobody could make, races without a winner, undoing, declared rules,
    /// sensitive values and ownership.
    ///
    /// The type and those that it starts have compiled without errors. Cost: bounded; quadratic in the steps, and a proof of a
    /// rule gives up after a fixed number of states, which it says.
    public static func findings(for type: RequestType, in configuration: Configuration) -> [Diagnostic] {
        let flow = ProcessFlow(type)
        let domains = NameDomains(type, in: configuration, flow: flow)
        let facts = ProcessFacts(flow: flow, domains: domains, configuration: configuration)
        var findings = CheckFindings()
        ConditionChecks(type: type, facts: facts).check(&findings)
        ChangeChecks(type: type, flow: flow, changes: domains.changes).check(&findings)
        LoopChecks(type: type, flow: flow).check(&findings)
        BlockingChecks(facts: facts).check(&findings)
        OpeningChecks(type: type, flow: flow, changes: domains.changes).check(&findings)
        AdditionChecks(type: type, flow: flow).check(&findings)
        GuardChecks(type: type, flow: flow).check(&findings)
        RaceChecks(facts: facts, type: type).check(&findings)
        UndoChecks(type: type, flow: flow).check(&findings)
        RuleChecks(type: type, facts: facts).check(&findings)
        SensitiveChecks(type: type, configuration: configuration, flow: flow).check(&findings)
        OwnershipChecks(type: type, configuration: configuration, flow: flow).check(&findings)
        return findings.found.sorted { left, right in
            if left.location < right.location { return true }
            if right.location < left.location { return false }
            return (left.code, left.message) < (right.code, right.message)
        }
    }
}
