import Expressions
import Mustache
import Testing

@testable import Portal

/// What stands in a template: `{{#name}}`, `{{^name}}`, `{{/name}}`, `{{>name}}`, `{{name}}`.
private enum Tag: Equatable {
    case open(String), inverted(String), close(String), partial(String), variable(String), other(String)

    static func all(in text: String) -> [Tag] {
        var tags: [Tag] = []
        var rest = Substring(text)
        while let start = rest.range(of: "{{") {
            rest = rest[start.upperBound...]
            guard let end = rest.range(of: "}}") else { break }
            let tag = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            let name = String(tag.dropFirst().filter { !$0.isWhitespace })
            switch tag.first {
            case "#": tags.append(.open(name))
            case "^": tags.append(.inverted(name))
            case "/": tags.append(.close(name))
            case ">": tags.append(.partial(name))
            case "{", "&", "<", "$", "=", "%", "*": tags.append(.other(String(tag)))
            default: tags.append(.variable(String(tag.filter { !$0.isWhitespace })))
            }
        }
        return tags
    }
}

/// Follows a template through the models that it is filled with.
private struct NameCheck {
    var problems: Set<String> = []
    private var seen: Set<String> = []

    mutating func check(_ template: String, _ stack: [any ViewModel.Type]) {
        let place = template + stack.map { "\($0)" }.joined(separator: ">")
        guard seen.insert(place).inserted else { return }
        guard let text = Templates.sources[template] else {
            problems.insert("there is no template \(template)")
            return
        }
        var tags = Tag.all(in: text)[...]
        run(&tags, template, stack, until: nil)
    }

    private mutating func run(
        _ tags: inout ArraySlice<Tag>, _ template: String, _ stack: [any ViewModel.Type], until end: String?
    ) {
        while let tag = tags.popFirst() {
            switch tag {
            case .close(let name):
                if name != end { problems.insert("\(template): {{/\(name)}} closes \(end ?? "nothing")") }
                return
            case .partial(let name): check(name, stack)
            case .other(let text): problems.insert("\(template): {{\(text)}} is not for our templates")
            case .variable(let name):
                switch kind(name, stack) {
                case .text?: break
                case .words?:
                    break
                case nil: problems.insert("\(template): no model has \(name)")
                default: problems.insert("\(template): \(name) cannot be printed")
                }
            case .inverted(let name):
                if kind(name, stack) == nil { problems.insert("\(template): no model has \(name)") }
                run(&tags, template, stack, until: name)
            case .open(let name):
                switch kind(name, stack) {
                case .model(let inner)?, .list(let inner)?:
                    run(&tags, template, Self.entering(inner, stack), until: name)
                case .text?, .flag?: run(&tags, template, stack, until: name)
                case .words?: problems.insert("\(template): \(name) is no section")
                case nil:
                    problems.insert("\(template): no model has \(name)")
                    run(&tags, template, stack, until: name)
                }
            }
        }
        if let end { problems.insert("\(template): \(end) is not closed") }
    }

    /// A model hides an outer one of its own kind whole; without those, questions of rows of questions come to an end.
    private static func entering(_ inner: any ViewModel.Type, _ stack: [any ViewModel.Type]) -> [any ViewModel.Type] {
        stack.filter { $0 != inner } + [inner]
    }

    private func kind(_ name: String, _ stack: [any ViewModel.Type]) -> ReadableKind? {
        if name.hasPrefix("t.") {
            let word = String(name.dropFirst(2))
            return Text(rawValue: word) == nil && OfficeText(rawValue: word) == nil ? nil : .words
        }
        for model in stack.reversed() {
            if let kind = model.kind(of: name) { return kind }
        }
        return nil
    }
}

@Suite("Templates")
struct TemplateTests {
    static let pages: [any PageContent.Type] = [
        HomeContent.self, ServicesContent.self, FormContent.self, RequestContent.self, RequestsContent.self,
        InboxContent.self, SignInContent.self, MessageContent.self, ProfileContent.self, DesignContent.self,
        SheetContent.self, ChosenContent.self,
    ]
    static let fragments: [(String, any ViewModel.Type)] = [
        ("questions", QuestionsContent.self), ("people", PeopleContent.self), ("stored_files", FilesContent.self),
    ]

    @Test("Every name in a template is one that its models have")
    func names() {
        var check = NameCheck()
        for page in Self.pages { check.check(page.template, [Shell.self, page]) }
        for (name, model) in Self.fragments { check.check(name, [Shell.self, model]) }
        #expect(check.problems.sorted() == [])
    }

    @Test("A name that no model has is found")
    func missingName() {
        #expect(ProfileContent.kind(of: "salary") == nil && Text(rawValue: "salary") == nil)
    }

