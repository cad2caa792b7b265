import Expressions
import WorkflowCore

/// Turns the questions of a form into what was entered for them; questions that are missing in it were left empty.
typealias FormEntering = @Sendable (_ questions: [FormFieldView]) -> [FieldID: JSONValue]

/// The files that entries may name: of a new request, or of one that exists.
typealias FileFinding = @Sendable (_ request: RequestID?) async throws(DeskError) -> FileSource

extension QueryService {
    /// A form with what was entered so far, judged by the engine's own check.
    ///
    /// - Throws: `.rejected` when the viewer may not fill it at all, as the command itself would be.
    func draft(
        _ subject: FormSubject, for viewer: Viewer, finding: FileFinding, entering: FormEntering
    ) async throws(DeskError) -> FormDraft {
        switch subject {
        case .new(let type, let name):
            try await newDraft(type, named: name, for: viewer, try await finding(nil), entering)
        case .completion(let reference, let instance):
            try await draft(of: reference, for: viewer, finding) { builder throws(Rejection) in
                try builder.completion(of: instance, entering)
            }
        case .amendment(let reference):
            try await draft(of: reference, for: viewer, finding) { builder throws(Rejection) in
                try builder.amendment(entering)
            }
        case .comment: throw .rejected(.unknownRequest)
        }
    }

    /// What a form of a request asks, also when it may no longer be sent; nothing for a new request.
    func questions(_ subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> [FormFieldView] {
        guard case .completion(let reference, let instance) = subject else {
            guard case .amendment(let reference) = subject else { return [] }
            return try await draft(of: reference, for: viewer, Self.noFiles) { builder in builder.questions }
        }
        return try await draft(of: reference, for: viewer, Self.noFiles) { builder in builder.questions(of: instance) }
    }

    private static let noFiles: FileFinding = { _ in .uploaded([:]) }

    private func newDraft(
        _ id: RequestTypeID, named name: String?, for viewer: Viewer, _ files: FileSource, _ entering: FormEntering
    ) async throws(DeskError) -> FormDraft {
        let found = try await asking { () throws(StorageError) -> Reading? in
            let directory = try await directories.current()
            let compiled = try await configurations.current()
            guard let type = compiled.configuration.requestTypes[id] else { return nil }
            return Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
        }
        guard var reading = found, Rules.mayRaise(in: reading.context) else { throw .rejected(.unknownType(id)) }
        reading.files = files
        let beneficiary = beneficiary(named: name, reading, viewer)
        let person = beneficiary.handle.flatMap { reading.directory.person(handle: $0)?.id } ?? viewer.person.id
        let form = DraftForm(
            reading: reading, form: reading.type.form,
            activation: RequestActivation(
                requester: .person(viewer.person.id), beneficiary: person, reading.context))
        let (questions, problems, entries) = form.filled(by: entering(reading.form(form.form)))
        var draft = FormDraft(
            title: reading.text(reading.type.title), summary: reading.type.summary.map(reading.text), request: nil,
            questions: questions, problems: problems, entries: entries, isBranching: reading.type.form.isBranching)
        draft.beneficiary = beneficiary
        draft.files = reading.files.known
        if !reading.type.allowsAnonymous {
            draft.unkept = reading.type.form.questionsWithoutDraft.map { reading.text($0.label) }
        }
        return draft
    }

    /// Whom a name means, for those who may name others.
    private func beneficiary(named name: String?, _ reading: Reading, _ viewer: Viewer) -> BeneficiaryDraft {
        // Nobody in particular: whether somebody may be named does not depend on whom.
        let anybody = Submission(
            id: RequestID(UniqueID(high: 0, low: 0)), type: reading.type.id, number: "",
            requester: .person(viewer.person.id), beneficiary: PersonID(UniqueID(high: 0, low: 0)), parent: nil,
            entries: [:])
        do throws(Rejection) {
            try Rules.authorise(.raise(anybody), on: nil, in: reading.context)
        } catch {
            return BeneficiaryDraft()
        }
        guard let name, !name.allSatisfy(\.isWhitespace) else { return BeneficiaryDraft(mayBeNamed: true) }
        guard let handle = PersonEntries(reading.directory).handle(for: name) else {
            return BeneficiaryDraft(mayBeNamed: true, isUnknown: true)
        }
        return BeneficiaryDraft(mayBeNamed: true, handle: handle == viewer.person.handle ? nil : handle)
    }

    private func draft<Result: Sendable>(
        of reference: String, for viewer: Viewer, _ finding: FileFinding,
        _ build: (RequestDraftBuilder) throws(Rejection) -> Result
    ) async throws(DeskError) -> Result {
        let id = try await find(reference, for: viewer)
        let files = try await finding(id)
        let builder = try await asking { () throws(StorageError) -> RequestDraftBuilder? in
            guard let stored = try await storage.request(id, for: Asker(reading: viewer)) else { return nil }
            guard let builder = try await draftBuilder(stored, for: viewer, files: files) else { return nil }
            try await recordRead("form", of: builder.state, by: builder.reading)
            return builder
        }
        guard let builder else { throw .rejected(.unknownRequest) }
        do throws(Rejection) {
            return try build(builder)
        } catch {
            throw .rejected(error)
        }
    }
}

/// Drafts of forms of a request that exists.
struct RequestDraftBuilder {
    let reading: Reading
    let request: CurrentRequest

