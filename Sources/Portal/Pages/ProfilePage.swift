import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Who I am, how I read, and where I am signed in.
struct ProfilePage: Sendable {
    let gate: Gate

    private var desk: any PortalDesk { gate.desk }

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        let isSaved = try query.flag("saved")
        try query.finish()
        let texts = visit.texts
        let profile = try await desk.profile(of: visit.viewer)
        let sessions = try await desk.sessions(of: visit.viewer)
        var facts = [
            FactModel(label: texts[.handle], text: profile.person.handle),
            FactModel(label: texts[.email], text: profile.email),
        ]
        if let manager = profile.manager { facts.append(FactModel(label: texts[.manager], text: manager.name)) }
        for (label, parties) in [
            (Text.groups, profile.groups), (.teams, profile.teams), (.roles, profile.roles),
        ] where !parties.isEmpty {
            facts.append(FactModel(label: texts[label], text: parties.map(\.name).joined(separator: ", ")))
        }
        let content = ProfileContent(
            tabs: OwnPage.profile.tabs(texts), name: profile.person.name, facts: facts,
            preferences: [preferences(visit)],
            sessions: sessions.map { session in
                SessionModel(
                    address: "/profile/sessions/\(session.id)/end",
                    title: session.label.isEmpty ? texts[Self.method(session.method)] : session.label,
                    facts: texts(
                        .sessionFacts, texts.moment(session.createdAt), texts.moment(session.seenAt)),
                    isCurrent: session.isCurrent)
            })
        var shell = visit.shell(profile.person.name, .profile)
        if isSaved { shell.notice = texts[.saved] }
        return .page(gate.templates.page(content, in: shell))
    }

    /// Keeps how somebody reads, in their browser.
    func save(_ visit: Visit) async throws -> Response {
        var cookies: [String] = []
        if let language = visit.fields["language"], visit.organisation.languages.contains(language) {
            cookies.append(Preferences.field(Preferences.languageCookie, language, isSecure: gate.isSecure))
        }
        if let theme = visit.fields["theme"].flatMap(Theme.init) {
            cookies.append(Preferences.field(Preferences.themeCookie, theme.rawValue, isSecure: gate.isSecure))
        }
        var headers: HTTPFields = [:]
        headers[values: .setCookie] = cookies
        return .seeOther("/profile?saved=true", headers: headers)
    }

    func endSession(_ visit: Visit) async throws -> Response {
        guard let id = UniqueID(try visit.variable("session")) else { throw HTTPError(.notFound) }
        try await desk.endSession(id, of: visit.viewer)
        return .seeOther("/profile")
    }

    private func preferences(_ visit: Visit) -> ActionForm {
        let texts = visit.texts
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
            address: "/profile", key: Visit.newKey(), questions: [language, theme],
            buttons: [ButtonModel(text: texts[.save], style: "primary")])
    }

    /// In their own words: whoever needs one may read no other.
    private static let languageNames = ["en": "English", "de": "Deutsch"]

    static func method(_ method: SignInMethod) -> Text {
        switch method {
        case .password: .methodPassword
        case .invitation: .methodInvitation
        case .provider: .methodProvider
        case .demo: .methodDemo
        }
    }
}

struct ProfileContent: PageContent {
    static let template = "profile"

    let tabs: TabsModel
    let name: String
    let facts: [FactModel]
    let preferences: [ActionForm]
    let sessions: [SessionModel]

    static let readable: [String: Readable<Self>] = [
        "tabs": .model { $0.tabs },
        "name": .text { $0.name },
        "facts": .list { $0.facts },
        "preferences": .list { $0.preferences },
        "sessions": .list { $0.sessions },
    ]
}

struct SessionModel: ViewModel {
    let address: String
    let title: String
    let facts: String
    let isCurrent: Bool

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "title": .text { $0.title },
        "facts": .text { $0.facts },
        "is_current": .flag { $0.isCurrent },
    ]
}
