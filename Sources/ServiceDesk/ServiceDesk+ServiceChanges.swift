import Expressions
import WorkflowCore

/// Where the services that departments call are, as files change it: what is sent there is theirs.
extension ServiceDesk {
    /// One audit entry for each service that moves, or is sent another secret. Those who administer or lead a department whose processes
    /// call it are told, whoever does it not among them.
    func recordOfServices(
        from old: Configuration, to new: Configuration, in directory: Directory, by viewer: Viewer
    ) -> ChangeRecord {
        let now = clock().truncatedToMicroseconds
        var (audit, told): ([AuditEntry], [StoredNotification]) = ([], [])
        let moved = new.services.values.filter { service in
            old.services[service.id].map { $0.url != service.url || $0.secret != service.secret } ?? false
        }
        for service in moved.sorted(by: { $0.id < $1.id }) {
            guard let before = old.services[service.id] else { continue }
            audit.append(
                auditEntry(
                    .serviceChanged, by: viewer.principal.description, subject: "service:\(service.id)",
                    details: [
                        "address_before": before.url, "address": service.url,
                        "secret_before": before.secret ?? "", "secret": service.secret ?? "",
                    ]))
            for department in Self.callers(of: service.id, old, new) {
                told += notifications(of: service, from: before, to: department, new, directory, by: viewer, at: now)
            }
        }
        return ChangeRecord(audit: audit, told: told)
    }

    /// The departments whose processes call a service, before or after.
    private static func callers(of service: ServiceID, _ old: Configuration, _ new: Configuration) -> [Department] {
        let types = Array(old.requestTypes.values) + Array(new.requestTypes.values)
        let departments = Set(types.filter { $0.calls(service) }.map(\.department))
        return departments.sorted().compactMap { new.departments[$0] }
    }

    private func notifications(
        of service: Service, from before: Service, to department: Department, _ configuration: Configuration,
        _ directory: Directory, by viewer: Viewer, at now: Instant
    ) -> [StoredNotification] {
        let recipients = directory.people(behind: department.administrators + department.leads, in: configuration)
            .subtracting([viewer.person.id])
        let who = directory.name(of: viewer.person.id)
        let hasMoved = service.url != before.url
        let text = configuration.organisation.sentences { language in
            let title = service.title.text(in: language)
            if language.isGerman {
                return hasMoved
                    ? "\(who) hat die Adresse von \(title), das Ihre Abläufe aufrufen, auf \(service.url) geändert."
                    : "\(who) hat geändert, mit welchem Geheimnis Ihre Abläufe \(title) aufrufen."
            }
            return hasMoved
                ? "\(who) moved \(title), which your processes call, to \(service.url)."
                : "\(who) changed with which secret your processes call \(title)."
        }
        return recipients.sorted().map { recipient in
            StoredNotification(
                id: newID(at: now), person: recipient, at: now, kind: NotificationKind.serviceChanged.rawValue,
                request: nil, number: nil, instance: nil, text: text)
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
