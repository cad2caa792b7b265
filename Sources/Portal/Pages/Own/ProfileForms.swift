import ServiceDesk
import WorkflowCore

/// The forms of the profile: how somebody reads, and what they want to be told.
struct ProfileForms {
    let visit: Visit
    let preferences: PreferencesView

    private var texts: Texts { visit.texts }

    var reading: ActionForm {
        var language = QuestionModel(name: "language", label: texts[.language], help: nil, look: .options)
        language.input = "radio"
        language.options = visit.organisation.languages.filter { Self.languageNames[$0] != nil }.map { tag in
            OptionModel(
                id: "language-\(tag)", value: tag, label: Self.languageNames[tag] ?? tag,
                isChecked: tag == texts.language)
        }
        var theme = QuestionModel(name: "theme", label: texts[.theme], help: nil, look: .options)
        theme.input = "radio"
        let themes: [(Theme, Text)] = [(.system, .system), (.light, .light), (.dark, .dark)]
        theme.options = themes.map { choice, text in
            OptionModel(
                id: "theme-\(choice.rawValue)", value: choice.rawValue, label: texts[text],
                isChecked: choice == visit.theme)
        }
        return ActionForm(
            address: "/profile", key: Visit.newKey(), questions: [language, theme],
            buttons: [ButtonModel(text: texts[.save], style: "primary")])
    }

    var telling: ActionForm {
        var kinds = QuestionModel(name: "kind", label: texts[.whatToTell], help: nil, look: .options)
        kinds.input = "checkbox"
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
