package import WorkflowCore

extension ServiceDesk {
    /// Of how many request types somebody may have drafts.
    private static let mostDrafts = 50
    /// Of what is entered, as JSON, in octets.
    private static let largestDraft = 100_000
    /// Of an idempotency key, of a page's name, and of whom a request is for, in characters.
    private static let longestText = 255

    /// What the viewer began and has not sent, of what they may raise; the one changed last comes first.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for a service account, which fills no forms.
    package func drafts(of viewer: Viewer) async throws(DeskError) -> [KeptDraft] {
        try require(.keepOwnPreferences, of: viewer)
        return try await asking { () throws(StorageError) in
            let stored = try await storage.drafts(of: viewer.person.id)
            guard !stored.isEmpty else { return [] }
            let directory = try await directories.current()
            let compiled = try await configurations.current()
            return stored.compactMap { draft in
                reading(draft.type, for: viewer, directory, compiled).map { $0.kept(draft) }
            }
        }
    }

    /// The viewer's draft of a type; nil for none.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type`, also when the type is not for the viewer.
    package func keptDraft(
        of type: RequestTypeID, for viewer: Viewer
    ) async throws(DeskError) -> KeptDraft? {
        try require(.keepOwnPreferences, of: viewer)
        let reading = try await reading(type, for: viewer)
        return try await asking { () throws(StorageError) in
            try await storage.draft(of: type, by: viewer.person.id).map(reading.kept)
        }
    }

    /// The viewer's draft of a type.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type`, also when the type is not for the viewer, or with `drafts.unknown`.
    package func draft(of type: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> KeptDraft {
        guard let draft = try await keptDraft(of: type, for: viewer) else { throw .rejected(.unknownDraft) }
        return draft
    }

    /// Keeps what was entered into a form, in the place of an earlier draft of the type: without files, without what is sensitive, and
    /// without what the form does not ask.
    ///
    /// - Parameters:
    ///   - beneficiary: For whom it is, as it was written; nil for the viewer.
    ///   - key: The idempotency key with which the form is going to be sent. What was sent with it is not kept again.
    ///   - condition: Which earlier draft may go for it. A page that this names is the one that keeps it.
    /// - Returns: Nil when there is nothing to keep; an earlier draft that may go is gone then.
    /// - Throws: `.draftElsewhere` where an earlier one may not go; `.rejected` with `catalogue.unknown_type`, with
    ///   `drafts.anonymous` for what people may ask without a name, with `drafts.too_large` or `drafts.too_many`.
    package func keepDraft(
        of type: RequestTypeID, entries: [FieldID: JSONValue], beneficiary: String?, key: String?,
        replacing condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) -> KeptDraft? {
        try require(.keepOwnPreferences, of: viewer)
        let reading = try await reading(type, for: viewer)
        guard !reading.type.allowsAnonymous else { throw .rejected(.anonymousDraft) }
        let fitting = DraftFitting(form: reading.type.form)
        let draft = StoredDraft(
            type: type, beneficiary: beneficiary, entries: fitting.fitting(entries), kinds: fitting.kinds, key: key,
            page: condition.page, changedAt: clock().truncatedToMicroseconds)
        guard DraftCodec.json(draft.entries).utf8.count <= Self.largestDraft,
            [beneficiary, key, condition.page].allSatisfy({ ($0?.unicodeScalars.count ?? 0) <= Self.longestText })
        else { throw .rejected(.tooLargeDraft) }
        let isEmpty = draft.beneficiary == nil && draft.entries.values.allSatisfy(\.isUntouched)
        let keeping = try await asking { () throws(StorageError) -> DraftKeeping? in
            guard isEmpty else {
                return try await storage.keep(
                    draft, of: viewer.person.id, replacing: condition, limit: Self.mostDrafts)
            }
            _ = try await storage.forgetDraft(of: type, by: viewer.person.id, condition)
            return nil
        }
        switch keeping {
        case .kept: return reading.kept(draft)
        case .sent, nil: return nil
        case .elsewhere(let moment): throw .draftElsewhere(current: moment.draftVersion)
        case .tooMany: throw .rejected(.tooManyDrafts(Self.mostDrafts))
        }
    }

    /// - Throws: `.rejected` with `drafts.unknown` when there is none of those that the condition names.
    package func forgetDraft(
        of type: RequestTypeID, _ condition: DraftCondition, by viewer: Viewer
    ) async throws(DeskError) {
        try require(.keepOwnPreferences, of: viewer)
        let wasThere = try await asking { () throws(StorageError) in
            try await storage.forgetDraft(of: type, by: viewer.person.id, condition)
        }
        guard wasThere else { throw .rejected(.unknownDraft) }
    }

    private func reading(_ id: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> Reading {
        let found = try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            return reading(id, for: viewer, directory, try await configurations.current())
        }
        guard let found else { throw .rejected(.unknownType(id)) }
        return found
    }

    /// Nil for a type that the viewer may not raise.
    private func reading(
        _ id: RequestTypeID, for viewer: Viewer, _ directory: Directory, _ compiled: CompiledConfiguration
    ) -> Reading? {
        guard let type = compiled.configuration.requestTypes[id] else { return nil }
        let reading = Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
        return Rules.mayRaise(in: reading.context) ? reading : nil
    }
}

extension Reading {
    /// A draft as far as the form still asks for what is in it.
    fileprivate func kept(_ draft: StoredDraft) -> KeptDraft {
        let entries = DraftFitting(form: type.form, before: draft.kinds).fitting(draft.entries)
        let department = configuration.departments[type.department]
        return KeptDraft(
            type: type.id, title: text(type.title),
            departmentTitle: department.map { text($0.title) } ?? type.department.text,
            beneficiary: draft.beneficiary, entries: entries, key: draft.key, changedAt: draft.changedAt,
            isWhole: entries == draft.entries)
    }
}

extension Rejection {
    fileprivate static let unknownDraft = Rejection(
        .notFound, code: "drafts.unknown", message: "You have no draft of that.")

    fileprivate static let anonymousDraft = Rejection(
        .conflict, code: "drafts.anonymous", message: "What may be asked without a name leaves no draft.",
        hint: "A draft would say who began it.")

    fileprivate static let tooLargeDraft = Rejection(
        .invalid, code: "drafts.too_large", message: "That is too much for a draft.",
        hint: "Send the form, or keep the long texts elsewhere.")

    fileprivate static func tooManyDrafts(_ limit: Int) -> Rejection {
        Rejection(
            .conflict, code: "drafts.too_many", message: "There are \(limit) drafts already.",
            hint: "Send or remove one.")
    }
}