    @Test("Nothing goes into a page unescaped")
    func noTripleMustaches() {
        for (name, text) in Templates.sources {
            #expect(!text.contains("{{{") && !text.contains("{{&") && !text.contains("CONTENT_TYPE"), "\(name)")
        }
    }

    @Test("No page has a script or a style within it")
    func nothingInline() {
        for (name, text) in Templates.sources {
            #expect(!text.contains("<style") && !text.contains(" style=") && !text.contains("javascript:"), "\(name)")
            #expect(text.components(of: "<script").count <= (name == "head" ? 2 : 1), "\(name)")
            for event in [" onclick", " onload", " onsubmit", " onchange", " oninput"] {
                #expect(!text.contains(event), "\(name)")
            }
        }
    }

    @Test("Every form that changes something carries the session's proof")
    func proofs() {
        // Of signing in there is none yet.
        for (name, text) in Templates.sources where name != "sign_in" {
            let forms = text.components(of: "<form").dropFirst().filter { $0.contains("method=\"post\"") }
            for form in forms { #expect(form.contains("{{csrf}}"), "\(name)") }
        }
    }

    @Test("No rule of the style sheet shouts another down")
    func importance() {
        #expect(!String(decoding: Asset.style.bytes, as: UTF8.self).contains("!important"))
    }

    @Test("Every component of the style sheet and of the templates stands on the page that shows them")
    func design() throws {
        let texts = Texts(language: "en", home: .utc, now: .earliest)
        var shell = Shell(
            texts: texts, title: "T", brand: "B", theme: .dark, path: "/design", person: "Lin", csrf: "x", place: .home)
        (shell.unread, shell.waiting) = ("1", "1")
        let page = try Templates().page(DesignPage.content(texts), in: shell)
        let shown = Set(
            page.components(of: "class=\"").dropFirst().flatMap { $0.prefix { $0 != "\"" }.split(separator: " ") }
                .map(String.init))
        let style = String(decoding: Asset.style.bytes, as: UTF8.self)
        let classes = Set(style.matches(of: #/\.([a-z][a-z0-9-]*)(?=[^{}]*\{)/#).map { String($0.output.1) })
        #expect(classes.count > 100 && classes.subtracting(shown).sorted() == [])
        // What pages are put together from.
        var reached: Set<String> = []
        func reach(_ name: String) {
            guard reached.insert(name).inserted else { return }
            for case .partial(let inner) in Tag.all(in: Templates.sources[name] ?? "") { reach(inner) }
        }
        reach("design")
        let pages = Set(Self.pages.map { $0.template })
        // The options of an input, and a page's own errors.
        let parts = Set(Templates.sources.keys).subtracting(pages).subtracting(["people"])
        #expect(parts.subtracting(reached).sorted() == [])
    }

    @Test("Templates are parsed, and a page comes out of them with what it was given")
    func render() throws {
        let texts = Texts(language: "en", home: .utc, now: .earliest)
        let shell = Shell(texts: texts, title: "<T>", brand: "Lark & Field", theme: .dark, path: "/design")
        let page = try Templates().page(DesignPage.content(texts), in: shell)
        #expect(page.contains("<title>&lt;T&gt; – Lark &amp; Field</title>") && page.contains("data-theme=\"dark\""))
        #expect(!page.contains("{{"))
    }

    @Test("Something absent is not taken from around it")
    func absent() throws {
        let texts = Texts(language: "en", home: .utc, now: .earliest)
        let shell = Shell(texts: texts, title: "T", brand: "B", theme: .system, path: "/")
        var outer = QuestionModel(name: "f.rows", label: "Rows", help: "outer help", look: .rows)
        outer.rows = [
            RowModel(
                title: "1", name: "f.rows[0]", remove: nil,
                questions: [QuestionModel(name: "f.rows[0].a", label: "A", help: nil)])
        ]
        let page = try Templates().fragment("questions", QuestionsContent(questions: [outer]), in: shell)
        #expect(page.components(of: "outer help").count == 2)
    }

    @Test("What people wrote in several lines stays as it is in its text area")
    func lines() throws {
        let texts = Texts(language: "en", home: .utc, now: .earliest)
        let shell = Shell(texts: texts, title: "T", brand: "B", theme: .system, path: "/")
        var question = QuestionModel(name: "f.a", label: "A", help: nil, look: .long)
        question.value = "\n  one\n\n    two\n"
        let page = try Templates().fragment("questions", QuestionsContent(questions: [question]), in: shell)
        // The first line end belongs to the tag.
        #expect(page.contains(">\n\n  one\n\n    two\n</textarea>"))
    }
}

extension String {
    /// What stands between the separators.
    func components(of separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}

extension Substring {
    /// Where a short text stands first.
    fileprivate func range(of text: String) -> Range<Index>? {
        guard let found = firstRange(of: text) else { return nil }
        return found
    }
}
