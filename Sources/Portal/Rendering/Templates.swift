import Mustache

/// The templates of the portal, parsed once.
package struct Templates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: What is wrong with a template.
    package init() throws {
        MustacheContentTypes.register(HTMLContent(), named: HTMLContent.name)
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in Self.sources {
            // Partials begin with the library's own escape unless they say otherwise.
            templates[name] = try MustacheTemplate(
                string: "{{% CONTENT_TYPE:\(HTMLContent.name)}}" + Self.withoutIndentation(text))
        }
        library = MustacheLibrary(templates: templates)
    }

    /// A whole page.
    func page<Content: PageContent>(_ content: Content, in shell: Shell) -> String {
        // Every content's template is in the library: a test renders each.
        library.render(Document(shell: shell, content: content), withTemplate: Content.template) ?? ""
    }

    /// A part of a page.
    package func fragment<Content: ViewModel>(_ name: String, _ content: Content, in shell: Shell) -> String {
        library.render(Document(shell: shell, content: content), withTemplate: name) ?? ""
    }

    /// Indentation is for whoever reads the file. The library would also repeat a partial's indentation inside of texts that people wrote.
    private static func withoutIndentation(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true)
            .map { $0.drop { $0 == " " } }
            .joined(separator: "\n") + "\n"
    }

    /// The files by name.
    package static let sources: [String: String] = {
        let files: [String: [UInt8]] = [
            "head": PackageResources.head_mustache,
            "foot": PackageResources.foot_mustache,
            "question": PackageResources.question_mustache,
            "questions": PackageResources.questions_mustache,
            "fields": PackageResources.fields_mustache,
            "errors": PackageResources.errors_mustache,
            "action": PackageResources.action_mustache,
            "request_list": PackageResources.request_list_mustache,
            "inbox_list": PackageResources.inbox_list_mustache,
            "home": PackageResources.home_mustache,
            "services": PackageResources.services_mustache,
            "form": PackageResources.form_mustache,
            "request": PackageResources.request_mustache,
            "requests": PackageResources.requests_mustache,
            "inbox": PackageResources.inbox_mustache,
            "sign_in": PackageResources.sign_in_mustache,
            "message": PackageResources.message_mustache,
            "profile": PackageResources.profile_mustache,
            "design": PackageResources.design_mustache,
            "tabs": PackageResources.tabs_mustache,
            "views": PackageResources.views_mustache,
            "view_links": PackageResources.view_links_mustache,
            "filter_form": PackageResources.filter_form_mustache,
            "sheet": PackageResources.sheet_mustache,
            "step": PackageResources.step_mustache,
            "entry": PackageResources.entry_mustache,
            "turn": PackageResources.turn_mustache,
            "chart": PackageResources.chart_mustache,
            "line_item": PackageResources.line_item_mustache,
            "card": PackageResources.card_mustache,
            "draft_row": PackageResources.draft_row_mustache,
            "answer": PackageResources.answer_mustache,
            "table": PackageResources.table_mustache,
            "pager": PackageResources.pager_mustache,
            "people": PackageResources.people_mustache,
            "conflict": PackageResources.conflict_mustache,
            "chosen": PackageResources.chosen_mustache,
            "files": PackageResources.files_mustache,
            "stored_files": PackageResources.stored_files_mustache,
        ]
        return files.mapValues { String(decoding: $0, as: UTF8.self) }
    }()
}

/// The content of a whole page, and the template that shows it.
package protocol PageContent: ViewModel {
    static var template: String { get }
}
