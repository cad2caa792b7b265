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
    /// What the form sent; empty for GET.
    let fields: FormFields
    /// The variables of the path.
    let context: APIContext

    func variable(_ name: String) throws(Problem) -> String { try context.variable(name) }

    func department(_ id: DepartmentID) -> String {
        organisation.departments[id]?.text(in: texts.language, fallbacks: organisation.languages) ?? id.text
    }

    func shell(_ title: String, _ place: Shell.Place?) -> Shell {
        Shell(
            texts: texts, title: title, brand: organisation.brand(in: texts.language), theme: theme,
            path: request.address, person: viewer.person.name, csrf: csrf, place: place)
    }

    /// A key for a form: sending the form again does nothing again.
    static func newKey() -> String {
        "portal-" + SystemRandom.bytes(16).map { byte in String(UInt16(byte) + 256, radix: 16).dropFirst() }.joined()
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
