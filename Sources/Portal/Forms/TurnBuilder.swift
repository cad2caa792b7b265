import ServiceDesk
import WorkflowCore

/// The forms of a step for whoever may do something with it.
struct TurnBuilder {
    let page: RequestContentBuilder

    private var texts: Texts { page.texts }
    private var version: String { String(page.view.summary.version) }

    func turn(_ step: StepView) -> TurnModel {
        let path = "\(page.address)/steps/\(step.instance.description.percentEncoded)"
        let id = "step-\(step.instance.description)"
        var turn = TurnModel(
            anchor: id, title: step.title, due: step.due.map { texts(.due, texts.moment($0)) },
            isOverdue: step.isOverdue, key: Visit.newKey(),
            checklist: step.checklist.map { line in
                TickModel(
                    address: "\(path)/tick", key: Visit.newKey(), item: line.id, label: line.label,
                    isDone: line.isDone, mayTick: step.actions.contains(.tick))
            })
        let actions = Set(step.actions)
        if actions.contains(.complete), !step.form.isEmpty {
            turn.link = "\(path)/complete"
            turn.linkText = texts[.completeLink]
        }
        if actions.contains(.approve) || actions.contains(.reject) { turn.actions.append(vote(step, path, id)) }
        let plain: [(StepAction, Text, String)] =
            (step.form.isEmpty ? [(.complete, .complete, "primary")] : [])
            + [
                (.claim, .claim, "secondary"), (.release, .release, "secondary"), (.retry, .retry, "primary"),
                (.accept, .accept, "secondary"),
            ]
        let buttons = plain.filter { actions.contains($0.0) }
        if let first = buttons.first {
            turn.actions.append(
                ActionForm(
                    address: "\(path)/\(first.0.rawValue)", key: Visit.newKey(),
                    buttons: buttons.map { action, text, style in
                        ButtonModel(text: texts[text], style: style, address: "\(path)/\(action.rawValue)")
                    }))
        }
        turn.more = more(step, path, id)
        return turn
    }

    private func vote(_ step: StepView, _ path: String, _ id: String) -> ActionForm {
        let (approve, reject) = ("\(path)/approve", "\(path)/reject")
        let typed = page.typed(reject) == nil ? approve : reject
        return ActionForm(
            address: approve, key: page.key(typed), version: version,
            questions: [page.comment(.decisionComment, at: typed, id: "\(id)-comment")],
            buttons: [
                ButtonModel(text: texts[.approve], style: "primary", address: approve),
                ButtonModel(text: texts[.reject], style: "danger", address: reject),
            ])
    }

    private func more(_ step: StepView, _ path: String, _ id: String) -> [AsideModel] {
        step.actions.compactMap { action in
            let address = "\(path)/\(action.rawValue)"
            let question: QuestionModel
            let summary: Text
            switch action {
            case .handOver:
                (summary, question) = (.handOver, person(.handOverTo, address, "\(id)-heir"))
            case .addVoter:
                (summary, question) = (.addVoter, person(.handOverTo, address, "\(id)-voter"))
            case .addElement:
                summary = .addElement
                var element = QuestionModel(name: "element", label: texts[.element], help: nil)
                element.value = page.typed(address)?["element"] ?? ""
                question = element.identified("\(id)-element")
            case .addStep:
                summary = .addStep
                question = choice(
                    "step", .whichStep, step.templates.map { ($0.id.text, $0.title) }, address, "\(id)-template")
            case .giveUp:
                summary = .giveUp
                question = choice(
                    "outcome", .giveUpOutcome, step.outcomes.map { ($0.id.text, $0.title) }, address,
                    "\(id)-outcome")
            case .claim, .release, .complete, .tick, .approve, .reject, .retry, .accept: return nil
            }
            return AsideModel(
                summary: texts[summary], isOpen: page.typed(address) != nil,
                action: ActionForm(
                    address: address, key: page.key(address), questions: [question],
                    buttons: [ButtonModel(text: texts[summary], style: action == .giveUp ? "danger" : "primary")]))
        }
    }

    private func person(_ label: Text, _ address: String, _ id: String) -> QuestionModel {
        var question = QuestionModel(name: "person", label: texts[label], help: texts[.personHelp])
        (question.isPerson, question.width) = (true, "middle")
        question.value = page.typed(address)?["person"] ?? ""
        return question.identified(id)
    }

    private func choice(
        _ name: String, _ label: Text, _ choices: [(value: String, label: String)], _ address: String, _ id: String
    ) -> QuestionModel {
        var question = QuestionModel(name: name, label: texts[label], help: nil, look: .options)
        question.input = "radio"
        question.options = choices.enumerated().map { index, choice in
            OptionModel(
                id: "\(id)-\(index)", value: choice.value, label: choice.label,
                isChecked: choices.count == 1 || page.typed(address)?[name] == choice.value)
        }
        return question.identified(id)
    }
}
