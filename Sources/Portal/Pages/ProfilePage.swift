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
        async let known = desk.profile(of: visit.viewer)
        async let chosen = desk.preferences(of: visit.viewer)
        async let started = desk.sessions(of: visit.viewer)
        let (profile, preferences, sessions) = (try await known, try await chosen, try await started)
        let forms = ProfileForms(visit: visit, preferences: preferences)
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
            preferences: [forms.reading], zone: preferences.words(texts), telling: [forms.telling],
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

    /// Keeps how somebody reads in this browser: language and colours.
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

    /// Keeps what somebody wants to be told.
    func saveNotifications(_ visit: Visit) async throws -> Response {
        let present = try await desk.preferences(of: visit.viewer)
        let wanted = Set(visit.fields.values("kind"))
        let off = NotificationKind.optional.map(\.rawValue).filter { !wanted.contains($0) }
        _ = try await desk.keepPreferences(timeZone: present.timeZone, off: off, by: visit.viewer)
        return .seeOther("/profile?saved=true")
    }

    func endSession(_ visit: Visit) async throws -> Response {
        guard let id = UniqueID(try visit.variable("session")) else { throw HTTPError(.notFound) }
        try await desk.endSession(id, of: visit.viewer)
        return .seeOther("/profile")
    }

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
    /// In which moments are shown, in words.
    let zone: String
    let telling: [ActionForm]
    let sessions: [SessionModel]

    static let readable: [String: Readable<Self>] = [
        "tabs": .model { $0.tabs },
        "name": .text { $0.name },
        "facts": .list { $0.facts },
        "preferences": .list { $0.preferences },
        "zone": .text { $0.zone },
        "telling": .list { $0.telling },
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
