import Mustache
import ServiceDesk

/// What every page has around its content.
package struct Shell: ViewModel {
    let texts: Texts
    var title: String
    let brand: String
    let theme: Theme
    /// Where the page is, for what leads back to it.
    let path: String
    /// Nil: nobody has signed in.
    var person: String?
    var csrf: String?
    var place: Place?
    /// Something that has just been done.
    var notice: String?
    /// How much waits for the reader, and how many requests of theirs are open; nil where nobody counted.
    var waiting: String?
    var open: String?
    /// How much they were told and have not read; nil for nothing, and where nobody counted.
    var unread: String?
    /// What the page follows: a request's number, `all` or `none`; nil for a page that does not.
    var live: String?
    /// What the page asks again when that has changed; nil for nothing.
    var liveAddress: String?
    /// Up to where the page knows everything.
    var position: String?
    /// Whether the reader administers something.
    var mayAdminister = false
    /// Whether the reader leads a department.
    var mayLead = false

    /// The parts of the portal that the top of each page leads to.
    enum Place: Sendable { case home, services, requests, inbox, dashboard, administration, profile }

    package static let readable: [String: Readable<Shell>] = [
        "t": .words { $0.texts },
        "title": .text { $0.title },
        "brand": .text { $0.brand },
        "language": .text { $0.texts.language },
        "theme": .text { $0.theme.rawValue },
        "path": .text { $0.path },
        "csrf": .text { $0.csrf },
        "person": .text { $0.person },
        "notice": .text { $0.notice },
        "waiting_count": .text { $0.waiting },
        "open_count": .text { $0.open },
        "unread_count": .text { $0.unread },
        "live": .text { $0.live },
        "live_address": .text { $0.liveAddress },
        "position": .text { $0.position },
        "style": .text { _ in Asset.style.address },
        "script": .text { _ in Asset.script.address },
        "icon": .text { _ in Asset.icon.address },
        "at_home": .flag { $0.place == .home },
        "at_services": .flag { $0.place == .services },
        "at_requests": .flag { $0.place == .requests },
        "at_inbox": .flag { $0.place == .inbox },
        "at_dashboard": .flag { $0.place == .dashboard },
        "at_administration": .flag { $0.place == .administration },
        "may_lead": .flag { $0.mayLead },
        "may_administer": .flag { $0.mayAdminister },
        "at_profile": .flag { $0.place == .profile },
    ]
}

/// Light or dark.
enum Theme: String, CaseIterable, Sendable {
    /// As the system says.
    case system
    case light, dark
}

/// A page's content in its shell: names of the content come first.
struct Document<Content: ViewModel>: MustacheParent {
    let shell: Shell
    let content: Content

    func child(named name: String) -> Any? { content.child(named: name) ?? shell.child(named: name) }
}

extension Shell {
    /// From here on nobody wants to know it exactly.
    static let mostCounted = 1000

    /// With the counts at the tabs.
    func counting(_ counts: (mine: Int, waiting: Int), unread: Int) -> Shell {
        var shell = self
        shell.waiting = Self.short(counts.waiting)
        shell.open = Self.short(counts.mine)
        shell.unread = Self.short(unread)
        return shell
    }

    private static func short(_ count: Int) -> String? {
        count == 0 ? nil : count < mostCounted ? String(count) : "\(mostCounted - 1)+"
    }
}
