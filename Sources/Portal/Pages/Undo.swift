import HTTPAPI
import ServiceDesk
import WorkflowCore

/// Something that was just done and whose very opposite may be done now: the address of the page says which.
struct Undo: Sendable {
    private enum Deed: Sendable {
        case claimed, released
        case ticked(String, isDone: Bool)
    }

    private let deed: Deed
    private let instance: InstanceName

    /// - Parameter text: `claimed:buy`, `ticked:buy:budget`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count >= 2, let instance = InstanceName(parts[1]) else { return nil }
        self.instance = instance
        switch (parts[0], parts.count) {
        case ("claimed", 2): deed = .claimed
        case ("released", 2): deed = .released
        case ("ticked", 3): deed = .ticked(parts[2], isDone: true)
        case ("unticked", 3): deed = .ticked(parts[2], isDone: false)
        default: return nil
        }
    }

    /// What the address says after an action; nil where nothing can be taken back.
    static func text(after action: Action) -> String? {
        switch action {
        case .claim(let instance): "claimed:\(instance)"
        case .release(let instance): "released:\(instance)"
        case .tick(let instance, let item, let isDone): "\(isDone ? "ticked" : "unticked"):\(instance):\(item)"
        default: nil
        }
    }

    /// What the page offers; nil when it cannot be taken back any more.
    func model(in view: RequestView, at address: String, _ texts: Texts) -> UndoModel? {
        guard let step = view.steps.first(where: { $0.instance == instance }) else { return nil }
        let path = "\(address)/steps/\(instance.description.percentEncoded)"
        switch deed {
        case .claimed where step.actions.contains(.release):
            return model(texts(.didClaim, step.title), "\(path)/release", [], texts)
        case .released where step.actions.contains(.claim):
            return model(texts(.didRelease, step.title), "\(path)/claim", [], texts)
        case .ticked(let id, let isDone):
            guard step.actions.contains(.tick), let line = step.checklist.first(where: { $0.id == id }),
                line.isDone == isDone
            else { return nil }
            return model(
                texts(isDone ? .didTick : .didUntick, line.label), "\(path)/tick",
                [HiddenModel(name: "item", value: id), HiddenModel(name: "done", value: isDone ? "false" : "true")],
                texts)
        default: return nil
        }
    }

    private func model(_ text: String, _ address: String, _ hidden: [HiddenModel], _ texts: Texts) -> UndoModel {
        UndoModel(
            text: text,
            action: ActionForm(
                address: address, key: Visit.newKey(), hidden: [HiddenModel(name: "undo", value: "true")] + hidden,
                buttons: [ButtonModel(text: texts[.undo], style: "quiet")]))
    }
}

struct UndoModel: ViewModel {
    let text: String
    let action: ActionForm

    static let readable: [String: Readable<Self>] = [
        "undo_text": .text { $0.text },
        "action": .model { $0.action },
    ]
}
