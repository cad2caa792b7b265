/// The words of the pages about the desk itself: people, configuration, audit, and one's own affairs. Templates name them as `t.name`.
enum OfficeText: String, CaseIterable, Sendable {
    case account
    case accountHelp = "account_help"
    case actions
    case administration
    case administrationLead = "administration_lead"
    case administrationParts = "administration_parts"
    case allowed
    case always
    case anonymousName = "anonymous_name"
    case anonymousType = "anonymous_type"
    case aPerson = "a_person"
    case appliedBy = "applied_by"
    case appoint
    case appointDeputy = "appoint_deputy"
    case appointedBy = "appointed_by"
    case asOrganisation = "as_organisation"
    case audit
    case auditBroken = "audit_broken"
    case auditKind = "audit_kind"
    case auditLead = "audit_lead"
    case auditLog = "audit_log"
    case auditSummary = "audit_summary"
    case auditWho = "audit_who"
    case auditWhole = "audit_whole"
    case because
    case blockedUntil = "blocked_until"
    case chainHead = "chain_head"
    case confidentialType = "confidential_type"
    case configuration
    case configurationLead = "configuration_lead"
    case configurationSummary = "configuration_summary"
    case dashboard
    case dashboardLead = "dashboard_lead"
    case days
    case chooseZone = "choose_zone"
    case deleteView = "delete_view"
    case deputies
    case deputiesIn = "deputies_in"
    case deputiesInLead = "deputies_in_lead"
    case deputiesInSummary = "deputies_in_summary"
    case deputiesLead = "deputies_lead"
    case diagnostics
    case diagnosticsHelp = "diagnostics_help"
    case doesNotSeeIt = "does_not_see_it"
    case endedCount = "ended_count"
    case endSessionAsk = "end_session_ask"
    case endSessionMeans = "end_session_means"
    case everybodyFound = "everybody_found"
    case everythingTold = "everything_told"
    case explain
    case export
    case file
    case flowTime = "flow_time"
    case flowTimeHelp = "flow_time_help"
    case forWhomDeputy = "for_whom_deputy"
    case fromDay = "from_day"
    case fromOn = "from_on"
    case fromTo = "from_to"
    case group
    case halfWithin = "half_within"
    case hasLeft = "has_left"
    case hours
    case identifier
    case inDepartment = "in_department"
    case inEverything = "in_everything"
    case inUse = "in_use"
    case invite
    case invited
    case invitedUntil = "invited_until"
    case inWhichDepartment = "in_which_department"
    case inZone = "in_zone"
    case iStandInFor = "i_stand_in_for"
    case iStandInForNobody = "i_stand_in_for_nobody"
    case kindChangeConfirmed = "kind_change_confirmed"
    case kindClosed = "kind_closed"
    case kindCommented = "kind_commented"
    case kindNoted = "kind_noted"
    case kindOfAccount = "kind_of_account"
    case kindTargetMissed = "kind_target_missed"
    case kindTargetWarning = "kind_target_warning"
    case limitedFields = "limited_fields"
    case limitedSteps = "limited_steps"
    case loadPerPerson = "load_per_person"
    case loadPerPersonHelp = "load_per_person_help"
    case lock
    case lockAsk = "lock_ask"
    case locked
    case lockMeans = "lock_means"
    case lockSure = "lock_sure"
    case logAdministration = "log_administration"
    case logExports = "log_exports"
    case logReads = "log_reads"
    case logSignIn = "log_sign_in"
    case madeOn = "made_on"
    case makeToken = "make_token"
    case markRead = "mark_read"
    case mayRaise = "may_raise"
    case mayRaiseForOthers = "may_raise_for_others"
    case anyGroup = "any_group"
    case keptFrom = "kept_from"
    case minutes
    case myDeputies = "my_deputies"
    case myTokens = "my_tokens"
    case newToken = "new_token"
    case nineOfTenWithin = "nine_of_ten_within"
    case nobodyFound = "nobody_found"
    case noDeputies = "no_deputies"
    case noDeputiesIn = "no_deputies_in"
    case noDiagnostics = "no_diagnostics"
    case noEntries = "no_entries"
    case noSessions = "no_sessions"
    case notAllowed = "not_allowed"
    case noTasksOpen = "no_tasks_open"
    case nothingEnded = "nothing_ended"
    case nothingTold = "nothing_told"
    case notifications
    case noTokens = "no_tokens"
    case noVersions = "no_versions"
    case ofMany = "of_many"
    case olderThan = "older_than"
    case onlySeenBy = "only_seen_by"
    case onlyUnread = "only_unread"
    case openByAge = "open_by_age"
    case openByAgeHelp = "open_by_age_help"
    case operatorName = "operator_name"
    case outcomes
    case overdue
    case overdueWork = "overdue_work"
    case overdueWorkHelp = "overdue_work_help"
    case partOnly = "part_only"
    case people
    case peopleLead = "people_lead"
    case peopleSummary = "people_summary"
    case person
    case personFacts = "person_facts"
    case personSearch = "person_search"
    case previewAs = "preview_as"
    case previewAsHelp = "preview_as_help"
    case previewButton = "preview_button"
    case previewForm = "preview_form"
    case previewHelp = "preview_help"
    case previewNone = "preview_none"
    case process
    case processHelp = "process_help"
    case processOf = "process_of"
    case profile
    case program
    case readAll = "read_all"
    case receive
    case requestType = "request_type"
    case restrict
    case revoke
    case rename
    case renameView = "rename_view"
    case revokeAsk = "revoke_ask"
    case revokeMeans = "revoke_means"
    case savedViews = "saved_views"
    case saveView = "save_view"
    case scopeAccount = "scope_account"
    case scopeAll = "scope_all"
    case scopeAudit = "scope_audit"
    case scopeConfiguration = "scope_configuration"
    case scopeDirectory = "scope_directory"
    case scopeRequestsRead = "scope_requests_read"
    case scopeRequestsWrite = "scope_requests_write"
    case scopeWork = "scope_work"
    case secretHeading = "secret_heading"
    case secretHelp = "secret_help"
    case seeing
    case seesIt = "sees_it"
    case seeTheRequest = "see_the_request"
    case sessionsOf = "sessions_of"
    case site
    case standsInFor = "stands_in_for"
    case state
    case steps
    case systemName = "system_name"
    case timeZone = "time_zone"
    case timeZoneHelp = "time_zone_help"
    case together
    case tokenDays = "token_days"
    case tokenLabel = "token_label"
    case tokenLabelHelp = "token_label_help"
    case tokenMade = "token_made"
    case tokens
    case tokenScopes = "token_scopes"
    case tokenScopesHelp = "token_scopes_help"
    case tokensLead = "tokens_lead"
    case toldAlways = "told_always"
    case typeFacts = "type_facts"
    case unlock
    case unread
    case unrestrict
    case untilDay = "until_day"
    case upTo = "up_to"
    case validUntil = "valid_until"
    case verified
    case verify
    case verifyButton = "verify_button"
    case verifyHelp = "verify_help"
    case versions
    case versionsHelp = "versions_help"
    case viewName = "view_name"
    case whatToTell = "what_to_tell"
    case whoseAccess = "whose_access"
    case whoSeesThis = "who_sees_this"
    case whoStandsIn = "who_stands_in"
    case withdraw
    case withdrawAsk = "withdraw_ask"
    case withdrawMeans = "withdraw_means"
    case wouldNeed = "would_need"
    case youngerThan = "younger_than"
}

extension Texts {
    subscript(_ text: OfficeText) -> String { isGerman ? text.words.german : text.words.english }

    /// The text with what stands for `{1}` and `{2}`, put in once and as it is.
    func callAsFunction(_ text: OfficeText, _ first: String, _ second: String = "") -> String {
        Self.filled(self[text], first, second)
    }
}
