import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// One request of somebody who has signed in, with everything that a page needs to know of them.
struct Visit: Sendable {
    let request: Request
    let viewer: Viewer
    let csrf: String
    let organisation: OrganisationView
    let texts: Texts
    let theme: Theme
    /// In octets.
    let maximumUpload: Int
    /// Up to where everything is known that the page reads.
    let position: String
    /// What the form sent; empty for GET.
    private(set) var fields: FormFields
    /// Why files of the form were not taken, by the name of their question.
    private(set) var refusedFiles: [String: Rejection] = [:]
    /// Whether the form had files that were not kept.
    private(set) var lostFiles = false
    /// The variables of the path.
    let context: APIContext

    init(
        request: Request, viewer: Viewer, csrf: String, organisation: OrganisationView, texts: Texts, theme: Theme,
        maximumUpload: Int, position: String, fields: FormFields, context: APIContext
    ) {
        self.request = request
        self.viewer = viewer
        self.csrf = csrf
        self.organisation = organisation
        self.texts = texts
        self.theme = theme
        self.maximumUpload = maximumUpload
        self.position = position
        self.fields = fields
        self.context = context
    }

    /// What the form sent, where it is read late: it has files.
    mutating func take(_ form: SentForm) {
        fields = form.fields
        refusedFiles = form.refusedFiles
        lostFiles = form.lostFiles
    }

    func variable(_ name: String) throws(Problem) -> String { try context.variable(name) }

    func department(_ id: DepartmentID) -> String {
        organisation.departments[id]?.text(in: texts.language, fallbacks: organisation.languages) ?? id.text
    }

    func shell(_ title: String, _ place: Shell.Place?) -> Shell {
        var shell = Shell(
            texts: texts, title: title, brand: organisation.brand(in: texts.language), theme: theme,
            path: request.address, person: viewer.person.name, csrf: csrf, place: place)
        (shell.live, shell.position) = ("none", position)
        shell.mayAdminister = mayAdminister
        shell.mayLead = mayLead
        return shell
    }

    /// The same for a page that comes again when something of what it shows has changed.
    func shell(_ title: String, _ place: Shell.Place?, following subject: String, at address: String) -> Shell {
        var shell = shell(title, place)
        (shell.live, shell.liveAddress) = (subject, address)
        return shell
    }

    /// A key for a form: sending the form again does nothing again.
    static func newKey() -> String {
        "portal-" + TextForms.hexadecimal(SystemRandom.bytes(16))
    }
}

extension OrganisationView {
    func brand(in language: String) -> String { title.text(in: language, fallbacks: languages) }

    /// The language of somebody's pages: what their browser was told, their own, what their browser asks for, the organisation's.
    func language(chosen: String?, own: String?, accepted: String?) -> String {
        for candidate in [chosen, own] {
            if let candidate, languages.contains(candidate) { return candidate }
        }
        return accepted.flatMap { AcceptLanguage($0).best(of: languages) } ?? languages[0]
    }
}
