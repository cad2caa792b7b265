import Expressions
import HTTPAPI
import ServiceDesk
import WorkflowCore

/// Puts a request into the words and forms of its page.
struct RequestContentBuilder {
    let view: RequestView
    let story: Page<TimelineEntry>
    let visit: Visit
    let attempt: RequestPage.Attempt?
    var undo: Undo?
    /// What the reader began to say.
    var commentDraft: KeptDraft?
    /// Of the form that comes again.
    var files: [UniqueID: AttachedFile] = [:]

    var texts: Texts { visit.texts }
    var address: String { FormPages.address(of: view.summary) }

    var content: RequestContent {
        let (state, tone) = RequestRowModel.RequestState.words(view.summary, texts)
        return RequestContent(
            back: back, heading: view.summary.title, number: view.summary.number, state: state, tone: tone,
            department: visit.department(view.summary.department),
            errors: ErrorSummary(attempt?.errors ?? [], texts: texts), conflict: attempt?.conflict,
            entered: attempt?.entered ?? [],
            undo: undo?.model(in: view, at: address, texts),
            turns: view.steps.filter { !$0.actions.isEmpty }.map(TurnBuilder(page: self).turn),
            steps: steps, entries: story.items.map(entry),
            later: story.next.map { "\(address)?cursor=\($0.percentEncoded)" }, commentForm: commentForm,
            facts: facts, answers: (view.fields + view.outputs).map(fact),
            held: view.heldChanges.map { change in
                AnswersModel(answers: change.fields.map(fact))
            },
            amend: view.actions.contains(.amend) ? "\(address)/amend" : nil, access: "\(address)/access",
            rating: rating, asides: asides)
    }

    /// The list that it stands in: one's own, or what there is to do.
    private var back: LineModel {
        isOwn
            ? LineModel(text: texts[.myRequests], address: "/requests")
            : LineModel(text: texts[.inbox], address: "/inbox")
    }

    /// Whether it is the reader's, or for them.
    var isOwn: Bool { visit.owns(view.summary) }

    // MARK: The picture

    private var steps: [StepModel] {
        var stage: String?
        return view.steps.map { step in
            var model = self.model(step)
            if step.stage != stage { model.stage = step.stage }
            stage = step.stage
            return model
        }
    }

    private func model(_ step: StepView) -> StepModel {
        let (state, tone): (Text, String) =
            switch step.status {
            case .waiting: (.stateWaiting, "")
            case .suspended: (.stateSuspended, "")
            case .open: (.stateOpen, "open")
            case .asking: (.stateAsking, "bad")
            case .done: (.stateDone, "good")
            case .skipped: (.stateSkipped, "")
            case .failed: (.stateFailed, "bad")
            case .cancelled: (.stateCancelled, "")
            }
        // Of an approval that somebody decided so, what was decided says more than that it failed.
        let decided =
            step.status == .failed && step.kind == "approval" && step.outcome == ApprovalOutcome.rejected
            ? step.outcomeTitle : nil
        var model = StepModel(
            title: step.title, mark: step.status.rawValue, state: decided ?? texts[state], tone: tone)
        let isRunning = step.status == .open || step.status == .asking
        if isRunning, !step.waitingFor.isEmpty {
            let names = step.waitingFor.map(\.name).joined(separator: ", ")
            model.who = step.assignee == nil ? texts(.waitsFor, names) : texts(.hasIt, names)
        } else if let assignee = step.assignee {
            model.who = assignee.name
        }
        if isRunning { model.since = step.since.map { texts(.since, texts.moment($0)) } }
        if isRunning || [.waiting, .suspended].contains(step.status) {
            model.due = step.due.map { texts(.due, texts.moment($0)) }
        }
        model.isOverdue = step.isOverdue && (isRunning || step.status == .suspended)
        if isRunning { model.why = why(step) }
        // Of what has not begun the title says enough.
        if let child = step.child, child.number != nil || child.title != step.title {
            model.child = child.number.map { "\($0) \(child.title)" } ?? child.title
            model.childAddress = child.id.flatMap { _ in child.number }.map { "/requests/\($0.percentEncoded)" }
        }
        model.notes = step.votes.map { vote in
            let isApproval = vote.decision == .approve
            guard let comment = vote.comment, !comment.isEmpty else {
                return LineModel(text: texts(isApproval ? .approvedBy : .rejectedBy, vote.voter.name))
            }
            return LineModel(text: texts(isApproval ? .approvedWith : .rejectedWith, vote.voter.name, comment))
        }
        model.outputs = step.outputs.map(fact)
        return model
    }

