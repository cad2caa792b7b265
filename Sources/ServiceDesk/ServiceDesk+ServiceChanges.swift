import Expressions
import WorkflowCore

/// What files change about the services that departments call: what is sent there, and what they answer, is theirs.
extension ServiceDesk {
    /// One audit entry for each service that comes, goes, moves, is sent another secret or is offered to others. Those who administer or
    /// lead a department that may call it are told, whoever does it not among them.
    func recordOfServices(
        from old: Configuration, to new: Configuration, in directory: Directory, by viewer: Viewer
    ) -> ChangeRecord {
        let now = clock().truncatedToMicroseconds
        let changes = ServiceChange.all(from: old, to: new)
        let audit = Set(old.services.keys).union(new.services.keys).sorted().compactMap { id -> AuditEntry? in
            let (before, after) = (old.services[id], new.services[id])
            guard
                before?.url != after?.url || before?.secret != after?.secret || before?.offeredTo != after?.offeredTo
            else { return nil }
            return auditEntry(
                .serviceChanged, by: viewer.principal.description, subject: "service:\(id)",
                details: [
                    "address_before": before?.url ?? "", "address": after?.url ?? "",
                    "secret_before": before?.secret ?? "", "secret": after?.secret ?? "",
                    "offered_before": before?.offeredTo.words ?? "", "offered": after?.offeredTo.words ?? "",
                ])
        }
        let who = directory.name(of: viewer.person.id)
        let told = changes.flatMap { change -> [StoredNotification] in
            let departments = change.concerned(from: old, to: new)
            let recipients = directory.people(
                behind: departments.flatMap { $0.administrators + $0.leads }, in: new
            ).subtracting([viewer.person.id])
            let text = new.organisation.sentences { change.sentence(by: who, in: $0, new) }
            return recipients.sorted().map { recipient in
                StoredNotification(
                    id: newID(at: now), person: recipient, at: now, kind: NotificationKind.serviceChanged.rawValue,
                    request: nil, number: nil, instance: nil, text: text)
            }
        }
        return ChangeRecord(audit: audit, told: told)
    }
}

/// Something about a service that those who may call it want to know.
private struct ServiceChange {
    enum Kind {
        case moved(to: String)
        case otherSecret
        /// To whom it was not before.
        case offered(to: Offer)
        /// Another service is called with its secret.
        case shared(with: Service)
        case removed
    }

    /// As it was.
    let service: Service
    let kind: Kind

    static func all(from old: Configuration, to new: Configuration) -> [ServiceChange] {
        old.services.values.sorted { $0.id < $1.id }.flatMap { before -> [ServiceChange] in
            var kinds: [Kind] = []
            if let after = new.services[before.id] {
                if after.url != before.url { kinds.append(.moved(to: after.url)) }
                if after.secret != before.secret { kinds.append(.otherSecret) }
                if let more = after.offeredTo.widened(from: before.offeredTo) { kinds.append(.offered(to: more)) }
            } else {
                kinds.append(.removed)
            }
            let sharers = new.services.values.filter { other in
                other.id != before.id && other.secret != nil && other.secret == before.secret
                    && other.secret != old.services[other.id]?.secret
            }
            kinds += sharers.sorted { $0.id < $1.id }.map(Kind.shared)
            return kinds.map { ServiceChange(service: before, kind: $0) }
        }
    }

    /// The departments whose processes call it, before or after, and those to which it was offered by name: requests that started on older
    /// files may call it, too.
    func concerned(from old: Configuration, to new: Configuration) -> [Department] {
        let types = Array(old.requestTypes.values) + Array(new.requestTypes.values)
        var departments = Set(types.filter { $0.calls(service.id) }.map(\.department))
        if case .departments(let named) = service.offeredTo { departments.formUnion(named) }
        return departments.sorted().compactMap { new.departments[$0] }
    }

    func sentence(by who: String, in language: String, _ configuration: Configuration) -> String {
        let title = service.title.text(in: language)
        let isGerman = language.isGerman
        switch kind {
        case .moved(let url):
            return isGerman
                ? "\(who) hat die Adresse von \(title), das Ihre Abläufe aufrufen können, auf \(url) geändert."
                : "\(who) moved \(title), which your processes may call, to \(url)."
        case .otherSecret:
            return isGerman
                ? "\(who) hat geändert, mit welchem Geheimnis Ihre Abläufe \(title) aufrufen; das bisherige kann nun anderswohin gehen."
                : "\(who) changed with which secret your processes call \(title); the one before may go elsewhere now."
        case .offered(let offer):
            var names = isGerman ? "alle Abteilungen" : "every department"
            if case .departments(let departments) = offer {
                names = departments.sorted().compactMap { configuration.departments[$0]?.title.text(in: language) }
                    .joined(separator: ", ")
            }
            return isGerman
                ? "\(who) hat \(title), das Ihre Abläufe aufrufen können, auch freigegeben für: \(names)."
                : "\(who) offered \(title), which your processes may call, also to: \(names)."
        case .shared(let other):
            let name = other.title.text(in: language)
            return isGerman
                ? "\(who) lässt \(name) mit dem Geheimnis von \(title) aufrufen, das Ihre Abläufe aufrufen können."
                : "\(who) lets \(name) be called with the secret of \(title), which your processes may call."
        case .removed:
            return isGerman
                ? "\(who) hat \(title) entfernt, das Ihre Abläufe aufrufen konnten; sein Geheimnis kann nun anderswohin gehen."
                : "\(who) removed \(title), which your processes could call; its secret may go elsewhere now."
        }
    }
}

extension Offer {
    /// What it has and the earlier one had not; nil when there is nothing.
    fileprivate func widened(from before: Offer) -> Offer? {
        switch (before, self) {
        case (.everyone, _), (_, .nobody): return nil
        case (_, .everyone): return .everyone
        case (.nobody, .departments): return self
        case (.departments(let then), .departments(let now)):
            let more = now.subtracting(then)
            return more.isEmpty ? nil : .departments(more)
        }
    }

    /// `everyone`, `nobody`, `hr,it`.
    fileprivate var words: String {
        switch self {
        case .everyone: "everyone"
        case .nobody: "nobody"
        case .departments(let departments): departments.sorted().map(\.text).joined(separator: ",")
        }
    }
}

extension RequestType {
    /// Whether a step calls it, or takes back by it what it did.
    fileprivate func calls(_ service: ServiceID) -> Bool {
        index.all.contains { step in
            if case .call(let call) = step.kind, call.service == service { return true }
            if case .call(let call)? = step.undo { return call.service == service }
            return false
        }
    }
}
