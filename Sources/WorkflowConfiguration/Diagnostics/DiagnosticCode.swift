/// Everything the compiler can complain about, besides the issues of expressions, which bring codes of their own
/// (`expression.syntax`, `expression.type` and so on). Codes are stable: tools and people may rely on them.
package enum DiagnosticCode: String, CaseIterable, Sendable {
    // The files
    case yamlSyntax = "yaml.syntax"
    case yamlTab = "yaml.tab"
    case yamlAnchor = "yaml.anchor"
    case yamlAlias = "yaml.alias"
    case yamlTag = "yaml.tag"
    case yamlMerge = "yaml.merge"
    case yamlDuplicateKey = "yaml.duplicate_key"
    case yamlComplexKey = "yaml.complex_key"
    case yamlDocuments = "yaml.documents"
    case yamlTooDeep = "yaml.too_deep"
    case yamlTooLarge = "yaml.too_large"
    case yamlEmptyValue = "yaml.empty_value"
    case yamlSplitExpression = "yaml.split_expression"
    case yamlComment = "yaml.comment"
    case yamlEncoding = "yaml.encoding"
    case configEmpty = "config.empty"
    case configUnknownFile = "config.unknown_file"
    case configMissingFile = "config.missing_file"

    // Keys and values
    case configUnknownKey = "config.unknown_key"
    case configMissingKey = "config.missing_key"
    case configWrongType = "config.wrong_type"
    case configBadValue = "config.bad_value"
    case configNotYet = "config.not_yet"
    case configTooMany = "config.too_many"
    case textMissingLanguage = "text.missing_language"
    case textUnknownLanguage = "text.unknown_language"
    case textUntitled = "text.untitled"
    case nameInvalid = "name.invalid"
    case nameDuplicate = "name.duplicate"
    case nameReserved = "name.reserved"

    // References
    case unknownRole = "reference.unknown_role"
    case unknownGroup = "reference.unknown_group"
    case unknownSkill = "reference.unknown_skill"
    case unknownTeam = "reference.unknown_team"
    case unknownList = "reference.unknown_list"
    case unknownDepartment = "reference.unknown_department"
    case unknownType = "reference.unknown_type"
    case unknownStep = "reference.unknown_step"
    case unknownField = "reference.unknown_field"
    case unknownOutcome = "reference.unknown_outcome"
    case unknownService = "reference.unknown_service"

    // The organisation
    case membersCycle = "members.cycle"
    case membersEmpty = "members.empty"
    case departmentPrefix = "department.duplicate_prefix"
    case serviceSharedSecret = "service.shared_secret"

    // Request types
    case outcomeNoneGood = "outcome.none_good"
    case outcomeNoneBad = "outcome.none_bad"
    case outcomeExpectedBad = "outcome.expected_bad"
    case outcomeUnreached = "outcome.unreached"
    case untilTooEarly = "until.too_early"
    case audienceExpression = "audience.expression"
    case confidentialExpression = "confidential.expression"
    case hiddenField = "hidden.field"
    case hiddenAsked = "hidden.asked"
    case requestUnreachable = "request.unreachable"
    case requestNotOffered = "request.not_offered"
    case requestMissingInput = "request.missing_input"
    case anonymousChild = "anonymous.child"
    case fieldBounds = "field.bounds"
    case fieldNeverAsked = "field.default_unused"
    case expressionNotBefore = "expression.not_before"
    case expressionConstant = "expression.constant"
    case callNotOffered = "call.not_offered"
    case chooseOutputs = "choose.outputs"

    // Steps
    case stepKind = "step.kind"
    case stepAfterUnknown = "step.after_unknown"
    case stepAfterScope = "step.after_scope"
    case stepAfterCycle = "step.after_cycle"
    case stepNoDue = "step.no_due"
    case stepDueWithoutAction = "step.due_without_action"
    case stepActionWithoutDue = "step.action_without_due"
    case stepDueMoves = "step.due_moves"
    case spanBackward = "span.backward"
    case stepTellsNobody = "step.tells_nobody"
    case stepRejectWithoutApproval = "step.reject_without_approval"
    case stepUnhandledFailure = "step.unhandled_failure"
    case stepLeaveScope = "step.leave_scope"
    case stepDead = "step.dead"
    case anonymousAssignee = "anonymous.assignee"
    case eachSameKey = "each.same_key"
    case eventDiffers = "event.differs"
    case approvalNeed = "approval.need"
    case approvalNoFallback = "approval.no_fallback"
    case approvalIgnored = "approval.ignored"
}

extension DiagnosticCode {
    /// Whether what the files mean cannot be told where this error stands: something does not read, resolve or type-check. The
    /// others say that a process which reads well is not sound.
    static func hidesMeaning(_ code: String) -> Bool {
        if code == stepKind.rawValue { return true }
        if [expressionConstant.rawValue, expressionNotBefore.rawValue].contains(code) { return false }
        return ["yaml.", "config.", "text.", "name.", "reference.", "expression."].contains { code.hasPrefix($0) }
    }

    /// Whether a definition with this error says all the same what its process is, so that the process can be proven.
    var leavesProcessWhole: Bool {
        switch self {
        case .textMissingLanguage, .textUnknownLanguage, .unknownRole, .unknownGroup, .unknownTeam, .outcomeExpectedBad,
            .outcomeUnreached, .untilTooEarly, .requestNotOffered, .callNotOffered, .fieldNeverAsked, .stepNoDue,
            .stepDueWithoutAction, .stepDueMoves, .spanBackward, .stepTellsNobody, .stepUnhandledFailure,
            .anonymousAssignee,
            .eventDiffers, .approvalNeed, .approvalNoFallback, .approvalIgnored:
            true
        default: false
        }
    }
}