    private func why(_ step: StepView) -> String? {
        switch step.dueBy {
        case .span(let span): step.since.map { texts(.dueWhy, texts.span(span), texts.moment($0)) }
        case .words(let words): texts(.dueBy, words)
        case nil: nil
        }
    }

    private func entry(_ entry: TimelineEntry) -> EntryModel {
        EntryModel(
            sequence: String(entry.sequence), text: entry.text, time: texts.moment(entry.at),
            machineTime: entry.at.description, comment: entry.comment,
            audience: readers(entry.audience), links: entry.files.map(link))
    }

    /// An answer; of one that is files alone, those are links.
    private func fact(_ field: FieldView) -> FactModel {
        var fact = FactModel(
            label: field.label, text: field.moment.map(texts.moment) ?? texts.shown(field.value, field.text))
        if !field.rows.isEmpty { fact.table = table(field) }
        fact.links = field.files.map(link)
        let names = field.files.map(\.name).joined(separator: ", ")
        if !field.files.isEmpty, field.text != names { fact.textWithLinks = field.text }
        return fact
    }

    /// The rows of an answer, one below the other.
    private func table(_ field: FieldView) -> TableModel {
        let columns = field.rows.first ?? []
        return TableModel(
            caption: field.label, columns: columns.map(\.label),
            rows: field.rows.map { cells in
                let texts = cells.map { fact($0).text }
                return TableRowModel(title: texts.first ?? "", cells: Array(texts.dropFirst()))
            },
            figures: Set(
                columns.indices.filter { column in
                    let cells = field.rows.compactMap { $0.dropFirst(column).first }.filter { $0.value != .null }
                    return !cells.isEmpty && cells.allSatisfy(\.isFigure)
                }))
    }

    private func link(_ file: AttachedFile) -> LineModel {
        LineModel(
            text: "\(file.name) (\(FileWords.size(Int(file.size), texts)))", address: "\(address)/files/\(file.id)")
    }

    private var facts: [FactModel] {
        let summary = view.summary
        var facts = [FactModel(label: texts[.requester], text: summary.requester.name)]
        if let beneficiary = summary.beneficiary, beneficiary != summary.requester {
            facts.append(FactModel(label: texts[.beneficiary], text: beneficiary.name))
        }
        facts.append(FactModel(label: texts[.raisedOn], text: texts.moment(summary.raisedAt)))
        facts.append(FactModel(label: texts[.changedOn], text: texts.moment(summary.changedAt)))
        for (text, relative) in [
            (Text.parent, view.parent), (.successorOf, view.successorOf), (.successor, view.successor),
        ] {
            guard let relative else { continue }
            facts.append(
                FactModel(
                    label: texts[text], text: relative.number,
                    address: "/requests/\(relative.number.percentEncoded)"))
        }
        for target in view.targets {
            facts.append(FactModel(label: "\(texts[.target]): \(target.title)", text: words(target)))
        }
        if let score = view.score { facts.append(FactModel(label: texts[.rated], text: "\(score)/5")) }
        return facts
    }

    private func words(_ target: TargetView) -> String {
        switch target.status {
        case .met: return texts[.targetMet]
        case .missed: return texts[.targetMissed]
        default: return target.due.map { texts(.targetRunning, texts.moment($0)) } ?? texts[.targetStopped]
        }
    }

