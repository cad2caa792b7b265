import WorkflowCore

extension QueryService {
    /// Why somebody may see a request, or what would let them. Only who sees the request may ask, and about others only who answers for
    /// the department's requests or was named by a confidential type.
    func access(to reference: String, of handle: String?, for viewer: Viewer) async throws(DeskError) -> AccessView {
        let id = try await find(reference, for: viewer)
        let found = try await asking { () throws(StorageError) -> (Reading, RequestState)? in
            guard let stored = try await storage.request(id, for: Asker(reading: viewer)) else { return nil }
            let state = try StateCodec.decode(stored)
            let directory = try await directories.current()
            let compiled = try await configurations.version(state.configuration)
            guard let type = compiled.configuration.requestTypes[state.type] else { return nil }
            return (Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock()), state)
        }
        guard let (reading, state) = found, Rules.canSee(state, in: reading.context) else {
            throw .rejected(.unknownRequest)
        }
        do throws(Rejection) {
            let person = try whom(handle, for: viewer, state, reading)
            return Rules.explain(person, state, in: reading.context).view(reading, state)
        } catch {
            throw .rejected(error)
        }
    }

    /// Whose access is asked for: the viewer's own without a handle.
    private func whom(
        _ handle: String?, for viewer: Viewer, _ state: RequestState, _ reading: Reading
    ) throws(Rejection) -> PersonID {
        guard let handle, handle != viewer.person.handle else { return viewer.person.id }
        if Rules.reason(for: viewer.person.id, toSee: state, in: reading.context) != .confidant {
            try Access.require(.explainOthers(in: reading.type.department), of: viewer.authority)
        }
        guard let person = reading.directory.person(handle: handle) else {
            throw Rejection(
                .notFound, code: "people.unknown", message: "There is nobody with the handle \(handle).")
        }
        return person.id
    }
}

extension AccessExplanation {
    fileprivate func view(_ reading: Reading, _ state: RequestState) -> AccessView {
        AccessView(
            person: reading.person(person), seeing: seeing.view(reading),
            fields: fields.map { subject in
                AccessSubjectView(
                    command: nil, instance: nil, field: subject.id,
                    title: reading.type.form[subject.id].map { reading.text($0.label) },
                    verdict: subject.verdict.view(reading))
            },
            steps: steps.map { subject in
                AccessSubjectView(
                    command: nil, instance: subject.id, field: nil, title: reading.title(of: subject.id, in: state),
                    verdict: subject.verdict.view(reading))
            },
            commands: commands.map { act in
                AccessSubjectView(
                    command: act.command.rawValue, instance: act.instance, field: act.field,
                    title: act.instance.map { reading.title(of: $0, in: state) }
                        ?? act.field.flatMap { reading.type.form[$0] }.map { reading.text($0.label) },
                    verdict: act.verdict.view(reading))
            })
    }
}

extension AccessExplanation.Verdict {
    fileprivate func view(_ reading: Reading) -> AccessVerdictView {
        AccessVerdictView(
            isAllowed: isAllowed,
            rules: rules.map { rule in
                let party = rule.party.map(reading.party)
                return AccessRuleView(
                    code: rule.code, party: party,
                    text: rule.code.text(party?.name, isGerman: reading.language.isGerman))
            })
    }
}

extension AccessRule.Code {
    /// A few words that complete “because this is”: who somebody is to the request.
    fileprivate func text(_ party: String?, isGerman: Bool) -> String {
        let words: (english: String, german: String) =
            switch self {
            case .requester: ("whoever raised it", "wer es gestellt hat")
            case .beneficiary: ("whom it is for", "für wen es ist")
            case .participant: ("somebody who works on it or did", "wer daran arbeitet oder gearbeitet hat")
            case .involved: ("somebody to whom work on it was offered", "wem Arbeit daran angeboten wurde")
            case .agent: ("an agent of the department", "wer für die Abteilung bearbeitet")
            case .lead: ("a lead of the department", "wer die Abteilung leitet")
            case .standIn: ("a deputy of somebody for whom it waits", "die Vertretung von jemandem, auf den es wartet")
            case .confidant: ("somebody whom the confidential type names", "wen der vertrauliche Typ nennt")
            case .restriction:
                ("somebody in the team that it is restricted to", "wer in dem Team ist, auf das es beschränkt ist")
            case .holdsWork: ("somebody who has work in it now", "wer gerade Arbeit daran hat")
            case .opened: ("somebody to whom it was opened for reading", "wem es zum Lesen geöffnet wurde")
            case .administrator: ("whoever administers the department", "wer die Abteilung verwaltet")
            case .worksOnRequest: ("whoever works on the request", "wer an dem Anliegen arbeitet")
            case .seesRequest: ("whoever sees the request", "wer das Anliegen sieht")
            case .assignee: ("whoever has the task", "wer die Aufgabe hat")
            case .offered: ("somebody to whom the task is offered", "wem die Aufgabe angeboten ist")
            case .voter: ("somebody with a vote", "wer eine Stimme hat")
            case .asked: ("somebody who was asked how to go on", "wer gefragt wurde, wie es weitergeht")
            case .author: ("whoever entered or does it", "wer es eingetragen hat oder tut")
            case .named: ("somebody whom the request type names for this", "wen der Anliegentyp dafür nennt")
            }
        let text = isGerman ? words.german : words.english
        return party.map { "\(text) (\($0))" } ?? text
    }
}
