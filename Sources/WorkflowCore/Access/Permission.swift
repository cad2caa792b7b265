/// Everything that somebody can do at the desk that is no command on a request. Who may, stands in `Access.may`.
public enum Permission: Hashable, Sendable {
    /// Read who one is: groups, teams and roles.
    case readOwnProfile
    /// See what may be requested, each with its form.
    case browseCatalogue
    /// Ask for lists, searches and counts; they hold what the asker may see and nothing else.
    case listRequests
    /// Ask for the work that waits for oneself.
    case readInbox
    /// Read what one was told, and say so.
    case readNotifications
    /// Upload a file, to be named in a form afterwards.
    case upload
    /// Tell the steps of a department's requests what has happened outside.
    case tellOutsideEvents(in: DepartmentID)
    /// Ask why one may see a request that one sees, or do something with it.
    case explain
    /// Ask that for somebody else, about a request of that department that one sees.
    case explainOthers(in: DepartmentID)

    /// List and end one's own sessions, and change one's password.
    case manageOwnSessions
    /// Make, list and revoke tokens for oneself.
    case manageOwnTokens
    /// Choose how pages and notifications are for oneself, and save lists.
    case keepOwnPreferences
    /// Say who stands in for oneself.
    case appointOwnDeputy
    /// Say who stands in for somebody: in the work of a department, or in all of it (nil).
    case appointDeputy(for: PersonID, in: DepartmentID?)
    /// Read who stands in for whom in the work of a department, and end it.
    case readDeputies(in: DepartmentID)

    /// See how the requests of a department stand, in numbers: of those that one sees.
    case readDashboard(in: DepartmentID)

    /// See which configuration is in use, and who applied what.
    case readConfiguration
    /// See who there is, in which groups they are, and who stands in for them.
    case readPeople
    /// Replace the shared files.
    case applyShared
    /// Replace the files of a department, which need not exist yet.
    case applyDepartment(DepartmentID)
    /// Replace the directory of people.
    case importPeople
    /// Make, lock and unlock accounts, end other people's sessions and revoke their tokens.
    case manageAccounts
    /// Confirm that somebody gets a code to sign in; whose, `InvitationRule` says.
    case confirmInvitations
    /// Make and end service accounts, and make, list and revoke their tokens.
    case manageServiceAccounts
    /// Take a leaver's personal data out of everything that is kept.
    case eraseAPerson
    /// Open a request for reading without a right to it, with a reason, seen by its department.
    case breakGlass
    /// End such a reading before its time: one's own, or in a department that one administers everybody's.
    case endBreakGlass(in: DepartmentID)

    /// Read the audit, and verify it.
    case readAudit
    /// Take the audit out as a file.
    case exportAudit