    // MARK: What the reader may do

    /// What was typed into the form of that address, when it comes again.
    func typed(_ path: String) -> FormFields? {
        guard let attempt, attempt.path.decodedPath == path.decodedPath else { return nil }
        return attempt.fields
    }

    func key(_ path: String) -> String { typed(path)?["key"] ?? Visit.newKey() }

    func comment(_ label: Text, at path: String, help: Text? = nil, id: String) -> QuestionModel {
        var question = QuestionModel(name: "comment", label: texts[label], help: help.map { texts[$0] }, look: .long)
        question.value = typed(path)?["comment"] ?? ""
        question.height = "3"
        return question.identified(id)
    }

    private var commentForm: ActionForm? {
        guard view.actions.contains(.comment) else { return nil }
        let (path, note) = ("\(address)/comment", "\(address)/note")
        let typed = self.typed(note) == nil ? path : note
        let sent = self.typed(typed)
        let draft = sent == nil ? commentDraft : nil
        let mayNote = view.actions.contains(.note)
        var text = comment(.commentLabel, at: typed, help: mayNote ? .noteHelp : .commentHelp, id: "comment")
        if case .string(let begun)? = draft?.entries["comment"] { text.value = begun }
        let notes = mayNote ? [ButtonModel(text: texts[.note], address: note, name: "do", value: "send")] : []
        return ActionForm(
            address: path, key: draft?.key ?? key(typed), questions: [text, commentFiles(at: typed)],
            buttons: [ButtonModel(text: texts[.comment], style: "primary", address: path, name: "do", value: "send")]
                + notes + [
                    ButtonModel(text: texts[.keepDraft], style: "quiet", address: path, name: "do", value: "keep")
                ],
            draft: WrittenDraft(
                address: "\(path)/draft", mark: DraftMark(sent ?? FormFields(), draft),
                from: draft.map { texts(.draftFrom, texts.moment($0.changedAt)) }))
    }

    private func commentFiles(at path: String) -> QuestionModel {
        let limit = FileWords.size(visit.maximumUpload, texts)
        var question = QuestionModel(
            name: "files", label: texts[.commentFiles], help: texts(.fileLimit, limit), look: .files)
        (question.isMany, question.isOptional) = (true, true)
        question.maximumSize = visit.maximumUpload
        let ids = typed(path)?.values("files") ?? []
        question.files = ids.compactMap { UniqueID($0).flatMap { files[$0] } }
            .map { FileModel($0, of: "files", texts) }
        if typed(path) != nil { question.error = visit.refusedFiles["files"].map(texts.refusal) }
        return question.identified("comment-files")
    }

    private var rating: ActionForm? {
        guard view.actions.contains(.rate) else { return nil }
        let path = "\(address)/rate"
        var score = QuestionModel(name: "score", label: texts[.rateScore], help: nil, look: .options)
        score.input = "radio"
        let words: [Text] = [.rating5, .rating4, .rating3, .rating2, .rating1]
        score.options = zip(words, ["5", "4", "3", "2", "1"]).map { text, value in
            OptionModel(
                id: "score-\(value)", value: value, label: texts[text], isChecked: typed(path)?["score"] == value)
        }
        return ActionForm(
            address: path, key: key(path), questions: [score, comment(.rateComment, at: path, id: "rate-comment")],
            buttons: [ButtonModel(text: texts[.rateButton], style: "primary")])
    }

    /// Asks which of a few teams.
    private func teams(
        _ parties: [PartyView], _ label: String, _ prefix: String, typed: FormFields?
    ) -> QuestionModel {
        var team = QuestionModel(name: "team", label: label, help: nil, look: .options)
        team.input = "radio"
        team.options = parties.compactMap { party in
            guard case .team(let id) = party.party else { return nil }
            return OptionModel(
                id: "\(prefix)-\(id.text)", value: id.text, label: party.name,
                isChecked: parties.count == 1 || typed?["team"] == id.text)
        }
        return team.identified("\(prefix)-team")
    }