    var state: RequestState { request.state }

    /// The task's own form, then the fields of the request that it may change: as completing takes them.
    func completion(of instance: InstanceName, _ entering: FormEntering) throws(Rejection) -> FormDraft {
        let task = try task(of: instance)
        let activation = RequestActivation(state, reading.context).at(instance)
        let own = DraftForm(reading: reading, form: task.form, activation: activation)
        let changed = change(of: task.edit.filter { task.form[$0] == nil }, activation)
        let entered = entering(reading.form(task.form) + changed.fields)
        let (questions, problems, entries) = own.filled(by: entered.filter { task.form[$0.key] != nil })
        let (edits, wrong, changes) = changed.filled(by: entered.filter { task.form[$0.key] == nil })
        return draft(
            try frame(.completion(instance)), task.form.isBranching || !task.edit.isEmpty, questions + edits,
            wrong + problems,
            entries.merging(changes) { own, _ in own })
    }

    /// A task that the viewer may complete now.
    func task(of instance: InstanceName) throws(Rejection) -> TaskStep {
        try demand(.complete(instance, entries: [:]))
        guard case .task(let task)? = reading.type.index[instance.step]?.kind else { throw .unknownRequest }
        return task
    }

    /// What the viewer may change now; never empty.
    func amendable() throws(Rejection) -> [FieldID] {
        let fields = reading.type.amendments.map(\.field).filter { field in
            Rules.isPossible(
                .amend(entries: [field: .raw(.array([.object([:])]))]), on: state, in: reading.context)
        }
        if fields.isEmpty, let amendment = reading.type.amendments.first {
            try demand(.amend(entries: [amendment.field: .raw(.array([.object([:])]))]))
        }
        guard !fields.isEmpty else {
            throw Rejection(
                .forbidden, code: "request.amend.not_allowed", message: "Nothing of this request can be changed.")
        }
        return fields
    }

    func amendment(_ entering: FormEntering) throws(Rejection) -> FormDraft {
        let changed = change(of: try amendable(), RequestActivation(state, reading.context))
        let (questions, problems, entries) = changed.filled(by: entering(changed.fields))
        return draft(
            try frame(.amendment), reading.type.form.isBranching, questions, problems, entries)
    }

    /// All that may ever be changed of the request.
    var questions: [FormFieldView] {
        let fields = Set(reading.type.amendments.map(\.field))
        return reading.form(reading.type.form).filter { fields.contains($0.id) }
    }

    /// All that completing a task may ask.
    func questions(of instance: InstanceName) -> [FormFieldView] {
        guard case .task(let task)? = reading.type.index[instance.step]?.kind else { return [] }
        let edited = reading.form(reading.type.form).filter { task.edit.contains($0.id) && task.form[$0.id] == nil }
        return reading.form(task.form) + edited
    }

    func change(of fields: [FieldID], _ activation: RequestActivation) -> DraftChange {
        DraftChange(reading: reading, state: state, ids: fields, activation: activation)
    }

    private func draft(
        _ frame: DraftFrame, _ isBranching: Bool, _ questions: [QuestionView], _ problems: [Rejection.FieldProblem],
        _ entries: [FieldID: JSONValue]
    ) -> FormDraft {
        let head = RequestHead(state, department: reading.type.department)
        var draft = FormDraft(
            title: frame.title, summary: nil,
            request: reading.summary(
                head, raisedAt: request.raisedAt, changedAt: request.changedAt, version: state.version),
            questions: questions, problems: problems, entries: entries, isBranching: isBranching)
        draft.files = reading.files.known
        draft.unkept = frame.form.questionsWithoutDraft.map { reading.text($0.label) }
        return draft
    }

    /// Throws what the command itself would be refused with, but for its entries.
    func demand(_ command: Command) throws(Rejection) {
        do throws(Rejection) {
            try Rules.authorise(command, on: state, in: reading.context)
            _ = try Rules.decide(command, on: state, in: reading.context)
        } catch {
            if error.kind != .invalid { throw error }
        }
    }
}

extension FileSource {
    /// The files by identifier.
    fileprivate var known: [UniqueID: AttachedFile] {
        if case .uploaded(let files) = self { files } else { [:] }
    }
}
