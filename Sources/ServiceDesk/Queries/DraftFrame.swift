import Expressions
import WorkflowCore

/// A form as its author is asked it now, as far as drafts of it are concerned.
struct DraftFrame {
    let subject: DraftSubject
    let reading: Reading
    /// All that it may ask.
    let form: Form
    /// The request type's or the step's.
    let title: String
    /// The request that exists; nil for a new one.
    var state: RequestState?
    /// What of the form changes fields of the request.
    var change: DraftChange?

    /// What is kept of the entries: not what would only leave a field of the request as it is, for others may change that meanwhile.
    func fitting(_ entries: [FieldID: JSONValue]) -> [FieldID: JSONValue] {
        let kept = DraftFitting(form: form).fitting(entries)
        guard let change else { return kept }
        let same = change.unchanged(by: kept.filter { change.ids.contains($0.key) })
        return kept.filter { !same.contains($0.key) }
    }

    /// Whether there is nothing in it to keep. To leave a field of the request empty is something.
    func saysNothing(_ entries: [FieldID: JSONValue]) -> Bool {
        entries.allSatisfy { $0.value.isUntouched && change?.ids.contains($0.key) != true }
    }

    /// A draft as far as the form still asks for what is in it.
    func kept(_ draft: StoredDraft) -> KeptDraft {
        let entries = DraftFitting(form: form, before: draft.kinds).fitting(draft.entries)
        let department = reading.configuration.departments[reading.type.department]
        var kept = KeptDraft(
            type: reading.type.id, title: title,
            departmentTitle: department.map { reading.text($0.title) } ?? reading.type.department.text,
            beneficiary: draft.beneficiary, entries: entries, key: draft.key, changedAt: draft.changedAt,
            isWhole: entries == draft.entries)
        guard case .part(_, let part) = subject, let state else { return kept }
        kept.request = KeptDraft.OfRequest(number: state.number, part: part, version: draft.version ?? state.version)
        return kept
    }
}