    private var teamNote: [AsideModel] {
        guard !view.noteTeams.isEmpty else { return [] }
        let path = "\(address)/team-note"
        return [
            AsideModel(
                summary: texts[.teamNote], isOpen: typed(path) != nil,
                action: ActionForm(
                    address: path, key: key(path),
                    questions: [
                        teams(view.noteTeams, texts[.teamNoteTeam], "note", typed: typed(path)),
                        comment(.teamNoteText, at: path, help: .teamNoteHelp, id: "team-note"),
                    ], buttons: [ButtonModel(text: texts[.teamNoteButton])]))
        ]
    }

    /// Who reads a note; nil for what everybody reads.
    private func readers(_ audience: NoteAudience?) -> String? {
        switch audience {
        case nil: nil
        case .workers: texts[.internalNote]
        case .team(let id): texts(.teamNoteFor, view.noteTeams.first { $0.party == .team(id) }?.name ?? id.text)
        }
    }

    private var restriction: [AsideModel] {
        var asides: [AsideModel] = []
        if !view.restrictableTo.isEmpty {
            let path = "\(address)/restrict"
            let team = teams(view.restrictableTo, texts[.restrictTeam], "restrict", typed: typed(path))
            asides.append(
                AsideModel(
                    summary: texts[.restrictSight], isOpen: typed(path) != nil,
                    action: ActionForm(
                        address: path, key: key(path),
                        questions: [
                            team,
                            comment(.restrictReason, at: path, help: .restrictHelp, id: "restrict-reason"),
                        ], buttons: [ButtonModel(text: texts[.restrictSight], style: "danger")])))
        }
        if view.mayUnrestrict {
            let path = "\(address)/unrestrict"
            asides.append(
                AsideModel(
                    summary: texts[.endRestriction], isOpen: typed(path) != nil,
                    action: ActionForm(
                        address: path, key: key(path),
                        questions: [comment(.restrictReason, at: path, id: "unrestrict-reason")],
                        buttons: [ButtonModel(text: texts[.endRestriction])])))
        }
        return asides
    }

    private var asides: [AsideModel] {
        var asides: [AsideModel] = []
        if view.actions.contains(.reopen) {
            let path = "\(address)/reopen"
            asides.append(
                AsideModel(
                    summary: texts[.reopen], isOpen: typed(path) != nil,
                    action: ActionForm(
                        address: path, key: key(path), buttons: [ButtonModel(text: texts[.reopen])])))
        }
        asides += teamNote + restriction
        if view.actions.contains(.cancel) {
            let path = "\(address)/cancel"
            asides.append(
                AsideModel(
                    summary: texts[.cancelRequest], isOpen: typed(path) != nil,
                    action: ActionForm(
                        address: path, key: key(path), version: String(view.summary.version),
                        questions: [comment(.cancelReason, at: path, id: "cancel-reason")],
                        buttons: [ButtonModel(text: texts[.cancelButton], style: "danger")])))
        }
        return asides
    }
}

extension Visit {
    /// Whether the request is the reader's, or for them: it stands among theirs, and every other one among what waits for them.
    func owns(_ request: RequestSummary) -> Bool {
        request.requester.id == viewer.person.id || request.beneficiary?.id == viewer.person.id
    }
}

extension String {
    /// A path by what it names: browsers may encode more or less of it than we do.
    var decodedPath: String { percentDecoded(self) ?? self }
}

extension FieldView {
    /// Whether it is a number or an amount of money.
    fileprivate var isFigure: Bool {
        switch value {
        case .number: true
        case .object(let members): members.keys.sorted() == ["amount", "currency"]
        default: false
        }
    }
}
