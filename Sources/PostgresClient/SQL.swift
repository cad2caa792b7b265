/// The text of one SQL statement, written in the source code.
///
/// It is made from a literal only: there is no interpolation and no initialiser from a `String`, so that a value from
/// outside cannot become part of a statement. Values travel as parameters of a ``Statement`` (`$1`, `$2`, …).
package struct SQL: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    enum Storage: Sendable {
        /// Text from a literal: it lives as long as the process and is known by its address.
        case literal(StaticString)
        case runtime(String)
    }

    let storage: Storage

    package init(stringLiteral: StaticString) {
        storage = .literal(stringLiteral)
    }

    /// Text that comes from a file or is put together at run time: migrations and other data definition, never a
    /// statement with values of a user in it. Such text is not kept as a prepared statement.
    package init(unsafeRuntimeText text: String) {
        storage = .runtime(text)
    }

    /// The statement as PostgreSQL reads it.
    package var text: String {
        switch storage {
        case .literal(let literal): literal.description
        case .runtime(let text): text
        }
    }

    package var description: String { text }

    package static func == (left: SQL, right: SQL) -> Bool {
        if case .literal(let a) = left.storage, case .literal(let b) = right.storage,
            a.hasPointerRepresentation, b.hasPointerRepresentation, a.utf8Start == b.utf8Start,
            a.utf8CodeUnitCount == b.utf8CodeUnitCount
        {
            return true
        }
        return left.text == right.text
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }

    /// Calls `body` with the NUL-terminated text; the pointer is valid during the call.
    func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        if case .literal(let literal) = storage, literal.hasPointerRepresentation {
            return literal.utf8Start.withMemoryRebound(to: CChar.self, capacity: literal.utf8CodeUnitCount + 1, body)
        }
        return text.withCString(body)
    }
}
