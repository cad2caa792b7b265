package import WorkflowCore

extension ServiceDesk {
    /// How many drafts somebody may have.
    private static let mostDrafts = 50
    /// Of what is entered, as JSON, in octets.
    private static let largestDraft = 100_000
    /// Of an idempotency key, of a page's name, and of whom a request is for, in characters.
    private static let longestText = 255

    /// What the viewer began and has not sent, of what they could send now; the one changed last comes first.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for a service account, which fills no forms.
    package func drafts(of viewer: Viewer) async throws(DeskError) -> [KeptDraft] {
        try require(.keepOwnPreferences, of: viewer)
        return try await asking { () throws(StorageError) in
            let stored = try await storage.drafts(of: viewer.person.id, for: Asker(viewer))
            return try await queries.kept(stored, for: viewer)
        }
    }

    /// The viewer's draft; nil for none.
    ///
    /// - Throws: `.rejected` as sending would be, but for what is entered: with `catalogue.unknown_type` also when the type is not for the
    ///   viewer.
    package func keptDraft(of subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> KeptDraft? {
        try require(.keepOwnPreferences, of: viewer)
        let frame = try await queries.draftFrame(subject, for: viewer)
        return try await asking { () throws(StorageError) in
            try await storage.draft(of: frame.subject, by: viewer.person.id, for: Asker(reading: viewer))
                .map(frame.kept)
        }
    }

    /// The viewer's draft.
    ///
    /// - Throws: `.rejected` as `keptDraft`, or with `drafts.unknown`.
    package func draft(of subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> KeptDraft {
        guard let draft = try await keptDraft(of: subject, for: viewer) else { throw .rejected(.unknownDraft) }
        return draft
    }

    /// Keeps what was entered, in the place of an earlier draft of the same: without files, without what is sensitive, and without what
    /// the form does not ask.
    ///
    /// - Parameters:
    ///   - subject: With whom it is for, as it was written; nil for the viewer.
    ///   - key: The idempotency key with which it is going to be sent. What was sent with it is not kept again.
    ///   - version: The version of the request that the viewer has before them; nil for the current one.
    ///   - condition: Which earlier draft may go for it. A page that this names is the one that keeps it.
    /// - Returns: Nil when there is nothing to keep; an earlier draft that may go is gone then.
    /// - Throws: `.draftElsewhere` where an earlier one may not go; `.rejected` as sending would be, but for what is entered, with
    ///   `drafts.sent` when something was sent with the key, `drafts.anonymous` for what people may ask without a name, with `drafts.too_large` or `drafts.too_many`.
    package func keepDraft(
        of subject: FormSubject, entries: [FieldID: JSONValue], key: String?, version: Int?,
        replacing condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) -> KeptDraft? {
        try require(.keepOwnPreferences, of: viewer)
        let frame = try await queries.draftFrame(subject, for: viewer)
        guard frame.state != nil || !frame.reading.type.allowsAnonymous else { throw .rejected(.anonymousDraft) }
        let draft = StoredDraft(
            subject: frame.subject, beneficiary: subject.beneficiary, entries: frame.fitting(entries),
            kinds: DraftFitting(form: frame.form).kinds, key: key, page: condition.page,
            version: frame.state.map { version ?? $0.version }, changedAt: clock().truncatedToMicroseconds)
        guard DraftCodec.json(draft.entries).utf8.count <= Self.largestDraft,
            [draft.beneficiary, key, condition.page].allSatisfy({ ($0?.unicodeScalars.count ?? 0) <= Self.longestText })
        else { throw .rejected(.tooLargeDraft) }
        let isEmpty = draft.beneficiary == nil && frame.saysNothing(draft.entries)
        let keeping = try await asking { () throws(StorageError) -> DraftKeeping? in
            guard isEmpty else {
                return try await storage.keep(
                    draft, of: viewer.person.id, replacing: condition, limit: Self.mostDrafts)
            }
            _ = try await storage.forgetDraft(of: draft.subject, by: viewer.person.id, condition)
            return nil
        }
        switch keeping {
        case .kept: return frame.kept(draft)
        case nil: return nil
        case .sent: throw .rejected(.sentDraft)
        case .elsewhere(let moment): throw .draftElsewhere(current: moment.draftVersion)
        case .tooMany: throw .rejected(.tooManyDrafts(Self.mostDrafts))
        }
    }

    /// Also of what the viewer could not send any more.
    ///
    /// - Parameter subject: Of a request that the viewer does not see any more by its identifier alone.
    /// - Throws: `.rejected` with `drafts.unknown` when there is none of those that the condition names.
    package func forgetDraft(
        of subject: FormSubject, _ condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) {
        try require(.keepOwnPreferences, of: viewer)
        let stored: DraftSubject =
            switch subject.place {
            case .new(let type): DraftSubject.new(type)
            case .part(let reference, let part): DraftSubject.part(try await queries.find(reference, for: viewer), part)
            }
        let wasThere = try await asking { () throws(StorageError) in
            try await storage.forgetDraft(of: stored, by: viewer.person.id, condition)
        }
        guard wasThere else { throw .rejected(.unknownDraft) }
    }
}

extension Rejection {
    fileprivate static let unknownDraft = Rejection(
        .notFound, code: "drafts.unknown", message: "You have no draft of that.")

    fileprivate static let anonymousDraft = Rejection(
        .conflict, code: "drafts.anonymous", message: "What may be asked without a name leaves no draft.",
        hint: "A draft would say who began it.")

    fileprivate static let sentDraft = Rejection(
        .conflict, code: "drafts.sent", message: "This was sent already, from another window or device.",
        hint: "What was entered since can be kept as another draft, under another key.")

    fileprivate static let tooLargeDraft = Rejection(
        .invalid, code: "drafts.too_large", message: "That is too much for a draft.",
        hint: "Send the form, or keep the long texts elsewhere.")

    fileprivate static func tooManyDrafts(_ limit: Int) -> Rejection {
        Rejection(
            .conflict, code: "drafts.too_many", message: "There are \(limit) drafts already.",
            hint: "Send or remove one.")
    }
}
