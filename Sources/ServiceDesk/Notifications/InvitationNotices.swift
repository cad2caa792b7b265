import Expressions
import WorkflowCore

/// What people are told of codes to sign in: the person whose account it is, and those who watch over it.
struct InvitationNotices {
    let person: PersonID
    let directory: Directory
    let configuration: Configuration
    let now: Instant
    let rule: InvitationRule
    let newID: (Instant) -> UniqueID

    /// That there is one.
    ///
    /// - Parameter inviter: Nil for an operator.
    func made(by inviter: PersonID?, needsConfirmation: Bool) -> [StoredNotification] {
        notices(
            .accountInvited, to: rule.watchers(of: person).union([person]).subtracting([inviter].compactMap { $0 })
        ) {
            isGerman in
            let maker = inviter.map(name) ?? (isGerman ? "Wer Bureau betreibt" : "Whoever runs Bureau")
            let made =
                isGerman
                ? "\(maker) hat einen Code erstellt, mit dem \(name(person)) ein Passwort setzt."
                : "\(maker) made a code with which \(name(person)) sets a password."
            guard needsConfirmation else { return made }
            return made
                + (isGerman ? " Er gilt, sobald ihn jemand bestätigt." : " It is good once somebody confirms it.")
        }
    }

    /// That somebody is asked to confirm it.
    func asking(_ confirmers: Set<PersonID>, by inviter: PersonID?) -> [StoredNotification] {
        notices(.invitationToConfirm, to: confirmers) { isGerman in
            let handle = directory[person]?.handle ?? ""
            let maker = inviter.map(name) ?? ""
            return isGerman
                ? "Bitte fragen Sie \(name(person)), ob der Code von \(maker) gewollt ist, und bestätigen Sie ihn dann: "
                    + "bureau confirm-invitation \(handle)."
                : "Please ask \(name(person)) whether the code by \(maker) is wanted, and then confirm it: "
                    + "bureau confirm-invitation \(handle)."
        }
    }

    func confirmed(by confirmer: PersonID, for inviter: PersonID) -> [StoredNotification] {
        notices(.invitationConfirmed, to: [person, inviter]) { isGerman in
            isGerman
                ? "\(name(confirmer)) hat den Code für \(name(person)) bestätigt."
                : "\(name(confirmer)) confirmed the code for \(name(person))."
        }
    }

    /// That it was used.
    func used(madeBy inviter: PersonID?) -> [StoredNotification] {
        notices(.invitationUsed, to: rule.watchers(of: person).union([person])) { isGerman in
            let maker = inviter.map(name) ?? (isGerman ? "wer Bureau betreibt" : "whoever runs Bureau")
            return isGerman
                ? "Mit dem Code, den \(maker) erstellt hat, wurde das Passwort von \(name(person)) gesetzt. Wer das nicht "
                    + "war, meldet es sofort."
                : "The password of \(name(person)) was set with the code that \(maker) made. Report it at once if it was "
                    + "not them."
        }
    }

    private func name(_ person: PersonID) -> String { directory.name(of: person) }

    private func notices(
        _ kind: NotificationKind, to people: Set<PersonID>, _ text: (_ isGerman: Bool) -> String
    ) -> [StoredNotification] {
        let texts = configuration.organisation.sentences { text($0.isGerman) }
        return people.sorted().map { person in
            StoredNotification(
                id: newID(now), person: person, at: now, kind: kind.rawValue, request: nil, number: nil, instance: nil,
                text: texts)
        }
    }
}
