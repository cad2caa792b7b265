import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk

/// Asks once more before something is taken from somebody else, or thrown away.
struct Confirmation {
    let heading: String
    let text: String
    let button: String
    /// Where the reader came from.
    let back: LineModel

    private static let name = "sure"

    /// Whether the form of this page was sent, rather than that of the page before.
    static func isGiven(_ visit: Visit) -> Bool { visit.fields[name] == "yes" }

    /// The page: the same form again, with the answer.
    func page(_ visit: Visit, _ place: Shell.Place, _ templates: Templates) -> Response {
        let sent = visit.fields.pairs.filter { !["csrf", "key", Self.name].contains($0.name) }
        let content = MessageContent(
            heading: heading, text: text, hint: nil, link: back.address, linkText: back.text, reference: nil,
            action: ActionForm(
                address: visit.request.uri.path, key: Visit.newKey(),
                hidden: sent.map { HiddenModel(name: $0.name, value: $0.value) }
                    + [HiddenModel(name: Self.name, value: "yes")],
                buttons: [ButtonModel(text: button, style: "danger")]))
        return .page(templates.page(content, in: visit.shell(heading, place)))
    }
}
