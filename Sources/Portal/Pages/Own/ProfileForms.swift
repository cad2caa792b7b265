import ServiceDesk
import WorkflowCore

/// The forms of the profile: how somebody reads, and what they want to be told.
struct ProfileForms {
    let visit: Visit
    let preferences: PreferencesView
    /// Time zones to choose from; empty lets people write one.
    let zoneNames: [String]
    /// What was typed for the time zone and why it was refused.
    var typedZone: String?
    var refusal: Rejection?

    private var texts: Texts { visit.texts }

    /// Stands for the organisation's among time zones.
    static let organisation = "organisation"

    var errors: ErrorSummary? {
        ErrorSummary(
            refusal.map { [LineModel(text: texts.refusal($0), address: "#time_zone")] } ?? [], texts: texts)
    }

    var reading: ActionForm {
        var language = QuestionModel(name: "language", label: texts[.language], help: nil, look: .options)
        (language.input, language.isShown) = ("radio", false)
        language.options = visit.organisation.languages.filter { Self.languageNames[$0] != nil }.map { tag in
            OptionModel(
                id: "language-\(tag)", value: tag, label: Self.languageNames[tag] ?? tag,
                isChecked: tag == texts.language)
        }
        var theme = QuestionModel(name: "theme", label: texts[.theme], help: nil, look: .options)
        (theme.input, theme.isShown) = ("radio", false)
        let themes: [(Theme, Text)] = [(.system, .system), (.light, .light), (.dark, .dark)]
        theme.options = themes.map { choice, text in
            OptionModel(
                id: "theme-\(choice.rawValue)", value: choice.rawValue, label: texts[text],
                isChecked: choice == visit.theme)
        }
        return ActionForm(
            address: "/profile", key: Visit.newKey(), questions: [language, theme, zone],
            buttons: [ButtonModel(text: texts[.save], style: "primary")])
    }

    private var zone: QuestionModel {
        var zone = QuestionModel(name: "time_zone", label: texts[.timeZone], help: texts[.timeZoneHelp])
        zone.isShown = false
        zone.error = refusal.map(texts.refusal)
        let present = typedZone ?? preferences.timeZone ?? Self.organisation
        guard !zoneNames.isEmpty else {
            (zone.value, zone.width) = (present == Self.organisation ? "" : present, "middle")
            return zone
        }
        zone.look = .select
        // One that is known by another name than those that are offered stays chosen.
        let names = zoneNames + (zoneNames.contains(present) || present == Self.organisation ? [] : [present])
        zone.options =
            [
                OptionModel(
                    id: "", value: Self.organisation,
                    label: texts(.asOrganisation, preferences.organisationTimeZone),
                    isChecked: present == Self.organisation)
            ]
            + names.map { OptionModel(id: "", value: $0, label: $0, isChecked: $0 == present) }
        return zone
    }

    var telling: ActionForm {
        var kinds = QuestionModel(name: "kind", label: texts[.whatToTell], help: nil, look: .options)
        (kinds.input, kinds.isShown) = ("checkbox", false)
        kinds.options = NotificationKind.optional.map { kind in
            OptionModel(
                id: "kind-\(kind.rawValue)", value: kind.rawValue, label: Self.words(kind).map { texts[$0] } ?? "",
                isChecked: !preferences.off.contains(kind))
        }
        return ActionForm(
            address: "/profile/notifications", key: Visit.newKey(), questions: [kinds],
            buttons: [ButtonModel(text: texts[.save], style: "primary", subject: texts[.notifications])])
    }

    /// Nil for those that nobody is asked about.
    static func words(_ kind: NotificationKind) -> OfficeText? {
        switch kind {
        case .closed: .kindClosed
        case .commented: .kindCommented
        case .noted: .kindNoted
        case .targetWarning: .kindTargetWarning
        case .targetMissed: .kindTargetMissed
        case .changeConfirmed: .kindChangeConfirmed
        default: nil
        }
    }

    /// In their own words: whoever needs one may read no other.
    private static let languageNames = ["en": "English", "de": "Deutsch"]
}
