/// How large a value can be at most, as a form promises it.
///
/// Of a record the fields' own declarations say it, and of a choice its members.
public struct SizeBound: Hashable, Sendable {
    /// The most Unicode scalars of a text, octets of bytes, elements of a list or entries of a map; nil for no limit.
    public let count: Int?
    /// One or none, so that the type can hold itself.
    private let contained: [SizeBound]

    /// How large each element, or each entry's value and key, can be; nil for no limit.
    public var element: SizeBound? { contained.first }

    /// At most so many, each of that size at most.
    public init(count: Int?, element: SizeBound? = nil) {
        self.count = count.map { max($0, 0) }
        contained = element.map { [$0] } ?? []
    }

    /// A text of so many scalars at most.
    public static func text(_ scalars: Int) -> SizeBound { SizeBound(count: scalars) }

    /// A list of so many elements at most, each of that size at most.
    public static func list(_ count: Int, of element: SizeBound? = nil) -> SizeBound {
        SizeBound(count: count, element: element)
    }
}
