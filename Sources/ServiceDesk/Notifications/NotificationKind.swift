import WorkflowCore

/// What somebody is told about, in a word: the kinds that are stored with notifications.
package enum NotificationKind: String, Hashable, Sendable, CaseIterable {
    case overdue, closed, commented, noted, restricted, reminder, escalated
    case handedOver = "handed_over"
    case targetWarning = "target_warning"
    case targetMissed = "target_missed"
    case changeConfirmed = "change_confirmed"
    case changeDropped = "change_dropped"
    case changeRefused = "change_refused"
    case ruleViolated = "rule_violated"
    case reopeningRefused = "reopening_refused"
    /// A live key of a step that cannot be worked out any more.
    case unreadable
    /// What a step tells, in the words of its author.
    case notify
    /// Work that nobody is left for.
    case stranded
    case breakGlass = "break_glass"
    case deputyAppointed = "deputy_appointed"
    case deputyWithdrawn = "deputy_withdrawn"
    case accountInvited = "account_invited"
    case invitationToConfirm = "invitation_to_confirm"
    case invitationConfirmed = "invitation_confirmed"
    case invitationUsed = "invitation_used"
    /// Somebody came into a department's offices.
    case membershipChanged = "membership_changed"
    /// A service that a department calls is somewhere else, or is sent another secret.
    case serviceChanged = "service_changed"

    /// The kind of what the engine tells.
    init(_ notice: Notice) {
        self =
            switch notice {
            case .overdue: .overdue
            case .closed: .closed
            case .commented: .commented
            case .noted: .noted
            case .restricted: .restricted
            case .handedOver: .handedOver
            case .reminder: .reminder
            case .escalated: .escalated
            case .targetWarning: .targetWarning
            case .targetMissed: .targetMissed
            case .changeConfirmed: .changeConfirmed
            case .changeDropped: .changeDropped
            case .changeRefused: .changeRefused
            case .ruleViolated: .ruleViolated
            case .reopeningRefused: .reopeningRefused
            case .unreadable: .unreadable
            }
    }

    /// Whether everybody gets it: somebody waits for what they do then, something went wrong, or it is about who has access.
    /// The others one can do without, because the request says the same.
    package var isNeeded: Bool {
        switch self {
        case .closed, .commented, .noted, .targetWarning, .targetMissed, .changeConfirmed: false
        default: true
        }
    }

    /// Those that one can do without.
    package static let optional = allCases.filter { !$0.isNeeded }
}