extension QueryService {
    /// - Throws: `.rejected` when the viewer may not fill the form at all, as the command itself would be.
    func draftFrame(_ subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> DraftFrame {
        switch subject.place {
        case .new(let type): try await newDraftFrame(type, for: viewer)
        case .part(let reference, let part): try await draftFrame(part, of: reference, for: viewer)
        }
    }

    private func newDraftFrame(_ type: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> DraftFrame {
        let frame = try await asking { () throws(StorageError) in
            newDraftFrame(type, for: viewer, try await directories.current(), try await configurations.current())
        }
        guard let frame else { throw .rejected(.unknownType(type)) }
        return frame
    }

    private func draftFrame(
        _ part: DraftPart, of reference: String, for viewer: Viewer
    ) async throws(DeskError) -> DraftFrame {
        let id = try await find(reference, for: viewer)
        let builder = try await asking { () throws(StorageError) -> RequestDraftBuilder? in
            guard let stored = try await storage.request(id, for: Asker(reading: viewer)) else { return nil }
            return try await draftBuilder(stored, for: viewer)
        }
        guard let builder else { throw .rejected(.unknownRequest) }
        do throws(Rejection) {
            return try builder.frame(part)
        } catch {
            throw .rejected(error)
        }
    }

    /// Those of the drafts that their author could send now, in their order.
    func kept(_ drafts: [StoredDraft], for viewer: Viewer) async throws(StorageError) -> [KeptDraft] {
        guard !drafts.isEmpty else { return [] }
        let directory = try await directories.current()
        let compiled = try await configurations.current()
        var builders: [RequestID: RequestDraftBuilder] = [:]
        let requests = Set(drafts.compactMap(\.subject.request))
        if !requests.isEmpty {
            for stored in try await storage.requests(requests.sorted(), for: Asker(viewer)) {
                builders[stored.id] = try await draftBuilder(stored, for: viewer)
            }
        }
        return drafts.compactMap { draft in
            switch draft.subject {
            case .new(let type): newDraftFrame(type, for: viewer, directory, compiled)?.kept(draft)
            // One that cannot be sent now is not shown.
            case .part(let request, let part): (try? builders[request]?.frame(part))?.kept(draft)
            }
        }
    }

    /// Nil for a type that the viewer may not raise.
    private func newDraftFrame(
        _ id: RequestTypeID, for viewer: Viewer, _ directory: Directory, _ compiled: CompiledConfiguration
    ) -> DraftFrame? {
        guard let type = compiled.configuration.requestTypes[id] else { return nil }
        let reading = Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
        guard Rules.mayRaise(in: reading.context) else { return nil }
        return DraftFrame(subject: .new(id), reading: reading, form: type.form, title: reading.text(type.title))
    }

    /// Nil when the viewer does not see the request.
    func draftBuilder(
        _ stored: StoredRequest, for viewer: Viewer, files: FileSource = .uploaded([:])
    ) async throws(StorageError) -> RequestDraftBuilder? {
        let directory = try await directories.current()
        let compiled = try await configurations.version(stored.configuration)
        guard let type = compiled.configuration.requestTypes[stored.type] else { return nil }
        let request = CurrentRequest(
            state: try StateCodec.decode(stored), raisedAt: stored.raisedAt, changedAt: stored.changedAt)
        var reading = Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
        reading.files = files
        guard Rules.canSee(request.state, in: reading.context) else { return nil }
        return RequestDraftBuilder(reading: reading, request: request)
    }
}

extension RequestDraftBuilder {
    /// - Throws: What the command itself would be refused with, but for its entries.
    func frame(_ part: DraftPart) throws(Rejection) -> DraftFrame {
        switch part {
        case .completion(let instance):
            let task = try task(of: instance)
            let edits = task.edit.filter { task.form[$0] == nil }
            return frame(
                part, Form(fields: task.form.fields + edits.compactMap { reading.type.form[$0] }),
                reading.title(of: instance, in: state),
                change(of: edits, RequestActivation(state, reading.context).at(instance)))
        case .amendment:
            let fields = try amendable()
            return frame(
                part, Form(fields: fields.compactMap { reading.type.form[$0] }), reading.text(reading.type.title),
                change(of: fields, RequestActivation(state, reading.context)))
        case .comment:
            try demand(.comment(""))
            return frame(part, Self.commentForm, reading.text(reading.type.title), nil)
        }
    }

    private func frame(_ part: DraftPart, _ form: Form, _ title: String, _ change: DraftChange?) -> DraftFrame {
        DraftFrame(
            subject: .part(state.id, part), reading: reading, form: form, title: title, state: state, change: change)
    }

    /// What somebody says has no form of its own: it is one text.
    private static let commentForm = Form(fields: [
        Field(
            id: "comment", label: LocalizedText([:]), help: nil, kind: .longText(maximumLength: .max),
            isOptional: false, askWhen: nil, check: nil, message: nil, defaultValue: nil, sensitive: nil,
            source: SourceLocation(file: "", line: 0, column: 0))
    ])
}

extension FormSubject {
    /// A request that exists is named by number or identifier.
    enum Place { case new(RequestTypeID), part(String, DraftPart) }

    var place: Place {
        switch self {
        case .new(let type, _): .new(type)
        case .completion(let reference, let instance): .part(reference, .completion(instance))
        case .amendment(let reference): .part(reference, .amendment)
        case .comment(let reference): .part(reference, .comment)
        }
    }

    var beneficiary: String? {
        guard case .new(_, let beneficiary) = self else { return nil }
        return beneficiary
    }

    package init(_ reference: String, _ part: DraftPart) {
        self =
            switch part {
            case .completion(let instance): .completion(reference, instance)
            case .amendment: .amendment(reference)
            case .comment: .comment(reference)
            }
    }
}
