package import Mustache

/// What a template is filled with. A model says itself what templates may read of it, under which names; there is no reflection.
package protocol ViewModel: MustacheParent, Sendable {
    static var readable: [String: Readable<Self>] { get }
}

extension ViewModel {
    /// Nil, so that the surrounding model is asked, only for a name that the model does not have.
    package func child(named name: String) -> Any? { Self.readable[name]?.read(self) }

    /// What stands behind a name; nil when the model does not have it.
    package static func kind(of name: String) -> ReadableKind? { readable[name]?.kind }
}

/// What a name of a model stands for.
package enum ReadableKind: Sendable {
    /// Printed, or a section that is there when there is a text.
    case text
    /// A section alone.
    case flag
    case model(any ViewModel.Type)
    case list(any ViewModel.Type)
    /// The texts of the portal by name.
    case words
}

/// One thing that templates may read of a model.
package struct Readable<Model>: Sendable {
    package let kind: ReadableKind
    let read: @Sendable (Model) -> Any

    package static func text(_ read: @escaping @Sendable (Model) -> String?) -> Self {
        Self(kind: .text) { model in
            if let text = read(model) { return Printed(text) }
            return Absent()
        }
    }

    package static func flag(_ read: @escaping @Sendable (Model) -> Bool) -> Self {
        Self(kind: .flag) { read($0) }
    }

    package static func model<Inner: ViewModel>(_ read: @escaping @Sendable (Model) -> Inner?) -> Self {
        Self(kind: .model(Inner.self)) { model in
            if let inner = read(model) { return inner }
            return Absent()
        }
    }

    package static func list<Inner: ViewModel>(_ read: @escaping @Sendable (Model) -> [Inner]) -> Self {
        Self(kind: .list(Inner.self)) { read($0) }
    }

    static func words(_ read: @escaping @Sendable (Model) -> Texts) -> Self {
        Self(kind: .words) { read($0) }
    }
}

/// Something that a model has and that is not there now: the surrounding model must not be asked instead.
struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}

/// A text: printed, or the condition of a section, which reads everything else from around it.
struct Printed: MustacheCustomRenderable, MustacheParent {
    let renderText: String
    var isNull: Bool { false }

    init(_ text: String) {
        renderText = text
    }

    func child(named name: String) -> Any? { nil }
}

extension Texts: MustacheParent {
    package func child(named name: String) -> Any? {
        if let text = Text(rawValue: name) { return Printed(self[text]) }
        return OfficeText(rawValue: name).map { Printed(self[$0]) }
    }
}
