/// What the analyses of checked definitions can complain about. Codes are stable: tools and people may rely on them.
package enum CheckCode: String, CaseIterable, Sendable {
    // Conditions
    case conditionNever = "condition.never"
    case conditionAlways = "condition.always"
    case chooseGap = "choose.gap"
    case chooseUnproven = "choose.unproven"
    case chooseOverlap = "choose.overlap"
    case chooseDeadCase = "choose.dead_case"

    // Changing fields and loops
    case fieldRace = "field.race"
    case changeUnanswered = "change.unanswered"
    case changePointless = "change.pointless"
    case changeForward = "change.forward"
    case loopWithoutWait = "loop.without_wait"
    case requestRecursive = "request.recursive"

    // Steps that keep each other from running
    case stepBlocked = "step.blocked"
    case stepNeverOpens = "step.never_opens"
    case eachClosedAtOnce = "each.closed_at_once"
    case adhocClosedAtOnce = "adhoc.closed_at_once"
    case approvalUnawaited = "approval.unawaited"
    case raceUnmet = "race.unmet"

    // Undoing
    case undoMissing = "undo.missing"

    // Rules
    case ruleViolated = "rule.violated"
    case ruleNotProven = "rule.not_proven"
    case rulePointless = "rule.pointless"

    // Data and ownership
    case sensitiveFlows = "sensitive.flows"
    case sensitiveCondition = "sensitive.condition"
    case ownershipTeam = "ownership.team"

    // Against an applied version
    case compatibilityStep = "compatibility.step"
    case compatibilityKind = "compatibility.kind"
    case compatibilityPlace = "compatibility.place"
    case compatibilityField = "compatibility.field"
    case compatibilityContract = "compatibility.contract"
    case compatibilityType = "compatibility.type"
}

/// Collects what the analyses of one request type have to say.
struct CheckFindings {
    private(set) var found: [Diagnostic] = []

    mutating func error(_ code: CheckCode, _ message: String, hint: String? = nil, at location: SourceLocation) {
        found.append(Diagnostic(code: code.rawValue, message: message, hint: hint, location: location))
    }

    mutating func warning(_ code: CheckCode, _ message: String, hint: String? = nil, at location: SourceLocation) {
        found.append(
            Diagnostic(code: code.rawValue, severity: .warning, message: message, hint: hint, location: location))
    }
}

extension Step {
    /// Where the value of one of its keys stands, else the step itself.
    func place(_ key: String) -> SourceLocation { places[key] ?? source }
}
