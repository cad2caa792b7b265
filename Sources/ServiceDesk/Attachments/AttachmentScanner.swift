/// What looks at every upload before anybody can use it.
package protocol AttachmentScanner: Sendable {
    /// - Parameter pieces: The content in order.
    func verdict(on pieces: AttachmentPieces) async -> ScanVerdict
}

/// What a scanner says of a file.
package enum ScanVerdict: Sendable, Hashable {
    case harmless
    /// With one sentence for whoever uploads it.
    case harmful(String)
    /// It could not be looked at: it is not taken then.
    case unknown(String)
}

/// The content of a file in order, read piece by piece as it is asked for.
package struct AttachmentPieces: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    let read: @Sendable (_ number: Int) async throws(DeskError) -> [UInt8]?

    package init(read: @escaping @Sendable (_ number: Int) async throws(DeskError) -> [UInt8]?) {
        self.read = read
    }

    package struct Iterator: AsyncIteratorProtocol {
        let read: @Sendable (_ number: Int) async throws(DeskError) -> [UInt8]?
        var number = 0

        package mutating func next() async throws -> [UInt8]? {
            let piece = try await read(number)
            number += 1
            return piece
        }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(read: read) }
}
