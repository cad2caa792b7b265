import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Who sees a request and why: one's own access, and that of others for those who answer for the department.
struct AccessPage: Sendable {
    let sheets: Sheets

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request.withoutEmptyParameters())
        let name = try query.text("person")
        try query.finish()
        let (desk, texts) = (sheets.desk, visit.texts)
        let reference = try visit.variable("id")
        let own = try await desk.access(to: reference, of: nil, for: visit.viewer)
        let (others, refusal) = try await access(to: reference, of: name, visit)
        let view = others ?? own
        var person = QuestionModel(name: "person", label: texts[.whoseAccess], help: texts[.personHelp])
        (person.isPerson, person.width) = (true, "middle")
        person.value = name ?? ""
        person.error = refusal
        let address = "/requests/\(reference.percentEncoded)"
        let content = SheetContent(
            heading: texts[.whoSeesThis],
            lead: texts(view.seeing.isAllowed ? .seesIt : .doesNotSeeIt, view.person.name),
            back: LineModel(text: texts(.backToRequest, reference), address: address),
            errors: ErrorSummary(refusal.map { [LineModel(text: $0, address: "#person")] } ?? [], texts: texts),
            filter: FilterFormModel(address: "\(address)/access", questions: [person], button: texts[.explain]),
            sections: sections(view, texts))
        return sheets.page(content, visit, .requests, status: refusal == nil ? .ok : .unprocessableContent)
    }

    /// The access of somebody whom the reader names, or why it is not told.
    private func access(
        to reference: String, of name: String?, _ visit: Visit
    ) async throws -> (AccessView?, refusal: String?) {
        guard let name else { return (nil, nil) }
        let handle = try await sheets.desk.handle(for: name)
        let found = try await answer {
            try await sheets.desk.access(to: reference, of: handle, for: visit.viewer)
        }
        switch found {
        case .success(let view): return (view, nil)
        case .failure(let rejection):
            let isUnknown = rejection.code == "people.unknown"
            return (nil, isUnknown ? visit.texts[.noPerson] : visit.texts.refusal(rejection))
        }
    }

    private func sections(_ view: AccessView, _ texts: Texts) -> [SectionModel] {
        let seeing = SectionModel(
            anchor: "seeing", heading: texts[.seeing],
            rows: [row(texts[.seeTheRequest], view.seeing, texts)])
        // Once for all steps of a kind would hide who has which.
        let parts: [(String, OfficeText, [AccessSubjectView])] = [
            ("fields", .limitedFields, view.fields), ("steps", .limitedSteps, view.steps),
            ("commands", .actions, view.commands.sorted { $0.verdict.isAllowed && !$1.verdict.isAllowed }),
        ]
        return [seeing]
            + parts.filter { !$0.2.isEmpty }.map { anchor, heading, subjects in
                SectionModel(
                    anchor: anchor, heading: texts[heading],
                    rows: subjects.map { subject in
                        let command = subject.command.map { texts.command($0) }
                        let title = [command, subject.title].compactMap { $0 }.joined(separator: ": ")
                        return row(title, subject.verdict, texts)
                    })
            }
    }

    private func row(_ title: String, _ verdict: AccessVerdictView, _ texts: Texts) -> SheetRowModel {
        let rules = verdict.rules.map(\.text).joined(separator: "; ")
        return SheetRowModel(
            title: title,
            tags: [
                TagModel(
                    text: texts[verdict.isAllowed ? .allowed : .notAllowed], tone: verdict.isAllowed ? "good" : "")
            ],
            facts: rules.isEmpty ? [] : [texts(verdict.isAllowed ? .because : .wouldNeed, rules)])
    }
}

extension Texts {
    /// What people call a command of the engine.
    func command(_ name: String) -> String {
        switch Command.Kind(rawValue: name) {
        case .claim: self[.claim]
        case .release: self[.release]
        case .complete: self[.complete]
        case .tick: self[.checklist]
        case .handOver: self[.handOver]
        case .approve: self[.approve]
        case .reject: self[.reject]
        case .addVoter: self[.addVoter]
        case .retry: self[.retry]
        case .giveUp: self[.giveUp]
        case .accept: self[.accept]
        case .addElement: self[.addElement]
        case .addStep: self[.addStep]
        case .amend: self[.changeAnswers]
        case .cancel: self[.cancelRequest]
        case .comment: self[.comment]
        case .note: self[.note]
        case .rate: self[.rated]
        case .reopen: self[.reopen]
        case .restrict: self[.restrict]
        case .unrestrict: self[.unrestrict]
        case .receive: self[.receive]
        default: name.plainWords
        }
    }
}
