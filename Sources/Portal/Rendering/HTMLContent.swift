import HTTPAPI
import Mustache

/// Text in templates. The library's own escape walks characters, which `HTML.escaped` says why not to.
package struct HTMLContent: MustacheContentType {
    /// What templates call it.
    static let name = "BUREAU"

    package init() {}

    package func escapeText(_ text: String) -> String { HTML.escaped(text) }
}
