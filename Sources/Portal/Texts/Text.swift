/// The words of the pages: a closed set. Templates name them as `t.name`.
enum Text: String, CaseIterable, Sendable {
    case about
    case accept
    case addElement = "add_element"
    case addRow = "add_row"
    case addStep = "add_step"
    case addVoter = "add_voter"
    case allRequests = "all_requests"
    case allServices = "all_services"
    case answers
    case anyDepartment = "any_department"
    case anyKind = "any_kind"
    case approve
    case approveChosen = "approve_chosen"
    case approveCount = "approve_count"
    case approvedBy = "approved_by"
    case approvedWith = "approved_with"
    case away
    case back
    case backHome = "back_home"
    case backToInbox = "back_to_inbox"
    case backToPage = "back_to_page"
    case backToRequest = "back_to_request"
    case beneficiary
    case cancelButton = "cancel_button"
    case cancelReason = "cancel_reason"
    case cancelRequest = "cancel_request"
    case changeAnswers = "change_answers"
    case changeButton = "change_button"
    case changeHeading = "change_heading"
    case changedHint = "changed_hint"
    case changedMeanwhile = "changed_meanwhile"
    case changedOn = "changed_on"
    case checklist
    case choose
    case chooseAll = "choose_all"
    case chooseNone = "choose_none"
    case chooseWork = "choose_work"
    case claim
    case claimChosen = "claim_chosen"
    case claimCount = "claim_count"
    case close
    case closedFilter = "closed_filter"
    case comment
    case commentFiles = "comment_files"
    case commentHelp = "comment_help"
    case commentLabel = "comment_label"
    case commentOfAll = "comment_of_all"
    case commentOn = "comment_on"
    case complete
    case completeLink = "complete_link"
    case concealed
    case conversation
    case countOpen = "count_open"
    case countWaiting = "count_waiting"
    case dark
    case decisionComment = "decision_comment"
    case demoHelp = "demo_help"
    case demoPerson = "demo_person"
    case department
    case design
    case designButtons = "design_buttons"
    case designColours = "design_colours"
    case designForm = "design_form"
    case designLead = "design_lead"
    case designLists = "design_lists"
    case designMessages = "design_messages"
    case designNumbers = "design_numbers"
    case designRequest = "design_request"
    case designSample = "design_sample"
    case designType = "design_type"
    case didClaim = "did_claim"
    case didRelease = "did_release"
    case didTick = "did_tick"
    case didUntick = "did_untick"
    case differenceNow = "difference_now"
    case differenceYours = "difference_yours"
    case draftChanged = "draft_changed"
    case draftElsewhere = "draft_elsewhere"
    case draftEmpty = "draft_empty"
    case draftFailed = "draft_failed"
    case draftFrom = "draft_from"
    case draftHelp = "draft_help"
    case draftKept = "draft_kept"
    case draftSent = "draft_sent"
    case draftWithout = "draft_without"
    case due
    case dueDaysAgo = "due_days_ago"
    case dueDaysIn = "due_days_in"
    case dueWhy = "due_why"
    case dueBy = "due_by"
    case element
    case email
    case endRestriction = "end_restriction"
    case endSession = "end_session"
    case ended
    case endedWell = "ended_well"
    case ending
    case enteredNotSent = "entered_not_sent"
    case enteredNotSentHelp = "entered_not_sent_help"
    case error
    case errorsOne = "errors_one"
    case errorsTitle = "errors_title"
    case failedAction = "failed_action"
    case fileImage = "file_image"
    case fileLimit = "file_limit"
    case fileNotSent = "file_not_sent"
    case fileOffice = "file_office"
    case fileSending = "file_sending"
    case fileText = "file_text"
    case fileTooLarge = "file_too_large"
    case filter
    case filterKind = "filter_kind"
    case filters
    case findService = "find_service"
    case formClosed = "form_closed"
    case forWhom = "for_whom"
    case forWhomHelp = "for_whom_help"
    case foundNone = "found_none"
    case foundOne = "found_one"
    case foundSome = "found_some"
    case giveUp = "give_up"
    case giveUpOutcome = "give_up_outcome"
    case greeting
    case groups
    case handOver = "hand_over"
    case handOverTo = "hand_over_to"
    case handle
    case hasIt = "has_it"
    case haveSignedIn = "have_signed_in"
    case heldChange = "held_change"
    case howWasIt = "how_was_it"
    case inbox
    case internalNote = "internal_note"
    case keepDraft = "keep_draft"
    case kindApproval = "kind_approval"
    case kindDecision = "kind_decision"
    case kindTask = "kind_task"
    case language
    case laterEntries = "later_entries"
    case light
    case mainNavigation = "main_navigation"
    case manager
    case methodDemo = "method_demo"
    case methodInvitation = "method_invitation"
    case methodPassword = "method_password"
    case methodProvider = "method_provider"
    case moreQuestions = "more_questions"
    case myRequests = "my_requests"
    case nextPage = "next_page"
    case no
    case noPerson = "no_person"
    case noRequests = "no_requests"
    case noRequestsHere = "no_requests_here"
    case nothingChosen = "nothing_chosen"
    case nothingSent = "nothing_sent"
    case nothingSentText = "nothing_sent_text"
    case notSentYet = "not_sent_yet"
    case noWayIn = "no_way_in"
    case nobodyYet = "nobody_yet"
    case notPossible = "not_possible"
    case note
    case noteHelp = "note_help"
    case nothingWaits = "nothing_waits"
    case nothingWaitsHere = "nothing_waits_here"
    case onePerLine = "one_per_line"
    case onlyMine = "only_mine"
    case openFilter = "open_filter"
    case openState = "open_state"
    case optional
    case pageBusy = "page_busy"
    case pageBusyText = "page_busy_text"
    case pageDefect = "page_defect"
    case pageDefectText = "page_defect_text"
    case pageForbidden = "page_forbidden"
    case pageForbiddenText = "page_forbidden_text"
    case pageForeign = "page_foreign"
    case pageForeignText = "page_foreign_text"
    case pageLarge = "page_large"
    case pageLargeText = "page_large_text"
    case pageMalformed = "page_malformed"
    case pageMalformedText = "page_malformed_text"
    case pageMany = "page_many"
    case pageManyText = "page_many_text"
    case pageMissing = "page_missing"
    case pageMissingText = "page_missing_text"
    case pages
    case pageUpdated = "page_updated"
    case parent
    case partOver = "part_over"
    case password
    case personHelp = "person_help"
    case preferences
    case previousPage = "previous_page"
    case problemChoice = "problem_choice"
    case problemComputed = "problem_computed"
    case problemDate = "problem_date"
    case problemDatetime = "problem_datetime"
    case problemDuplicate = "problem_duplicate"
    case problemEmail = "problem_email"
    case problemFileGone = "problem_file_gone"
    case problemFileLarge = "problem_file_large"
    case problemFileType = "problem_file_type"
    case problemInteger = "problem_integer"
    case problemLine = "problem_line"
    case problemMoney = "problem_money"
    case problemNumber = "problem_number"
    case problemOther = "problem_other"
    case problemPhone = "problem_phone"
    case problemRequired = "problem_required"
    case problemRequiredChoice = "problem_required_choice"
    case problemRequiredFile = "problem_required_file"
    case problemText = "problem_text"
    case problemTime = "problem_time"
    case problemTooFew = "problem_too_few"
    case problemTooLarge = "problem_too_large"
    case problemTooLong = "problem_too_long"
    case problemTooMany = "problem_too_many"
    case problemTooSmall = "problem_too_small"
    case problemUrl = "problem_url"
    case progress
    case raisedOn = "raised_on"
    case rateButton = "rate_button"
    case rateComment = "rate_comment"
    case rateScore = "rate_score"
    case rated
    case rating1 = "rating_1"
    case rating2 = "rating_2"
    case rating3 = "rating_3"
    case rating4 = "rating_4"
    case rating5 = "rating_5"
    case reference
    case refusedConflict = "refused_conflict"
    case refusedForbidden = "refused_forbidden"
    case refusedInvalid = "refused_invalid"
    case refusedNotFound = "refused_notFound"
    case reject
    case rejectedBy = "rejected_by"
    case rejectedWith = "rejected_with"
    case release
    case removeDraft = "remove_draft"
    case removeDraftAsk = "remove_draft_ask"
    case removeDraftMeans = "remove_draft_means"
    case removeRow = "remove_row"
    case reopen
    case reopenHelp = "reopen_help"
    case requester
    case requestsFound = "requests_found"
    case restrictSight = "restrict_sight"
    case restrictHelp = "restrict_help"
    case restrictReason = "restrict_reason"
    case restrictTeam = "restrict_team"
    case retry
    case roles
    case rowTitle = "row_title"
    case save
    case saved
    case search
    case searchCut = "search_cut"
    case searchLabel = "search_label"
    case send
    case sentBefore = "sent_before"
    case sentOnce = "sent_once"
    case services
    case sessionFacts = "session_facts"
    case sessionOver = "session_over"
    case sessions
    case sessionsHelp = "sessions_help"
    case shortcutChoose = "shortcut_choose"
    case shortcutComment = "shortcut_comment"
    case shortcutHelp = "shortcut_help"
    case shortcutMove = "shortcut_move"
    case shortcutSearch = "shortcut_search"
    case shortcutTurn = "shortcut_turn"
    case shortcuts
    case shortcutsOff = "shortcuts_off"
    case shortcutsOn = "shortcuts_on"
    case showMoreQuestions = "show_more_questions"
    case signIn = "sign_in"
    case signInAs = "sign_in_as"
    case signInProvider = "sign_in_provider"
    case signInUnknown = "sign_in_unknown"
    case signInWait = "sign_in_wait"
    case signInWrong = "sign_in_wrong"
    case signOut = "sign_out"
    case signOutProvider = "sign_out_provider"
    case signedInAgain = "signed_in_again"
    case signedInAgainWithoutFiles = "signed_in_again_without_files"
    case signedOut = "signed_out"
    case signedOutProvider = "signed_out_provider"
    case since
    case skip
    case startAnew = "start_anew"
    case stateAsking = "state_asking"
    case stateCancelled = "state_cancelled"
    case stateDone = "state_done"
    case stateFailed = "state_failed"
    case stateOpen = "state_open"
    case stateSkipped = "state_skipped"
    case stateSuspended = "state_suspended"
    case stateWaiting = "state_waiting"
    case successor
    case successorOf = "successor_of"
    case system
    case target
    case targetMet = "target_met"
    case targetMissed = "target_missed"
    case targetRunning = "target_running"
    case targetStopped = "target_stopped"
    case teamNote = "team_note"
    case teamNoteButton = "team_note_button"
    case teamNoteFor = "team_note_for"
    case teamNoteHelp = "team_note_help"
    case teamNoteTeam = "team_note_team"
    case teamNoteText = "team_note_text"
    case teams
    case theme
    case thisSession = "this_session"
    case todayAt = "today_at"
    case tomorrowAt = "tomorrow_at"
    case typedByOther = "typed_by_other"
    case typedKept = "typed_kept"
    case typedKeptWithoutFiles = "typed_kept_without_files"
    case typedLost = "typed_lost"
    case undo
    case unnamedBrowser = "unnamed_browser"
    case waitsFor = "waits_for"
    case waitsForYou = "waits_for_you"
    case wasApproved = "was_approved"
    case wasClaimed = "was_claimed"
    case whatHappened = "what_happened"
    case whichStep = "which_step"
    case wholeInbox = "whole_inbox"
    case yes
    case yesterdayAt = "yesterday_at"
    case youHaveIt = "you_have_it"
    case yourTurn = "your_turn"
}
