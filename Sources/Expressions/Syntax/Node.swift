/// A part of an expression. Equal when the structure is, wherever it stands in the source.
struct Node: Hashable, Sendable {
    let kind: Kind
    /// UTF-8 offsets into the source.
    let range: Range<Int>
    /// How many levels the tree under it has, itself included; bounded by the parser, for those that walk it.
    let height: Int

    init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
        height = 1 + kind.innerHeight
    }

    static func == (left: Node, right: Node) -> Bool { left.kind == right.kind }

    func hash(into hasher: inout Hasher) { hasher.combine(kind) }

    indirect enum Kind: Hashable, Sendable {
        case literal(Value)
        /// A variable, a type or the start of a qualified name; `isRoot` when written with a leading dot.
        case name(String, isRoot: Bool)
        case select(Node, String)
        /// `a.?b`
        case optionalSelect(Node, String)
        /// `has(a.b)` and `has(a)`; the operand is the selection or the name.
        case has(Node)
        case index(Node, Node)
        /// `a[?b]`
        case optionalIndex(Node, Node)
        case call(String, [Node])
        case method(Node, String, [Node])
        case list([Element])
        case map([Entry])
        /// `name{field: value}`, which no type of ours can build.
        case message(String, [Node])
        case not(Node)
        case negate(Node)
        case and([Node])
        case or([Node])
        case binary(BinaryOperator, Node, Node)
        case conditional(Node, Node, Node)
        case comprehension(Comprehension)
        /// `optMap` and, flat, `optFlatMap`.
        case optionalMap(Node, name: String, Node, isFlat: Bool)
        /// `cel.bind`: a name for a value.
        case bind(String, Node, in: Node)

        // The checker alone makes those below.

        /// A variable or field that may be absent, as an optional.
        case maybe(Node)
        /// `optional.of`
        case some(Node)
        /// `==` (or `!=`) in which what is absent equals nothing.
        case presentEqual(Node, Node, isNegated: Bool)
        /// `in` in which what is absent is in nothing and contains nothing.
        case presentIn(Node, Node)
        /// A function of the host.
        case hostCall(String, [Node])
        /// `matches` with a literal pattern.
        case matches(Node, Pattern)
    }

    /// An element of a list; an optional one (`?x`) is left out when it is none.
    struct Element: Hashable, Sendable {
        let node: Node
        let isOptional: Bool
    }

    /// An entry of a map; an optional one (`?k: v`) is left out when its value is none.
    struct Entry: Hashable, Sendable {
        let key: Node
        let value: Node
        let isOptional: Bool
    }

    /// A macro that visits the elements of a list or the keys of a map.
    struct Comprehension: Hashable, Sendable {
        enum Macro: Hashable, Sendable {
            case all, exists, existsOne, map, filter, transformList, transformMap
        }
        let macro: Macro
        let operand: Node
        /// The element or key.
        let first: String
        /// In the forms with two variables the first is the index or key and this the element or value.
        let second: String?
        /// What limits the elements; the condition itself for `all`, `exists`, `existsOne` and `filter`.
        let condition: Node?
        /// What each element becomes.
        let transform: Node?
    }
}
