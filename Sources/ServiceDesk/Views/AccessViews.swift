package import WorkflowCore

/// Why somebody may see a request and do something with it, or what would let them, in words.
package struct AccessView: Sendable {
    package let person: PersonReference
    package let seeing: AccessVerdictView
    /// Only the fields and steps that not everybody who sees the request may read.
    package let fields: [AccessSubjectView]
    package let steps: [AccessSubjectView]
    package let commands: [AccessSubjectView]
}

/// Yes or no, and the rules.
package struct AccessVerdictView: Sendable {
    package let isAllowed: Bool
    package let rules: [AccessRuleView]
}

/// One field, step or command.
package struct AccessSubjectView: Sendable {
    /// What a command is called; nil for fields and steps.
    package let command: String?
    package let instance: InstanceName?
    package let field: FieldID?
    /// What people read for the field or the step; nil for commands on the whole request.
    package let title: String?
    package let verdict: AccessVerdictView
}

/// A rule with a sentence.
package struct AccessRuleView: Sendable {
    package let code: AccessRule.Code
    /// Through what they belong to, or for whom they stand in.
    package let party: PartyView?
    package let text: String
}