    /// The permissions by name, as documents call them.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case readOwnProfile = "read_own_profile", browseCatalogue = "browse_catalogue", listRequests = "list_requests"
        case upload, readInbox = "read_inbox", readNotifications = "read_notifications"
        case tellOutsideEvents = "tell_outside_events", explain, explainOthers = "explain_others"
        case manageOwnSessions = "manage_own_sessions", manageOwnTokens = "manage_own_tokens"
        case keepOwnPreferences = "keep_own_preferences"
        case appointOwnDeputy = "appoint_own_deputy", appointDeputy = "appoint_deputy"
        case readDeputies = "read_deputies"
        case readDashboard = "read_dashboard"
        case readConfiguration = "read_configuration", readPeople = "read_people"
        case applyShared = "apply_shared", applyDepartment = "apply_department", importPeople = "import_people"
        case manageAccounts = "manage_accounts", confirmInvitations = "confirm_invitations"
        case manageServiceAccounts = "manage_service_accounts"
        case eraseAPerson = "erase_a_person", breakGlass = "break_glass"
        case endBreakGlass = "end_break_glass"
        case readAudit = "read_audit", exportAudit = "export_audit"
    }

    /// Which permission it is.
    public var kind: Kind {
        switch self {
        case .readOwnProfile: .readOwnProfile
        case .browseCatalogue: .browseCatalogue
        case .listRequests: .listRequests
        case .readInbox: .readInbox
        case .upload: .upload
        case .readNotifications: .readNotifications
        case .tellOutsideEvents: .tellOutsideEvents
        case .explain: .explain
        case .explainOthers: .explainOthers
        case .manageOwnSessions: .manageOwnSessions
        case .manageOwnTokens: .manageOwnTokens
        case .keepOwnPreferences: .keepOwnPreferences
        case .appointOwnDeputy: .appointOwnDeputy
        case .appointDeputy: .appointDeputy
        case .readDeputies: .readDeputies
        case .readDashboard: .readDashboard
        case .readConfiguration: .readConfiguration
        case .readPeople: .readPeople
        case .applyShared: .applyShared
        case .applyDepartment: .applyDepartment
        case .importPeople: .importPeople
        case .manageAccounts: .manageAccounts
        case .confirmInvitations: .confirmInvitations
        case .manageServiceAccounts: .manageServiceAccounts
        case .eraseAPerson: .eraseAPerson
        case .breakGlass: .breakGlass
        case .endBreakGlass: .endBreakGlass
        case .readAudit: .readAudit
        case .exportAudit: .exportAudit
        }
    }
}

extension Access {
    /// Whether somebody may do something that is no command on a request. What is not said here is not allowed: a new permission without
    /// a line does not compile.
    ///
    /// Operators on the machine are not asked: whoever has the daemon's files has everything, and is audited as `operator`.
    public static func may(_ authority: Authority, _ permission: Permission) -> Bool {
        guard authority.isActive else { return false }
        let isPerson = authority.kind == .person
        return switch permission {
        case .readOwnProfile, .browseCatalogue, .listRequests, .readInbox, .readNotifications, .upload, .explain: true
        case .tellOutsideEvents(let department): authority.agentOf.contains(department)
        case .explainOthers(let department):
            authority.readerOf.contains(department) || authority.administratorOf.contains(department)

        // A program has no password and no deputy, reads no pages, and its tokens are made by whoever runs it.
        case .manageOwnSessions, .manageOwnTokens, .keepOwnPreferences, .appointOwnDeputy: isPerson
        // The platform's administrators not: who stands in for somebody sees what they see.
        case .appointDeputy(for: let person, in: let department):
            isPerson && person == authority.person || department.map(authority.administratorOf.contains) ?? false
        case .readDeputies(let department): isPerson && authority.administratorOf.contains(department)

        case .readDashboard(let department): authority.leadOf.contains(department)

        case .readConfiguration, .readPeople:
            authority.isPlatformAdministrator || authority.isAuditor || !authority.administratorOf.isEmpty
        case .applyShared, .importPeople: authority.isPlatformAdministrator
        case .applyDepartment(let department):
            authority.administratorOf.contains(department)
                || authority.isPlatformAdministrator && !authority.selfAdministered.contains(department)
        // Programs give nobody access, and look into nothing by exception.
        case .manageAccounts, .manageServiceAccounts, .eraseAPerson, .breakGlass:
            isPerson && authority.isPlatformAdministrator
        case .confirmInvitations:
            isPerson
                && (authority.isPlatformAdministrator || authority.isAuditor || !authority.administratorOf.isEmpty)
        case .endBreakGlass(let department):
            isPerson && (authority.isPlatformAdministrator || authority.administratorOf.contains(department))

        case .readAudit, .exportAudit: authority.isAuditor
        }
    }

    /// Throws when somebody may not do something that is no command on a request.
    public static func require(_ permission: Permission, of authority: Authority) throws(Rejection) {
        guard may(authority, permission) else {
            throw Rejection(.forbidden, code: "access.not_allowed", message: "You may not do this.")
        }
    }
}
