import WorkflowCore

/// What an idempotency key was used for, as a digest: the same question gives the same one, whatever the order of its fields.
enum Fingerprint {
    /// - Parameter beneficiary: Nil when the requester is anonymous.
    static func raise(_ type: RequestTypeID, for beneficiary: PersonID?, entries: [FieldID: JSONValue]) -> [UInt8] {
        of(["raise", type.text, beneficiary?.description ?? "", text(of: entries)])
    }

    static func perform(_ action: Action, on request: RequestID) -> [UInt8] {
        of(["perform", request.description] + parts(of: action))
    }

    private static func parts(of action: Action) -> [String] {
        switch action {
        case .claim(let instance): ["claim", instance.description]
        case .release(let instance): ["release", instance.description]
        case .complete(let instance, let entries): ["complete", instance.description, text(of: entries)]
        case .approve(let instance, let comment): ["approve", instance.description, comment ?? ""]
        case .reject(let instance, let comment): ["reject", instance.description, comment ?? ""]
        case .retry(let instance): ["retry", instance.description]
        case .giveUp(let instance, let outcome): ["give_up", instance.description, outcome.text]
        case .accept(let instance): ["accept", instance.description]
        case .handOver(let instance, to: let handle): ["hand_over", instance.description, handle]
        case .tick(let instance, let item, let isDone): ["tick", instance.description, item, isDone ? "1" : "0"]
        case .addVoter(let instance, let handle): ["add_voter", instance.description, handle]
        case .addElement(let instance, let value): ["add_element", instance.description, CanonicalJSON.text(of: value)]
        case .addStep(let instance, let template): ["add_step", instance.description, template.text]
        case .amend(let entries): ["amend", text(of: entries)]
        case .receive(let event, let key, let entries):
            ["receive", event, key.map { "=\($0)" } ?? "", text(of: entries)]
        case .rate(let score, let comment): ["rate", String(score), comment ?? ""]
        case .reopen(let entries): ["reopen", text(of: entries)]
        case .comment(let text, files: let files): ["comment", text] + files.map(\.description)
        case .note(let text, let audience): ["note", audience.description, text]
        case .cancel(let reason): ["cancel", reason ?? ""]
        case .restrict(to: let team, let reason): ["restrict", team.text, reason]
        case .unrestrict(let reason): ["unrestrict", reason]
        }
    }

    /// An event for whoever waits for it.
    static func event(_ awaited: AwaitedEvent, entries: [FieldID: JSONValue]) -> [UInt8] {
        of(["event", awaited.event, awaited.key, text(of: entries)])
    }

    private static func of(_ parts: [String]) -> [UInt8] {
        Digest.sha256(parts.map { "\($0.utf8.count):\($0)" }.joined())
    }

    private static func text(of entries: [FieldID: JSONValue]) -> String {
        CanonicalJSON.object(entries.map { ($0.key.text, CanonicalJSON.text(of: $0.value)) })
    }
}

extension CanonicalJSON {
    /// JSON as it arrived, keys sorted, numbers as they were written.
    static func text(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): string(text)
        case .array(let elements): "[" + elements.map { text(of: $0) }.joined(separator: ",") + "]"
        case .object(let members): object(members.map { ($0.key, text(of: $0.value)) })
        }
    }
}
