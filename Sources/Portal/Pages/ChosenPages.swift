import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Doing the same with several pieces of work: a page that asks once, and one that says what became of each.
struct ChosenPages: Sendable {
    let desk: any PortalDesk
    let templates: Templates

    private typealias Deed = ChosenWork.Deed

    /// More than a page of the inbox shows.
    private static let most = 50

    private struct Choice {
        let work: ChosenWork
        let title: String
        let isPossible: Bool
    }

    /// Asks whether it is meant.
    func ask(_ visit: Visit) async throws -> Response {
        try await ask(visit, visit.fields)
    }

    func ask(_ visit: Visit, _ fields: FormFields, notice: String? = nil) async throws -> Response {
        let (deed, chosen, back) = try Self.read(fields)
        guard !chosen.isEmpty else { return try await nothingChosen(visit, back) }
        var choices: [Choice] = []
        for work in chosen { choices.append(try await choice(work, deed, visit)) }
        let texts = visit.texts
        let possible = choices.filter(\.isPossible)
        var comment: [QuestionModel] = []
        if deed == .approve {
            var question = QuestionModel(
                name: "comment", label: texts[.decisionComment], help: texts[.commentOfAll], look: .long)
            (question.height, question.isOptional) = ("3", true)
            question.value = fields["comment"] ?? ""
            comment = [question]
        }
        let count = String(possible.count)
        let action = ActionForm(
            address: "/inbox/done", key: fields["key"] ?? Visit.newKey(),
            hidden: [HiddenModel(name: "back", value: back), HiddenModel(name: "do", value: deed.rawValue)]
                + possible.map { HiddenModel(name: "item", value: $0.work.text) },
            questions: comment,
            buttons: [
                ButtonModel(text: texts(deed == .claim ? .claimCount : .approveCount, count), style: "primary")
            ])
        let content = ChosenContent(
            heading: texts[deed == .claim ? .claimChosen : .approveChosen],
            lines: choices.map {
                ChosenLineModel(
                    title: $0.title, number: $0.work.number, state: $0.isPossible ? nil : texts[.notPossible],
                    tone: "bad")
            },
            action: possible.isEmpty ? nil : action, back: back, backText: texts[.backToInbox])
        var shell = visit.shell(content.heading, .inbox)
        shell.notice = notice
        return .page(templates.page(content, in: shell))
    }

    private func nothingChosen(_ visit: Visit, _ back: String) async throws -> Response {
        try await ListPages(desk: desk, templates: templates).inboxWithoutChoice(visit, at: back)
    }

    /// Does it, each piece by itself: what is refused for one hinders no other.
    func carryOut(_ visit: Visit) async throws -> Response {
        let (deed, chosen, back) = try Self.read(visit.fields)
        guard !chosen.isEmpty else { return try await nothingChosen(visit, back) }
        let texts = visit.texts
        let key = try visit.fields.idempotencyKey
        let comment = visit.fields.text("comment")
        var lines: [ChosenLineModel] = []
        var versions: [String: Int] = [:]
        for work in chosen {
            let action: Action =
                deed == .claim ? .claim(work.instance) : .approve(work.instance, comment: comment)
            // What we did to it ourselves meanwhile is no surprise.
            let expected = deed == .approve ? versions[work.number] ?? work.version : nil
            let answer = await result(
                of: action, on: work.number, visit.viewer, key.map { "\($0)-\(work.text)" }, expected)
            let (title, state, tone): (String, String, String)
            switch answer {
            case .success(let view):
                versions[work.number] = view.summary.version
                (title, state, tone) = (
                    Self.title(of: work, in: view), texts[deed == .claim ? .wasClaimed : .wasApproved], "good"
                )
            case .failure(.versionMismatch(_)):
                (title, state, tone) = (try await choice(work, deed, visit).title, texts[.changedMeanwhile], "bad")
            case .failure(.rejected(let rejection)):
                (title, state, tone) = (try await choice(work, deed, visit).title, texts.refusal(rejection), "bad")
            case .failure(let error): throw error
            }
            lines.append(ChosenLineModel(title: title, number: work.number, state: state, tone: tone))
        }
        let content = ChosenContent(
            heading: texts[.whatHappened], lines: lines, action: nil, back: back, backText: texts[.backToInbox])
        return .page(templates.page(content, in: visit.shell(content.heading, .inbox)))
    }

    /// The request afterwards.
    private func result(
        of action: Action, on number: String, _ viewer: Viewer, _ key: String?, _ version: Int?
    ) async -> Result<RequestView, DeskError> {
        do throws(DeskError) {
            let written = try await desk.perform(action, on: number, by: viewer, key: key, expectedVersion: version)
            return .success(written.value)
        } catch {
            return .failure(error)
        }
    }

    private func choice(_ work: ChosenWork, _ deed: Deed, _ visit: Visit) async throws -> Choice {
        let view: RequestView
        do throws(DeskError) {
            view = try await desk.request(work.number, for: visit.viewer)
        } catch {
            guard case .rejected(let rejection) = error, rejection.kind == .notFound else { throw error }
            return Choice(work: work, title: visit.texts[.refusedNotFound], isPossible: false)
        }
        let step = view.steps.first { $0.instance == work.instance }
        let action: StepAction = deed == .claim ? .claim : .approve
        return Choice(
            work: work, title: Self.title(of: work, in: view), isPossible: step?.actions.contains(action) == true)
    }

    /// The step's; the request's where the step is not shown any more.
    private static func title(of work: ChosenWork, in view: RequestView) -> String {
        view.steps.first { $0.instance == work.instance }?.title ?? view.summary.title
    }

    private static func read(_ fields: FormFields) throws -> (deed: Deed, chosen: [ChosenWork], back: String) {
        guard let deed = Deed(rawValue: fields["do"] ?? "") else { throw HTTPError(.notFound) }
        var seen: Set<ChosenWork> = []
        let chosen = fields.values("item").compactMap(ChosenWork.init).filter { seen.insert($0).inserted }
        return (deed, Array(chosen.prefix(most)), ReturnPath.checked(fields["back"] ?? "/inbox"))
    }
}

/// A page about several pieces of work.
struct ChosenContent: PageContent {
    static let template = "chosen"

    let heading: String
    let lines: [ChosenLineModel]
    let action: ActionForm?
    let back: String
    let backText: String

    static let readable: [String: Readable<Self>] = [
        "heading": .text { $0.heading },
        "lines": .list { $0.lines },
        "action": .model { $0.action },
        "back": .text { $0.back },
        "back_text": .text { $0.backText },
    ]
}

/// One of several pieces of work, and what became of it.
struct ChosenLineModel: ViewModel {
    let title: String
    let number: String
    /// Nil: nothing yet.
    var state: String?
    var tone: String

    static let readable: [String: Readable<Self>] = [
        "title": .text { $0.title },
        "number": .text { $0.number },
        "address": .text { "/requests/\($0.number.percentEncoded)" },
        "state": .text { $0.state },
        "tone": .text { $0.tone },
    ]
}
